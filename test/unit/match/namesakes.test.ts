import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { canonicalName, detect } from '../../../src/detect/index.ts';
import { defaultLimits, extract, readDocument } from '../../../src/extract/index.ts';
import { gatherFacts, readHeader, type CustomerIndex, type Facts, type Matched } from '../../../src/match/index.ts';
import { columns } from '../../../src/match/index-columns.ts';
import { parseMessage } from '../../../src/message/index.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';
import { bytesOf, envelopeOf, sampleSnapshot, type Letter } from '../../support/sample-world.ts';

const names = [
  ['佐藤 花子', 'サトウ ハナコ'],
  ['渡邊 恵', 'ワタナベ メグミ'],
  ['高橋 一郎', 'タカハシ イチロウ'],
  ['髙橋 治', 'タカハシ イチロウ'],
  ['長谷川 久美子', ''],
] as const;
const perName = 250;
type Person = {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly company: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly address: string;
  readonly birthDate: string;
};
// Homes, landlines, companies and birth dates are few, so that namesakes are told apart by several of them and related by others.
const people: readonly Person[] = Array.from({ length: names.length * perName }, (_, row) => {
  const [name, kana] = names[row % names.length] ?? names[0];
  const company = row % 7 === 0 ? `株式会社試験${'甲乙丙'.charAt(row % 3)}` : '';
  return {
    id: `K${String(row).padStart(6, '0')}`,
    name,
    kana,
    company,
    email: company === '' ? `person${row}@mail.example.jp` : `person${row}@shiken${row % 3}.example.co.jp`,
    phone: row % 2 === 0 ? `03-5550-${String(1000 + (row % 41))}` : '',
    mobile: `090-5551-${String(2000 + row)}`,
    address: `東京都世田谷区太子堂${1 + (row % 4)}-${1 + (row % 13)}-${1 + (row % 17)}`,
    birthDate: `19${60 + (row % 31)}-0${1 + (row % 9)}-1${row % 7}`,
  };
});
const header = 'customer_id,name,name_kana,company,email,phone,mobile,address,birth_date';
const { table } = loadTable({
  kind: 'file',
  file: tableFile(`${header}\n${people.map((person) => Object.values(person).join(',')).join('\n')}\n`),
  plan: testPlan(),
});
const index = openTable(table);
/** Without the short cut: every bearer of a name is looked at. */
const whole: CustomerIndex = { ...index, bearersWith: (field, canonical) => index.rows(field, canonical) };
const snapshot = sampleSnapshot();

async function matched(letter: Letter, customers: CustomerIndex): Promise<Matched> {
  const message = parseMessage(bytesOf(letter));
  const extraction = await extract(message, { readBinary: readDocument, limits: defaultLimits });
  const lexicon = {
    staffNames: [],
    customerIdPattern: 'K[0-9]{6}',
    nameThreshold: snapshot.nameThreshold,
    isCustomerName: (name: string) => customers.rows('name', name).length > 0,
    isFirm: () => false,
    isCustomerId: (id: string) => customers.rows('id', id).length > 0,
  };
  const found = detect(extraction.segments, snapshot, lexicon);
  const input = { envelope: envelopeOf(letter), participants: message.participants, extraction, ...found, isAmbiguous: false };
  return gatherFacts(input, { ...snapshot, customers });
}

/** Candidates who cannot be told apart are cut, and which of them stay is not the same. */
const told = <T extends { readonly customers: readonly string[] }>(entry: T): T => ({
  ...entry,
  customers: entry.customers.length >= 20 ? ['many'] : entry.customers.toSorted(),
});
const comparable = ({ facts, owners }: Matched): object => ({
  ...facts,
  subjects: facts.subjects.map((subject) => (subject.strength === 'weak' ? { ...subject, customers: ['many'] } : told(subject))),
  greetings: facts.greetings.map(told),
  lookalikes: facts.lookalikes.map(told),
  thirdPersons: facts.thirdPersons.map(told),
  strangers: facts.strangers.map(told),
  bulk: { ...facts.bulk, customers: [] } satisfies Facts['bulk'],
  owners,
});

