import { simpleParser, type ParsedMail } from 'mailparser';
import type { Defect, ParsedMessage } from './parsed-message.ts';

/** Mail inside the canonical grammar (see parse-message.ts): every reader sees the same. */
export const isCanonical = (parsed: ParsedMessage): boolean => parsed.defects.length === 0;

// Readers are known to differ on these, whatever one other parser makes of the mail.
const decisive: ReadonlySet<Defect> = new Set<Defect>([
  'conflicting-type',
  'missing-boundary',
  'unknown-encoding',
  'encoded-multipart',
  'partial-message',
  'external-body',
  'too-many-parts',
  'nested-too-deep',
  'header-too-large',
  'control-character',
  'hidden-content',
]);

/**
 * The defects for which mail readers could show different content, empty when there are none. Mail outside the canonical grammar is read a
 * second time by mailparser; the rest of its oddities count only where the two views differ.
 */
export async function findDisagreement(bytes: Uint8Array, parsed: ParsedMessage): Promise<readonly Defect[]> {
  if (isCanonical(parsed)) return [];
  const found = parsed.defects.filter((defect) => decisive.has(defect));
  if (found.length > 0) return found;
  return (await viewsDiffer(bytes, parsed)) ? ['parsers-disagree'] : [];
}

async function viewsDiffer(bytes: Uint8Array, parsed: ParsedMessage): Promise<boolean> {
  let other: ParsedMail;
  try {
    other = await simpleParser(Buffer.from(bytes), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
    });
  } catch {
    return true;
  }
  const ours = parsed.parts.map((part) => Buffer.from(part.content));
  if (other.attachments.some((attachment) => !ours.some((content) => sameContent(content, attachment.content)))) return true;
  const hasHtml = parsed.parts.some((part) => part.declaredType === 'text/html');
  const theirHtml = typeof other.html === 'string' && other.html.trim() !== '';
  return theirHtml !== hasHtml;
}

const sameContent = (a: Buffer, b: Buffer): boolean => trimEnd(a).equals(trimEnd(b));

/** mailparser keeps the line break before a boundary where we do not. */
function trimEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end -= 1;
  return bytes.subarray(0, end);
}
