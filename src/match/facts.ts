import type { CustomerId } from '../core/index.ts';
import type { EntityType } from '../detect/index.ts';
import type { Location, Unscannable } from '../extract/index.ts';
import type { Address } from '../message/index.ts';
import type { RecipientKind, Strength } from './customer.ts';
import { noMailFacts, type MailFacts } from './mail-facts.ts';

/** An envelope recipient as policies see it. */
export type RecipientFacts = {
  readonly address: Address;
  readonly kind: RecipientKind;
  readonly customer: CustomerId | null;
  /** Clients it belongs to, as opaque keys; empty when none is known. */
  readonly clients: readonly number[];
};

/** A customer the content is about, and the recipients who may have it (the person, household, company, the unknown self). */
export type SubjectFacts = {
  readonly customers: readonly CustomerId[];
  readonly strength: Strength;
  readonly types: readonly EntityType[];
  readonly places: readonly Location[];
  readonly isAddressee: boolean;
  readonly mayReceive: readonly Address[];
  /** Recipients who wrote or were sent it before: it stands in quoted mails of theirs alone. They may receive it too. */
  readonly seenBy: readonly Address[];
  /** Stands only in quoted history. */
  readonly onlyQuoted: boolean;
  /** The registered address of the one customer it is about, where somebody may not receive it: what was probably meant. */
  readonly suggestion: Address | null;
  readonly clients: readonly number[];
};

/** A person named in the newly written greeting. `fits`: some recipient is that person, or of that household or company. */
export type GreetingFacts = {
  readonly fits: boolean;
  readonly recipients: readonly Address[];
  readonly customers: readonly CustomerId[];
  readonly place: Location;
};

/** One number that is delicate by law. `ownedBy`: recipients whose own it is. */
export type SensitiveFacts = { readonly type: EntityType; readonly place: Location; readonly ownedBy: readonly Address[] };

/** A person with a contact detail or attribute who is in no relation to the recipient. */
export type ThirdPersonFacts = {
  readonly recipient: Address;
  readonly customers: readonly CustomerId[];
  readonly types: readonly EntityType[];
  readonly places: readonly Location[];
};

export type LookalikeFacts = {
  readonly recipient: Address;
  readonly suggestion: Address | null;
  readonly customers: readonly CustomerId[];
};

/** What is known of a mail, without any of its text: all that policies decide on. */
export type Facts = MailFacts & {
  readonly recipients: readonly RecipientFacts[];
  readonly subjects: readonly SubjectFacts[];
  readonly greetings: readonly GreetingFacts[];
  readonly sensitive: readonly SensitiveFacts[];
  /** Distinct persons with an attribute, or of a list of addresses or phones; recipients and signatures do not count. `ofOneCompany`: all belong to the recipients' own company. */
  readonly bulk: {
    readonly persons: number;
    readonly types: readonly EntityType[];
    readonly places: readonly Location[];
    readonly customers: readonly CustomerId[];
    readonly ofOwnCompany: boolean;
  };
  /** External addresses in To and Cc, the parties they belong to, and how many stood in no mail that is answered. */
  readonly exposure: { readonly addresses: readonly Address[]; readonly parties: number; readonly fresh: number };
  readonly lookalikes: readonly LookalikeFacts[];
  readonly thirdPersons: readonly ThirdPersonFacts[];
  /** The same for recipients who are known: persons in no record whose data a customer would learn. */
  readonly strangers: readonly ThirdPersonFacts[];
  readonly unscannable: readonly Unscannable[];
  readonly isAmbiguous: boolean;
  readonly hasFailed: boolean;
};

/** Facts of a mail of which nothing is known but its recipients. */
export const factsOfRecipients = (recipients: readonly RecipientFacts[]): Facts => ({
  ...noMailFacts,
  recipients,
  subjects: [],
  greetings: [],
  sensitive: [],
  bulk: { persons: 0, types: [], places: [], customers: [], ofOwnCompany: false },
  exposure: { addresses: [], parties: 0, fresh: 0 },
  lookalikes: [],
  thirdPersons: [],
  strangers: [],
  unscannable: [],
  isAmbiguous: false,
  hasFailed: false,
});
