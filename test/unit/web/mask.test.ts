import { expect, test } from 'vitest';
import type { RuleId } from '../../../src/core/index.ts';
import type { ShownFinding } from '../../../src/inspect/index.ts';
import type { PartPath } from '../../../src/message/index.ts';
import { maskText, maskValue, piecesOf, secretsOf } from '../../../src/web/ui/mask.ts';

const location = { in: 'body', part: '1' as PartPath, kind: 'plain' } as const;
function found(type: string, text: string, value: string): ShownFinding {
  const start = text.indexOf(value);
  const span = { start, end: start + value.length, segmentStart: start, segmentEnd: start + value.length };
  const rest = {
    rule: type as RuleId,
    location,
    confidence: 1,
    owner: 'customer',
    fingerprint: value,
    segment: 0,
    where: 'text',
    because: [],
  } as const;
  return { ...span, ...rest, type, text: value };
}

test.each([
  ['phone', '090-5550-1114', '090-••••-••14'],
  ['phone', '０３（５５５０）１２３４', '0•-••••-••34'],
  ['credit_card', '4242 4242 4242 4821', '•••• •••• •••• 4821'],
  ['my_number', '1234 5678 9018', '••••••••••••'],
  ['customer_id', 'C0001042', '••••1042'],
  ['address', '東京都千代田区丸の内1-2-3', '東京都千代田区••••'],
  ['email', 'hanako@mail.example.jp', 'h••••@mail.example.jp'],
  ['bank_account', '普通 1234567', '••••••••'],
  ['a-type-of-the-site', 'anything', '••••••••'],
  ['person_name', '佐藤 花子', '佐藤 花子'],
])('%s %s is shown as %s', (type, value, shown) => {
  expect(maskValue(type, value)).toBe(shown);
});

test('findings that overlap leave nothing of a secret between them', () => {
  const text = 'A 佐藤 花子 090-5550-1114 Z';
  const findings = [found('person_name', text, '佐藤 花子 090'), found('phone', text, '090-5550-1114')];
  const shown = piecesOf(text, findings, secretsOf([]));
  expect(shown.map((piece) => piece.text)).toEqual(['A ', '••••••••', ' Z']);
});

test('a masked value is masked in file names too, and ten thousand of them take about as long as one', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => `090-5550-${String(index).padStart(4, '0')}`);
  const text = values.join('\n');
  const findings = values.map((value) => ({ ...found('phone', value, value) }));
  const started = performance.now();
  const secrets = secretsOf(findings);
  expect(maskText('一覧_090-5550-0042.xlsx', secrets)).toBe('一覧_090-••••-••42.xlsx');
  expect(maskText(text, secrets)).not.toMatch(/5550/);
  expect(performance.now() - started).toBeLessThan(1500);
});
