// Exact data match: detections + customer index → whom the content is about, whose each detection is, who each recipient is.
export type { CustomerLabel, CustomerRecord, Owner, RecipientKind, Strength } from './customer.ts';
export type { MatchContext } from './scene.ts';
export { buildCustomerIndex, type CustomerIndex } from './customer-index.ts';
export { withAllowedAddresses, type AllowedAddress } from './allowed-addresses.ts';
export { factsOfRecipients } from './facts.ts';
export type { Facts, GreetingFacts, LookalikeFacts, RecipientFacts, SensitiveFacts, SubjectFacts, ThirdPersonFacts } from './facts.ts';
export type { Subject } from './find-subjects.ts';
export { gatherFacts, resolveRecipients, type Matched, type MatchInput } from './gather-facts.ts';
export {
  factsOfEnvelope,
  gatherMailFacts,
  type AttachmentFacts,
  type ContentFacts,
  type MailFacts,
  type SenderFacts,
  type SenderName,
} from './mail-facts.ts';
