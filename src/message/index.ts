// The mail as received: envelope, addresses, MIME tree with raw leaves and defects. Decides nothing.
export { baseAddress, domainOf, isSubdomain, parseMailbox } from './address.ts';
export { parseAddressList } from './address-list.ts';
export { decodeHeaderValue } from './decode-header.ts';
export { decodeText, type DecodedText } from './decode-text.ts';
export type { Address, Envelope, SpooledMessage } from './envelope.ts';
export { findDisagreement, isCanonical } from './find-disagreement.ts';
export { mailDate, parseMailDate } from './mail-date.ts';
export { parseMessage } from './parse-message.ts';
export type { Defect, HeaderField, Mailbox, MessagePart, ParsedMessage, Participants, PartPath } from './parsed-message.ts';
export { countReceived, receivedHeader } from './trace-header.ts';
