import { canonicalKana, canonicalName } from '../detect/index.ts';
import { baseAddress, type Address } from '../message/index.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import type { GreetingFacts } from './facts.ts';
import { mostCandidates } from './find-bearers.ts';
import type { Item } from './items.ts';
import type { Greeting } from './read-greetings.ts';
import { areRelated } from './relations.ts';
import { isExternal, type Party } from './resolve-recipients.ts';
import type { Scene } from './scene.ts';

/** Whether somebody who gets the mail is whom its greeting names (POLICY.md, salutation_mismatch). */
export function judgeGreeting(greeting: Greeting, scene: Scene): GreetingFacts {
  const { customers } = scene;
  const outside = scene.visible.filter(isExternal);
  const known = outside.filter((party) => party.rows.length > 0);
  const name = customers.hash('name', greeting.name);
  const named = greeting.isFull ? greeting.item.rows.filter((row) => customers.keys(row).name === name) : [];
  const fits = (party: Party): boolean => {
    if (isShownAs(greeting, party)) return true;
    if (named.some((row) => party.rows.some((own) => areRelated(row, own, customers)))) return true;
    return party.rows.some(
      (row) =>
        greetsRow(greeting, row, customers) ||
        isGivenNameOf(greeting, row, scene.items) ||
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
    fits: !judged || staff || outside.some(fits) || scene.visible.some((party) => party.kind === 'partner' && isShownAs(greeting, party)),
    recipients: scene.parties.filter(isExternal).map((party) => party.address as Address),
    customers: customers.idsOf((greeting.isFull ? named : colleaguesOf(greeting, customers)).slice(0, mostCandidates)),
    place: greeting.place,
  };
}

/** 磐梯建設 物江様: the records of that surname at that company, for whoever reads why it is held. */
const colleaguesOf = ({ surname, companies }: Greeting, customers: CustomerIndex): readonly Row[] => [
  ...new Set(companies.flatMap((company) => (surname === '' ? [] : customers.rowsAtCompany(surname, company)))),
];

/** The name beside the address in To or Cc is the one that is greeted. */
function isShownAs(greeting: Greeting, party: Party): boolean {
  const shown = party.shownName;
  return shown !== '' && (shown.includes(greeting.name) || (!greeting.isFull && shown.startsWith(greeting.surname)));
}

function greetsRow(greeting: Greeting, row: Row, customers: CustomerIndex): boolean {
  const keys = customers.keys(row);
  if (keys.company !== 0 && greeting.companies.some((word) => customers.hash('company', word) === keys.company)) return true;
  if (isByWords(greeting.words, keys.words, customers)) return true;
  if (
    greeting.isFull &&
    (keys.name === customers.hash('name', greeting.name) || keys.kana === customers.hash('kana', canonicalKana(greeting.name)))
  )
    return true;
  // 大谷地様, whom the lists read as 大谷 and 地, is of the surname 大谷地.
  const surname = greeting.isFull ? greeting.name : greeting.surname;
  const surnames = [surname, canonicalKana(surname)].map((spelled) => customers.hash('surname', spelled));
  if (surnames.some((surname) => surname !== 0 && (keys.surname === surname || keys.surnameKana === surname))) return true;
  return !greeting.isFull && keys.name !== 0 && keys.name === customers.hash('name', greeting.name);
}

const shortestGivenName = 2;
/** 琴音さん, whose full name the mail gives too. */
const isGivenNameOf = ({ name, isFull }: Greeting, row: Row, items: readonly Item[]): boolean =>
  !isFull &&
  name.length >= shortestGivenName &&
  items.some(
    ({ detection: { type, canonical }, rows }) =>
      type === 'person_name' && canonical !== name && canonical.endsWith(name) && rows.includes(row),
  );

/** Every word of the greeting is one of a foreign name: surname, given name or both, in either order. */
function isByWords(words: readonly string[], known: readonly number[], customers: CustomerIndex): boolean {
  return (
    known.length > 0 &&
    words.length > 0 &&
    words.every((word) => [word, canonicalKana(word)].some((spelled) => known.includes(customers.hash('surname', spelled))))
  );
}

/** The greeting names a company that is another record's. */
const isOtherCompany = (greeting: Greeting, row: Row, customers: CustomerIndex): boolean =>
  greeting.companies.some((word) => customers.rows('company', word).some((other) => !areRelated(other, row, customers)));
