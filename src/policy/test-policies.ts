import { instant, nearestName, takenOver, type FilePlace } from '../core/index.ts';
import { factsOfRecipients, type Facts, type SenderName } from '../match/index.ts';
import type { Address } from '../message/index.ts';
import { evaluate, type Fired } from './evaluate.ts';
import type { Policy, PolicySet, PolicySettings, PolicySource } from './policy.ts';
import type { ReasonCode } from './verdict.ts';

/** An example that does not do what it says, and where it is written. */
export type PolicyTestFailure = FilePlace & { readonly rule: string; readonly message: string };
export type PolicyTestReport = { readonly cases: number; readonly failures: readonly PolicyTestFailure[] };

const settings: PolicySettings = { mode: 'enforce', split: false, unscannable: 'hold', allowTypes: [] };
/** Facts of a harmless mail to one outside customer; an example names what is otherwise. */
const harmless = factsOfRecipients([{ address: 'r@example.com' as Address, kind: 'customer', customer: null, clients: [] }]);

/** Runs every policy's own examples: facts → held for this reason or not. */
export function testPolicies({ policies, sources }: PolicySet): PolicyTestReport {
  const failures: PolicyTestFailure[] = [];
  let cases = 0;
  for (const policy of policies) {
    for (const [index, example] of policy.examples.entries()) {
      cases += 1;
      const complaint = judge(policy, example);
      if (complaint !== null) failures.push(failureAt(policy.id, sources.get(policy.id), index, complaint));
    }
  }
  return { cases, failures };
}

function failureAt(id: string, source: PolicySource | undefined, index: number, complaint: string): PolicyTestFailure {
  if (source === undefined) return { file: id, line: 0, column: 0, rule: id, message: complaint };
  const place = source.placeOf(['examples', index]);
  if (place.file === source.file) return { ...place, rule: id, message: complaint };
  return { ...source.placeOf(['extends']), rule: id, message: complaint + takenOver(place) };
}

type Example = Policy['examples'][number];

function judge(policy: Policy, example: Example): string | null {
  const name = example.about === undefined ? 'the example' : `“${example.about}”`;
  const known = [...Object.keys(harmless), 'reasons'];
  for (const key of Object.keys(example.facts).filter((fact) => !known.includes(fact))) {
    const near = nearestName(key, known);
    return `${name} names a fact that does not exist: \`${key}\`${near === null ? `; facts are ${known.join(', ')}` : `; did you mean \`${near}\`?`}`;
  }
  const expected = example.holds ?? example.fires ?? false;
  let fires: boolean;
  try {
    const facts = factsOf(example.facts);
    if (Number.isNaN(facts.receivedAt)) return `${name} has no time in \`receivedAt\`; write it as 2026-11-25T22:30+09:00`;
    fires = evaluate(policy, facts, settings, firedIn(example.facts, facts)).length > 0;
  } catch {
    return `${name} describes facts of another shape than a mail has; copy an example of the built-in policy`;
  }
  if (fires === expected) return null;
  const verb = example.holds === undefined ? ['fires', 'fire'] : ['holds', 'hold'];
  return `${name} ${fires ? `${verb[0]}, but should not` : `does not ${verb[1]}, but should`}`;
}

/** Facts as a rule file writes them: a time in ISO 8601, a sender by what matters of him, the rest as harmless as can be. */
function factsOf(given: Example['facts']): Facts {
  const { receivedAt, sender, reasons: _reasons, ...plain } = given;
  const facts = { ...harmless, ...(plain as Partial<Facts>) };
  return {
    ...facts,
    receivedAt: instant(receivedAt === undefined ? 0 : typeof receivedAt === 'string' ? Date.parse(receivedAt) : Number.NaN),
    sender: {
      ...facts.sender,
      names: sender === undefined ? [] : [{ address: '', departments: [], groups: [], ...(sender as Partial<SenderName>) }],
    },
  };
}

/** `reasons: [wrong_customer]`: what other policies said of every recipient, with severity high. */
const firedIn = ({ reasons }: Example['facts'], { recipients }: Facts): readonly Fired[] =>
  ((reasons ?? []) as readonly ReasonCode[]).flatMap((code) =>
    recipients.map(({ address }) => ({ recipient: address, code, severity: 'high' })),
  );
