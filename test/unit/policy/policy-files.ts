import { readFileSync, readdirSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { RuleFile } from '../../../src/core/index.ts';
import { factsOfRecipients, type Facts } from '../../../src/match/index.ts';
import type { Address } from '../../../src/message/index.ts';
import { compilePolicies, decide, type PolicySet, type PolicySettings, type Verdict } from '../../../src/policy/index.ts';

const shipped = new URL('../../../rules/policies/', import.meta.url);
const builtIn: readonly RuleFile[] = readdirSync(shipped)
  .toSorted()
  .map((id) => ({
    path: `policies/${id}/policy.yaml`,
    text: readFileSync(new URL(`${id}/policy.yaml`, shipped), 'utf8'),
    origin: 'built-in',
  }));

export const settings: PolicySettings = { mode: 'enforce', split: false, unscannable: 'hold', allowTypes: [] };

/** A site's policy file that says `given`, and examples that no test here runs. */
export function siteFile(given: { readonly id: string; readonly [key: string]: unknown }): RuleFile {
  const rest = {
    version: 1,
    title: { ja: `ルール ${given.id}`, en: `Policy ${given.id}` },
    severity: 'medium',
    examples: [
      { facts: {}, fires: true },
      { facts: {}, fires: false },
    ],
  };
  const text = given['extends'] === undefined ? stringify({ ...rest, ...given }) : stringify(given);
  return { path: `site/policies/${given.id}/policy.yaml`, text, origin: 'site' };
}

/** The built-in policies with a site's own. */
export function policiesWith(...given: readonly Parameters<typeof siteFile>[0][]): PolicySet {
  const compiled = compilePolicies([...builtIn, ...given.map(siteFile)]);
  if (!compiled.ok) throw new Error(compiled.error.map(({ message }) => message).join('\n'));
  return compiled.value;
}

/** Complaints of a file of the site, as `line: message`. */
export function complaintsOf(text: string): readonly string[] {
  const id = (parse(text) as { readonly id?: string }).id ?? 'x';
  const compiled = compilePolicies([...builtIn, { path: `site/policies/${id}/policy.yaml`, text, origin: 'site' }]);
  return compiled.ok ? [] : compiled.error.map(({ line, message }) => `${line}: ${message}`);
}

export const customer = 'kyaku@mail.example.jp' as Address;
export const stranger = 'dare@unknown.example.com' as Address;
export const partner = 'tantou@partner.example.jp' as Address;
export const colleague = 'naka@own.example.jp' as Address;
const kinds = { [customer]: 'customer', [stranger]: 'unknown', [partner]: 'partner', [colleague]: 'internal' } as const;

/** A harmless mail to these recipients but for `changes`. */
export function mailTo(to: readonly Address[], changes: Partial<Facts> = {}): Facts {
  const recipients = to.map((address) => ({ address, kind: kinds[address] ?? ('unknown' as const), customer: null, clients: [] }));
  const sender: Facts['sender'] = {
    returnTo: 'tanaka@own.example.jp' as Address,
    names: [{ address: 'tanaka@own.example.jp', departments: ['営業部'], groups: ['board'] }],
  };
  return { ...factsOfRecipients(recipients), sender, ...changes };
}

export const myNumber: Partial<Facts> = {
  sensitive: [{ type: 'my_number', place: { in: 'body', part: '1' as never, kind: 'plain' }, ownedBy: [] }],
  contents: [{ type: 'my_number', count: 1, places: [{ in: 'body', part: '1' as never, kind: 'plain' }] }],
};

export const judge = (facts: Facts, ...given: readonly Parameters<typeof siteFile>[0][]): Verdict =>
  decide(facts, policiesWith(...given), settings);
/** Of each recipient, in order. */
export const verdicts = ({ recipients }: Verdict): readonly string[] => recipients.map(({ verdict }) => verdict);
