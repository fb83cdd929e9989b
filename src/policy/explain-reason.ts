import type { EntityType } from '../detect/index.ts';
import type { CustomerLabel } from '../match/index.ts';
import type { CustomerId } from '../core/index.ts';
import type { Reason } from './verdict.ts';

export type Labels = {
  label(customer: CustomerId): CustomerLabel | null;
  /** What a site's rule calls its own type; null for a type that no rule finds. */
  readonly typeTitle?: (type: EntityType) => Words | null;
};
type Words = { readonly ja: string; readonly en: string };

const typeWords: Readonly<Record<string, Words>> = {
  person_name: { ja: '氏名', en: 'name' },
  address: { ja: '住所', en: 'address' },
  phone: { ja: '電話番号', en: 'phone' },
  email: { ja: 'メールアドレス', en: 'e-mail address' },
  birth_date: { ja: '生年月日', en: 'birth date' },
  postal_code: { ja: '郵便番号', en: 'postal code' },
  customer_id: { ja: '顧客番号', en: 'customer id' },
  company: { ja: '会社名', en: 'company' },
  my_number: { ja: '個人番号（マイナンバー）', en: 'My Number' },
  credit_card: { ja: 'クレジットカード番号', en: 'credit card number' },
  bank_account: { ja: '口座番号', en: 'bank account' },
  drivers_license: { ja: '運転免許証番号', en: "driver's licence number" },
  passport: { ja: '旅券番号', en: 'passport number' },
  health_insurance: { ja: '健康保険の記号・番号', en: 'health-insurance number' },
  residence_card: { ja: '在留カード番号', en: 'residence card number' },
  pension_number: { ja: '基礎年金番号', en: 'pension number' },
  corporate_number: { ja: '法人番号', en: 'corporate number' },
};

/** One reason in a plain sentence or two: what it is about, where it would go, and what would make it pass. */
export function explainReason(reason: Reason, labels: Labels, language: 'ja' | 'en'): string {
  return language === 'ja' ? explainJapanese(reason, labels) : explainEnglish(reason, labels);
}

const typesIn = (types: readonly EntityType[], labels: Labels, language: 'ja' | 'en'): string =>
  types.map((type) => (typeWords[type] ?? labels.typeTitle?.(type))?.[language] ?? type).join(language === 'ja' ? '・' : ' + ');

function who(customers: readonly CustomerId[], labels: Labels, language: 'ja' | 'en'): string {
  const named = customers.slice(0, 3).map((customer) => {
    const label = labels.label(customer);
    return label === null || label.name === ''
      ? (label?.company ?? customer)
      : `${label.name}${language === 'ja' ? `（${customer}）` : ` (${customer})`}`;
  });
  const more = customers.length - named.length;
  return named.join(language === 'ja' ? '、' : ', ') + (more > 0 ? (language === 'ja' ? ` ほか${more}名` : ` and ${more} more`) : '');
}

const toWhom = (reason: Reason, language: 'ja' | 'en'): string =>
  reason.recipients.slice(0, 3).join(language === 'ja' ? '、' : ', ') +
  (reason.recipients.length > 3
    ? language === 'ja'
      ? ` ほか${reason.recipients.length - 3}件`
      : ` and ${reason.recipients.length - 3} more`
    : '');

