import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packVersion } from '../../src/core/index.ts';
import {
  compileRules,
  detectStructured,
  findSlowRules,
  ruleBudget,
  entityTypes,
  ruleJsonSchema,
  testRules,
  type RuleSet,
} from '../../src/detect/index.ts';
import { segmentOf } from '../unit/detect/segments.ts';

const folder = new URL('../../rules/detectors/', import.meta.url);
const files = readdirSync(folder).map((id) => ({
  path: `${id}/rule.yaml`,
  text: readFileSync(new URL(`${id}/rule.yaml`, folder), 'utf8'),
}));

function shippedRules(): RuleSet {
  const compiled = compileRules(files);
  if (!compiled.ok)
    throw new Error(compiled.error.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n'));
  return compiled.value;
}

describe('the shipped detectors', () => {
  test('every example does what it says, over 50 seeds', () => {
    const report = testRules(shippedRules(), { seeds: 50 });
    expect(report.failures).toEqual([]);
    expect(report.cases).toBeGreaterThan(5000);
  });

  test('cover every structured entity type', () => {
    const covered = new Set(shippedRules().rules.map(({ entity }) => entity));
    for (const type of entityTypes.filter((type) => type !== 'person_name' && type !== 'address')) expect(covered).toContain(type);
  });

  test('have a near miss: a no_match example with as many digits as a match needs', () => {
    const withoutOne = shippedRules().rules.filter(({ source, minDigits }) =>
      source.examples.no_match.every((example) => !example.includes('{{') && example.replaceAll(/[^0-9]/g, '').length < minDigits),
    );
    expect(withoutOne.map(({ id }) => id)).toEqual([]);
  });

  test('bear the newest version of their changelog', () => {
    const changelog = readFileSync(new URL('../CHANGELOG.md', folder), 'utf8');
    expect(/^## ([0-9.]+)/m.exec(changelog)?.[1]).toBe(packVersion);
    expect(shippedRules().version.split('+')[0]).toBe(packVersion);
  });

  test('stay within the budget of time, and a rule that does not is named with its place', () => {
    const cpuTime = (work: () => void): number => {
      const begun = process.cpuUsage();
      work();
      return process.cpuUsage(begun).user / 1000;
    };
    expect(findSlowRules(shippedRules(), ruleBudget, cpuTime).problems).toEqual([]);
    const [slow] = findSlowRules(shippedRules(), ruleBudget, () => 1000).problems;
    expect(slow).toMatchObject({ file: 'bank-account/rule.yaml', line: 10, message: expect.stringContaining('for a megabyte') as unknown });
  });

  test('have an up-to-date JSON Schema for editors', () => {
    const schema: unknown = JSON.parse(readFileSync(new URL('../rule.schema.json', folder), 'utf8'));
    expect(schema).toEqual(JSON.parse(JSON.stringify(ruleJsonSchema())));
  });

  test('hold no valid number in their files: examples are generated', () => {
    expect(files.flatMap(({ text }) => text.match(/(?<![0-9])[0-9]{12,}(?![0-9])/g) ?? [])).toEqual([]);
  });

  test('stay quick on 1 MB of ordinary Japanese text', () => {
    const text = 'お世話になっております。株式会社みどりの高橋です。10月8日（木）の打合せの件、承知いたしました。\n'.repeat(7000);
    const rules = shippedRules();
    detectStructured([segmentOf(text)], rules);
    const begun = performance.now();
    detectStructured([segmentOf(text)], rules);
    expect(performance.now() - begun).toBeLessThan(1000); // some ten times what it takes alone: machines are shared
  });
});
