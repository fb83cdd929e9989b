import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../bin/sekisho.mjs', import.meta.url));
const readme = readFileSync(new URL('../../rules/README.md', import.meta.url), 'utf8');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-first-rule-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sekisho(...args: readonly string[]): { readonly code: number; readonly out: string; readonly notes: string } {
  const run = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: folder });
  return { code: run.status ?? -1, out: run.stdout, notes: run.stderr };
}
const write = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};
/** The file that the manual shows under its name, `# detectors/x/rule.yaml` in its first line. */
function shown(path: string): string {
  const text = new RegExp(`\`\`\`yaml\n# ${path}\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1];
  if (text === undefined) throw new Error(`the manual shows no ${path}`);
  return text;
}
const tryYaml = 'rules: { dirs: [my-rules] }\n';

test('a new user makes a detector, sees that it holds nothing yet, adds a policy and sees the mail held', () => {
  expect(sekisho('rules', 'new', 'employee-number', '--dir', 'my-rules').code).toBe(0);
  write('try.yaml', tryYaml);
  const first = sekisho('rules', 'lint', '-c', 'try.yaml');
  expect(first.code).toBe(0);
  expect(first.notes).toMatch(
    /no policy names the type `employee_number`[\s\S]*slowest: [\s\S]*site: 1 detector, 0 policies, 6 examples: no problems, 2 notices/,
  );
  write('my-rules/detectors/employee-number/rule.yaml', shown('detectors/employee-number/rule.yaml'));
  write(
    'mail.eml',
    'From: a@example.jp\r\nTo: b@example.com\r\nSubject: test\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n社員番号：E123456\r\n',
  );
  const scan = (...more: readonly string[]) => sekisho('scan', 'mail.eml', '--to', 'b@example.com', '-c', 'try.yaml', ...more);
  expect(JSON.parse(scan('--json').out)).toMatchObject({ verdict: 'deliver', findings: [{ type: 'employee_number' }] });
  write('my-rules/policies/sensitive-pii/policy.yaml', shown('policies/sensitive-pii/policy.yaml'));
  expect(JSON.parse(scan('--json').out)).toMatchObject({ verdict: 'hold', reasons: [{ code: 'sensitive_pii', policy: 'sensitive-pii' }] });
  const tested = sekisho('rules', 'test', '-c', 'try.yaml');
  expect(tested).toMatchObject({ code: 0, out: '' });
  expect(tested.notes).toMatch(/site: 1 detector, 1 policy, \d+ examples: every example holds/);
  expect(sekisho('rules', 'list', '-c', 'try.yaml').out).toMatch(/employee-number .* site [\s\S]*sensitive-pii .* site, extends shipped/);
});

test('scan judges schedules by --at, takes the sender from the header, and says both wrong times and missing senders', () => {
  write('try.yaml', tryYaml);
  write('my-rules/policies/night-mail/policy.yaml', shown('policies/night-mail/policy.yaml'));
  write('mail.eml', 'From: a@example.jp\r\nTo: b@example.com\r\nSubject: test\r\n\r\nhello\r\n');
  const scan = (...more: readonly string[]) => sekisho('scan', 'mail.eml', '--to', 'b@example.com', '-c', 'try.yaml', ...more);
  expect(JSON.parse(scan('--json', '--at', '2026-11-25T23:15+09:00').out)).toMatchObject({
    verdict: 'delay',
    received_at: '2026-11-25T14:15:00.000Z',
  });
  const noon = scan('--at', '2026-11-25T12:00+09:00');
  expect(noon.out).toMatch(/^送信 \/ deliver[\s\S]*schedules judged by: 2026-11-25 12:00 \(Japan time\)/);
  expect(scan('--at', 'yesterday').code).toBe(2);
  write('mail.eml', 'To: b@example.com\r\n\r\nhello\r\n');
  expect(scan()).toMatchObject({ code: 2, notes: expect.stringContaining('--from') as unknown });
});

test('what would go wrong in silence is said: a shipped id, a file of another name, another encoding, a misspelt macro', () => {
  expect(sekisho('rules', 'new', 'phone', '--dir', 'my-rules')).toMatchObject({
    code: 2,
    notes: expect.stringContaining('`extends: phone`') as unknown,
  });
  write('try.yaml', tryYaml);
  const rule = shown('detectors/employee-number/rule.yaml');
  const lint = () => sekisho('rules', 'lint', '-c', 'try.yaml');
  write('my-rules/detectors/employee-number/rule.yml', rule);
  expect(lint()).toMatchObject({ code: 1, notes: expect.stringContaining('rule.yml is not read; name it `rule.yaml`') as unknown });
  expect(sekisho('check', '-c', 'try.yaml').code).toBe(1);
  rmSync(join(folder, 'my-rules/detectors'), { recursive: true });
  write(
    'my-rules/detectors/employee-number/rule.yaml',
    Buffer.concat([Buffer.from('id: employee-number\ntitle: { ja: '), Buffer.from([0x8e, 0xd0])]),
  );
  expect(lint().notes).toMatch(/rule\.yaml:2:14 is not UTF-8 \(Shift_JIS\?\); save the file as UTF-8/);
  write('my-rules/detectors/employee-number/rule.yaml', rule.replace(/^ {4}- .*$/m, "    - '{{mynumber}}'"));
  const macro = lint();
  expect(macro.code).toBe(1);
  expect(macro.notes).toMatch(
    /rule\.yaml:\d+:\d+ \{\{mynumber\}\} names a macro that does not exist.*did you mean `my_number`\?\n.*1 example cannot be run/,
  );
  write('my-rules/detectors/phone/rule.yaml', rule.replace('id: employee-number', 'id: phone'));
  write('my-rules/detectors/employee-number/rule.yaml', rule);
  expect(lint().notes).toContain(
    'replaces the shipped rule `phone` as a whole: that one is about `phone`, this one about `employee_number`',
  );
  expect(sekisho('check', '-c', 'try.yaml').notes).toContain('replaces the shipped rule `phone` as a whole');
});
