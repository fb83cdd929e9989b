import {
  canonicalAddress,
  canonicalCustomerId,
  canonicalDate,
  canonicalEmail,
  canonicalKana,
  canonicalName,
  canonicalPhone,
  canonicalPostalCode,
  type DetectionLists,
} from '../detect/index.ts';
import { domainOf, isSubdomain } from '../message/index.ts';
import { composed } from '../normalize/index.ts';
import type { CustomerRecord } from './customer.ts';
import { at, columns } from './index-columns.ts';

/** What decides, beside the record, how it is indexed. */
export type IndexRecipe = { readonly sharedDomains: readonly string[]; readonly lists: DetectionLists };

/** A record's canonical values by column, '' where there is none; `hasLandline`: the phone is one; `words`: see `wordsOfName`. */
export type IndexedValues = { readonly values: readonly string[]; readonly hasLandline: boolean; readonly words: readonly string[] };

/** The canonical forms of POLICY.md, one for each column of the index. */
export function indexedValues(record: CustomerRecord, { sharedDomains, lists }: IndexRecipe): IndexedValues {
  const address = record.address === '' ? null : canonicalAddress(record.address, lists.gazetteer);
  const [email = '', email2 = ''] = present([record.email, record.email2].map(canonicalEmail)).filter(isMailAddress);
  // Only a company's own domain says anything about who writes from it.
  const [domain = '', domain2 = ''] =
    record.company === ''
      ? []
      : present([email, email2].filter((address) => address !== '').map(domainOf)).filter(
          (name) => !isOfService(name, lists.mailDomains) && !isShared(name, sharedDomains),
        );
  const [phone = '', mobile = ''] = landlineFirst(present([record.phone, record.mobile].map(canonicalPhone)).filter(isPhone));
  const [surname = '', surnameKana = ''] = present(
    [record.name, record.nameKana].map((name) => (name === '' ? '' : canonicalName(surnameOf(name, lists)))),
  );
  const company = record.company === '' ? '' : canonicalCompany(record.company);
  const values = columns.map(() => '');
  values[at.id] = canonicalCustomerId(record.customerId);
  values[at.name] = canonicalName(record.name);
  values[at.kana] = canonicalKana(record.nameKana);
  values[at.surname] = surname;
  values[at.surnameKana] = surnameKana;
  values[at.company] = company;
  values[at.email] = email;
  values[at.email2] = email2;
  values[at.domain] = domain;
  values[at.domain2] = domain2;
  values[at.phone] = phone;
  values[at.mobile] = mobile;
  values[at.address] = address?.key ?? '';
  values[at.room] = address?.room ?? '';
  values[at.birthDate] = birthDateOf(record.birthDate);
  values[at.postalCode] = postalCodeOf(record.postalCode);
  values[at.client] = record.client.toLowerCase();
  values[at.surnameCompany] = pairOf(surname, company);
  values[at.surnameKanaCompany] = pairOf(surnameKana, company);
  return { values, hasLandline: isLandline(phone), words: wordsOfName(record) };
}

// What stands for nothing (なし, 0000000000, 不明) must not make strangers relatives of each other.
export const isMailAddress = (canonical: string): boolean => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(canonical);
export const isPhone = (canonical: string): boolean => /^(?!(\d)\1*$)(?!0+\d?$)\d{8,15}$/.test(canonical);
const isoDate = /^\d{4}-\d\d-\d\d$/;
/** ISO, or '' for what is no date. */
export function birthDateOf(text: string): string {
  // What most tables hold is canonical as it stands.
  if (text === '' || isoDate.test(text)) return text;
  const date = canonicalDate(text);
  return isoDate.test(date) ? date : '';
}

function postalCodeOf(text: string): string {
  if (text === '' || /^\d{7}$/.test(text)) return text;
  const code = /^\d{3}-\d{4}$/.test(text) ? text.replace('-', '') : canonicalPostalCode(text);
  return code.length === 7 ? code : '';
}

/** Those that are not empty, each once: two values at most. */
function present([first = '', second = '']: readonly string[]): string[] {
  if (second === '' || second === first) return first === '' ? [] : [first];
  return first === '' ? [second] : [first, second];
}