function explainJapanese(reason: Reason, labels: Labels): string {
  const to = toWhom(reason, 'ja');
  const about = who(reason.customers, labels, 'ja');
  const types = typesIn(reason.types, labels, 'ja');
  const places = `${reason.evidence.length}か所`;
  switch (reason.code) {
    case 'wrong_customer':
      return `内容は ${about}さんの情報（${types}、${places}）ですが、宛先は ${to} です。宛先を選び直すか、その情報を外してください。`;
    case 'cross_client':
      return `${about}さんの情報（${types}）は、宛先 ${to} とは別の委託元のものです。宛先か内容を確かめてください。`;
    case 'sensitive_pii':
      return `${types}（${reason.count ?? 1}件）が社外の ${to} に送られようとしています。番号を外すか、メール以外の方法で渡してください。`;
    case 'bulk_pii':
      return `${reason.count ?? 0}名分の情報（${types}）が社外の ${to} に送られようとしています。必要な人の分だけにしてください。`;
    case 'ambiguous_mime':
      return `このメールは、読むソフトによって違う内容が表示される形をしています。作り直して送ってください。宛先：${to}`;
    case 'salutation_mismatch':
      return `宛名の方${about === '' ? '' : `（${about}）`}と、宛先 ${to} が一致しません。宛名か宛先を直してください。`;
    case 'exposed_recipients':
      return `${reason.count ?? 0}件の社外アドレスが To・Cc で互いに見える状態です。Bcc で送ってください。`;
    case 'lookalike_address':
      return `宛先 ${to} は登録がなく、打ち間違いの疑いがあります。${reason.suggestion === null ? '' : `正しくは ${reason.suggestion} ではありませんか。`}`;
    case 'unknown_recipient_pii':
      return `登録のない宛先 ${to} に、その方以外の個人情報（${types}、${places}）が含まれています。宛先を登録するか、その情報を外してください。`;
    case 'unscannable':
      return `添付のうち ${reason.count ?? 1}件の中身を確認できませんでした（暗号化・破損・未対応の形式など）。宛先：${to}。読める形で送り直してください。`;
    case 'inspection_failed':
      return `検査を完了できなかったため、保留しました。宛先：${to}`;
    case 'third_party_pii':
      return `登録のない方の個人情報（${types}）が含まれています。宛先：${to}`;
    default:
      return reason.code satisfies never;
  }
}

function explainEnglish(reason: Reason, labels: Labels): string {
  const to = toWhom(reason, 'en');
  const about = who(reason.customers, labels, 'en');
  const types = typesIn(reason.types, labels, 'en');
  const places = `${reason.evidence.length} place${reason.evidence.length === 1 ? '' : 's'}`;
  switch (reason.code) {
    case 'wrong_customer':
      return `This is about ${about}: ${types}, ${places}; it goes to ${to}. Choose the right recipient or take the data out.`;
    case 'cross_client':
      return `Data of ${about} (${types}) belongs to another client than ${to}. Check recipient and content.`;
    case 'sensitive_pii':
      return `${types} (${reason.count ?? 1}) would leave the organisation to ${to}. Take the number out or hand it over by other means.`;
    case 'bulk_pii':
      return `Data of ${reason.count ?? 0} persons (${types}) would leave the organisation to ${to}. Send only what is needed.`;
    case 'ambiguous_mime':
      return `Mail programs would show different content of this mail. Write it anew. Recipients: ${to}`;
    case 'salutation_mismatch':
      return `The greeting${about === '' ? '' : ` (${about})`} names somebody else than ${to}. Mend the greeting or the recipient.`;
    case 'exposed_recipients':
      return `${reason.count ?? 0} outside addresses in To and Cc would see each other. Use Bcc.`;
    case 'lookalike_address':
      return `${to} is registered nowhere and looks like a typing error.${reason.suggestion === null ? '' : ` Did you mean ${reason.suggestion}?`}`;
    case 'unknown_recipient_pii':
      return `${to} is registered nowhere, and the mail holds somebody else's data: ${types}, ${places}. Register the recipient or take the data out.`;
    case 'unscannable':
      return `${reason.count ?? 1} attached part(s) could not be read (encrypted, broken, unknown format). Recipients: ${to}. Send it in a readable form.`;
    case 'inspection_failed':
      return `The check did not finish, so the mail is held. Recipients: ${to}`;
    case 'third_party_pii':
      return `The mail holds data of somebody in no record (${types}). Recipients: ${to}`;
    default:
      return reason.code satisfies never;
  }
}
