import { clientsIn, groundsIn, limitIn, toWhom, typesIn, who, type Labels, type Language } from './explain-words.ts';
import type { Reason } from './verdict.ts';

/** One reason in a plain sentence or two: what it is about, where it would go, and what would make it pass. */
export function explainReason(reason: Reason, labels: Labels, language: Language): string {
  const sentence = language === 'ja' ? explainJapanese(reason, labels) : explainEnglish(reason, labels);
  return `${sentence}${outcomeOf(reason, language)}`;
}

function explainJapanese(reason: Reason, labels: Labels): string {
  const to = toWhom(reason.recipients, 'ja');
  const about = who(reason.customers, labels, 'ja');
  const types = typesIn(reason.types, labels, 'ja');
  const places = `${reason.evidence.length}か所`;
  switch (reason.code) {
    case 'wrong_customer':
      return reason.onlyQuoted
        ? `引用された過去のメールに、${about}さんの情報（${types}、${places}）があります。宛先の ${to} はそのメールを受け取っていません。引用を消すか、宛先を選び直してください。${registeredIn(reason, 'ja')}`
        : `内容は ${about}さんの情報（${types}、${places}）ですが、宛先は ${to} です。宛先を選び直すか、その情報を外してください。${registeredIn(reason, 'ja')}`;
    case 'cross_client':
      return `${anotherClientInJapanese(reason, about, types, to, labels)}宛先を選び直すか、その情報を外してください。`;
    case 'sensitive_pii':
      return `${types}（${reason.count ?? 1}件）が社外の ${to} に送られようとしています。番号を外すか、メール以外の方法で渡してください。`;
    case 'bulk_pii':
      return `${reason.count ?? 0}名分の情報（${types}）が社外の ${to} に送られようとしています${limitOf(reason, 'ja')}。必要な人の分だけにするか、全員分が必要なら承認を受けてください。`;
    case 'ambiguous_mime':
      return `このメールは、読むソフトによって違う内容が表示される形をしています。作り直して送ってください。宛先：${to}`;
    case 'salutation_mismatch':
      return `宛名の方${about === '' ? '' : `（${about}）`}と、宛先 ${to} が一致しません。宛名か宛先を直してください。`;
    case 'exposed_recipients':
      return `${reason.count ?? 0}件の社外アドレス${partiesOf(reason, 'ja')}が To・Cc で互いに見える状態です${limitOf(reason, 'ja')}。互いに知らない相手なら Bcc で送り、知っている相手どうしなら承認を受けてください。`;
    case 'lookalike_address':
      return `宛先 ${to} は登録がなく、打ち間違いの疑いがあります。${reason.suggestion === null ? '' : `正しくは ${reason.suggestion} ではありませんか。`}正しい宛先なら、登録すると送れます。`;
    case 'unknown_recipient_pii':
      return `登録のない宛先 ${to} に、宛先ご本人のものではない個人情報（${types}、${places}）が含まれています。宛先を登録するか、その情報を外してください。`;
    case 'unscannable':
      return `添付のうち ${reason.count ?? 1}件の中身を確認できませんでした（暗号化・破損・未対応の形式など）。宛先：${to}。読める形で送り直すか、内容を確かめた承認者の許可を受けてください。`;
    case 'inspection_failed':
      return `検査を完了できなかったため、保留しました。宛先：${to}。添付を減らすか、別の形式で送り直してください。`;
    case 'third_party_pii':
      return `登録のない方の個人情報（${types}）が含まれています。宛先：${to}`;
    default:
      return siteReasonInJapanese(reason, to, types);
  }
}

function explainEnglish(reason: Reason, labels: Labels): string {
  const to = toWhom(reason.recipients, 'en');
  const about = who(reason.customers, labels, 'en');
  const types = typesIn(reason.types, labels, 'en');
  const places = `${reason.evidence.length} place${reason.evidence.length === 1 ? '' : 's'}`;
  switch (reason.code) {
    case 'wrong_customer':
      return reason.onlyQuoted
        ? `A quoted earlier mail is about ${about}: ${types}, ${places}; ${to} did not get that mail. Take the quote out or choose the right recipient.${registeredIn(reason, 'en')}`
        : `This is about ${about}: ${types}, ${places}; it goes to ${to}. Choose the right recipient or take the data out.${registeredIn(reason, 'en')}`;
    case 'cross_client':
      return `${anotherClientInEnglish(reason, about, types, to, labels)} Choose the right recipient or take that data out.`;
    case 'sensitive_pii':
      return `Numbers that need special care would go outside to ${to}: ${types} (${reason.count ?? 1}). Take them out or hand them over by other means than mail.`;
    case 'bulk_pii':
      return `Data of ${reason.count ?? 0} persons (${types}) would leave the organisation to ${to}${limitOf(reason, 'en')}. Send only what is needed, or have it approved if all of it is.`;
    case 'ambiguous_mime':
      return `Mail programs would show different content of this mail. Write it anew. Recipients: ${to}`;
    case 'salutation_mismatch':
      return `The greeting${about === '' ? '' : ` (${about})`} names somebody else than ${to}. Mend the greeting or the recipient.`;
    case 'exposed_recipients':
      return `${reason.count ?? 0} outside addresses${partiesOf(reason, 'en')} in To and Cc would see each other${limitOf(reason, 'en')}. Use Bcc, or have it approved if they know each other.`;
    case 'lookalike_address':
      return `${to} is registered nowhere and looks like a typing error.${reason.suggestion === null ? '' : ` Did you mean ${reason.suggestion}?`} If it is right, register it.`;
    case 'unknown_recipient_pii':
      return `${to} is registered nowhere, and the mail holds data that is not the recipient's own: ${types}, ${places}. Register the recipient or take the data out.`;
    case 'unscannable':
      return `${reason.count ?? 1} attached part(s) could not be read (encrypted, broken, unknown format). Recipients: ${to}. Send it in a readable form, or have an approver look at it.`;
    case 'inspection_failed':
      return `The check did not finish, so the mail is held. Recipients: ${to}. Send it again with fewer or simpler attachments.`;
    case 'third_party_pii':
      return `The mail holds data of somebody in no record (${types}). Recipients: ${to}`;
    default:
      return siteReasonInEnglish(reason, to, types);
  }
}

