import { defaultThreshold, detect, reportableConfidence, type Detectors, type Lexicon } from '../../src/detect/index.ts';
import { segmentOf } from '../unit/detect/segments.ts';

export type Score = { right: number; wrong: number; missed: number };
type Span = { readonly type: string; readonly start: number; readonly end: number };

const nobody: Lexicon = {
  staffNames: [],
  customerIdPattern: null,
  nameThreshold: defaultThreshold,
  isCustomerName: () => false,
  isFirm: () => false,
  isCustomerId: () => false,
};

/** The text of a mail whose data are marked `[[type value]]`, and where they stand in it. */
export function readMarked(marked: string): { readonly text: string; readonly spans: readonly Span[] } {
  const spans: Span[] = [];
  let text = '';
  let at = 0;
  for (const match of marked.matchAll(/\[\[([a-z_]+) ([\s\S]*?)\]\](?!\])/g)) {
    text += marked.slice(at, match.index);
    const value = match[2] ?? '';
    spans.push({ type: match[1] ?? '', start: text.length, end: text.length + value.length });
    text += value;
    at = match.index + match[0].length;
  }
  return { text: text + marked.slice(at), spans };
}

/** By type, what is found (sharing a character with the marked span) and what else; each error as `missed|wrong type text | its line`. */
export function scoreMail(
  mails: readonly string[],
  detectors: Detectors,
): { readonly byType: ReadonlyMap<string, Score>; readonly errors: readonly string[] } {
  const byType = new Map<string, Score>();
  const errors: string[] = [];
  const scoreOf = (type: string): Score => {
    const score = byType.get(type) ?? { right: 0, wrong: 0, missed: 0 };
    byType.set(type, score);
    return score;
  };
  for (const mail of mails) {
    const { text, spans } = readMarked(mail);
    const lineOf = ({ start, end }: Span): string => text.slice(text.lastIndexOf('\n', start - 1) + 1, end + 16).replaceAll('\n', '⏎');
    const found = detect([segmentOf(text)], detectors, nobody).detections.filter(
      ({ type, confidence }) => confidence >= reportableConfidence && type !== 'corporate_number',
    );
    for (const span of spans) {
      if (found.some((one) => one.type === span.type && one.start < span.end && span.start < one.end)) scoreOf(span.type).right += 1;
      else {
        scoreOf(span.type).missed += 1;
        errors.push(`missed ${span.type} ${text.slice(span.start, span.end)} | ${lineOf(span)}`);
      }
    }
    for (const one of found) {
      if (spans.some((span) => one.type === span.type && one.start < span.end && span.start < one.end)) continue;
      scoreOf(one.type).wrong += 1;
      errors.push(`wrong ${one.type} ${text.slice(one.start, one.end)} | ${lineOf(one)}`);
    }
  }
  return { byType, errors };
}
