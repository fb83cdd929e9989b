// Writes THIRD-PARTY-NOTICES.md from package-lock.json: every package that ships with Sekisho, with its licence text.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const shipped = Object.entries(lock.packages).filter(
  ([path, entry]) => path !== '' && entry.dev !== true && entry.os === undefined && existsSync(path),
);

const sections = shipped.map(([path, entry]) => {
  const name = path.replace(/^.*node_modules\//, '');
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((candidate) => /^(licen[cs]e|copying)/i.test(candidate));
  const text =
    file === undefined
      ? '(the package carries no licence file; its package.json names the licence above)'
      : readFileSync(join(path, file), 'utf8').trim();
  // Apache-2.0 in full once is enough: it stands in LICENSE.
  const body = text.includes('Apache License') && text.length > 9000 ? 'The text of the Apache License 2.0 stands in LICENSE.' : text;
  return `## ${name} ${entry.version} (${manifest.license ?? entry.license})\n\n\`\`\`text\n${body}\n\`\`\`\n`;
});

const data = ['lists', 'models'].map((kind) => readFileSync(`rules/${kind}/NOTICE.md`, 'utf8').trim()).join('\n\n');
writeFileSync(
  'THIRD-PARTY-NOTICES.md',
  `# Third-party notices\n\nSekisho ships with, or runs on, the following. Made by \`npm run notices\`.\n\n${data}\n\n${sections.join('\n')}`,
);
process.stdout.write(`${sections.length} packages\n`);
