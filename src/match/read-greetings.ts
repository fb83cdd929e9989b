import { canonicalName, type DetectionLists } from '../detect/index.ts';
import type { Location, TextSegment } from '../extract/index.ts';
import { canonicalCompany, splitName, surnameOf } from './index-fields.ts';
import { isFullName, type Item } from './items.ts';
import type { BodyContext, BodyLine } from './read-context.ts';

/** Whom the newly written text speaks to. `words`: of the name, as it is written; `companies`: words of the greeting that may be a company's name, canonical. */
export type Greeting = {
  readonly name: string;
  readonly surname: string;
  readonly words: readonly string[];
  readonly isFull: boolean;
  readonly companies: readonly string[];
  readonly place: Location;
  readonly item: Item;
};

const greetingEnd = /^\s?(?:様|さま|殿|先生|氏|さん)/;
const toEverybody = /各位|皆様|皆さま|みなさま|お客様各位/;

/** The persons greeted in the first lines of a body: name and 様 at the end of what the line says, companies and departments before it. */
export function readGreetings(
  items: readonly Item[],
  bodies: readonly BodyContext[],
  segments: readonly TextSegment[],
  lists: DetectionLists,
): readonly Greeting[] {
  const greetings: Greeting[] = [];
  for (const { segment, lines } of bodies) {
    const text = segments[segment]?.text ?? '';
    const words: string[] = [];
    let seen = 0;
    for (const line of lines.filter((candidate) => candidate.greeting)) {
      const named = items.filter(
        (item) =>
          item.detection.segment === segment &&
          item.detection.type === 'person_name' &&
          item.at >= line.start &&
          item.at < line.end &&
          greetingEnd.test(text.slice(item.detection.end, item.detection.end + 4).normalize('NFKC')),
      );
      if (toEverybody.test(line.text)) break;
      // A sentence is no greeting; and after one only another addressee or a Cc line may follow.
      const isSentence = /[。!?！？]|ます|です|ください/.test(line.text) || line.text.length > 50;
      if (isSentence || saysMore(named, line, text)) break;
      words.push(...companyWords(line.text));
      for (const item of named) {
        const surname = surnameOf(item.text, lists) || canonicalName(item.text);
        greetings.push({
          name: canonicalName(item.text),
          surname: canonicalName(surname),
          words: splitName(item.text).map(canonicalName),
          isFull: isFullName(item.text, lists),
          companies: [...words],
          place: item.location,
          item,
        });
      }
      seen += 1;
      if (seen > 7 || (greetings.length > 0 && named.length === 0 && !/御中|^\(?cc|部|課|株式会社|様/i.test(line.text))) break;
    }
  }
  return greetings;
}

/** Behind the last 様 of a greeting only a title, a bracket or another addressee may stand; 「渡邊 恵様 06-5550-7781」 is about somebody. */
function saysMore(named: readonly Item[], line: BodyLine, text: string): boolean {
  const last = named.at(-1);
  if (last === undefined) return false;
  const behind = text.slice(last.detection.end, line.end).normalize('NFKC').trim();
  return !/^(?:様|さま|殿|先生|氏|さん)(?:方|がた|へ|宛|あて|行|分)?[\s、,.・:()/-]*(?:\(?(?:cc|bcc)\b.*|[^\s0-9@]{0,24}(?:様|さま|殿|先生|各位|御中|さん|一同|部|課|室|係|担当|\)))?[\s、,.:)]*$/i.test(
    behind,
  );
}

const companyWords = (line: string): string[] =>
  line
    .split(/[\s、,()「」・:/|]+/)
    .map((word) => canonicalCompany(word.replace(/(?:様|御中|さま|殿)$/, '')))
    .filter((word) => word.length >= 2);
