import type { Detection } from '../detect/index.ts';
import type { Extraction } from '../extract/index.ts';
import { baseAddress, parseMailbox, type Address, type Envelope, type Participants } from '../message/index.ts';
import type { NormalizedText } from '../normalize/index.ts';
import type { Owner } from './customer.ts';
import type { CustomerIndex } from './customer-index.ts';
import type { Facts, RecipientFacts, SensitiveFacts, SubjectFacts } from './facts.ts';
import { mostCandidates } from './find-bearers.ts';
import { findLookalikes, mostOpened, type NamedRecords } from './find-lookalikes.ts';
import { findSubjects, type Subject } from './find-subjects.ts';
import { groupPersons } from './group-persons.ts';
import { noMailFacts } from './mail-facts.ts';
import type { Item } from './items.ts';
import { judgeGreeting } from './judge-greeting.ts';
import { makeItems } from './make-items.ts';
import { measureBulk } from './measure-bulk.ts';
import { ownersOf } from './owners.ts';
import { measureExposure } from './measure-exposure.ts';
import { probeContent } from './probe-content.ts';
import { readBody } from './read-context.ts';
import { readGreetings } from './read-greetings.ts';
import { readQuotedMails } from './read-quotes.ts';
import { areRelated } from './relations.ts';
import { hasSeen } from './seen-before.ts';
import { isExternal, resolveParty, type Party } from './resolve-recipients.ts';
import { findSensitive } from './find-sensitive.ts';
import type { MatchContext, Scene } from './scene.ts';
import { thirdPersons } from './third-persons.ts';
import { contactsOfThread, type ThreadContacts } from './thread-contacts.ts';
import { isNameOf, readSelves, selfNames, type IsSelf } from './unknown-self.ts';

export type MatchInput = {
  readonly envelope: Envelope;
  readonly participants: Participants;
  readonly extraction: Extraction;
  readonly detections: readonly Detection[];
  /** The text that the detections were found in, by segment. */
  readonly normalized: readonly NormalizedText[];
  readonly isAmbiguous: boolean;
};
export type Matched = {
  readonly facts: Facts;
  readonly about: readonly Subject[];
  /** Those given, and the names of customers that only the table could tell. */
  readonly detections: readonly Detection[];
  /** Whose each of `detections` is. */
  readonly owners: readonly Owner[];
};

/** Exact data match over a whole mail: whom it is about, whose each detection is, and the facts that policies decide on. */
export function gatherFacts(input: MatchInput, context: MatchContext): Matched {
  const scene = setScene(input, context);
  const contacts = contactsOfThread(scene);
  const subjects = findSubjects(scene.items, input.extraction.segments, context.customers, context.lists, contacts.toAll);
  const lookalikes = findLookalikes(scene.parties, () => namedIn(scene, subjects), context);
  const slips = new Set(lookalikes.map(({ recipient }) => recipient as string));
  const isSelf = readSelves(scene);
  const unregistered = scene.persons.filter(({ names }) => names.every(({ rows }) => rows.length === 0));
  // Nobody means another address for each of many: their labels stay sealed.
  const suggest = (subject: Subject): Address | null => (subjects.length > mostSuggested ? null : addressOf(subject, context.customers));
  const facts: Facts = {
    ...noMailFacts,
    recipients: scene.parties.map((party) => recipientFacts(party, context.customers)),
    subjects: subjects.map((subject) => subjectFacts(subject, scene, { slips, isSelf, contacts, suggest })),
    greetings: scene.greetings.map((greeting) => judgeGreeting(greeting, scene)),
    sensitive: findSensitive(scene).map((item): SensitiveFacts => ({
      type: item.detection.type,
      place: item.location,
      ownedBy: bearersOf(item, scene),
    })),
    bulk: measureBulk(scene),
    exposure: measureExposure(scene, input.participants),
    lookalikes,
    thirdPersons: scene.parties
      .filter((party) => party.kind === 'unknown')
      .flatMap((party) => thirdPersons(party, scene.persons, scene, slips, isSelf)),
    strangers: scene.parties
      .filter((party) => isExternal(party) && party.kind !== 'unknown')
      .flatMap((party) => thirdPersons(party, unregistered, scene, slips, isSelf)),
    unscannable: input.extraction.unscannable,
    isAmbiguous: input.isAmbiguous,
    hasFailed: false,
  };
  return {
    facts,
    about: subjects,
    detections: scene.items.map((item) => item.detection),
    owners: ownersOf(scene, subjects),
  };
}

/** What the facts of a subject are worked out with. `slips`: recipients that are slips. */
type Judges = {
  readonly slips: ReadonlySet<string>;
  readonly isSelf: IsSelf;
  readonly contacts: ThreadContacts;
  readonly suggest: (subject: Subject) => Address | null;
};

/** Whom greeting, display names and content name. */
function namedIn({ greetings, visible, customers }: Scene, subjects: readonly Subject[]): NamedRecords {
  const shown = [...greetings.map(({ name }) => name), ...visible.map(({ shownName }) => shownName)];
  return {
    rows: new Set([...subjects.flatMap((subject) => subject.rows), ...shown.flatMap((name) => customers.rows('name', name, mostOpened))]),
    names: new Set([...shown, ...subjects.filter(({ strength }) => strength !== 'strong').flatMap(({ items }) => namesIn(items))]),
    surnames: new Set(greetings.map(({ surname }) => surname).filter((surname) => surname !== '')),
  };
}

const namesIn = (items: readonly Item[]): readonly string[] =>
  items.filter(({ detection }) => detection.type === 'person_name').map(({ detection }) => detection.canonical);

