import { readFileSync, readdirSync } from 'node:fs';
import { compileRules, type RuleSet } from '../../../src/detect/index.ts';

const folder = new URL('../../../rules/detectors/', import.meta.url);

/** The rule set that ships, for tests of what it finds. */
export function shippedRules(): RuleSet {
  const compiled = compileRules(
    readdirSync(folder).map((id) => ({ path: `${id}/rule.yaml`, text: readFileSync(new URL(`${id}/rule.yaml`, folder), 'utf8') })),
  );
  if (!compiled.ok)
    throw new Error(compiled.error.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n'));
  return compiled.value;
}

/** A small valid rule, as YAML lines that a test may break. */
export const ticketRule = `id: ticket
version: 1
title: { ja: 整理券, en: Ticket }
entity: ticket
maturity: stable
prefilter: { min_digits: 4 }
patterns:
  - { name: plain, regex: 'TK-[0-9]{4}', boundary: alnum, confidence: 0.9 }
examples:
  match: [TK-1234, '券 TK-2345', (TK-3456)]
  no_match: [TK-12345, ATK-1234, TK-12]
`;
