import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkNames, compilePolicies, testPolicies } from '../../src/policy/index.ts';

const readme = readFileSync(new URL('../../rules/README.md', import.meta.url), 'utf8');
const shipped = new URL('../../rules/policies/', import.meta.url);
const builtIn = readdirSync(shipped)
  .toSorted()
  .map((id) => ({
    path: `policies/${id}/policy.yaml`,
    text: readFileSync(new URL(`${id}/policy.yaml`, shipped), 'utf8'),
    origin: 'built-in',
  }));
const written = [...readme.matchAll(/```yaml\n# (policies\/\S+\/policy\.yaml)\n([\s\S]*?)```/g)].map(([, path = '', text = '']) => ({
  path,
  text,
  origin: 'site',
}));

test('every policy that the manual shows loads beside the built-in ones and passes its own examples', () => {
  expect(written.length).toBeGreaterThanOrEqual(6);
  const compiled = compilePolicies([...builtIn, ...written]);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  expect(testPolicies(compiled.value).failures).toEqual([]);
  expect(checkNames(compiled.value, { groups: ['hr'], types: [] })).toEqual([]);
});
