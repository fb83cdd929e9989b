import type { CustomerId } from '../core/index.ts';
import type { EntityType } from '../detect/index.ts';
import type { Location } from '../extract/index.ts';
import type { Facts, SubjectFacts } from '../match/index.ts';
import type { Address } from '../message/index.ts';
import type { Conditions } from './conditions.ts';
import { fitsMail, fitsRecipient } from './fits-mail.ts';
import type { Policy, PolicySettings } from './policy.ts';
import { isSiteReason, type BuiltInReason, type ReasonCode, type Severity } from './verdict.ts';

/** What a policy found: whom it concerns and where the evidence stands. */
export type Hit = {
  readonly recipients: readonly Address[];
  readonly customers: readonly CustomerId[];
  readonly places: readonly Location[];
  readonly types: readonly EntityType[];
  readonly count: number | null;
  readonly parties: number | null;
  readonly suggestion: Address | null;
  readonly onlyQuoted: boolean;
  readonly severity: Severity | null;
};

const nothing = {
  customers: [],
  places: [],
  types: [],
  count: null,
  parties: null,
  suggestion: null,
  onlyQuoted: false,
  severity: null,
} as const;

/** What other policies found, by recipient: for conditions on reasons. */
export type Fired = { readonly recipient: Address; readonly code: ReasonCode; readonly severity: Severity };

/**
 * The hits of one policy; none: it has nothing to say. Every hit names recipients. `fired` is what policies without a condition on reasons
 * have said (empty for these themselves). Total: no facts make it throw.
 */
export function evaluate(policy: Policy, facts: Facts, settings: PolicySettings, fired: readonly Fired[]): readonly Hit[] {
  const { when } = policy;
  if (!fitsMail(policy, facts)) return [];
  const concerned = facts.recipients.filter((recipient) => fitsRecipient(recipient, when) && fitsReasons(recipient.address, policy, fired));
  const addresses = concerned.map(({ address }) => address);
  if (addresses.length === 0) return [];
  const hits = isSiteReason(policy.reason) ? bySite(when, facts, addresses) : byReason(policy.reason, when, facts, addresses, settings);
  return hits.filter(({ recipients }) => recipients.length > 0);
}

/** Whether it waits for what the other policies say. In an exception `reasons` says what it is an exception to. */
export const asksForReasons = ({ when, action }: Policy): boolean =>
  action !== 'deliver' && (when.reasons !== undefined || when.severities !== undefined);

function fitsReasons(address: Address, policy: Policy, fired: readonly Fired[]): boolean {
  if (!asksForReasons(policy)) return true;
  const { reasons, severities } = policy.when;
  return fired.some(
    ({ recipient, code, severity }) =>
      recipient === address &&
      (reasons === undefined || reasons.includes(code)) &&
      (severities === undefined || severities.includes(severity)),
  );
}

/** A site's own reason: its conditions are met for these recipients; data it asked for is the evidence. */
function bySite(when: Conditions, facts: Facts, addresses: readonly Address[]): readonly Hit[] {
  if (when.types === undefined) {
    const many = when.persons === undefined ? nothing : { ...nothing, ...dataOf(facts.bulk) };
    return [{ ...many, recipients: addresses }];
  }
  const found = facts.contents.filter(({ type }) => when.types?.includes(type));
  if (found.length === 0) return [];
  return [
    {
      ...nothing,
      recipients: addresses,
      places: found.flatMap(({ places }) => places),
      types: found.map(({ type }) => type),
      count: found.reduce((sum, { count }) => sum + count, 0),
    },
  ];
}

const dataOf = ({ customers, places, types, persons }: Facts['bulk']): Partial<Hit> => ({ customers, places, types, count: persons });

function byReason(
  reason: BuiltInReason,
  when: Conditions,
  facts: Facts,
  addresses: readonly Address[],
  settings: PolicySettings,
): readonly Hit[] {
  switch (reason) {
    case 'wrong_customer':
      return wrongCustomer(when, facts, addresses);
    case 'cross_client':
      return crossClient(facts, addresses);
    case 'sensitive_pii':
      return sensitive(when, facts, addresses);
    case 'bulk_pii':
      return bulk(when, facts, addresses);
    case 'ambiguous_mime':
      return facts.isAmbiguous ? [{ ...nothing, recipients: addresses }] : [];
    case 'inspection_failed':
      return facts.hasFailed ? [{ ...nothing, recipients: addresses }] : [];
    case 'salutation_mismatch':
      return facts.greetings
        .filter((greeting) => !greeting.fits)
        .map((greeting) => ({
          ...nothing,
          recipients: greeting.recipients.filter((address) => addresses.includes(address)),
          customers: greeting.customers,
          places: [greeting.place],
          types: ['person_name'],
        }));
    case 'exposed_recipients':
      return exposed(when, facts, addresses);
    case 'lookalike_address':
      return facts.lookalikes
        .filter(({ recipient }) => addresses.includes(recipient))
        .map(({ recipient, suggestion, customers }) => ({
          ...nothing,
          recipients: [recipient],
          customers,
          suggestion,
        }));
    case 'unknown_recipient_pii':
      return aboutPersons(facts.thirdPersons, addresses);
    case 'unscannable':
      return unscannable(facts, addresses, settings);
    case 'third_party_pii':
      return aboutPersons(facts.strangers, addresses);
    default:
      return reason satisfies never;
  }
}

