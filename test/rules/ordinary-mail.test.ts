import { expect, test } from 'vitest';
import { detectStructured, reportableConfidence } from '../../src/detect/index.ts';
import { shippedRules } from '../unit/detect/rules.ts';
import { segmentOf } from '../unit/detect/segments.ts';
import { blocks } from './ordinary-mail-blocks.ts';
import { sentences } from './ordinary-mail-sentences.ts';
import { ordinaryMail } from './ordinary-mail.ts';

const rules = shippedRules();

/** `type text | its line` of every finding in the mail. Corporate numbers are public: they are nobody's data, whoever's they are. */
function falseFindingsIn(mail: string): readonly string[] {
  return detectStructured([segmentOf(mail)], rules)
    .filter(({ type, confidence }) => confidence >= reportableConfidence && type !== 'corporate_number')
    .map(({ type, start, end }) => {
      const line = mail.slice(mail.lastIndexOf('\n', start - 1) + 1, end + 20).split('\n')[0] ?? '';
      return `${type} ${mail.slice(start, end)} | ${line}`;
    });
}

test('1 MB of ordinary mail gives at most one false finding in 100 KB', () => {
  const findings = ordinaryMail(1_000_000, 1).flatMap(falseFindingsIn);
  // A failure prints the findings themselves.
  expect(findings.length > 10 ? findings : []).toEqual([]);
});

test('ordinary mail has variety, and its lines do not repeat', () => {
  expect(new Set([...sentences, ...blocks]).size).toBeGreaterThan(380);
  const lines = ordinaryMail(1_000_000, 1).flatMap((mail) => mail.split('\n').filter((line) => line.length > 20));
  expect(new Set(lines).size).toBeGreaterThan(lines.length * 0.75);
});
