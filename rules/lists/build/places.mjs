// Makes the address lists of this folder: node rules/lists/build/places.mjs ADDRESSES_FOLDER
// ADDRESSES_FOLDER holds towns.tsv (Geolonia: prefecture, municipality, town, 小字) and postal.tsv (Japan Post: code, prefecture, municipality, town).
//
// towns.txt.gz: a line a municipality, `prefecture TAB city or county TAB name TAB towns`; towns folded (fold-place.ts), one space between,
// with + behind those that are divided into 丁目.
// postal.bin.gz: columns over all pairs of code and town in order: steps of the code (varint), municipality (line of towns.txt, 2 bytes),
// hash of the town (2 bytes, 0 for the whole municipality); before them their number in 4 bytes. All little-endian.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { foldedName } from '../../../src/detect/addresses/fold-place.ts';
import { townHash } from '../../../src/detect/addresses/postal-table.ts';
import { normalize } from '../../../src/normalize/index.ts';

const [addresses] = process.argv.slice(2);
const out = new URL('../', import.meta.url);
const rows = (file) =>
  readFileSync(join(addresses, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t').map((cell) => normalize(cell).text));

/** 西多摩郡瑞穂町 → 西多摩郡 + 瑞穂町, 横浜市西区 → 横浜市 + 西区; 大和郡山市 and 四日市市 have nothing above them. */
function splitMunicipality(name) {
  const [, upper, own] = /^(.+郡)(.+[町村])$/.exec(name) ?? /^(.+市)(.+区)$/.exec(name) ?? [null, '', name];
  return [upper, own];
}

const chome = /(?<=.)(?:第?(?:[一二三四五六七八九十百]+|[0-9]+)(?:丁目?|地割))$/;
const keyOf = (prefecture, municipality) => `${prefecture}\t${municipality.replace(/^(?:三宅|八丈)島(?=.)/, '').replaceAll(/[ヶが]/g, 'ケ')}`;
const municipalities = new Map();
function addTown(prefecture, municipality, town, isDivided) {
  const key = keyOf(prefecture, municipality);
  const entry = municipalities.get(key) ?? { prefecture, municipality, towns: new Map() };
  municipalities.set(key, entry);
  if (town !== '') entry.towns.set(town, entry.towns.get(town) === true || isDivided);
}
for (const [prefecture, municipality, town] of rows('towns.tsv')) {
  // Towns without 大字 are not listed by name: (大字なし).
  const name = town.startsWith('(') ? '' : town;
  addTown(prefecture, municipality, foldedName(name.replace(chome, '')), /丁目?$/.test(name));
}

// Japan Post breaks long names into several lines; what follows an open bracket belongs to the bracket.
const codes = [];
let openCode = null;
for (const [code, prefecture, municipality, town = ''] of rows('postal.tsv')) {
  const isInside = openCode === code;
  if (town.includes('(') || isInside) openCode = town.includes(')') ? null : code;
  if (isInside) continue;
  const name = /地割|一円$|次に番地がくる|階\)/.test(town) ? '' : foldedName(town.replace(/\(.*/, '').replace(chome, ''));
  codes.push({ code: Number(code), place: keyOf(prefecture, municipality), name });
  // Wards founded since, and towns that Geolonia writes otherwise.
  addTown(prefecture, municipality, name, /\(.*丁目/.test(town));
}

// 又八 and its 丁目: where the same words are a town and its 丁目, the reader takes the 丁目.
for (const { towns } of municipalities.values()) {
  for (const town of towns.keys()) if (/.[0-9]+丁目$/.test(town) && towns.has(town.replace(/[0-9]+丁目$/, ''))) towns.delete(town);
}
const byText = ([a], [b]) => (a < b ? -1 : 1);
const sorted = [...municipalities].toSorted(byText);
const lines = sorted.map(([, { prefecture, municipality, towns }]) => {
  const list = [...towns].toSorted(byText).map(([town, isDivided]) => (isDivided ? `${town}+` : town));
  return `${prefecture}\t${splitMunicipality(municipality).join('\t')}\t${list.join(' ')}\n`;
});
const townsFile = gzipSync(lines.join(''), { level: 9 });
writeFileSync(new URL('towns.txt.gz', out), townsFile);

const lineOf = new Map(sorted.map(([key], index) => [key, index]));
const distinct = new Map(
  codes.map(({ code, place, name }) => {
    const row = [code, lineOf.get(place), name === '' ? 0 : townHash(name)];
    return [row.join(' '), row];
  }),
);
const pairs = [...distinct.values()].toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
const steps = [];
let last = 0;
for (const [code] of pairs) {
  let step = code - last;
  for (; step > 0x7f; step >>>= 7) steps.push((step & 0x7f) | 0x80);
  steps.push(step);
  last = code;
}
const count = Buffer.alloc(4);
count.writeUInt32LE(pairs.length);
const bytesOf = (column) => Buffer.from(Uint16Array.from(pairs, (pair) => pair[column]).buffer);
const postalFile = gzipSync(Buffer.concat([count, Buffer.from(steps), bytesOf(1), bytesOf(2)]), { level: 9 });
writeFileSync(new URL('postal.bin.gz', out), postalFile);
const towns = sorted.reduce((sum, [, entry]) => sum + entry.towns.size, 0);
process.stdout.write(`${lines.length} municipalities, ${towns} towns: ${townsFile.length} bytes; ${pairs.length} codes and towns: ${postalFile.length} bytes\n`);
