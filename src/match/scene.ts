import type { Organisation } from '../core/index.ts';
import type { DetectionLists } from '../detect/index.ts';
import type { Extraction } from '../extract/index.ts';
import type { CustomerIndex } from './customer-index.ts';
import type { Person } from './group-persons.ts';
import type { Item } from './items.ts';
import type { BodyContext } from './read-context.ts';
import type { Greeting } from './read-greetings.ts';
import type { QuotedMail } from './read-quotes.ts';
import type { Party } from './resolve-recipients.ts';

export type MatchContext = { readonly organisation: Organisation; readonly customers: CustomerIndex; readonly lists: DetectionLists };

/** Everything that matching and policy look at, worked out once. */
export type Scene = MatchContext & {
  readonly items: readonly Item[];
  readonly persons: readonly Person[];
  /** Whose an attribute is. */
  readonly personOf: ReadonlyMap<Item, Person>;
  readonly bodies: readonly BodyContext[];
  readonly quoted: readonly QuotedMail[];
  readonly greetings: readonly Greeting[];
  /** Envelope recipients. */
  readonly parties: readonly Party[];
  /** Envelope, To and Cc: who is seen to get it. */
  readonly visible: readonly Party[];
  readonly extraction: Extraction;
};
