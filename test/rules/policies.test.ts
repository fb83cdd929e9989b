import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { policyJsonSchema } from '../../src/policy/index.ts';

test('policies have an up-to-date JSON Schema for editors', () => {
  const schema: unknown = JSON.parse(readFileSync(new URL('../../rules/policy.schema.json', import.meta.url), 'utf8'));
  expect(schema).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())));
});
