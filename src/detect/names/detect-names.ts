import type { RuleId } from '../../core/index.ts';
import type { NormalizedText } from '../../normalize/index.ts';
import { canonicalName } from '../canonical.ts';
import type { Detection, Lexicon } from '../detection.ts';
import { findKanjiNames, findLabelledNames, findOtherNames, readNameValue, type FoundName } from './find-names.ts';
import { knownNames, type KnownNames, type NameLists } from './name-lists.ts';
import { columnHeader } from './words.ts';

const rule = 'person-name' as RuleId;
type Located = FoundName & { readonly segment: NormalizedText };

/** Person names by lists, cues, labels, columns and display names; a name that is sure once is found again wherever it stands in the mail. */
export function detectNames(segments: readonly NormalizedText[], lists: NameLists, lexicon: Lexicon): readonly Detection[] {
  const known = knownNames(lists, lexicon);
  const found: Located[] = segments.flatMap((segment) => dropOverlaps(findIn(segment, known)).map((name) => ({ ...name, segment })));
  const sure = new Set(
    found.filter((name) => name.full && name.strong).map((name) => canonicalName(name.segment.text.slice(name.start, name.end))),
  );
  const again = segments.flatMap((segment) => findAgain(segment, sure));
  const bySegment = new Map<NormalizedText, FoundName[]>();
  for (const { segment, ...name } of [...found, ...again]) {
    const group = bySegment.get(segment);
    if (group === undefined) bySegment.set(segment, [name]);
    else group.push(name);
  }
  return [...bySegment].flatMap(([segment, names]) => dropOverlaps(names).map((name) => toDetection(segment, name)));
}

function findIn(segment: NormalizedText, known: KnownNames): FoundName[] {
  const { text, source } = segment;
  const kanji = findKanjiNames(text, known);
  const names = [...kanji, ...findLabelledNames(text, known), ...findOtherNames(text, known, kanji)];
  if (source.grid !== null || text.includes('\t')) for (const name of findInColumns(text, known)) names.push(name);
  if (source.location.in === 'header' && source.location.name !== 'subject' && source.location.name !== 'other')
    names.push(...findDisplayNames(text, known));
  for (const match of text.matchAll(/(?:^|\n)[> ]*(?:差出人|送信者|From|宛先|To|CC|Cc)[:：] ?([^\n]{1,400})/g)) {
    const at = match.index + match[0].length - (match[1] ?? '').length;
    names.push(...findDisplayNames(match[1] ?? '', known).map((name) => ({ ...name, start: name.start + at, end: name.end + at })));
  }
  // 2026年10月3日(土) 14:22 佐藤健一 <k@…>:
  for (const match of text.matchAll(/[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ ,、に]{0,3}([^<\n]{1,30}?) ?<[^>\n]+@[^>\n]+>/g)) {
    const value = match[1] ?? '';
    const at = match.index + match[0].indexOf(value, 4);
    names.push(...readNameValue(value, known).map((name) => ({ ...name, start: name.start + at, end: name.end + at })));
  }
  return names;
}

/** `"佐藤 花子" <h@…>, Taro Yamada <t@…>` */
function findDisplayNames(text: string, known: KnownNames): FoundName[] {
  const names: FoundName[] = [];
  for (const match of text.matchAll(/(?:^|[,;] ?)"?([^"<>,;@]{2,40}?)"? ?</g)) {
    const value = match[1] ?? '';
    const at = match.index + match[0].indexOf(value);
    names.push(...readNameValue(value, known).map((name) => ({ ...name, start: name.start + at, end: name.end + at })));
  }
  return names;
}

/** Cells under a header that names people. */
function findInColumns(text: string, known: KnownNames): FoundName[] {
  const names: FoundName[] = [];
  let columns: readonly boolean[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const cells = line.split('\t');
    const headers = cells.map((cell) => columnHeader.test(cell.replaceAll(' ', '')));
    if (headers.some(Boolean) && cells.length > 1) columns = headers;
    else if (cells.length < 2) columns = [];
    else {
      let at = offset;
      for (const [index, cell] of cells.entries()) {
        if (columns[index] === true)
          names.push(
            ...readNameValue(cell, known).map((name) => ({
              ...name,
              start: name.start + at,
              end: name.end + at,
              evidence: 'column-header' as const,
            })),
          );
        at += cell.length + 1;
      }
    }
    offset += line.length + 1;
  }
  return names;
}

/** Names found for sure, wherever else they stand, with or without spaces. Cost follows the text's length, however many names there are. */
function findAgain(segment: NormalizedText, sure: ReadonlySet<string>): Located[] {
  const found: Located[] = [];
  const firsts = new Set(Array.from(sure, (name) => name[0]));
  let longest = 0;
  for (const name of sure) longest = Math.max(longest, Math.min(name.length, maxNameLength));
  for (let at = 0; at < segment.text.length; at += 1) {
    if (!firsts.has(segment.text[at]?.toUpperCase())) continue;
    const end = endOfName(segment.text, at, longest, sure);
    if (end !== -1) found.push({ start: at, end, confidence: 0.9, evidence: 'seen-elsewhere', full: true, strong: false, segment });
  }
  return found;
}

const maxNameLength = 24;

/** The end of the longest sure name that begins at `at`, single spaces and ・ inside it passed over; -1 when there is none. */
function endOfName(text: string, at: number, longest: number, sure: ReadonlySet<string>): number {
  let name = '';
  let end = -1;
  for (let index = at; index < text.length && name.length < longest; index += 1) {
    const character = text.charAt(index);
    if (character === '\n') break;
    if (character === ' ' || character === '・') continue;
    name += character.toUpperCase();
    if (name.length >= 3 && sure.has(name)) end = index + 1;
  }
  return end;
}

/** Of names that share text the surer stays, then the longer. */
function dropOverlaps(names: readonly FoundName[]): FoundName[] {
  const kept: FoundName[] = [];
  for (const name of names.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || name.start >= last.end) kept.push(name);
    else if (
      name.end - name.start > last.end - last.start ||
      (name.end - name.start === last.end - last.start && name.confidence > last.confidence)
    )
      kept[kept.length - 1] = name;
  }
  return kept;
}

const toDetection = (segment: NormalizedText, name: FoundName): Detection => ({
  type: 'person_name',
  rule,
  segment: segment.source.id,
  start: segment.map[name.start] ?? 0,
  end: segment.map[name.end] ?? segment.source.text.length,
  confidence: name.confidence,
  evidence: [name.evidence],
  canonical: canonicalName(segment.text.slice(name.start, name.end)),
});
