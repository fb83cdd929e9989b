import { instant, type Instant, type Organisation } from '../core/index.ts';
import type { EntityType } from '../detect/index.ts';
import type { FileNode, Location, Unscannable } from '../extract/index.ts';
import { baseAddress, type Address, type Envelope, type ParsedMessage } from '../message/index.ts';

/** One address the mail is from, in the form that addresses are compared in, and where the organisation puts it. */
export type SenderName = {
  readonly address: string;
  /** Of the staff file; of a shared mailbox, those of its members. */
  readonly departments: readonly string[];
  /** Names of `organisation.groups`. */
  readonly groups: readonly string[];
};
export type SenderFacts = {
  /** The address a mail can be given back to; null for the null reverse path. */
  readonly returnTo: Address | null;
  /** Everyone the mail is from: envelope, authenticated user, From, Sender. */
  readonly names: readonly SenderName[];
};

/** A file that the mail holds: an attachment or an entry of one. `extension` has its dot and is lower case; '' without one. */
export type AttachmentFacts = { readonly type: string; readonly extension: string; readonly size: number; readonly encrypted: boolean };

/** Personal data of one type that is neither the organisation's own nor its staff's work contacts. */
export type ContentFacts = { readonly type: EntityType; readonly count: number; readonly places: readonly Location[] };

/** What is known of a mail beside whom it is about: who sends it and when, how large it is, what is attached. */
export type MailFacts = {
  readonly sender: SenderFacts;
  readonly receivedAt: Instant;
  /** Bytes as accepted. */
  readonly size: number;
  /** Null sender, or Auto-Submitted says so (RFC 3834 §5): nobody reads an answer. */
  readonly isAutomatic: boolean;
  readonly attachments: readonly AttachmentFacts[];
  readonly contents: readonly ContentFacts[];
};

export const noMailFacts: MailFacts = {
  sender: { returnTo: null, names: [] },
  receivedAt: instant(0),
  size: 0,
  isAutomatic: false,
  attachments: [],
  contents: [],
};

/** What the envelope alone tells, when the mail could not be read. */
export function factsOfEnvelope(envelope: Envelope, organisation: Organisation): MailFacts {
  const { mailFrom, receivedAt, session } = envelope;
  return {
    ...noMailFacts,
    sender: senderFacts(mailFrom, [mailFrom ?? '', session.authUser ?? ''], organisation),
    receivedAt,
    isAutomatic: mailFrom === null,
  };
}

/** `contents` is for the caller to add: it takes the findings. */
export function gatherMailFacts(
  of: {
    readonly envelope: Envelope;
    readonly message: ParsedMessage;
    readonly size: number;
    readonly files: readonly FileNode[];
    readonly unscannable: readonly Unscannable[];
  },
  organisation: Organisation,
): MailFacts {
  const { envelope, message } = of;
  const { from, sender } = message.participants;
  const shown = [...from, ...sender].map(({ address }) => address);
  const encrypted = new Set<string>(of.unscannable.filter(({ reason }) => reason === 'encrypted').map(({ part }) => part));
  return {
    ...noMailFacts,
    sender: senderFacts(envelope.mailFrom, [envelope.mailFrom ?? '', envelope.session.authUser ?? '', ...shown], organisation),
    receivedAt: envelope.receivedAt,
    size: of.size,
    isAutomatic: envelope.mailFrom === null || saysAutomatic(message),
    attachments: of.files
      .filter((file) => file.isAttachment)
      .map(({ type, fileName, size, path }) => ({ type, extension: extensionOf(fileName ?? ''), size, encrypted: encrypted.has(path) })),
  };
}

function senderFacts(returnTo: Address | null, named: readonly string[], organisation: Organisation): SenderFacts {
  const addresses = [...new Set(named.filter((address) => address.includes('@')).map(baseAddress))];
  return { returnTo, names: addresses.map((address) => nameOf(address, organisation)) };
}

function nameOf(address: string, { staff, mailboxes, groups }: Organisation): SenderName {
  const members = mailboxes.get(address) ?? [];
  const people = new Set([address, ...members.map(baseAddress)]);
  const departments = staff
    .filter(({ email, department }) => department !== '' && people.has(baseAddress(email)))
    .map(({ department }) => department);
  const isMember = (member: string): boolean => (member.includes('@') ? baseAddress(member) === address : departments.includes(member));
  const ofGroups = [...groups].filter(([, named]) => named.some(isMember)).map(([name]) => name);
  return { address, departments: [...new Set(departments)], groups: ofGroups };
}

const saysAutomatic = ({ headers }: ParsedMessage): boolean => {
  const field = headers.find(({ name }) => name === 'auto-submitted');
  return field !== undefined && !field.value.toLowerCase().startsWith('no');
};

/** Only what an extension can be: anything longer or stranger is the sender's text and stays out of the facts. */
const extensionOf = (fileName: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(fileName.trim())?.[0].toLowerCase() ?? '';
