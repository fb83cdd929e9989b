import { who, type Labels, type Language } from './explain-words.ts';
import type { About, Exception, RecipientVerdict, Verdict, Words } from './verdict.ts';

/** Why a recipient may have a customer's data; `none`: no record and nothing in the mail says so. */
type Relation = 'inside' | 'partner' | 'own' | 'related' | 'self' | 'client' | 'none';

function relationOf(recipient: RecipientVerdict, about: About, { reasons }: Pick<Verdict, 'reasons'>): Relation {
  const isOfAnother = reasons.some(
    ({ code, recipients, customers }) =>
      code === 'cross_client' && recipients.includes(recipient.address) && customers.includes(about.customer),
  );
  if (isOfAnother) return 'client';
  if (recipient.kind === 'internal') return 'inside';
  if (recipient.kind === 'partner') return 'partner';
  if (recipient.customer === about.customer) return 'own';
  if (!about.mayReceive.includes(recipient.address)) return 'none';
  return recipient.kind === 'unknown' ? 'self' : 'related';
}

const kindWords: Readonly<Record<RecipientVerdict['kind'], Words>> = {
  internal: { ja: '社内の宛先', en: 'inside the organisation' },
  partner: { ja: '顧客の情報を受け取れる取引先（may_receive: all）', en: 'a partner that may receive customer data (may_receive: all)' },
  customer: { ja: '顧客データに登録のあるアドレス', en: 'an address registered in the customer data' },
  partner_none: {
    ja: '顧客の情報を受け取れない取引先（may_receive: none）',
    en: 'a partner that may not receive customer data (may_receive: none)',
  },
  customer_domain: { ja: '顧客の会社のドメイン', en: "at the domain of a customer's company" },
  unknown: { ja: '登録のない社外の宛先', en: 'registered nowhere' },
};

const relationWords: Readonly<Record<Relation, Words>> = {
  inside: { ja: '社内なので受け取れます', en: 'may have it: inside the organisation' },
  partner: { ja: '取引先として受け取れます', en: 'may have it: a partner that may receive all' },
  own: { ja: '本人の登録アドレスなので受け取れます', en: "may have it: the customer's own registered address" },
  related: { ja: '本人・同じ世帯・同じ会社なので受け取れます', en: 'may have it: the customer, the same household or the same company' },
  self: {
    ja: '宛名や署名から本人と分かるので受け取れます',
    en: 'may have it: greeting, display name or signature say that it is the person',
  },
  client: { ja: '別の委託元のものなので受け取れません', en: "may not have it: it is another client's" },
  none: {
    ja: '受け取れません（本人・世帯・会社のどれでもない）',
    en: 'may not have it: neither the customer nor of the household or company',
  },
};
/** Somebody whom the content perhaps is about, and no more. */
const tooWeak: Words = {
  ja: '関係が分かりませんが、名前だけなどの弱い根拠なので、それだけでは保留しません',
  en: 'no relation is known, but the evidence (a name alone, for instance) is too weak to hold by itself',
};
const nobodyFound: Words = {
  ja: '顧客データにある人の情報は、本文にも添付にも見つかりませんでした',
  en: 'no data of anybody in the customer data was found, neither in the text nor in attachments',
};
const mostSubjects = 5;

/** What a recipient is, and line by line whose data it may have and why: the facts behind a verdict, held or passed. */
export function explainRecipient(
  recipient: RecipientVerdict,
  about: readonly About[],
  verdict: Pick<Verdict, 'reasons'>,
  labels: Labels,
  language: Language,
): readonly string[] {
  const isJapanese = language === 'ja';
  const name = (customer: About['customer']): string => who([customer], labels, language);
  const own = recipient.customer === null ? '' : `${isJapanese ? '：' : ': '}${name(recipient.customer)}`;
  const related = about.map((subject) => ({ subject, relation: relationOf(recipient, subject, verdict) }));
  // Whom it may not have comes first: a list of three hundred is about the one that is wrong.
  const isWrong = ({ relation }: (typeof related)[number]): boolean => relation === 'none' || relation === 'client';
  const lines = related
    .toSorted((a, b) => Number(isWrong(b)) - Number(isWrong(a)))
    .slice(0, mostSubjects)
    .map(({ subject, relation }) => {
      const isWeak = relation === 'none' && recipient.verdict === 'deliver' && subject.strength !== 'strong';
      const words = isWeak ? tooWeak : relationWords[relation];
      return isJapanese ? `${name(subject.customer)}さんの情報：${words.ja}` : `data of ${name(subject.customer)}: ${words.en}`;
    });
  const more = about.length - lines.length;
  const rest = more > 0 ? [isJapanese ? `ほか${more}名` : `and ${more} more`] : [];
  const nobody = about.length === 0 && recipient.verdict === 'deliver' ? [nobodyFound[language]] : [];
  return [`${kindWords[recipient.kind][language]}${own}`, ...lines, ...rest, ...nobody];
}

/** What would happen to the mail and what would let it pass, in a sentence or two. */
export function explainVerdict({ disposition, recipients, exceptions, reasons, delayMinutes }: Verdict, language: Language): string {
  const isJapanese = language === 'ja';
  const exempt = exceptions.map((exception) => explainException(exception, language)).join(isJapanese ? '' : ' ');
  const stopped = recipients.filter(({ verdict }) => verdict === 'hold' || verdict === 'reject').map(({ address }) => address);
  const clear = recipients.length - stopped.length;
  const without =
    stopped.length > 0 && clear > 0
      ? isJapanese
        ? `宛先から ${stopped.join('、')} を外せば送信されます。`
        : `Without ${stopped.join(', ')} it goes out.`
      : '';
  const outcome = {
    deliver: passed(reasons.length === 0, language),
    delay: delayed(delayMinutes ?? 0, language),
    hold: held[language],
    reject: rejected[language],
  };
  return [outcome[disposition], without, exempt].filter((part) => part !== '').join(isJapanese ? '' : ' ');
}

const held: Words = {
  ja: '送信せずに保留し、承認者の判断を待ちます。問題のない内容なら、承認者が送信を許可できます。下の理由をすべて解消して送り直せば、そのまま送信されます。',
  en: 'It is held for an approver, who may release it. Sent again with every reason below resolved, it goes out.',
};
const rejected: Words = {
  ja: '送信せず、理由を添えて送信者に返送します。下の理由をすべて解消して送り直せば、送信されます。',
  en: 'It goes back to its sender with the reason. Sent again with every reason below resolved, it goes out.',
};

function passed(isClean: boolean, language: Language): string {
  if (language === 'ja')
    return isClean ? 'どのルールにも当てはまらないので、そのまま送信します。' : '止めるルールには当てはまらないので、そのまま送信します。';
  return isClean ? 'No policy applies, so it goes out.' : 'No policy stops it, so it goes out.';
}

const delayed = (minutes: number, language: Language): string =>
  language === 'ja'
    ? `${minutes}分待ってから送信します。それまでは取りやめられます。`
    : `It goes out after ${minutes} minutes and can be stopped until then.`;

function explainException({ title, policy, recipients, codes }: Exception, language: Language): string {
  return language === 'ja'
    ? `例外「${title.ja}」（${policy}）により、${recipients.join('、')} について ${codes.join('、')} は問いません。`
    : `By the exception “${title.en}” (${policy}), ${codes.join(', ')} does not count for ${recipients.join(', ')}.`;
}
