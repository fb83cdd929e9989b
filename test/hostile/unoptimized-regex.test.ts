import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { expandExample, seededRandom } from '../../src/detect/expand-example.ts';
import { detectStructured, reportableConfidence } from '../../src/detect/index.ts';
import { shippedRules } from '../unit/detect/rules.ts';
import { segmentOf } from '../unit/detect/segments.ts';
import { readForm, writtenForms } from '../rules/written-forms.ts';

// What V8 does by itself once a process has compiled a megabyte of regexes, as one that reads mail for weeks may.
setFlagsFromString('--no-regexp-optimization');

test('a process that has compiled much finds what a new one finds', () => {
  const rules = shippedRules();
  const missed = writtenForms.filter((form) => {
    const { text, marked } = readForm(expandExample(form, seededRandom(104_729)));
    const found = detectStructured([segmentOf(text)], rules)
      .filter(({ confidence }) => confidence >= reportableConfidence)
      .map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
    return found.join('\n') !== marked.join('\n');
  });
  expect(missed).toEqual([]);
});
