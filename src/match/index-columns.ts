/** What a record can be found or compared by. The order is the file format's: a value's place here is hashed with it. */
export const fields = [
  'id',
  'name',
  'kana',
  'surname',
  'company',
  'email',
  'domain',
  'phone',
  'address',
  'room',
  'birth_date',
  'postal_code',
  'client',
  'surname_company',
] as const;
export type Field = (typeof fields)[number];

/** The unit hashed before a value, so that equal texts of two fields have nothing in common. */
export const kindOf: Readonly<Record<Field, number>> = Object.fromEntries(fields.map((field, at) => [field, at + 1])) as Record<
  Field,
  number
>;

/**
 * A column of the table: one value a row. `keyed`: 32 bits of the value's hash are kept, to compare records. `found`: rows lie in order of the
 * other 32 bits, to find records. Birth dates, postal codes, rooms and clients are only compared: thousands share each.
 * `ordered`: within each bucket rows lie in order of their key, so that the thousands who share a name are found and counted in a few steps.
 * `scanned`: the column's keys lie together, to be read from the first row to the last; those of other columns lie record by record.
 */
export type Column = {
  readonly name: string;
  readonly field: Field;
  readonly keyed: boolean;
  readonly found: boolean;
  readonly ordered: boolean;
  readonly scanned: boolean;
};

const column = (name: string, field: Field, kind: 'both' | 'ordered' | 'keyed' | 'scanned' | 'found'): Column => ({
  name,
  field,
  keyed: kind !== 'found',
  found: kind !== 'keyed' && kind !== 'scanned',
  ordered: kind === 'ordered',
  scanned: kind === 'scanned',
});

/** In the order of the file format. */
export const columns = [
  column('id', 'id', 'found'),
  column('name', 'name', 'ordered'),
  column('kana', 'kana', 'ordered'),
  column('surname', 'surname', 'scanned'),
  column('surname_kana', 'surname', 'scanned'),
  column('company', 'company', 'both'),
  column('email', 'email', 'both'),
  column('email2', 'email', 'both'),
  column('domain', 'domain', 'both'),
  column('domain2', 'domain', 'both'),
  column('phone', 'phone', 'both'),
  column('mobile', 'phone', 'both'),
  column('address', 'address', 'both'),
  column('room', 'room', 'keyed'),
  column('birth_date', 'birth_date', 'keyed'),
  column('postal_code', 'postal_code', 'keyed'),
  column('client', 'client', 'keyed'),
  column('surname_company', 'surname_company', 'found'),
  column('surname_kana_company', 'surname_company', 'found'),
] as const satisfies readonly Column[];

/** The place of a column in the file. */
export const at = {
  id: 0,
  name: 1,
  kana: 2,
  surname: 3,
  surnameKana: 4,
  company: 5,
  email: 6,
  email2: 7,
  domain: 8,
  domain2: 9,
  phone: 10,
  mobile: 11,
  address: 12,
  room: 13,
  birthDate: 14,
  postalCode: 15,
  client: 16,
  surnameCompany: 17,
  surnameKanaCompany: 18,
} as const;

/** Columns that hold a field's values and can be searched. */
export const columnsOf: Readonly<Record<Field, readonly number[]>> = Object.fromEntries(
  fields.map((field) => [field, columns.flatMap((spec, place) => (spec.field === field && spec.found ? [place] : []))]),
) as unknown as Record<Field, readonly number[]>;

/** Columns by which records can be compared in a field. */
export const keyedColumnsOf: Readonly<Record<Field, readonly number[]>> = Object.fromEntries(
  fields.map((field) => [field, columns.flatMap((spec, place) => (spec.field === field && spec.keyed ? [place] : []))]),
) as unknown as Record<Field, readonly number[]>;