const aboutPersons = (persons: Facts['thirdPersons'], addresses: readonly Address[]): readonly Hit[] =>
  persons
    .filter(({ recipient }) => addresses.includes(recipient))
    .map(({ recipient, ...person }) => ({ ...nothing, ...person, recipients: [recipient] }));

function wrongCustomer(when: Conditions, facts: Facts, addresses: readonly Address[]): readonly Hit[] {
  const strengths = when.strength ?? ['strong'];
  const forAddressee = when.addressee_strength ?? [];
  const hits = facts.subjects.flatMap((subject) => {
    const wrong = addresses.filter((address) => !subject.mayReceive.includes(address));
    if (wrong.length === 0) return [];
    // Named on an attachment alone, it counts only when it is nobody's of those who get it.
    const byAddressee = subject.isAddressee && forAddressee.includes(subject.strength) && subject.mayReceive.length === 0;
    return strengths.includes(subject.strength) || byAddressee ? [hitOf(subject, wrong)] : [];
  });
  return togetherByRecipients(hits);
}

const hitOf = (subject: SubjectFacts, recipients: readonly Address[]): Hit => ({
  ...nothing,
  recipients,
  customers: subject.customers,
  places: subject.places,
  types: subject.types,
  suggestion: subject.suggestion,
  onlyQuoted: subject.onlyQuoted,
});

/** Data of one client to somebody who belongs to another (partners that may receive all included). */
function crossClient(facts: Facts, addresses: readonly Address[]): readonly Hit[] {
  const hits = facts.subjects.flatMap((subject) => {
    if (subject.strength !== 'strong' || subject.clients.length === 0) return [];
    const others = facts.recipients.filter(
      ({ kind, clients, address }) =>
        kind !== 'internal' &&
        addresses.includes(address) &&
        clients.length > 0 &&
        !subject.seenBy.includes(address) &&
        !clients.some((client) => subject.clients.includes(client)),
    );
    return others.length === 0
      ? []
      : [
          hitOf(
            subject,
            others.map(({ address }) => address),
          ),
        ];
  });
  return togetherByRecipients(hits);
}

/** A list of three hundred customers to one wrong address is one objection, not three hundred. */
function togetherByRecipients(hits: readonly Hit[]): readonly Hit[] {
  const groups = Map.groupBy(hits, ({ recipients, onlyQuoted }) => `${onlyQuoted} ${recipients.join(' ')}`);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return group;
    return [
      {
        ...first,
        customers: [...new Set(group.flatMap(({ customers }) => customers))],
        places: group.flatMap(({ places }) => places),
        types: [...new Set(group.flatMap(({ types }) => types))],
        suggestion: null,
      },
    ];
  });
}

function sensitive(when: Conditions, facts: Facts, addresses: readonly Address[]): readonly Hit[] {
  const items = facts.sensitive.filter(({ type }) => when.types === undefined || when.types.includes(type));
  if (items.length === 0) return [];
  const own = items.every(({ ownedBy }) => addresses.every((address) => ownedBy.includes(address)));
  return [
    {
      ...nothing,
      recipients: addresses,
      places: items.map(({ place }) => place),
      types: [...new Set(items.map(({ type }) => type))],
      count: items.length,
      severity: own ? (when.own_number_severity ?? null) : null,
    },
  ];
}

function bulk(when: Conditions, { bulk: found }: Facts, addresses: readonly Address[]): readonly Hit[] {
  if (found.persons < (when.persons?.at_least ?? 10) || (found.ofOwnCompany && when.own_company === 'deliver')) return [];
  return [{ ...nothing, ...dataOf(found), recipients: addresses }];
}

function exposed(when: Conditions, { exposure }: Facts, addresses: readonly Address[]): readonly Hit[] {
  const enough =
    exposure.addresses.length >= (when.addresses?.at_least ?? 5) &&
    exposure.parties >= (when.parties?.at_least ?? 4) &&
    exposure.fresh >= (when.fresh?.at_least ?? 2);
  return enough ? [{ ...nothing, recipients: addresses, count: exposure.addresses.length, parties: exposure.parties }] : [];
}

function unscannable(facts: Facts, addresses: readonly Address[], settings: PolicySettings): readonly Hit[] {
  const parts = settings.unscannable === 'deliver' ? [] : facts.unscannable;
  if (parts.length === 0) return [];
  return [
    { ...nothing, recipients: addresses, places: parts.map(({ part }): Location => ({ in: 'file-name', part })), count: parts.length },
  ];
}