/** 050, 060 … 090 move with their owner. */
const isLandline = (phone: string): boolean => phone !== '' && !/^0[5-9]0/.test(phone);

const landlineFirst = (phones: string[]): readonly string[] => (isLandline(phones[0] ?? '') ? phones : phones.toReversed());

/** A surname with a company, as one value: 佐藤 at one of ten thousand companies is one person, 佐藤 alone is two in a hundred of everybody. */
export const pairOf = (surname: string, company: string): string => (surname === '' || company === '' ? '' : `${surname}\u0000${company}`);

/** A mail service's or provider's domain, which says nothing of who writes from it: ocn.ne.jp, and cello.ocn.ne.jp as well. */
export const isOfService = (domain: string, services: ReadonlySet<string>): boolean =>
  services.has(domain) || [...domain.matchAll(/\./g)].some(({ index }) => services.has(domain.slice(index + 1)));

export const isShared = (domain: string, sharedDomains: readonly string[]): boolean =>
  sharedDomains.some((shared) => isSubdomain(domain, shared));

/** The surname of a full name: what stands before the space, else the longest listed surname it begins with. */
export function surnameOf(name: string, lists: DetectionLists): string {
  const parts = composed(name)
    .trim()
    .split(/[\s・]+/);
  if (parts.length > 1) return parts[0] ?? '';
  const whole = canonicalName(name);
  if (lists.names.surnames.has(whole)) return whole; // 前田 is no 前 with a given name
  for (let length = Math.min(4, whole.length - 1); length > 0; length -= 1)
    if (lists.names.surnames.has(whole.slice(0, length))) return whole.slice(0, length);
  return '';
}

const foreignName = /^[\p{Script=Latin}\p{Script=Katakana}\p{M}ー・\s.,'’-]+$/u;
const mostWords = 8;

/** Every word of a name in Latin letters or katakana, and of its reading; none for a Japanese name, whose surname comes first. */
function wordsOfName({ name, nameKana }: CustomerRecord): readonly string[] {
  if (!foreignName.test(composed(name))) return [];
  const words = [...splitName(name).map(canonicalName), ...splitName(nameKana).map(canonicalKana)];
  return [...new Set(words)].filter((word) => word.length > 1).slice(0, mostWords);
}

/** The words of a name as it is written: parted by spaces, ・ or commas; initials have their point taken off. */
export const splitName = (name: string): readonly string[] =>
  composed(name)
    .split(/[\s・,.]+/)
    .filter((word) => word !== '');

const legalForms =
  /株式会社|有限会社|合同会社|合資会社|合名会社|(?:一般|公益)?(?:社団|財団)法人|医療法人(?:社団|財団)?|(?:社会医療|社会福祉|学校|宗教|税理士|弁護士|司法書士|監査|農事組合|NPO|特定非営利活動|国立大学|独立行政)法人|\((?:株|有|同|医|社|財|学|福)\)|[()]/g;

/** A company's name without its legal form: 株式会社, (株), ㈱, 医療法人 … may stand before, behind or not at all. */
export const canonicalCompany = (name: string): string => canonicalName(name).replaceAll(legalForms, '');
/** Cells that hold something but nothing that can be compared: an e-mail without @, a birth date that is none. */
export function unusableValues({ values }: IndexedValues, record: CustomerRecord): readonly (keyof CustomerRecord)[] {
  const unusable: (keyof CustomerRecord)[] = [];
  const emails = (['email', 'email2'] as const).filter((field) => record[field] !== '');
  const phones = (['phone', 'mobile'] as const).filter((field) => record[field] !== '');
  const known = (...places: readonly number[]): number => places.filter((place) => values[place] !== '').length;
  if (known(at.email, at.email2) < emails.length) unusable.push(...emails.filter((field) => !isMailAddress(canonicalEmail(record[field]))));
  if (known(at.phone, at.mobile) < phones.length) unusable.push(...phones.filter((field) => !isPhone(canonicalPhone(record[field]))));
  if (record.birthDate !== '' && values[at.birthDate] === '') unusable.push('birthDate');
  if (record.postalCode !== '' && values[at.postalCode] === '') unusable.push('postalCode');
  return unusable;
}
