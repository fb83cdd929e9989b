// Makes the word lists of this folder from their sources: node rules/lists/build/names.mjs NAMES_FOLDER
// NAMES_FOLDER holds last_name_org.csv and first_name_*.csv (japanese-personal-name-dataset).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [names] = process.argv.slice(2);
const out = new URL('../', import.meta.url);
const rows = (folder, file, separator) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(separator));

const sorted = (words) => [...words].toSorted((a, b) => (a < b ? -1 : 1));

// kanji \t reading, the most borne first
const surnames = rows(names, 'last_name_org.csv', ',').map(([kanji, , reading]) => `${kanji}\t${reading}`);
writeFileSync(new URL('surnames.tsv', out), `${surnames.join('\n')}\n`);

const given = new Map();
for (const file of readdirSync(names).filter((name) => name.startsWith('first_name_'))) {
  for (const [reading, , ...spellings] of rows(names, file, ',')) {
    for (const spelling of spellings) if (spelling !== '') given.set(spelling.trim(), reading);
  }
}
const readings = new Set(given.values());
writeFileSync(new URL('given-names.txt', out), `${sorted(given.keys()).join('\n')}\n`);
writeFileSync(new URL('given-readings.txt', out), `${sorted(readings).join('\n')}\n`);

process.stdout.write(`${surnames.length} surnames, ${given.size} given names, ${readings.size} readings\n`);
