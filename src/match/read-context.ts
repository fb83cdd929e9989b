import type { SegmentId, TextSegment } from '../extract/index.ts';

/** One line of a body. `quoted`: it came from an earlier mail; `greeting`: it may name whom the new text speaks to. Offsets in the segment's text. */
export type BodyLine = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly quoted: boolean;
  readonly greeting: boolean;
  /** What a mail program writes above what it quotes. */
  readonly attribution: boolean;
};

export type BodyContext = { readonly segment: SegmentId; readonly lines: readonly BodyLine[] };

const separator =
  /^(?:-{2,} ?(?:Original Message|Original Appointment|元のメッセージ|転送メッセージ|Forwarded message|転送されたメッセージ|オリジナルメッセージ|引用|以下は?転送|原文)|Begin forwarded message|転送されたメッセージ|以下、?(?:転送|引用)|_{20,}$)/i;
/** Something of this stands in every line that `attribution` finds; it goes through the few such lines several times. */
const attributes = /<[^<>@\s]+@|[Ww][Rr][Oo][Tt][Ee]|書きました/;
const attribution =
  /^(?:On .{6,120} wrote:|.{0,40}\d{1,4}[年/.-]\s?\d{1,2}[月/.-].{0,80}<[^<>@\s]+@[^<>\s]+>.{0,12}[:：]?|.{0,60}\d{1,2}:\d{2}.{0,60}(?:<[^<>@\s]+@[^<>\s]+>|さんは書きました|wrote).{0,10}[:：]?|.{0,60}(?:さん|様)(?:は|が)?(?:書きました|wrote)[:：])\s*$/i;
/** A field of a quoted mail's header. */
export const headerLine = /^(?:差出人|送信者|送信元|From|宛先|To|CC|Cc|件名|Subject|日時|送信日時|Date|Sent)\s*[:：]/;

/** Whether a line is what a mail program writes above what it quotes. */
export const isAttribution = (line: string): boolean => attributes.test(line) && attribution.test(line);

/** Which lines of a body are newly written and which are quoted history: `>` marks, Outlook, Gmail, Apple and forwarding forms. */
export function readBody(segment: TextSegment): BodyContext {
  const lines: BodyLine[] = [];
  let offset = 0;
  let below = false; // under a separator everything is old
  let greetingLeft = 9;
  const raw = segment.text.split('\n');
  // NFKC neither makes nor takes an end of line.
  const composed = segment.text.normalize('NFKC');
  const texts = composed.split('\n').map((line) => line.trim());
  // Most texts hold nothing of the kind: one look is enough.
  const hasAttribution = attributes.test(composed);
  for (const [index, line] of raw.entries()) {
    const text = texts[index] ?? '';
    const attributed = hasAttribution && isAttribution(text);
    below ||= separator.test(text) || startsHeaderBlock(texts, index) || (attributed && followsQuote(raw, index));
    const quoted = below || text.startsWith('>') || text.startsWith('|');
    const greeting = !quoted && text !== '' && greetingLeft > 0;
    if (greeting) greetingLeft -= 1;
    lines.push({ start: offset, end: offset + line.length, text, quoted, greeting, attribution: attributed });
    offset += line.length + 1;
  }
  return { segment: segment.id, lines };
}

const ofSender = /^(?:差出人|送信者|From)\s*[:：]/;

/** From:, Sent:, To: … on consecutive lines: Outlook's way of quoting. */
const startsHeaderBlock = (lines: readonly string[], index: number): boolean =>
  ofSender.test(lines[index] ?? '') && lines.slice(index + 1, index + 6).filter((line) => headerLine.test(line)).length >= 2;

/** An attribution line is one when what follows is quoted, or is the rest of the mail behind an empty line. */
function followsQuote(lines: readonly string[], index: number): boolean {
  const next = lines.slice(index + 1).find((line) => line.trim() !== '') ?? '';
  return next.trimStart().startsWith('>') || /[:：]\s*$/.test(lines[index] ?? '');
}

/** The line at an offset, or null in a segment without body lines. */
export function lineAt(context: BodyContext | undefined, offset: number): BodyLine | null {
  if (context === undefined) return null;
  const { lines } = context;
  const line = lines[lastStarted(lines.length, (index) => lines[index]?.start ?? 0, offset)];
  return line !== undefined && offset <= line.end ? line : null;
}

/** The last of `count` places in order that starts at or before an offset; -1 when none does. A list of thousands asks once for each entry. */
export function lastStarted(count: number, startOf: (index: number) => number, offset: number): number {
  let [first, last] = [0, count];
  while (first < last) {
    const middle = (first + last) >>> 1;
    if (startOf(middle) <= offset) first = middle + 1;
    else last = middle;
  }
  return first - 1;
}
