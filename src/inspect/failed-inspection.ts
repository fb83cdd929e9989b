import { factsOfEnvelope, factsOfRecipients, resolveRecipients } from '../match/index.ts';
import type { Envelope } from '../message/index.ts';
import { decide } from '../policy/index.ts';
import type { Snapshot } from './inspect.ts';
import type { Inspection } from './inspection.ts';

/** What stands for an inspection that threw, timed out or died (I4): nothing was found because nothing was looked at, and the mail is held. */
export function failedInspection(envelope: Envelope, snapshot: Snapshot): Inspection {
  const recipients = resolveRecipients(envelope, snapshot);
  const facts = { ...factsOfRecipients(recipients), ...factsOfEnvelope(envelope, snapshot.organisation), hasFailed: true };
  return {
    message: envelope.id,
    verdict: decide(facts, snapshot.policies, snapshot.settings),
    about: [],
    findings: [],
    unscannable: [],
    noText: 0,
    defects: 0,
    ruleSet: snapshot.ruleSet.version,
    customersVersion: snapshot.customers.version,
  };
}
