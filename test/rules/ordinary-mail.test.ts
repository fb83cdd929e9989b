import { expect, test } from 'vitest';
import { defaultThreshold, detect, detectStructured, reportableConfidence, type Lexicon } from '../../src/detect/index.ts';
import { loadDetectors } from '../bench/measure-detection.ts';
import { shippedRules } from '../unit/detect/rules.ts';
import { segmentOf } from '../unit/detect/segments.ts';
import { blocks } from './ordinary-mail-blocks.ts';
import { sentences } from './ordinary-mail-sentences.ts';
import { ordinaryMail } from './ordinary-mail.ts';
import { otherBusinessMail } from './other-business-mail.ts';

const rules = shippedRules();
const detectors = loadDetectors();
const nobody: Lexicon = {
  staffNames: [],
  customerIdPattern: null,
  nameThreshold: defaultThreshold,
  isCustomerName: () => false,
  isFirm: () => false,
  isCustomerId: () => false,
};

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

test.each([
  { from: 'the trades it was tuned on', mails: ordinaryMail(500_000, 3) },
  { from: 'other trades', mails: otherBusinessMail(500_000, 5) },
])('0.5 MB from $from gives at most one false finding in 100 KB and one false name in 20 KB, names and addresses too', ({ mails }) => {
  const found = mails.flatMap((mail) =>
    detect([segmentOf(mail)], detectors, nobody)
      .detections.filter(({ type, confidence }) => confidence >= reportableConfidence && type !== 'corporate_number')
      .map(({ type, start, end }) => `${type} ${mail.slice(start, end)}`),
  );
  const names = found.filter((finding) => finding.startsWith('person_name'));
  expect(names.length > 25 ? names : []).toEqual([]);
  expect(found.length - names.length > 5 ? found.filter((finding) => !names.includes(finding)) : []).toEqual([]);
});
