// A customer table as large as wanted, the same for the same seed: surnames and given names by a Zipf law over the shipped lists (two rows in
// five of ten million share a full name), towns of the gazetteer's list, phones by the numbering plan, mail addresses from kana and a number.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { toRomaji } from './romaji.ts';

const lists = new URL('../../rules/lists/', import.meta.url);
const lines = (name: string): string[] =>
  readFileSync(new URL(name, lists), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

export type Row = {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly postalCode: string;
  readonly address: string;
  readonly birthDate: string;
};

export const header = 'customer_id,name,name_kana,email,phone,mobile,postal_code,address,birth_date';

/** mulberry32: 32 bits of state are enough for test data. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Rows one after another; row `n` depends on the seed and the rows before it. */
export function makeCustomers(seed: number): (row: number) => Row {
  const random = seeded(seed);
  const surnames = lines('surnames.tsv').map((line) => line.split('\t'));
  const given = shuffled(
    lines('given-names.txt').filter((name) => name.length > 1),
    seeded(seed ^ 0x5eed),
  );
  const readings = lines('given-readings.txt');
  const towns = readTowns();
  const domains = lines('mail-domains.txt').filter((line) => !line.startsWith('#'));
  const surnameOf = zipf(surnames.length, 0.85);
  const givenOf = zipf(given.length, 0.9);
  const pick = <T>(values: readonly T[], at: number): T => values[Math.min(values.length - 1, Math.floor(at * values.length))] as T;
  const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  return (row) => {
    const [surname = '', surnameKana = ''] = surnames[surnameOf(random())] ?? [];
    const rank = givenOf(random());
    const reading = readings[(rank * 7919) % readings.length] ?? '';
    const { place, names } = pick(towns, random());
    const block = `${1 + Math.floor(random() * 9)}-${1 + Math.floor(random() * 40)}-${1 + Math.floor(random() * 30)}`;
    const building =
      random() < 0.35
        ? ` ${pick(['メゾン', 'コーポ', 'グランド', 'パーク', 'サン'], random())}${pick(['青葉', '桜', '緑', '日の出', '若葉'], random())}${101 + Math.floor(random() * 9) * 100 + Math.floor(random() * 12)}`
        : '';
    const birth = new Date(Date.UTC(1935, 0, 1) + Math.floor(random() * 27_000) * 86_400_000).toISOString().slice(0, 10);
    return {
      id: `C${String(row).padStart(8, '0')}`,
      name: `${surname} ${given[rank] ?? ''}`,
      kana: `${katakana(surnameKana)} ${katakana(reading)}`,
      email: `${toRomaji(reading)}.${toRomaji(surnameKana)}${digits(4)}@${pick(domains, random() ** 3)}`,
      phone:
        random() < 0.6
          ? `0${pick(['3-3', '6-6', '45-2', '52-7', '92-4', '11-8'], random())}${digits(2)}-${digits(4)}`.replace(
              /^(0\d-\d)(\d\d)-/,
              `$1$2${digits(1)}-`,
            )
          : '',
      mobile: `0${pick(['90', '80', '70'], random())}-${1 + Math.floor(random() * 9)}${digits(3)}-${digits(4)}`,
      postalCode: `${digits(3)}-${digits(4)}`,
      address: `${place}${pick(names, random())}${block}${building}`,
      birthDate: birth,
    };
  };
}

/** Writes `rows` rows as CSV; returns the file's bytes. */
export function writeCustomers(file: string, rows: number, seed: number): number {
  const next = makeCustomers(seed);
  const handle = openSync(file, 'w');
  let bytes = 0;
  let text = `${header}\n`;
  for (let row = 1; row <= rows; row += 1) {
    text += `${Object.values(next(row)).join(',')}\n`;
    if (text.length < 1 << 20 && row < rows) continue;
    bytes += writeSync(handle, text);
    text = '';
  }
  closeSync(handle);
  return bytes;
}

const katakana = (hiragana: string): string => hiragana.replaceAll(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** Ranks 0…count-1 with weight 1/(rank+1)^exponent, by the inverse of the summed weights. */
function zipf(count: number, exponent: number): (uniform: number) => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) sums[rank] = sum += (rank + 1) ** -exponent;
  return (uniform) => {
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < uniform * sum) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  const result = [...values];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}

function readTowns(): readonly { readonly place: string; readonly names: readonly string[] }[] {
  const text = gunzipSync(readFileSync(new URL('towns.txt.gz', lists))).toString('utf8');
  return text.split('\n').flatMap((line) => {
    const [prefecture = '', upper = '', name = '', list = ''] = line.split('\t');
    const names = list
      .split(' ')
      .map((town) => town.replace(/\+$/, ''))
      .filter((town) => town !== '');
    return name === '' || names.length === 0 ? [] : [{ place: prefecture + upper + name, names }];
  });
}