function anotherClientInJapanese(reason: Reason, about: string, types: string, to: string, labels: Labels): string {
  const { ofData, ofRecipients } = clientsIn(reason, labels, 'ja');
  if (ofData === '' || ofRecipients === '') return `${about}さんの情報（${types}）は、宛先 ${to} とは別の委託元のものです。`;
  return `${about}さんの情報（${types}）は委託元${ofData}のものですが、宛先 ${to} は別の委託元${ofRecipients}の相手です。`;
}

function anotherClientInEnglish(reason: Reason, about: string, types: string, to: string, labels: Labels): string {
  const { ofData, ofRecipients } = clientsIn(reason, labels, 'en');
  if (ofData === '' || ofRecipients === '') return `Data of ${about} (${types}) belongs to another client than ${to}.`;
  return `Data of ${about} (${types}) belongs to client ${ofData}; ${to} belongs to another client, ${ofRecipients}.`;
}

/** Of holds recorded before parties were, nothing. */
function partiesOf({ parties }: Reason, language: Language): string {
  if (typeof parties !== 'number') return '';
  return language === 'ja' ? `（相手先 ${parties}）` : ` of ${parties} parties`;
}

/** From how many on the policy speaks, behind what was counted; '' where it sets no limit. */
function limitOf({ code, grounds }: Reason, language: Language): string {
  const isJapanese = language === 'ja';
  if (code === 'bulk_pii') {
    const persons = limitIn(grounds, 'persons');
    if (persons === null) return '';
    return isJapanese ? `（${persons}名分以上が対象）` : ` (the limit is ${persons})`;
  }
  const [addresses, parties] = [limitIn(grounds, 'addresses'), limitIn(grounds, 'parties')];
  if (addresses === null) return '';
  if (parties === null) return isJapanese ? `（${addresses}件以上が対象）` : ` (the limit is ${addresses})`;
  return isJapanese ? `（${addresses}件以上、相手先 ${parties} 以上が対象）` : ` (the limit is ${addresses} of ${parties} parties)`;
}

function registeredIn({ suggestion }: Reason, language: Language): string {
  if (suggestion === null) return '';
  return language === 'ja' ? `ご本人の登録アドレスは ${suggestion} です。` : ` The person's registered address is ${suggestion}.`;
}

/** What a site's own policy asked for, and how not to meet it. */
function siteReasonInJapanese(reason: Reason, to: string, types: string): string {
  const what = types === '' ? '' : `内容：${types}（${reason.count ?? 1}件）。`;
  return `${reason.title.ja}。宛先：${to}。${what}条件：${groundsIn(reason.grounds, 'ja')}。一つでも当てはまらない条件があれば対象外です。`;
}

function siteReasonInEnglish(reason: Reason, to: string, types: string): string {
  const what = types === '' ? '' : ` Data: ${types} (${reason.count ?? 1}).`;
  return `${reason.title.en}. Recipients: ${to}.${what} Conditions met: ${groundsIn(reason.grounds, 'en')}. It does not apply when one of them is not met.`;
}

/** What a reason that is no hold does; nothing where it holds, which everybody sees. */
function outcomeOf({ action, mode, delayMinutes }: Reason, language: Language): string {
  const isJapanese = language === 'ja';
  if (mode === 'monitor')
    return isJapanese ? '（記録だけのルールです。送信は止めていません）' : ' (Only recorded: this policy stops nothing.)';
  switch (action) {
    case 'hold':
      return '';
    case 'reject':
      return isJapanese ? 'このルールでは送信せず、送信者に返送します。' : ' This policy sends such mail back to its sender.';
    case 'delay':
      return isJapanese ? `${delayMinutes ?? 0}分待ってから送信します。` : ` It goes out after ${delayMinutes ?? 0} minutes.`;
    case 'notify':
      return isJapanese ? '送信し、担当者に知らせます。' : ' It goes out, and the people responsible are told.';
    case 'tag':
      return isJapanese ? '送信し、記録に印を付けます。' : ' It goes out and is marked in the records.';
    default:
      return action satisfies never;
  }
}
