// Exact data match: detections + customer index → whom the content is about, whose each detection is, who each recipient is.
export type { CustomerLabel, CustomerRecord, Owner, RecipientKind, Strength } from './customer.ts';
export type { MatchContext } from './scene.ts';
export { withAllowedAddresses, type AllowedAddress } from './allowed-addresses.ts';
export { inMemory, openCustomerIndex, type CustomerIndex, type RecordKeys } from './customer-index.ts';
export { IndexBuilder } from './index-builder.ts';
export { buffersOf, ChunkBuilder, indexHashes, type IndexChunk, type IndexHashes } from './index-chunk.ts';
export { canonicalCompany, unusableValues, type IndexRecipe } from './index-fields.ts';
export {
  deriveIndexKeys,
  findDamage,
  formatVersion,
  labelKeyFingerprint,
  readAbout,
  readHeader,
  sizesOf,
  type IndexKeys,
} from './index-layout.ts';
export { labelsHeaderBytes, LabelSealer, saltIn, type SealedFile } from './sealed-labels.ts';
export { tableVersion } from './table-version.ts';
export { factsOfRecipients } from './facts.ts';
export type { Facts, GreetingFacts, LookalikeFacts, RecipientFacts, SensitiveFacts, SubjectFacts, ThirdPersonFacts } from './facts.ts';
export type { Subject } from './find-subjects.ts';
export { clientsOf } from './name-clients.ts';
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
