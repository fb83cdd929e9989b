import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { CustomerId, Organisation } from '../core/index.ts';
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
import type { CustomerLabel, CustomerRecord } from './customer.ts';
import { keyedHash } from './keyed-hash.ts';
import { deletionVariants } from './near-miss.ts';

/** What a record can be found by. `domain_near` and `email_near` hold one-deletion variants, for look-alikes. */
export type Field =
  | 'id'
  | 'name'
  | 'kana'
  | 'surname'
  | 'company'
  | 'email'
  | 'domain'
  | 'phone'
  | 'address'
  | 'room'
  | 'birth_date'
  | 'postal_code'
  | 'client'
  | 'domain_near'
  | 'email_near';

/** A record by its place in the table, from 0. */
export type Row = number;

/** Keyed hashes of one record: enough to say who is related to whom, nothing that can be read. 0: the field is empty. */
export type RecordKeys = {
  readonly name: number;
  readonly kana: number;
  readonly surname: number;
  readonly company: number;
  readonly address: number;
  readonly room: number;
  readonly landline: number;
  readonly client: number;
  readonly domains: readonly number[];
  readonly emails: readonly number[];
};

export type CustomerIndex = {
  /** Changes with the table and nothing else. */
  readonly version: string;
  count(): number;
  rows(field: Field, canonical: string): readonly Row[];
  hash(field: Field, canonical: string): number;
  keys(row: Row): RecordKeys;
  idOf(row: Row): CustomerId;
  /** The sealed label, opened. */
  label(customer: CustomerId): CustomerLabel | null;
  addressesOf(row: Row): readonly string[];
};

export type IndexOptions = { readonly key: Uint8Array; readonly organisation: Organisation; readonly lists: DetectionLists };

/** The customer table as keyed hashes in memory; names and addresses lie beside them sealed and are opened only for a page or a suggestion. */
export function buildCustomerIndex(records: readonly CustomerRecord[], options: IndexOptions): CustomerIndex {
  const hash = keyedHash(options.key);
  const tagged = (field: Field, value: string): number => hash(`${field}\u0000${value}`);
  // Most values have one bearer: a number costs a tenth of an array.
  const table = new Map<number, Row | Row[]>();
  const keys: RecordKeys[] = [];
  const ids: CustomerId[] = [];
  const byId = new Map<string, Row>();
  const digest = createHash('sha256');
  const seal = sealer();
  const sealed = records.map((record, row) => {
    const fields = fieldsOf(record, options);
    for (const [field, values] of Object.entries(fields) as [Field, readonly string[]][])
      for (const value of values) add(table, tagged(field, value), row);
    keys.push(keysOf(fields, tagged));
    ids.push(record.customerId);
    byId.set(record.customerId, row);
    digest.update(`${Object.values(record).join('\u0001')}\n`);
    return seal.seal(JSON.stringify([record.name, record.company, record.client, record.email, record.email2]));
  });
  const open = (row: Row): readonly string[] => JSON.parse(seal.open(sealed[row] ?? Buffer.alloc(0))) as readonly string[];
  return {
    version: digest.digest('hex').slice(0, 12),
    count: () => ids.length,
    rows(field, canonical) {
      const rows = canonical === '' ? undefined : table.get(tagged(field, canonical));
      return rows === undefined ? [] : typeof rows === 'number' ? [rows] : rows;
    },
    hash: (field, canonical) => (canonical === '' ? 0 : tagged(field, canonical)),
    keys: (row) => keys[row] ?? noKeys,
    idOf: (row) => ids[row] ?? ('' as CustomerId),
    label(customer) {
      const row = byId.get(customer);
      if (row === undefined) return null;
      const [name = '', company = '', client = ''] = open(row);
      return { customer, name, company, client };
    },
    addressesOf: (row) =>
      open(row)
        .slice(3)
        .filter((address) => address !== ''),
  };
}

const noKeys: RecordKeys = {
  name: 0,
  kana: 0,
  surname: 0,
  company: 0,
  address: 0,
  room: 0,
  landline: 0,
  client: 0,
  domains: [],
  emails: [],
};

