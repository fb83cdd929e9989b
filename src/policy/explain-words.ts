import type { CustomerId } from '../core/index.ts';
import type { EntityType } from '../detect/index.ts';
import type { CustomerLabel } from '../match/index.ts';
import type { Address } from '../message/index.ts';
import type { Ground } from './conditions.ts';
import type { Words } from './verdict.ts';

export type Labels = {
  label(customer: CustomerId): CustomerLabel | null;
  /** What a site's rule calls its own type; null for a type that no rule finds. */
  readonly typeTitle?: (type: EntityType) => Words | null;
  /** Clients that a recipient belongs to, as the customer data write them; see `clientsOf`. */
  readonly clientsOf?: (recipient: Address) => readonly string[];
};
export type Language = 'ja' | 'en';

export const typeWords: Readonly<Record<string, Words>> = {
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

export const typesIn = (types: readonly EntityType[], labels: Labels, language: Language): string =>
  types.map((type) => (typeWords[type] ?? labels.typeTitle?.(type))?.[language] ?? type).join(language === 'ja' ? '・' : ' + ');

export function who(customers: readonly CustomerId[], labels: Labels, language: Language): string {
  const named = customers.slice(0, 3).map((customer) => {
    const label = labels.label(customer);
    return label === null || label.name === ''
      ? (label?.company ?? customer)
      : `${label.name}${language === 'ja' ? `（${customer}）` : ` (${customer})`}`;
  });
  const more = customers.length - named.length;
  return named.join(language === 'ja' ? '、' : ', ') + (more > 0 ? (language === 'ja' ? ` ほか${more}名` : ` and ${more} more`) : '');
}

export const toWhom = (recipients: readonly Address[], language: Language): string =>
  recipients.slice(0, 3).join(language === 'ja' ? '、' : ', ') +
  (recipients.length > 3 ? (language === 'ja' ? ` ほか${recipients.length - 3}件` : ` and ${recipients.length - 3} more`) : '');

/** Looked at for clients: of three hundred customers each costs a sealed label, and they are mostly of one client. */
const mostAsked = 20;

/** The clients of a reason's customers and recipients; '' on the side where none is known. */
export function clientsIn(
  { customers, recipients }: { readonly customers: readonly CustomerId[]; readonly recipients: readonly Address[] },
  labels: Labels,
  language: Language,
): { readonly ofData: string; readonly ofRecipients: string } {
  const listed = (names: readonly string[]): string =>
    [...new Set(names)]
      .filter((name) => name !== '')
      .map((name) => (language === 'ja' ? `「${name}」` : `“${name}”`))
      .join(language === 'ja' ? '' : ', ');
  return {
    ofData: listed(customers.slice(0, mostAsked).map((customer) => labels.label(customer)?.client ?? '')),
    ofRecipients: listed(recipients.slice(0, mostAsked).flatMap((recipient) => labels.clientsOf?.(recipient) ?? [])),
  };
}

const conditionWords: Readonly<Record<Ground['condition'], Words>> = {
  recipient: { ja: '宛先の種類', en: 'kind of recipient' },
  recipient_domain: { ja: '宛先のドメイン', en: "recipient's domain" },
  recipient_address: { ja: '宛先', en: 'recipient' },
  sender: { ja: '送信者', en: 'sender' },
  sender_group: { ja: '送信者のグループ', en: "sender's group" },
  department: { ja: '送信者の部署', en: "sender's department" },
  attachments: { ja: '添付', en: 'attachments' },
  size: { ja: '大きさ（バイト）', en: 'size in bytes' },
  automatic: { ja: '自動送信', en: 'automatic mail' },
  schedule: { ja: '送信の日時', en: 'time of sending' },
  persons: { ja: '人数', en: 'persons' },
  addresses: { ja: '見える社外アドレス', en: 'visible outside addresses' },
  parties: { ja: '相手先の数', en: 'parties' },
  fresh: { ja: '新しいアドレス', en: 'new addresses' },
  types: { ja: '情報の種類', en: 'kinds of data' },
  reasons: { ja: '他の理由', en: 'other reasons' },
  severities: { ja: '他の理由の重さ', en: 'severity of other reasons' },
};

/** The threshold of a condition, as a number; null where the policy sets none. */
export function limitIn(grounds: readonly Ground[], condition: Ground['condition']): number | null {
  const limit = /≥ (\d+)/.exec(grounds.find((ground) => ground.condition === condition)?.value ?? '')?.[1];
  return limit === undefined ? null : Number(limit);
}

/** Conditions that were met, as `部署 営業部、送信の日時 22:00–06:00`. Values are the rule file's. */
export const groundsIn = (grounds: readonly Ground[], language: Language): string =>
  grounds.map(({ condition, value }) => `${conditionWords[condition][language]} ${value}`).join(language === 'ja' ? '、' : '; ');
