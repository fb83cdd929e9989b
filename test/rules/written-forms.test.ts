import { describe, expect, test } from 'vitest';
import { expandExample, seededRandom } from '../../src/detect/expand-example.ts';
import { detectStructured, reportableConfidence } from '../../src/detect/index.ts';
import { shippedRules } from '../unit/detect/rules.ts';
import { segmentOf } from '../unit/detect/segments.ts';
import { readForm, writtenForms } from './written-forms.ts';

const rules = shippedRules();

function findingsIn(text: string): readonly string[] {
  return detectStructured([segmentOf(text)], rules)
    .filter(({ confidence }) => confidence >= reportableConfidence)
    .map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
}

describe('personal data as people write it', () => {
  test('there are some four hundred forms', () => {
    expect(new Set(writtenForms).size).toBeGreaterThan(390);
  });

  test.each(writtenForms)('%s', (form) => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const { text, marked } = readForm(expandExample(form, seededRandom(seed * 104_729)));
      expect(findingsIn(text)).toEqual(marked);
    }
  });
});
