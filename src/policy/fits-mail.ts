import type { AttachmentFacts, Facts, RecipientFacts, SenderName } from '../match/index.ts';
import { baseAddress, domainOf, isSubdomain } from '../message/index.ts';
import type { Conditions } from './conditions.ts';
import { fitsSchedule } from './fits-schedule.ts';
import type { Policy } from './policy.ts';

/** Whether one recipient is among those a policy is about. */
export function fitsRecipient({ kind, address }: RecipientFacts, when: Conditions): boolean {
  const wanted = Array.isArray(when.recipient) ? when.recipient : [when.recipient];
  const isWanted = wanted.some((one) => {
    if (one === 'outside') return kind !== 'internal';
    if (one === 'external') return kind !== 'internal' && kind !== 'partner';
    return one === kind;
  });
  return (
    isWanted &&
    (when.recipient_domain === undefined || when.recipient_domain.some((domain) => isSubdomain(domainOf(address), domain))) &&
    (when.recipient_address === undefined || when.recipient_address.some((one) => baseAddress(one) === baseAddress(address)))
  );
}

/** Whether the mail as a whole is one that a policy is about: sender, time, size, attachments, how much data of whom. */
export function fitsMail({ when, action }: Policy, facts: Facts): boolean {
  return (
    fitsSender(when, facts, action === 'deliver') &&
    (when.automatic === undefined || when.automatic === facts.isAutomatic) &&
    (when.schedule === undefined || fitsSchedule(when.schedule, facts.receivedAt)) &&
    reaches(when.size, facts.size) &&
    reaches(when.persons, facts.bulk.persons) &&
    reaches(when.addresses, facts.exposure.addresses.length) &&
    reaches(when.parties, facts.exposure.parties) &&
    reaches(when.fresh, facts.exposure.fresh) &&
    (when.attachments === undefined || fitsAttachments(when.attachments, facts.attachments))
  );
}

const reaches = (threshold: { readonly at_least?: number | undefined } | undefined, value: number): boolean =>
  value >= (threshold?.at_least ?? 0);

/** `strictly`: From can be written by anybody, so an exception asks that every address of the sender fits, not that one does. */
function fitsSender(when: Conditions, { sender: { names } }: Facts, strictly: boolean): boolean {
  if (when.sender === undefined && when.sender_group === undefined && when.department === undefined) return true;
  return strictly ? names.length > 0 && names.every((name) => fitsName(when, name)) : names.some((name) => fitsName(when, name));
}

function fitsName(when: Conditions, { address, departments, groups }: SenderName): boolean {
  const isAddress = (one: string): boolean => (one.includes('@') ? baseAddress(one) === address : isSubdomain(domainOf(address), one));
  return (
    (when.sender === undefined || when.sender.some(isAddress)) &&
    (when.sender_group === undefined || when.sender_group.some((group) => groups.includes(group))) &&
    (when.department === undefined || when.department.some((department) => departments.includes(department)))
  );
}

function fitsAttachments(wanted: NonNullable<Conditions['attachments']>, attachments: readonly AttachmentFacts[]): boolean {
  const fitting = attachments.filter(
    (file) =>
      (wanted.types === undefined || wanted.types.some((type) => isOfType(file, type))) &&
      (wanted.encrypted === undefined || wanted.encrypted === file.encrypted),
  );
  return fitting.length >= (wanted.at_least ?? 1);
}

function isOfType({ type, extension }: AttachmentFacts, wanted: string): boolean {
  const lower = wanted.toLowerCase();
  if (lower.startsWith('.')) return extension === lower;
  return lower.endsWith('/*') ? type.startsWith(lower.slice(0, -1)) : type === lower;
}