function add(table: Map<number, Row | Row[]>, key: number, row: Row): void {
  const rows = table.get(key);
  if (rows === undefined) table.set(key, row);
  else if (typeof rows !== 'number') {
    if (rows.at(-1) !== row) rows.push(row);
  } else if (rows !== row) table.set(key, [rows, row]);
}

type Fields = Partial<Record<Field, readonly string[]>>;

function fieldsOf(record: CustomerRecord, { organisation, lists }: IndexOptions): Fields {
  const present = (values: readonly string[]): readonly string[] => [...new Set(values.filter((value) => value !== ''))];
  const address = canonicalAddress(record.address, lists.gazetteer);
  const emails = present([record.email, record.email2].map((email) => canonicalEmail(email)));
  // Only a company's own domain says anything about who writes from it.
  const domains =
    record.company === ''
      ? []
      : present(emails.map(domainOf).filter((domain) => !lists.mailDomains.has(domain) && !isShared(domain, organisation)));
  return {
    id: [canonicalCustomerId(record.customerId)],
    name: present([canonicalName(record.name)]),
    kana: present([canonicalKana(record.nameKana)]),
    surname: present([surnameOf(record.name, lists), surnameOf(record.nameKana, lists)].map(canonicalName)),
    company: present([canonicalCompany(record.company)]),
    email: emails,
    domain: domains,
    phone: present([record.phone, record.mobile].map(canonicalPhone)),
    address: address === null ? [] : [address.key],
    room: address?.room === null || address?.room === undefined ? [] : [address.room],
    birth_date: present([record.birthDate === '' ? '' : canonicalDate(record.birthDate)]),
    postal_code: present([canonicalPostalCode(record.postalCode)]),
    client: present([record.client.toLowerCase()]),
    domain_near: domains.flatMap((domain) => (domain.length < 6 ? [] : deletionVariants(domain))),
    email_near: emails
      .filter((email) => lists.mailDomains.has(domainOf(email)))
      .flatMap((email) => deletionVariants(email.slice(0, email.lastIndexOf('@'))).map((local) => `${local}@${domainOf(email)}`)),
  };
}

function keysOf(fields: Fields, tagged: (field: Field, value: string) => number): RecordKeys {
  const first = (field: Field): number => {
    const value = fields[field]?.[0];
    return value === undefined ? 0 : tagged(field, value);
  };
  const landline = fields.phone?.find((phone) => !/^0[5-9]0/.test(phone));
  return {
    name: first('name'),
    kana: first('kana'),
    surname: first('surname'),
    company: first('company'),
    address: first('address'),
    room: first('room'),
    landline: landline === undefined ? 0 : tagged('phone', landline),
    client: first('client'),
    domains: (fields.domain ?? []).map((domain) => tagged('domain', domain)),
    emails: (fields.email ?? []).map((email) => tagged('email', email)),
  };
}

export const isShared = (domain: string, organisation: Organisation): boolean =>
  organisation.sharedDomains.some((shared) => isSubdomain(domain, shared));

/** The surname of a full name: what stands before the space, else the longest listed surname it begins with. */
export function surnameOf(name: string, lists: DetectionLists): string {
  const parts = name
    .normalize('NFKC')
    .trim()
    .split(/[\s・]+/);
  if (parts.length > 1) return parts[0] ?? '';
  const whole = canonicalName(name);
  if (lists.names.surnames.has(whole)) return whole; // 前田 is no 前 with a given name
  for (let length = Math.min(4, whole.length - 1); length > 0; length -= 1)
    if (lists.names.surnames.has(whole.slice(0, length))) return whole.slice(0, length);
  return '';
}

/** A company's name without its legal form: 株式会社, (株), ㈱, 有限会社 … may stand before, behind or not at all. */
export function canonicalCompany(name: string): string {
  return canonicalName(name).replaceAll(/株式会社|有限会社|合同会社|合資会社|\((?:株|有|同)\)|[()]/g, '');
}

function sealer(): { seal(text: string): Buffer; open(sealed: Buffer): string } {
  const key = randomBytes(32);
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
    },
  };
}
