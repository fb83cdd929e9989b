// The mail as received: envelope, addresses, MIME tree with raw leaves and defects. Decides nothing.
export type { Address, Envelope, SpooledMessage } from './envelope.ts';
export type { Defect, HeaderField, Mailbox, MessagePart, ParsedMessage, Participants, PartPath } from './parsed-message.ts';
