import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileRules, ruleJsonSchema, testRules } from '../../src/detect/index.ts';
import { expandExample, seededRandom } from '../../src/detect/expand-example.ts';
import { checkNames, compilePolicies, testPolicies } from '../../src/policy/index.ts';

const readme = readFileSync(new URL('../../rules/README.md', import.meta.url), 'utf8');

function shipped(kind: 'detectors' | 'policies', name: string) {
  const folder = new URL(`../../rules/${kind}/`, import.meta.url);
  return readdirSync(folder)
    .toSorted()
    .map((id) => ({ path: `${kind}/${id}/${name}`, text: readFileSync(new URL(`${id}/${name}`, folder), 'utf8'), origin: 'built-in' }));
}
const shown = (kind: 'detectors' | 'policies') =>
  [...readme.matchAll(/```yaml\n# ((detectors|policies)\/\S+\.yaml)\n([\s\S]*?)```/g)]
    .filter(([, , folder]) => folder === kind)
    .map(([, path = '', , text = '']) => ({ path: `site/${path}`, text, origin: 'site' }));

const detectors = compileRules([...shipped('detectors', 'rule.yaml'), ...shown('detectors')]);

test('every detector that the manual shows loads beside the built-in ones and leaves every example as it is', () => {
  expect(shown('detectors').length).toBeGreaterThanOrEqual(3);
  if (!detectors.ok) throw new Error(JSON.stringify(detectors.error));
  // The shipped examples too: a new rule may take a value away from a shipped one.
  expect(testRules(detectors.value, { seeds: 5 }).failures).toEqual([]);
});

test('every policy that the manual shows loads beside the built-in ones and passes its own examples', () => {
  expect(shown('policies').length).toBeGreaterThanOrEqual(8);
  const compiled = compilePolicies([...shipped('policies', 'policy.yaml'), ...shown('policies')]);
  if (!compiled.ok || !detectors.ok) throw new Error(JSON.stringify([compiled, detectors]));
  expect(testPolicies(compiled.value).failures).toEqual([]);
  const types = detectors.value.rules.map(({ entity }) => entity);
  expect(checkNames(compiled.value, { groups: ['hr'], types })).toEqual([]);
});

test('the manual names every key, validator, canonical form, macro, filter and type that there is', () => {
  const { else: whole } = ruleJsonSchema() as { else: { properties: Record<string, Schema> } };
  const { patterns, context, veto, validator, canonical, prefilter } = whole.properties;
  const names = [
    ...Object.keys(whole.properties),
    ...[patterns?.items, context, veto, prefilter].flatMap((schema) => Object.keys(schema?.properties ?? {})),
    ...(validator?.enum ?? []),
    ...(canonical?.enum ?? []),
    ...listedBy('{{zzzzzzzzzzzzzzzzzzzz}}'),
    ...listedBy('{{phone|zzzzzzzzzzzzzzzzzzzz}}'),
    ...(detectors.ok ? detectors.value.rules.filter(({ origin }) => origin === 'built-in').map(({ entity }) => entity) : []),
  ];
  expect(names.length).toBeGreaterThan(80);
  expect(names.filter((name) => !readme.includes(`\`${name}\``) && !readme.includes(`.${name}\``))).toEqual([]);
});

type Schema = { readonly properties?: Record<string, Schema>; readonly items?: Schema; readonly enum?: readonly string[] };

/** An unknown name is answered with the known ones. */
function listedBy(example: string): readonly string[] {
  try {
    expandExample(example, seededRandom(1));
  } catch (error) {
    return /there are (.*)$/.exec(error instanceof Error ? error.message : '')?.[1]?.split(', ') ?? [];
  }
  return [];
}
