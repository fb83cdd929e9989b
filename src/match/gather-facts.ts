import type { CustomerId } from '../core/index.ts';
import { canonicalKana, canonicalName, type Detection } from '../detect/index.ts';
import type { Extraction, Location } from '../extract/index.ts';
import { baseAddress, parseMailbox, type Address, type Envelope, type Participants } from '../message/index.ts';
import type { Owner } from './customer.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import type { Facts, GreetingFacts, RecipientFacts, SensitiveFacts, SubjectFacts, ThirdPersonFacts } from './facts.ts';
import { findLookalikes, type NamedRecords } from './find-lookalikes.ts';
import { findSubjects, type Subject } from './find-subjects.ts';
import { foreignAttributes, groupPersons } from './group-persons.ts';
import { noMailFacts } from './mail-facts.ts';
import { makeItems, type Item } from './items.ts';
import { measureBulk } from './measure-bulk.ts';
import { measureExposure } from './measure-exposure.ts';
import { readBody, readQuotedMails } from './read-context.ts';
import { readGreetings, type Greeting } from './read-greetings.ts';
import { areRelated } from './relations.ts';
import { isExternal, resolveParty, type Party } from './resolve-recipients.ts';
import { findSensitive } from './find-sensitive.ts';
import type { MatchContext, Scene } from './scene.ts';

export type MatchInput = {
  readonly envelope: Envelope;
  readonly participants: Participants;
  readonly extraction: Extraction;
  readonly detections: readonly Detection[];
  readonly isAmbiguous: boolean;
};
export type Matched = { readonly facts: Facts; readonly about: readonly Subject[]; readonly owners: readonly Owner[] };

/** Exact data match over a whole mail: whom it is about, whose each detection is, and the facts that policies decide on. */
export function gatherFacts(input: MatchInput, context: MatchContext): Matched {
  const scene = setScene(input, context);
  const ignored = contactsOfThread(scene);
  const subjects = findSubjects(scene.items, input.extraction.segments, context.customers, context.lists, ignored);
  const shownNames = [...scene.greetings.map(({ name }) => name), ...scene.visible.map((party) => canonicalName(party.displayName))];
  const named: NamedRecords = {
    rows: new Set([...subjects.flatMap((subject) => subject.rows), ...shownNames.flatMap((name) => context.customers.rows('name', name))]),
    surnames: new Set(scene.greetings.map(({ surname }) => surname).filter((surname) => surname !== '')),
  };
  const lookalikes = findLookalikes(scene.parties, named, context);
  const slips = new Set(lookalikes.map(({ recipient }) => recipient as string));
  const facts: Facts = {
    ...noMailFacts,
    recipients: scene.parties.map((party) => recipientFacts(party, context.customers)),
    subjects: subjects.map((subject) => subjectFacts(subject, scene, slips)),
    greetings: scene.greetings.map((greeting) => greetingFacts(greeting, scene)),
    sensitive: findSensitive(scene).map((item): SensitiveFacts => ({
      type: item.detection.type,
      place: item.location,
      ownedBy: ownersOf(item, scene),
    })),
    bulk: measureBulk(scene),
    exposure: measureExposure(scene, input.participants),
    lookalikes,
    thirdPersons: scene.parties.filter((party) => party.kind === 'unknown').flatMap((party) => thirdPersons(party, scene, slips)),
    strangers: scene.parties
      .filter((party) => isExternal(party) && party.kind !== 'unknown')
      .flatMap((party) => thirdPersons(party, scene, slips).filter(({ customers }) => customers.length === 0)),
    unscannable: input.extraction.unscannable,
    isAmbiguous: input.isAmbiguous,
    hasFailed: false,
  };
  return { facts, about: subjects, owners: input.detections.map((_, index) => ownerOf(scene.items[index], scene)) };
}

/** The envelope recipients as policies see them, when nothing else is known of the mail. */
export const resolveRecipients = (envelope: Envelope, context: MatchContext): readonly RecipientFacts[] =>
  envelope.rcptTo.map((address) => recipientFacts(resolveParty(address, '', context), context.customers));

