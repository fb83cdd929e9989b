// The story over ports: accept, inspect, deliver, review, settle, recover, notify. Knows no technology.
export { createGateway, type Gateway } from './create-gateway.ts';
export type {
  AllowList,
  AllowListEntry,
  AuditQuery,
  Change,
  Clock,
  CustomerLabels,
  HoldQuery,
  Inspector,
  Log,
  Loggable,
  MessageQuery,
  MetricName,
  Metrics,
  NewMessage,
  NextHopClient,
  Origin,
  Scheduler,
  Stage,
  Store,
  StoredMessage,
  StoreStats,
  Transmission,
} from './ports.ts';
export { proposeAddresses, type AddressProposal } from './propose-addresses.ts';
export {
  acceptedOf,
  createAddressReview,
  type AddressBook,
  type AddressRefusal,
  type AddressReview,
  type AddressStanding,
  type DecidedAddress,
} from './review-addresses.ts';
export type { Decider, HoldView, Refusal, ReleaseRequest, ReturnRequest, Review } from './review-contract.ts';
export { createDelayReview, type DelayedMail, type DelayReview } from './review-delayed.ts';
export { createReview } from './review.ts';
export type { GatewaySettings } from './settings.ts';
export { roles, type NewToken, type NewUser, type Role, type Session, type Token, type User } from './users.ts';
