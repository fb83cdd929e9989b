import type { AddressReview, Clock, CustomerLabels, DelayReview, Log, Review, Session, Store, User } from '../gateway/index.ts';
import type { Reason } from '../policy/index.ts';
import type { Language } from './ui/texts.ts';

export type WebSettings = {
  readonly listen: { readonly host: string; readonly port: number };
  /** Where people open the pages, without a slash at the end. */
  readonly publicUrl: string;
  readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | null;
  readonly trustedProxies: readonly string[];
  readonly organisationName: string;
  readonly secureCookies: boolean;
};

export type WebDeps = {
  readonly store: Store;
  readonly review: Review;
  readonly delays: DelayReview;
  readonly addresses: AddressReview;
  readonly labels: CustomerLabels;
  readonly clock: Clock;
  readonly log: Log;
  readonly metricsText: () => Promise<string>;
  readonly ready: () => Promise<boolean>;
  /** What an operator should know although the gateway is ready; one line each, for anybody to see. */
  readonly remarks?: () => readonly string[];
  readonly settings: WebSettings;
  /** A reason in words, with the customers' names. */
  readonly explain: (reason: Reason, language: Language) => string;
};

export type Theme = 'auto' | 'light' | 'dark';
/** What handlers find on the request context. `user` and `session` stand only behind the log-in. */
export type WebEnv = {
  Variables: { user: User; session: Session; language: Language; theme: Theme };
};
