import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRules } from '../../../src/adapters/rules-fs/index.ts';
import { ticketRule } from '../detect/rules.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array = ticketRule): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const problems = (): readonly string[] =>
  readRules([folder]).problems.map(({ file, line, column, message }) => `${file.slice(folder.length + 1)}:${line}:${column} ${message}`);
const ownFiles = (): readonly string[] =>
  [...readRules([folder]).detectors, ...readRules([folder]).policies]
    .filter(({ origin }) => origin === folder)
    .map(({ path }) => path.slice(folder.length + 1));

test('rules in their place are read, and what is no YAML beside them is nobody’s business', () => {
  write('detectors/ticket/rule.yaml');
  write('policies/night/policy.yaml');
  write('README.md');
  write('detectors/ticket/rule.yaml~');
  write('detectors/ticket/.#rule.yaml');
  write('.github/workflows/check.yml');
  mkdirSync(join(folder, 'policies/empty'));
  expect(problems()).toEqual([]);
  expect(ownFiles()).toEqual(['detectors/ticket/rule.yaml', 'policies/night/policy.yaml']);
});

test.each([
  ['detectors/x/rule.yml', 'is not read; name it `rule.yaml`'],
  ['detectors/x/Rule.yaml', 'is not read; name it `rule.yaml`'],
  ['policies/x/policy.yml', 'is not read; name it `policy.yaml`'],
  ['detectors/x.yaml', 'is not read; it belongs into a folder of its own: `detectors/x/rule.yaml`'],
  ['detectors/x/y/rule.yaml', 'is not read: it lies too deep; a rule is `detectors/ID/rule.yaml`'],
  [
    'policies/x/rule.yaml',
    'is not read here; below `policies` the file is named `policy.yaml`, and what you have may belong to `detectors/x/rule.yaml`',
  ],
  ['rule.yaml', 'is not read: a detector is `detectors/ID/rule.yaml`, a policy `policies/ID/policy.yaml`'],
  ['detector/x/rule.yaml', 'is not read: a detector is `detectors/ID/rule.yaml`, a policy `policies/ID/policy.yaml`'],
  ['detectors', null],
])('a rule that lies in %s is named, since it finds and holds nothing there', (path, message) => {
  write(path);
  expect(problems()).toEqual(message === null ? [] : [`${path}:0:0 ${message}`]);
  expect(ownFiles()).toEqual([]);
});

test('a policy that was renamed away is named by its folder', () => {
  write('policies/x/policy.yaml.off');
  expect(problems()).toEqual([
    'policies/x:0:0 holds no `policy.yaml`, so there is no such rule; give the file this name, or take the folder away',
  ]);
});

test('what cannot be read is a problem and throws nothing', () => {
  mkdirSync(join(folder, 'detectors/x/rule.yaml'), { recursive: true });
  mkdirSync(join(folder, 'policies/y'), { recursive: true });
  symlinkSync('nowhere', join(folder, 'policies/y/policy.yaml'));
  symlinkSync('round', join(folder, 'round'));
  expect(problems()).toEqual([
    'policies/y:0:0 holds no `policy.yaml`, so there is no such rule; give the file this name, or take the folder away',
    'detectors/x/rule.yaml:0:0 cannot be read (EISDIR)',
  ]);
});

test('a file that is not UTF-8 is an error at its first foreign byte, not a rule of words that no mail holds', () => {
  // 社員 in CP932.
  const cp932 = Buffer.concat([Buffer.from('id: x\ntitle: { ja: '), Buffer.from([0x8e, 0xd0, 0x88, 0xf5])]);
  write('detectors/x/rule.yaml', cp932);
  expect(problems()).toEqual(['detectors/x/rule.yaml:2:14 is not UTF-8 (Shift_JIS?); save the file as UTF-8']);
  write('detectors/x/rule.yaml', Buffer.from(`\uFEFF${ticketRule}`, 'utf16le'));
  expect(problems()).toEqual(['detectors/x/rule.yaml:1:1 is not UTF-8 but UTF-16; save the file as UTF-8']);
  expect(ownFiles()).toEqual([]);
  write('detectors/x/rule.yaml', `\uFEFF${ticketRule}`);
  expect(problems()).toEqual([]);
  expect(readRules([folder]).detectors.at(-1)?.text).toBe(ticketRule);
});
