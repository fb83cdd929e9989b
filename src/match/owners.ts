import type { Organisation } from '../core/index.ts';
import { canonicalKana, canonicalName } from '../detect/index.ts';
import { baseAddress, domainOf } from '../message/index.ts';
import type { Owner } from './customer.ts';
import type { RecordKeys, Row } from './customer-index.ts';
import { isOfService, surnameOf } from './index-fields.ts';
import type { Subject } from './find-subjects.ts';
import { isPrivate } from './group-persons.ts';
import type { Item } from './items.ts';
import { readStaffNames } from './own-data.ts';
import type { QuotedMail } from './read-quotes.ts';
import { isInternal } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';
import { mailsAbove } from './seen-before.ts';

/** Whose each item of the scene is, for display and for the report: in the order of the items. */
export function ownersOf(scene: Scene, subjects: readonly Subject[]): readonly Owner[] {
  const told = new Map(
    subjects.filter(({ strength }) => strength !== 'weak').flatMap(({ items, rows }) => items.map((item) => [item, rows] as const)),
  );
  const rowsOf: RowsOf = (item) => told.get(item) ?? item.rows;
  const readers = new Set(scene.parties.flatMap((party) => (party.kind === 'customer' ? party.rows : [])));
  const names = new Map<Item, Owner>();
  const surnames = new Map<string, Owner>();
  for (const item of scene.items.filter(({ detection }) => detection.type === 'person_name')) {
    const owner = ownerByRecord(item, readers, rowsOf, scene);
    if (owner === null) continue;
    names.set(item, owner);
    if (!item.isFullName) continue;
    // A surname alone is whom the mail names in full.
    const surname = canonicalName(surnameOf(item.text, scene.lists));
    if (surname !== '' && !surnames.has(surname)) surnames.set(surname, owner);
  }
  const known: KnownNames = {
    surnames,
    ofOurs: new Set(scene.persons.flatMap((person) => (person.isOurs ? person.names : []))),
    shown: new Set(scene.parties.map(({ displayName }) => canonicalName(surnameOf(displayName, scene.lists)))),
    readers: [...readers].map((row) => scene.customers.keys(row)),
  };
  const ofName = (item: Item): Owner => names.get(item) ?? ownerOfName(item, known, scene);
  return scene.items.map((item) =>
    item.detection.type === 'person_name' ? ofName(item) : ownerOfValue(item, readers, rowsOf, ofName, scene),
  );
}

/** The records that an item speaks for: of namesakes, the one that the rest of the mail is about. */
type RowsOf = (item: Item) => readonly Row[];

/** What staff file, customer table or the mail's header say of an item. */
function ownerByRecord(item: Item, readers: ReadonlySet<Row>, rowsOf: RowsOf, scene: Scene): Owner | null {
  const { type, canonical } = item.detection;
  if (item.isOurs) return type === 'person_name' || type === 'email' ? 'own_staff' : 'organisation';
  if (rowsOf(item).some((row) => readers.has(row))) return 'recipient';
  if (type === 'email' && scene.visible.some((party) => party.base === canonical)) return 'recipient';
  if (type === 'person_name' && item.isFullName && scene.visible.some(({ shownName }) => shownName.includes(canonical))) return 'recipient';
  // A birth date or postal code is many people's: it is the customer's whom the rest of the mail names.
  const isShared = type === 'postal_code' || type === 'birth_date';
  return item.rows.length > 0 && (!isShared || rowsOf(item) !== item.rows) ? 'customer' : null;
}

/** `surnames`: of whom the mail names in full. `ofOurs`: names of our people. `shown`: surnames beside addresses. `readers`: customers who get it. */
type KnownNames = {
  readonly surnames: ReadonlyMap<string, Owner>;
  readonly ofOurs: ReadonlySet<Item>;
  readonly shown: ReadonlySet<string>;
  readonly readers: readonly RecordKeys[];
};

