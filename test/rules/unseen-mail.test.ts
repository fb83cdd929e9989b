import { expect, test } from 'vitest';
import { expandExample, seededRandom } from '../../src/detect/expand-example.ts';
import { loadDetectors } from '../bench/measure-detection.ts';
import { scoreMail } from './score-mail.ts';
import { unseenMail } from './unseen-mail.ts';

const detectors = loadDetectors();

test('mail of unseen form: of each type nearly all is found, and little else', () => {
  const texts = unseenMail.map((text, index) => expandExample(text, seededRandom(index + 1)));
  const scores = scoreMail(texts, detectors);
  const report = [...scores.byType].map(([type, { right, wrong, missed }]) => ({
    type,
    precision: right / Math.max(1, right + wrong),
    recall: right / Math.max(1, right + missed),
  }));
  // A failure prints what was missed or found wrongly.
  const short = report.filter(
    ({ type, precision, recall }) => precision < (type === 'person_name' ? 0.95 : 0.97) || recall < (type === 'person_name' ? 0.93 : 0.95),
  );
  expect(short.length > 0 ? { short, errors: scores.errors } : null).toBeNull();
});
