import { expect, test } from 'vitest';
import { testPolicies } from '../../../src/policy/index.ts';
import { policiesWith } from './policy-files.ts';

test('a site adds its own type to sensitive-pii, and every shipped example still holds', () => {
  const set = policiesWith({ id: 'sensitive-pii', extends: 'sensitive-pii', add: { when: { types: ['employee_number'] } } });
  expect(testPolicies(set).failures).toEqual([]);
});

test('an example that the change makes wrong is complained of in the file that says `extends`', () => {
  const set = policiesWith({ id: 'bulk-pii', extends: 'bulk-pii', when: { persons: { at_least: 9 } } });
  const [failure, ...others] = testPolicies(set).failures;
  expect(others).toEqual([]);
  expect(failure).toMatchObject({ rule: 'bulk-pii', file: 'site/policies/bulk-pii/policy.yaml', line: 2 });
  expect(failure?.message).toMatch(
    /; this example is taken over from policies\/bulk-pii\/policy\.yaml:\d+: where your change makes it wrong, write `examples` of your own, which replace those$/,
  );
});
