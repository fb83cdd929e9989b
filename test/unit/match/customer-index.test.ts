import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import type { CustomerIndex } from '../../../src/match/index.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';

const indexOf = (lines: readonly string[]): CustomerIndex => {
  const csv = `customer_id,name,name_kana,company,email,email2,phone,mobile,birth_date,postal_code\n${lines.join('\n')}\n`;
  return openTable(loadTable({ kind: 'file', file: tableFile(csv), plan: testPlan() }).table);
};

test('ids come back as they stand in the table, whatever their lengths', () => {
  const id = fc.oneof(
    fc.stringMatching(/^[A-Z][0-9]{6}$/),
    fc.stringMatching(/^[A-Z0-9-]{1,40}$/),
    fc.stringMatching(/^会員[0-9]{1,5}号$/),
  );
  fc.assert(
    fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 70, selector: (text) => text.toUpperCase() }), (ids) => {
      const index = indexOf(ids.map((one) => `${one},佐藤 花子,,,,,,,,`));
      const rows = ids.map((_, row) => row);
      expect(rows.map((row) => index.idOf(row))).toEqual(ids);
      expect(index.idsOf(rows.toReversed())).toEqual(ids.toReversed());
      expect(ids.map((one) => index.rows('id', one.toUpperCase()))).toEqual(rows.map((row) => [row]));
    }),
    { numRuns: 50 },
  );
});

// Few values for many rows: buckets hold several values, and most values have several rows.
const someone = fc.record({
  name: fc.constantFrom('佐藤花子', '高橋一郎', '渡辺恵', '林治', ''),
  kana: fc.constantFrom('サトウハナコ', 'ハヤシオサム', ''),
  company: fc.constantFrom('甲商事', '乙工業', '丙'),
  email: fc.constantFrom('', 'a@example.jp', 'b@example.jp', 'c@shiken.example.co.jp'),
  email2: fc.constantFrom('', 'b@example.jp', 'd@example.jp'),
  phone: fc.constantFrom('', '0355501234', '0355501235'),
  mobile: fc.constantFrom('', '09055512345', '09055512346'),
  birthDate: fc.constantFrom('', '1960-01-02', '1961-03-04'),
  postalCode: fc.constantFrom('', '1600023', '5300012'),
});

test('the records of a value are those that have it, as many as are wanted', () => {
  fc.assert(
    fc.property(fc.array(someone, { minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 60 }), (people, most) => {
      const index = indexOf(people.map((person, row) => [`K${row}`, ...Object.values(person)].join(',')));
      const fields = {
        name: ['name'],
        kana: ['kana'],
        company: ['company'],
        email: ['email', 'email2'],
        phone: ['phone', 'mobile'],
      } as const;
      for (const [field, places] of Object.entries(fields) as unknown as [keyof typeof fields, readonly (keyof (typeof people)[0])[]][])
        for (const value of new Set([...people.flatMap((person) => places.map((place) => person[place])), '林檎'])) {
          const bearers = people.flatMap((person, row) => (value !== '' && places.some((place) => person[place] === value) ? [row] : []));
          expect(index.rows(field, value).toSorted((a, b) => a - b)).toEqual(bearers);
          const some = index.rows(field, value, most);
          expect(some).toHaveLength(Math.min(most, bearers.length));
          expect(some.every((row) => bearers.includes(row))).toBe(true);
        }
    }),
    { numRuns: 50 },
  );
});

test('keys of many rows are those of each, and empty fields have none', () => {
  fc.assert(
    fc.property(fc.array(someone, { minLength: 1, maxLength: 100 }), (people) => {
      const index = indexOf(people.map((person, row) => [`K${row}`, ...Object.values(person)].join(',')));
      const rows = people.map((_, row) => row);
      const hashOf = (field: 'birth_date' | 'postal_code', value: string): number => (value === '' ? 0 : index.hash(field, value));
      expect([...index.keysOf('birth_date', rows)]).toEqual(people.map(({ birthDate }) => hashOf('birth_date', birthDate)));
      expect([...index.keysOf('postal_code', rows)]).toEqual(people.map(({ postalCode }) => hashOf('postal_code', postalCode)));
      expect(rows.map((row) => index.keys(row).birthDate)).toEqual([...index.keysOf('birth_date', rows)]);
      expect(index.has('birth_date')).toBe(people.some(({ birthDate }) => birthDate !== ''));
      expect(index.has('client')).toBe(false);
    }),
    { numRuns: 50 },
  );
});
