import type { ShownFinding } from '../../inspect/index.ts';
import { maskedId, visible } from './format.ts';

/** A run of mail text as the page shows it: already masked and with control characters written out. */
export type Piece = { readonly text: string; readonly marked: boolean };

/** What a supervisor may see of a value. The number of dots is fixed, so that it does not tell the length. */
export function maskValue(type: string, value: string): string {
  const shown = visible(value).replace(/\s+/g, ' ');
  const digits = value.normalize('NFKC').replace(/\D/g, '');
  switch (type) {
    case 'person_name':
    case 'corporate_number':
      return shown;
    case 'customer_id':
      return maskedId(shown);
    case 'phone':
      return `${/^0[5789]0/.test(digits) ? digits.slice(0, 3) : '0•'}-••••-••${digits.slice(-2)}`;
    case 'credit_card':
      return `•••• •••• •••• ${digits.slice(-4)}`;
    case 'my_number':
      return '••••••••••••';
    case 'email':
      return `${shown.slice(0, 1)}••••@${shown.slice(shown.lastIndexOf('@') + 1)}`;
    case 'address':
      return `${/^(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)?.{1,6}?[市区町村]/u.exec(shown)?.[0] ?? ''}••••`;
    case 'birth_date':
      return '••••年•月•日';
    case 'postal_code':
      return '•••-••••';
    default:
      return '••••••••';
  }
}

/** What stands for each masked value. `lengths` are those of the values, so that a list of ten thousand people is searched in one pass. */
export type Secrets = { readonly masked: ReadonlyMap<string, string>; readonly lengths: readonly number[] };
const shortestSecret = 4;

/** The values that are masked, to be masked wherever else they stand (file names, subject, quoted text the detectors passed over). */
export function secretsOf(findings: readonly ShownFinding[]): Secrets {
  const masked = new Map<string, string>();
  for (const { type, text } of findings) {
    const shown = maskValue(type, text);
    if (shown !== visible(text).replace(/\s+/g, ' ') && text.length >= shortestSecret) masked.set(text, shown);
  }
  return { masked, lengths: [...new Set(Array.from(masked.keys(), ({ length }) => length))] };
}

type Range = { readonly start: number; readonly end: number; readonly shown: string; readonly secret: boolean };

/** Text in pieces, findings marked and masked. Overlapping ranges become one, wholly masked as soon as one of them is secret. */
export function piecesOf(text: string, findings: readonly ShownFinding[], secrets: Secrets): readonly Piece[] {
  const ranges = [...rangesOfFindings(text, findings), ...rangesOfSecrets(text, secrets)].toSorted(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  const pieces: Piece[] = [];
  let at = 0;
  for (const range of merge(ranges)) {
    if (range.start > at) pieces.push({ text: visible(text.slice(at, range.start)), marked: false });
    pieces.push({ text: range.shown, marked: true });
    at = range.end;
  }
  if (at < text.length) pieces.push({ text: visible(text.slice(at)), marked: false });
  return pieces;
}

/** The same as one string, for file names and subjects. */
export const maskText = (text: string, secrets: Secrets): string =>
  piecesOf(text, [], secrets)
    .map((piece) => piece.text)
    .join('');

function rangesOfFindings(text: string, findings: readonly ShownFinding[]): Range[] {
  return findings.map(({ type, segmentStart, segmentEnd }) => {
    const value = text.slice(segmentStart, segmentEnd);
    const shown = maskValue(type, value);
    return { start: segmentStart, end: segmentEnd, shown, secret: shown !== visible(value).replace(/\s+/g, ' ') };
  });
}

function rangesOfSecrets(text: string, { masked, lengths }: Secrets): Range[] {
  const ranges: Range[] = [];
  for (const length of lengths)
    for (let start = 0; start + length <= text.length; start += 1) {
      const shown = masked.get(text.slice(start, start + length));
      if (shown !== undefined) ranges.push({ start, end: start + length, shown, secret: true });
    }
  return ranges;
}

function merge(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last === undefined || range.start >= last.end) merged.push(range);
    else if (range.end > last.end) merged[merged.length - 1] = { start: last.start, end: range.end, shown: '••••••••', secret: true };
    else if (range.secret && !last.secret) merged[merged.length - 1] = { ...last, shown: '••••••••', secret: true };
  }
  return merged;
}
