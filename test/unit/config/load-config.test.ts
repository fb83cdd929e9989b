import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configExample, configJsonSchema, formatProblem, loadConfig } from '../../../src/config/index.ts';

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'sekisho-config-')), 'sekisho.yaml');
  writeFileSync(path, text);
  return path;
};
const problemsOf = (text: string, environment = {}): string[] => {
  const loaded = loadConfig(file(text), environment);
  return loaded.ok ? [] : loaded.error.map((problem) => formatProblem({ ...problem, file: 'f' }));
};

test('an empty file is the defaults', () => {
  const loaded = loadConfig(file(''), {});
  expect(loaded).toMatchObject({
    ok: true,
    value: { config: { mode: 'enforce', smtp: { listen: '127.0.0.1:2525', limits: { recipients: 1000 } }, policy: { split: false } } },
  });
});

test('a JSON file works too, and staff may stand in it', () => {
  const loaded = loadConfig(file('{"organisation":{"name":"甲","staff":[{"name":"田中","kana":"タナカ","email":"t@example.jp"}]}}'), {});
  expect(loaded).toMatchObject({ ok: true, value: { config: { organisation: { name: '甲' } } } });
});

test('an unknown key is named with its place and the key that was probably meant', () => {
  expect(problemsOf('mode: enforce\nsmtp:\n  lisen: 127.0.0.1:25\n')).toEqual(['f:3:3 unknown key `lisen`; did you mean `listen`?']);
  expect(problemsOf('organisation:\n  partners:\n    - domain: a.jp\n      may_recieve: all\n').join('\n')).toContain(
    'f:4:7 unknown key `may_recieve`; did you mean `may_receive`?',
  );
});

test('a wrong value is named with its place', () => {
  expect(problemsOf('mode: strict\n')[0]).toMatch(/^f:1:1 `mode`/);
  expect(problemsOf('rules: { dirs: r }\n')).toEqual(['f:1:10 `rules.dirs`: must be a list; write [ ] around the value']);
  expect(problemsOf('next_hop:\n  host: mx.example.jp\n  port: 70000\n')[0]).toMatch(/^f:3:3 `next_hop.port`/);
});

test('broken YAML is named with its place', () => {
  expect(problemsOf('mode: [\n')[0]).toMatch(/^f:\d+:\d+ not valid YAML/);
});

test('a missing file says what to do', () => {
  const loaded = loadConfig('/nowhere/sekisho.yaml', {});
  expect(loaded.ok ? '' : formatProblem(loaded.error[0]!)).toContain('-c');
});

test('the environment overrides the file, and its errors name the variable', () => {
  const loaded = loadConfig(file('smtp:\n  listen: 127.0.0.1:25\n'), { SEKISHO_SMTP__LISTEN: '127.0.0.1:2526', SEKISHO_NO_APT: '1' });
  expect(loaded).toMatchObject({ ok: true, value: { config: { smtp: { listen: '127.0.0.1:2526' } } } });
  expect(problemsOf('', { SEKISHO_MODE: 'off' })[0]).toContain('mode');
});

test('a partner has either a domain or an address', () => {
  expect(problemsOf('organisation:\n  partners:\n    - { may_receive: all }\n')[0]).toContain('either');
});

test('the commented example is a valid file that changes nothing', () => {
  const loaded = loadConfig(file(configExample()), {});
  expect(loaded).toMatchObject({ ok: true });
  expect(JSON.stringify(configJsonSchema())).toContain('internal_domains');
});
