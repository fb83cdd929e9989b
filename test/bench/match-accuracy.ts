// `node test/bench/match-accuracy.ts [--rows 100000] [--mails 600]`: precision and recall of "a name and one more field" over a generated table
// with realistic namesakes (customers-csv.ts: surnames and given names by a Zipf law, so that a share of the rows bear a name that others bear
// too). A third of the mails name a record with one of its fields in varied spellings; a third name a record with a field of nobody's, or no more
// than the name; a third name a person of no record with data of no record. Each goes to somebody else, and is right when it is said to be
// strongly about exactly the records whose name and field stand in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { idPatternOf, importTable, loadTable } from '../../src/adapters/customer-index/index.ts';
import { buildSnapshot, loadConfig, planOf, readSnapshotSource } from '../../src/config/index.ts';
import { ordinaryMail } from '../rules/ordinary-mail.ts';
import { inspectLetter } from '../support/sample-world.ts';
import { makeCustomers, seeded, writeCustomers, type Row } from './customers-csv.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' }, mails: { type: 'string', default: '600' } } });
const [rowCount, mailCount, seed] = [Number(values.rows), Number(values.mails), 11];
const random = seeded(5);
const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;

const folder = mkdtempSync(join(tmpdir(), 'sekisho-accuracy-'));
const file = join(folder, 'customers.csv');
writeCustomers(file, rowCount, seed);
const loaded = loadConfig(fileURLToPath(new URL('../../src/cli/demo/samples/sekisho.yaml', import.meta.url)), {});
if (!loaded.ok) throw new Error('the sample organisation does not load');
const plan = planOf(loaded.value);
await importTable({ source: { kind: 'csv', file }, title: file, dir: folder, plan, threads: 2, acceptShrink: false, now: 0 }, {});
const { table } = loadTable({ kind: 'import', dir: folder, plan });
const source = readSnapshotSource(loaded.value, new Uint8Array(16).fill(7));
const built = source.ok ? buildSnapshot({ ...source.value.source, customers: table, idPattern: idPatternOf(table) }) : source;
if (!built.ok) throw new Error('the sample organisation does not compile');
const snapshot = built.value;

// The rows again, since the generator gives the same for the same seed; and persons of no record, from another.
const next = makeCustomers(seed);
const rows = Array.from({ length: rowCount }, (_, at) => next(at + 1));
const byName = Map.groupBy(rows, ({ name }) => name);
const stranger = makeCustomers(seed + 1);
const filler = ordinaryMail(400_000, 3);

type Field = 'phone' | 'mobile' | 'email' | 'address' | 'birthDate';
const fields = ['phone', 'mobile', 'email', 'address', 'birthDate'] as const satisfies readonly Field[];
const counts = { right: 0, wrong: 0, missed: 0 };
const missedBy = new Map<string, number>();
const asked = new Map<string, number>();
async function tryMail(mail: number): Promise<void> {
  const kind = mail % 3;
  const row = kind === 2 ? stranger(mail + 1) : pick(rows);
  const field = pick(fields.filter((one) => row[one] !== ''));
  const other = stranger(mail + 1_000_000);
  const shown = kind === 1 ? (random() < 0.5 ? null : { ...row, [field]: other[field] || other.mobile }) : row;
  const text = `いつもお世話になっております。\n\n${pick(filler)}\n${sentence(row, shown, field)}\n\n${pick(filler)}\n以上、よろしくお願いいたします。\n`;
  const { about } = await inspectLetter({ to: ['someone@unknown-company.example.com'], text }, snapshot);
  const found = new Set<string>(about.filter(({ strength }) => strength === 'strong').map(({ customer }) => customer));
  const expected = new Set(kind === 0 ? (byName.get(row.name) ?? []).filter((same) => same[field] === row[field]).map(({ id }) => id) : []);
  if (kind === 0) asked.set(field, (asked.get(field) ?? 0) + 1);
  for (const id of found) counts[expected.has(id) ? 'right' : 'wrong'] += 1;
  for (const id of expected) {
    if (found.has(id)) continue;
    counts.missed += 1;
    missedBy.set(field, (missedBy.get(field) ?? 0) + 1);
  }
}

function sentence(row: Row, shown: Row | null, field: Field): string {
  const name = spelledName(row.name);
  if (shown === null) return pick([`${name}様の件、確認いたしました。`, `本日${name}様がご来店されました。`]);
  const value = spelled(field, shown[field]);
  return pick([
    `${name}様（${value}）よりお問い合わせがありました。`,
    `お客様のお名前: ${name}\n${labels[field]}: ${value}`,
    `${name}様のご連絡先は${value}です。`,
    `氏名：${name}　${labels[field]}：${value}`,
  ]);
}

const labels: Readonly<Record<Field, string>> = {
  phone: '電話',
  mobile: '携帯電話',
  email: 'メール',
  address: '住所',
  birthDate: '生年月日',
};
const fullWidth = (text: string): string => text.replaceAll(/[!-~]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0));
const spelledName = (name: string): string => pick([name, name.replace(' ', ''), name.replace(' ', '　')]);

function spelled(field: Field, value: string): string {
  switch (field) {
    case 'phone':
    case 'mobile':
      return pick([value, value.replaceAll('-', ''), fullWidth(value), `+81-${value.slice(1)}`, value.replace('-', '(').replace('-', ')')]);
    case 'email':
      return pick([value, value.replace(/@.*/, (domain) => domain.toUpperCase())]);
    case 'address':
      return pick([
        value,
        value.replace(/^..[都道府県]|^...県/, ''),
        fullWidth(value),
        value.replace(/(\d+)-(\d+)-(\d+)/, '$1丁目$2番$3号'),
      ]);
    default: {
      const [year = '', month = '', day = ''] = value.split('-').map((part) => String(Number(part)));
      return pick([value, `${year}年${month}月${day}日`, `${year}/${month}/${day}`, eraDate(Number(year), month, day, value)]);
    }
  }
}

function eraDate(year: number, month: string, day: string, iso: string): string {
  const [era, base] = iso < '1989-01-08' ? (['昭和', 1925] as const) : (['平成', 1988] as const);
  return `${era}${year - base}年${month}月${day}日`;
}

for (let mail = 0; mail < mailCount; mail += 1) await tryMail(mail);
rmSync(folder, { recursive: true, force: true });
const shared = [...byName.values()].filter((same) => same.length > 1).reduce((sum, same) => sum + same.length, 0);
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`${rowCount} rows, ${percent(shared, rowCount)} of them share their full name with others; ${mailCount} mails`);
say(
  `precision ${percent(counts.right, counts.right + counts.wrong)}, recall ${percent(counts.right, counts.right + counts.missed)} (${JSON.stringify(counts)})`,
);
for (const [field, count] of asked) say(`${field}: ${missedBy.get(field) ?? 0} of ${count} missed`);