const person = fc.constantFrom(...people);
const sentence = fc.oneof(
  person.map(({ name }) => `${name}様よりご連絡がありました。`),
  person.map(({ kana }) => `${kana}様です。`),
  fc.tuple(person, person).map(([{ name }, { mobile }]) => `${name}様、電話 ${mobile}`),
  person.map(({ name, birthDate }) => `氏名：${name}　生年月日：${birthDate}`),
  person.map(({ name, address }) => `${name}様 ${address} のお荷物`),
  person.map(({ name, kana, company }) => `${company} ${name}（${kana}）様`),
  person.map(({ phone, email }) => `連絡先 ${phone} ${email}`),
  person.map(({ id, birthDate }) => `会員番号 ${id}、生年月日 ${birthDate}`),
  fc.constant(''),
);
const letter = fc.record({
  to: fc.array(
    fc.oneof(
      person.map(({ email }) => email),
      fc.constant('stranger@gmail.com'),
      fc.constant('soumu@shiken1.example.co.jp'),
    ),
    { minLength: 1, maxLength: 2 },
  ),
  text: fc
    .tuple(person, fc.array(sentence, { maxLength: 6 }))
    .map(([{ name }, sentences]) => `${name}様\n\nいつもお世話になっております。\n\n${sentences.join('\n\n')}\n`),
  attachment: fc.option(
    person.map(({ name, mobile }) => ({ name: `${name.replace(' ', '')}様.txt`, text: `${name} 様\n${mobile}\n` })),
    { nil: undefined },
  ),
});

test('names that many bear lead to the same facts as if each of their bearers were looked at', async () => {
  await fc.assert(
    fc.asyncProperty(letter, async ({ attachment, ...rest }) => {
      const mail = attachment === undefined ? rest : { ...rest, attachment };
      expect(comparable(await matched(mail, index))).toEqual(comparable(await matched(mail, whole)));
    }),
    { numRuns: 100 },
  );
});

test('of 250 namesakes the birth date tells one; nothing else, none', async () => {
  const [one] = people;
  const text = (line: string): Letter => ({ to: ['stranger@gmail.com'], text: `${line}\n` });
  const subjectsOf = async (line: string): Promise<readonly object[]> =>
    (await matched(text(line), index)).facts.subjects.map(({ customers, strength }) => ({ customers: customers.length, strength }));
  const twins = people.filter(({ name, birthDate }) => name === one?.name && birthDate === one.birthDate).length;
  expect(await subjectsOf(`氏名：${one?.name}　生年月日：${one?.birthDate}`)).toEqual([{ customers: twins, strength: 'strong' }]);
  expect(twins).toBeLessThan(20);
  expect(await subjectsOf(`氏名：${one?.name}`)).toEqual([{ customers: 20, strength: 'weak' }]);
});

test('of a common name exactly those bearers are pointed to who have a wanted key, as many as are wanted', () => {
  const rows = Array.from(people, (_, row) => row);
  const fields = ['company', 'domain', 'email', 'address', 'phone', 'birth_date'] as const;
  const keysOf = (row: number): Readonly<Record<(typeof fields)[number], readonly number[]>> => {
    const { company, domains, emails, address, birthDate } = index.keys(row);
    const phones = [people[row]?.phone ?? '', people[row]?.mobile ?? ''].map((phone) => index.hash('phone', phone.replaceAll('-', '')));
    return { company: [company], domain: domains, email: emails, address: [address], phone: phones, birth_date: [birthDate] };
  };
  const wantedKey = fc.oneof(
    fc.constantFrom(...rows).map(keysOf),
    fc.nat().map((key) => ({ [fields[key % fields.length] ?? 'email']: [key] })),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.constantFrom('name', 'kana'),
      fc.array(wantedKey, { maxLength: 6 }),
      ([name, kana], field, keys) => {
        const wanted = new Map(
          fields.map((field) => [field, new Set(keys.flatMap((of) => of[field] ?? []).filter((key: number) => key !== 0))] as const),
        );
        const canonical = canonicalName(field === 'name' ? name : kana);
        const expected = rows.filter(
          (row) =>
            canonical !== '' &&
            index.keys(row)[field] === index.hash(field, canonical) &&
            fields.some((field) => keysOf(row)[field].some((key) => wanted.get(field)?.has(key) === true)),
        );
        expect(index.bearersWith(field, canonical, wanted).toSorted((a, b) => a - b)).toEqual(expected);
      },
    ),
  );
  expect(readHeader(new Uint8Array(table.index)).places.some(({ column }) => column === columns.length)).toBe(true);
});