function setScene({ envelope, participants, extraction, detections }: MatchInput, context: MatchContext): Scene {
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
  const found = makeItems(detections, extraction.segments, bodies, recipients, context);
  const greetings = readGreetings(found, bodies, extraction.segments, context.lists);
  // Only whom the greeting really names is no evidence; another name in the first lines is.
  const greeted = new Set(greetings.map((greeting) => greeting.item));
  const items = found.map((item) => (item.greeting === greeted.has(item) ? item : { ...item, greeting: greeted.has(item) }));
  const persons = groupPersons(items);
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

/** Company contacts whose work data is no evidence: visible recipients, and authors of a quoted mail that went to a recipient. */
function contactsOfThread(scene: Scene): ReadonlySet<Row> {
  const bases = new Set(scene.parties.map((party) => party.base));
  const authors = scene.quoted
    .filter(({ others }) => others.some((address) => bases.has(baseAddress(address))))
    .map(({ author }) => baseAddress(author));
  const addresses = [...scene.visible.map((party) => party.base), ...authors];
  const rows = addresses
    .flatMap((address) => scene.customers.rows('email', address))
    .filter((row) => scene.customers.keys(row).company !== 0);
  const worksOnly = (row: Row): boolean => !scene.items.some((item) => item.rows.includes(row) && item.detection.type === 'birth_date');
  return new Set(rows.filter(worksOnly));
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

function subjectFacts(subject: Subject, scene: Scene, slips: ReadonlySet<string>): SubjectFacts {
  const { customers } = scene;
  const mayReceive = scene.parties.filter((party) => mayHave(party, subject, scene, slips)).map((party) => party.address as Address);
  const clients = [...new Set(subject.rows.map((row) => customers.keys(row).client).filter((client) => client !== 0))];
  return {
    customers: subject.rows.map((row) => customers.idOf(row)),
    strength: subject.strength,
    types: subject.types,
    places: subject.places,
    isAddressee: subject.isAddressee,
    mayReceive,
    clients,
  };
}

function mayHave(party: Party, subject: Subject, scene: Scene, slips: ReadonlySet<string>): boolean {
  if (subject.rows.some((row) => party.rows.some((own) => areRelated(row, own, scene.customers)))) return true;
  return (
    party.kind === 'unknown' &&
    !slips.has(party.address) &&
    isSelf(
      party,
      subject.items.filter((item) => item.detection.type === 'person_name').map((item) => item.detection.canonical),
      scene,
    )
  );
}

/** POLICY.md, "The unknown self": the recipient is the person when greeting or display name say so and all personal data is that person's, or when a block with the data holds the recipient's address. */
function isSelf(party: Party, names: readonly string[], scene: Scene): boolean {
  const called = selfNames(party, scene);
  const others = scene.persons.filter(
    (person) => person.isFullName && foreignAttributes(person).length > 0 && !names.includes(person.name),
  );
  if (names.some((name) => called.has(name)) && others.length === 0) return true;
  const units = unitsOf(party, scene);
  return scene.persons.some((person) => names.includes(person.name) && [...person.units].some((unit) => units.has(unit)));
}

/** Full names that greeting and display name give an unknown recipient. */
function selfNames(party: Party, scene: Scene): ReadonlySet<string> {
  const greeted = scene.greetings.filter((greeting) => greeting.isFull).map((greeting) => greeting.name);
  return new Set([...greeted, canonicalName(party.displayName), canonicalKana(party.displayName)].filter((name) => name !== ''));
}

/** Paragraphs and rows that hold the recipient's own address: a form, a signature. */
function unitsOf(party: Party, scene: Scene): ReadonlySet<string> {
  const own = scene.items.filter(
    (item) => item.detection.type === 'email' && !item.isOwnHeader && !item.inTable && item.detection.canonical === party.base,
  );
  return new Set(own.map((item) => item.unit));
}

function greetingFacts(greeting: Greeting, scene: Scene): GreetingFacts {
  const { customers } = scene;
  const outside = scene.visible.filter(isExternal);
  const known = outside.filter((party) => party.rows.length > 0);
  const named = greeting.isFull ? customers.rows('name', greeting.name) : [];
  const fits = (party: Party): boolean => {
    const shown = canonicalName(party.displayName);
    if (shown !== '' && (shown.includes(greeting.name) || (!greeting.isFull && shown.startsWith(greeting.surname)))) return true;
    if (named.some((row) => party.rows.some((own) => areRelated(row, own, customers)))) return true;
    return party.rows.some(
      (row) =>
        greetsRow(greeting, row, customers) ||
        (party.kind === 'customer_domain' && named.length === 0 && !isOtherCompany(greeting, row, customers)),
    );
  };
  const staff = scene.organisation.staff.some(
    (member) =>
      scene.visible.some((party) => party.base === baseAddress(member.email)) && canonicalName(member.name).startsWith(greeting.surname),
  );
  // With nobody registered there is nothing to compare the greeting with.
  const judged = known.length > 0;
  return {
    fits: !judged || staff || outside.some(fits),
    recipients: scene.parties.filter(isExternal).map((party) => party.address as Address),
    customers: named.map((row) => customers.idOf(row)),
    place: greeting.place,
  };
}

function greetsRow(greeting: Greeting, row: Row, customers: CustomerIndex): boolean {
  const keys = customers.keys(row);
  if (keys.company !== 0 && greeting.companies.some((word) => customers.hash('company', word) === keys.company)) return true;
  if (greeting.isFull)
    return keys.name === customers.hash('name', greeting.name) || keys.kana === customers.hash('kana', canonicalKana(greeting.name));
  const surname = customers.hash('surname', greeting.surname);
  if (surname !== 0 && (keys.surname === surname || keys.surnameKana === surname)) return true;
  return keys.name !== 0 && keys.name === customers.hash('name', greeting.name);
}

/** The greeting names a company that is another record's. */
const isOtherCompany = (greeting: Greeting, row: Row, customers: CustomerIndex): boolean =>
  greeting.companies.some((word) => customers.rows('company', word).some((other) => !areRelated(other, row, customers)));

/** Recipients whose own the item is: their record bears it, or it stands with their name. */
function ownersOf(item: Item, scene: Scene): readonly Address[] {
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

/** Persons whose data an unknown recipient would learn (POLICY.md, unknown_recipient_pii). */
function thirdPersons(party: Party, scene: Scene, slips: ReadonlySet<string>): ThirdPersonFacts[] {
  const contacts = new Set(scene.visible.map((other) => other.base));
  const authors = new Set(
    scene.quoted
      .filter(({ others }) => others.some((address) => baseAddress(address) === party.base))
      .map(({ author }) => baseAddress(author)),
  );
  return scene.persons.flatMap((person) => {
    const attributes = foreignAttributes(person);
    if (!person.isFullName || attributes.length === 0) return [];
    const emails = attributes.filter((item) => item.detection.type === 'email').map((item) => item.detection.canonical);
    if (
      emails.some(
        (email) =>
          contacts.has(email) || authors.has(email) || (!scene.lists.mailDomains.has(party.domain) && email.endsWith(`@${party.domain}`)),
      )
    )
      return [];
    if (!slips.has(party.address) && isSelf(party, [person.name], scene)) return [];
    const rows = person.names.flatMap((name) => name.rows);
    const items = [...person.names, ...attributes];
    return [
      {
        recipient: party.address as Address,
        customers: [...new Set(rows.map((row): CustomerId => scene.customers.idOf(row)))],
        types: [...new Set(items.map((item) => item.detection.type))],
        places: items.map((item): Location => item.location),
      },
    ];
  });
}

/** Whose a detection is, for display and for the report. */
function ownerOf(item: Item | undefined, scene: Scene): Owner {
  if (item === undefined) return 'third_party';
  const recipients = new Set(scene.parties.flatMap((party) => (party.kind === 'customer' ? party.rows : [])));
  if (item.isOurs) return item.detection.type === 'person_name' || item.detection.type === 'email' ? 'own_staff' : 'organisation';
  if (item.rows.some((row) => recipients.has(row))) return 'recipient';
  if (item.detection.type === 'email' && scene.visible.some((party) => party.base === item.detection.canonical)) return 'recipient';
  if (item.rows.length > 0 && item.detection.type !== 'postal_code' && item.detection.type !== 'birth_date') return 'customer';
  if (item.greeting && item.detection.type === 'person_name') return 'recipient';
  if (
    item.detection.type === 'person_name' &&
    scene.organisation.staff.some((member) => canonicalName(member.name).startsWith(item.detection.canonical))
  )
    return 'own_staff';
  const person = scene.personOf.get(item);
  if (person !== undefined && person.names.length > 0) return ownerOf(person.names[0], scene);
  return 'third_party';
}