/** A name that is in no record: greeted, of our people, of the same surname as somebody named in full, of a recipient. */
function ownerOfName(item: Item, { surnames, ofOurs, shown, readers }: KnownNames, scene: Scene): Owner {
  if (ofOurs.has(item)) return 'own_staff';
  if (item.greeting) return 'recipient';
  const name = canonicalName(item.text.replace(/[（(].*$/, ''));
  const isHonoured = /^\s?(?:様|さま|殿|さん|氏|先生|御中)/.test(textBehind(item, scene));
  const known = surnames.get(name);
  // People name themselves and their colleagues without 様: ours in what we write, theirs in a quoted mail from outside.
  const outside = mailFromOutside(item, scene);
  if (outside !== null && !isHonoured && outside.authorName.startsWith(name) && isVisible(outside.author, scene)) return 'recipient';
  const isLikeOurs = isHonoured === (outside !== null);
  if (known !== undefined && (known === 'own_staff') === isLikeOurs) return known;
  const isStaff = isOfStaff(name, scene.organisation);
  if (isStaff && isLikeOurs) return 'own_staff';
  const surname = item.isFullName ? 0 : scene.customers.hash('surname', name);
  if (!item.isFullName && (shown.has(name) || readers.some((keys) => bearsSurname(keys, surname)))) return 'recipient';
  return known ?? (isStaff ? 'own_staff' : 'third_party');
}

/** The quoted mail that the item stands in, when somebody outside wrote it. */
function mailFromOutside(item: Item, scene: Scene): QuotedMail | null {
  const [mail] = item.quoted ? mailsAbove(item, scene) : [];
  return mail === undefined || mail.author === '' || isInternal(domainOf(mail.author), scene.organisation) ? null : mail;
}

const isVisible = (address: string, { visible }: Scene): boolean => visible.some(({ base }) => base === baseAddress(address));

function isOfStaff(name: string, organisation: Organisation): boolean {
  const { names, readings } = readStaffNames(organisation);
  if (names.some((own) => own.startsWith(name))) return true;
  const reading = canonicalKana(name);
  return readings.some((own) => own.startsWith(reading));
}

const textBehind = (item: Item, scene: Scene): string =>
  (scene.extraction.segments[item.detection.segment]?.text ?? '').slice(item.detection.end, item.detection.end + 4);

const bearsSurname = ({ surname, surnameKana, words }: RecordKeys, key: number): boolean =>
  surname === key || surnameKana === key || words.includes(key);

/** A number, address or date: its record's, else the person's it stands with, else the only reader's when nobody else is named with it. */
function ownerOfValue(item: Item, readers: ReadonlySet<Row>, rowsOf: RowsOf, ofName: (name: Item) => Owner, scene: Scene): Owner {
  const recorded = ownerByRecord(item, readers, rowsOf, scene);
  if (recorded !== null) return recorded;
  const person = scene.personOf.get(item);
  const first = person?.names[0];
  if (first !== undefined) {
    const owner = ofName(first);
    if (owner !== 'own_staff') return owner;
    // Ours is told by its domain: an address outside stands below a colleague's name by chance, in a list of From, To and Cc.
    if (item.detection.type === 'email') return isOfReadersFirm(item, scene) ? 'recipient' : 'third_party';
    // A colleague's home address or birth date is nobody's at work.
    return isPrivate(item) ? 'third_party' : 'organisation';
  }
  const beside = item.detection.type === 'postal_code' ? addressBehind(item, scene) : null;
  if (beside !== null) return ownerOfValue(beside, readers, rowsOf, ofName, scene);
  const [only, ...others] = scene.parties;
  const isToCustomer =
    only !== undefined && others.length === 0 && (only.kind === 'customer' || scene.greetings.some(({ isFull }) => isFull));
  return isToCustomer && item.location.in === 'body' && !item.quoted ? 'recipient' : 'third_party';
}

function isOfReadersFirm({ detection: { canonical } }: Item, { visible, lists }: Scene): boolean {
  const domain = domainOf(canonical);
  return !isOfService(domain, lists.mailDomains) && visible.some((party) => party.domain === domain);
}

/** The address that a postal code stands before, in the same paragraph, row or the next line. */
function addressBehind(item: Item, scene: Scene): Item | null {
  const { segment, end } = item.detection;
  return (
    scene.items.find(({ detection, at }) => detection.type === 'address' && detection.segment === segment && at >= end && at - end <= 20) ??
    null
  );
}
