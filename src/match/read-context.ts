import type { SegmentId, TextSegment } from '../extract/index.ts';

/** One line of a body. `quoted`: it came from an earlier mail; `greeting`: it may name whom the new text speaks to. Offsets in the segment's text. */
export type BodyLine = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly quoted: boolean;
  readonly greeting: boolean;
};

/** From/To/Cc of a mail that is quoted, as far as the quote shows them; `author` is '' when it does not. Addresses in lower case. */
export type QuotedMail = { readonly author: string; readonly others: readonly string[] };

export type BodyContext = { readonly segment: SegmentId; readonly lines: readonly BodyLine[] };

const separators = [
  /^-{2,} ?(?:Original Message|Original Appointment|元のメッセージ|転送メッセージ|Forwarded message|転送されたメッセージ|オリジナルメッセージ|引用|以下は?転送|原文) ?-{0,}/i,
  /^(?:Begin forwarded message|転送されたメッセージ|以下、?(?:転送|引用))[:：]?/i,
  /^_{20,}$/,
];
const attribution =
  /^(?:On .{6,120} wrote:|.{0,40}\d{1,4}[年/.-]\s?\d{1,2}[月/.-].{0,80}<[^<>@\s]+@[^<>\s]+>.{0,12}[:：]?|.{0,60}\d{1,2}:\d{2}.{0,60}(?:<[^<>@\s]+@[^<>\s]+>|さんは書きました|wrote).{0,10}[:：]?|.{0,60}(?:さん|様)(?:は|が)?(?:書きました|wrote)[:：])\s*$/i;
const headerLine = /^(?:差出人|送信者|送信元|From|宛先|To|CC|Cc|件名|Subject|日時|送信日時|Date|Sent)\s*[:：]/;

/** Which lines of a body are newly written and which are quoted history: `>` marks, Outlook, Gmail, Apple and forwarding forms. */
export function readBody(segment: TextSegment): BodyContext {
  const lines: BodyLine[] = [];
  let offset = 0;
  let below = false; // under a separator everything is old
  let greetingLeft = 9;
  const raw = segment.text.split('\n');
  for (const [index, line] of raw.entries()) {
    const text = line.normalize('NFKC').trim();
    below ||=
      separators.some((separator) => separator.test(text)) ||
      startsHeaderBlock(raw, index) ||
      (attribution.test(text) && followsQuote(raw, index));
    const quoted = below || /^[>|]/.test(text);
    const greeting = !quoted && text !== '' && greetingLeft > 0;
    if (greeting) greetingLeft -= 1;
    lines.push({ start: offset, end: offset + line.length, text, quoted, greeting });
    offset += line.length + 1;
  }
  return { segment: segment.id, lines };
}

/** From:, Sent:, To: … on consecutive lines: Outlook's way of quoting. */
function startsHeaderBlock(lines: readonly string[], index: number): boolean {
  const here = (lines[index] ?? '').normalize('NFKC').trim();
  if (!/^(?:差出人|送信者|From)\s*[:：]/.test(here)) return false;
  const next = lines.slice(index + 1, index + 6).map((line) => line.normalize('NFKC').trim());
  return next.filter((line) => headerLine.test(line)).length >= 2;
}

/** An attribution line is one when what follows is quoted, or is the rest of the mail behind an empty line. */
function followsQuote(lines: readonly string[], index: number): boolean {
  const next = lines.slice(index + 1).find((line) => line.trim() !== '') ?? '';
  return next.trimStart().startsWith('>') || /[:：]\s*$/.test(lines[index] ?? '');
}

/** The From/To/Cc that quotes show. */
export function readQuotedMails(contexts: readonly BodyContext[]): readonly QuotedMail[] {
  const mails: QuotedMail[] = [];
  for (const { lines } of contexts) {
    let author = '';
    let others: string[] = [];
    const flush = (): void => {
      if (author !== '' || others.length > 0) mails.push({ author, others });
      author = '';
      others = [];
    };
    let continued = false;
    for (const line of lines.filter((candidate) => candidate.quoted || attribution.test(candidate.text))) {
      const text = line.text.replace(/^[>| ]+/, '');
      const addresses = addressesIn(text);
      if (/^(?:差出人|送信者|送信元|From)\s*[:：]/.test(text) || attribution.test(text)) {
        flush();
        author = addresses[0] ?? '';
        others = addresses.slice(1);
      } else if (/^(?:宛先|To|CC|Cc)\s*[:：]/.test(text) || (continued && addresses.length > 0 && !headerLine.test(text)))
        others.push(...addresses);
      continued = /^(?:宛先|To|CC|Cc)\s*[:：]/.test(text) || (continued && addresses.length > 0 && /[,;、]\s*$|^[^:：]*$/.test(text));
    }
    flush();
  }
  return mails;
}

export const addressesIn = (text: string): string[] =>
  [...text.matchAll(/[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}/g)].map(([address]) => address.toLowerCase());

/** The line at an offset, or null in a segment without body lines. */
export const lineAt = (context: BodyContext | undefined, offset: number): BodyLine | null =>
  context?.lines.find((line) => offset >= line.start && offset <= line.end) ?? null;