/** The envelope recipients as policies see them, when nothing else is known of the mail. */
export const resolveRecipients = (envelope: Envelope, context: MatchContext): readonly RecipientFacts[] =>
  envelope.rcptTo.map((address) => recipientFacts(resolveParty(address, '', context), context.customers));

function setScene({ envelope, participants, extraction, detections, normalized }: MatchInput, context: MatchContext): Scene {
  const bodies = extraction.segments
    .filter((segment) => segment.location.in === 'body' && !segment.location.part.includes('/') && !segment.hidden)
    .map(readBody);
  const shown = new Map([...participants.to, ...participants.cc].map(({ address, displayName }) => [address.toLowerCase(), displayName]));
  const party = (address: string): Party => resolveParty(address, shown.get(address.toLowerCase()) ?? '', context);
  const parties = envelope.rcptTo.map(party);
  const bases = new Set(parties.map(({ base }) => base));
  const others = [...shown.keys()].filter((address) => parseMailbox(address) !== null && !bases.has(baseAddress(address)));
  const visible = [...parties, ...others.map(party)];
  const recipients = visible.flatMap(({ rows }) => rows);
  const probed = probeContent(normalized, detections, context.customers);
  const found = makeItems({ detections, probed, segments: extraction.segments, bodies, recipients }, context);
  const greetings = readGreetings(found, bodies, extraction.segments, context.lists);
  // Only whom the greeting really names is no evidence; another name in the first lines is.
  const greeted = new Set(greetings.map((greeting) => greeting.item));
  const items = found.map((item) => (item.greeting === greeted.has(item) ? item : { ...item, greeting: greeted.has(item) }));
  const persons = groupPersons(items, extraction.segments);
  return {
    ...context,
    items,
    persons,
    personOf: new Map(persons.flatMap((person) => person.attributes.map((item) => [item, person] as const))),
    bodies,
    quoted: readQuotedMails(bodies),
    greetings,
    parties,
    visible,
    extraction,
  };
}

function recipientFacts(party: Party, customers: CustomerIndex): RecipientFacts {
  const first = party.rows[0];
  const clients =
    party.partner !== null && party.partner.client !== null
      ? [customers.hash('client', party.partner.client.toLowerCase())]
      : party.rows.map((row) => customers.keys(row).client);
  return {
    address: party.address as Address,
    kind: party.kind,
    customer: first === undefined || party.kind !== 'customer' ? null : customers.idOf(first),
    clients: [...new Set(clients.filter((client) => client !== 0))],
  };
}

function subjectFacts(subject: Subject, scene: Scene, { suggest, ...judges }: Judges): SubjectFacts {
  const { customers } = scene;
  const seenBy = scene.parties.filter((party) => subject.onlyQuoted && subject.items.every((item) => hasSeen(party, item, scene)));
  const mayReceive = scene.parties.filter((party) => seenBy.includes(party) || mayHave(party, subject, scene, judges));
  const clients = customers.has('client')
    ? [...new Set(subject.rows.map((row) => customers.keys(row).client).filter((client) => client !== 0))]
    : [];
  return {
    customers: customers.idsOf(subject.rows.slice(0, mostCandidates)),
    strength: subject.strength,
    types: subject.types,
    places: subject.places,
    isAddressee: subject.isAddressee,
    mayReceive: mayReceive.map(({ address }) => address as Address),
    seenBy: seenBy.map(({ address }) => address as Address),
    onlyQuoted: subject.onlyQuoted,
    suggestion: scene.parties.every((party) => !isExternal(party) || mayReceive.includes(party)) ? null : suggest(subject),
    clients,
  };
}

/** Customers of one mail for whom a registered address is suggested. */
const mostSuggested = 5;

/** Opens a sealed label: only for a mail that somebody will look at. */
function addressOf({ rows, strength }: Subject, customers: CustomerIndex): Address | null {
  const [only, ...others] = rows;
  if (only === undefined || others.length > 0 || strength === 'weak') return null;
  return parseMailbox(customers.addressesOf(only)[0] ?? '');
}

function mayHave(party: Party, subject: Subject, scene: Scene, { slips, isSelf, contacts }: Omit<Judges, 'suggest'>): boolean {
  if (subject.rows.some((row) => contacts.isKnownTo(party, row))) return true;
  if (subject.rows.some((row) => party.rows.some((own) => areRelated(row, own, scene.customers)))) return true;
  if (party.kind !== 'unknown' || slips.has(party.address)) return false;
  // A greeting is no evidence, so that a phone alone may say whose record it is.
  const called = [...selfNames(party, scene)].filter((name) => subject.rows.some((row) => isNameOf(name, row, scene.customers)));
  return isSelf(party, [...namesIn(subject.items), ...called]);
}

/** Recipients whose own the item is: their record bears it, or it stands with their name. */
function bearersOf(item: Item, scene: Scene): readonly Address[] {
  const person = scene.personOf.get(item);
  const rows = [...item.rows, ...(person?.names ?? []).flatMap((name) => name.rows)];
  const own = scene.parties.filter(
    (party) =>
      party.rows.some((row) => rows.includes(row)) ||
      (person !== undefined && person.name !== '' && selfNames(party, scene).has(person.name)),
  );
  // Quoted back to the only recipient, and nobody else is named with it.
  const single =
    scene.parties.length === 1 && (person === undefined || person.name === '')
      ? scene.parties.filter((party) => party.kind === 'customer')
      : [];
  return [...new Set([...own, ...single])].map((party) => party.address as Address);
}
