import { allMatches } from '../all-matches.ts';
import type { FoundName } from './found-name.ts';
import { romaji } from './read-name-value.ts';
import { latinThing } from './words.ts';

const word = "[A-Z][A-Za-z'’-]+";
const particle = '(?:de|da|do|dos|del|la|van|von|der|den|bin|binti|al|el)';
/** Two to four words, an initial among them: Beatriz Almeida Costa, Ludwig van den Berg, C OKONKWO. */
const fullName = `[A-Z][A-Za-z'’.-]*(?: (?:${particle} ){0,2}[A-Z][A-Za-z'’.-]*){1,3}`;

/** What forms call a name, up to the value. */
const label =
  /(?:^|[\t[【(|・>■●-]) ?(?:(?:full|guest|passenger|contact|customer|cardholder|lead|your|travell?er|family|given|first|last|applicant|insured|patient|student|employee|payee|beneficiary)?[ _]?(name)|(surname)|passenger|guest|insured|applicant|attn\.?|contact person|participant|travell?er|beneficiary|payee)(?:\(s\))?(?: on (?:the )?card| ?\([a-z ]{2,20}\))?(?:\]|】|\))?(?:[ \t]*[:=\t][ \t]*| {2,}|(?<=[\]】]) |(?<=card) )/gim;
const value = new RegExp(`^(?:${fullName}|[A-Z]{2,20}/[A-Z]{2,20}(?: [A-Z]{2,20})?)(?=[ .]{0,2}(?:$|[(（\\t,|/;]))`);
const oneWord = new RegExp(`^${word}(?: ${word})?(?=[ .]{0,2}(?:$|[(（\\t,|/;]))`);
const isPartLabel = /family|given|first|last|surname/i;

/** LEE/MINJUN MR, as tickets write it. */
const ticket = /(?<![A-Za-z/])([A-Z]{2,20}\/[A-Z]{2,20}(?: [A-Z]{2,20})?) ?(?:MR|MRS|MS|MISS|MSTR|CHD|INF)(?![A-Za-z])/g;
const greeted = new RegExp(
  `(?:^|[\\n> ])(?:Dear|Hi|Hello|Hey),? (?:(?:Mr|Ms|Mrs|Dr|Prof)\\.? ?(?:(?:and|&) (?:Mrs?|Ms)\\.? ?)?)?(${word}(?: ${word}){0,2})(?=[,:.!]| ?(?:\\n|$))`,
  'g',
);
const author = new RegExp(`(?<=^|[\\n,>] ?|[AP]M,? )(?!AM |PM |On )(${word}(?: [A-Z][A-Za-z'’.-]+){1,2}) wrote:`, 'g');
/** Kei Shiratori (白鳥 圭), Saki Hiramatsu | …, AKAGI Mizuho / …, at the beginning of a line. */
const signed =
  /(?<=^|\n)[> ]*([A-Z][A-Za-z]{1,15} [A-Z][A-Za-z]{1,15})(?= ?(?:[(（] ?\p{Script=Han}|[|/] ?[\p{L}]| {1,4}\p{Script=Han}{2,6}(?: \p{Script=Han}{1,4})?(?:\n|$)))/gu;
const spokenOf = new RegExp(
  `\\b(?:call|contact|ask for|reach|[Tt]his is|(name is|named|I am|I'm)) (${word}(?: ${word}){1,2})(?= (?:at|on|by|from|for|or|and|in)\\b|[,.(]|\\n|$)`,
  'g',
);
const spoken = /call|contact|ask for|reach|[Tt]his is|name is|named|I am|I'm/;
const born = new RegExp(`(?<=^|\\n)[> ・-]*(${fullName})(?=,? (?:born|b\\.|DOB|D\\.O\\.B))`, 'g');
const honoured = /(?<![A-Za-z-])([A-Z][a-z]{1,14})-(?:san|sama|sensei|kun)(?![a-z])/g;
/** Kind regards, and below it Kaede, J. Parker, or both. */
const closing = '[Rr]egards|[Ss]incerely(?: yours)?|[Tt]hanks|[Tt]hank you|[Bb]est|[Ww]ishes|[Cc]heers|[Yy]ours';
const closed = new RegExp(
  `(?<=(?:${closing}),?\\n[\\s>]{0,6}(?:${word}\\n[\\s>]{0,6})?)((?:[A-Z]\\. ?){0,2}${word}(?: ${word}){0,2}) *(?=\\n|$)`,
  'g',
);
const alone = /(?<=^|\n)[> ]*([A-Z][a-z]{1,14})[,. ]*(?=\n|$)/g;

/** Whom one greets without knowing: Hi all, Dear customer. */
export const nobody =
  /^(?:Team|Teams|Folks|Everyone|You|Again|In|For|To|From|Our|The|Your|Us|Me|Support|Any|Each|Mr|Ms|Mrs|Dr|Prof|Sirs?|Madam|Ladies|Gentlemen|All|Team|World|Hiring|Human|Editor|Board|Committee|Please|Same|See|No|None|Not|To|One|Two|Three|Four|Everyone|Everybody|There|Both|Valued|(?:Customer|Guest|Colleague|Friend|Member|Partner|Client|Student|Parent|Traveller|Traveler|Passenger|Applicant|Candidate|Supplier|User|Staff)s?)\b/;

/**
 * Names in Latin letters that labels, greetings, signatures, tickets and sentences in English give away, anywhere in a text; and the words of a
 * full name, each alone in its line, as people sign.
 */
export function findLatinNames(text: string): readonly FoundName[] {
  if (!/[A-Z]/.test(text)) return [];
  const found: FoundName[] = [];
  findLabelled(text, found);
  if (text.includes('/')) take(text, ticket, found, 0.92, () => true);
  if (/Dear|H(?:i|ello|ey)/.test(text)) take(text, greeted, found, 0.88, (name) => !nobody.test(name));
  if (text.includes(' wrote:')) take(text, author, found, 0.9, () => true);
  take(text, signed, found, 0.88, isJapanese);
  for (const match of spoken.test(text) ? allMatches(text, spokenOf) : []) {
    const [whole, isIntroduction, name = ''] = match;
    if (isIntroduction === undefined && !isJapanese(name)) continue;
    push(found, match.index + whole.lastIndexOf(name), name, 0.85);
  }
  if (/born|b\.|D\.?O/.test(text)) take(text, born, found, 0.88, () => true);
  if (/-(?:s[ae]|kun)/.test(text)) take(text, honoured, found, 0.88, () => true);
  if (/(?:egards|incerely|anks|ank you|est|ishes|heers|ours)/.test(text)) take(text, closed, found, 0.85, (name) => !nobody.test(name));
  const parts = new Set(found.flatMap(({ start, end, full }) => (full ? text.slice(start, end).split(/[ /]/) : [])));
  if (parts.size > 0) take(text, alone, found, 0.85, (name) => parts.has(name));
  return found;
}

function findLabelled(text: string, found: FoundName[]): void {
  for (const match of allMatches(text, label)) {
    const start = match.index + match[0].length;
    const newline = text.indexOf('\n', start);
    const rest = text.slice(start, Math.min(newline === -1 ? text.length : newline, start + 60));
    const name = (isPartLabel.test(match[0]) ? oneWord : value).exec(rest)?.[0];
    if (name !== undefined && !nobody.test(name)) push(found, start, name, 0.9);
  }
}

function take(text: string, pattern: RegExp, found: FoundName[], confidence: number, isName: (name: string) => boolean): void {
  for (const match of allMatches(text, pattern)) {
    const name = match[1] ?? '';
    if (isName(name)) push(found, match.index + match[0].indexOf(name), name, confidence);
  }
}

function push(found: FoundName[], start: number, name: string, confidence: number): void {
  if (latinThing.test(name) || latinThing.test(capitalised(name))) return;
  const full = /[ /]/.test(name);
  found.push({ start, end: start + name.length, confidence, evidence: 'context-word', full, strong: full });
}

const capitalised = (name: string): string => name.replaceAll(/[A-Z]+/g, (part) => part.charAt(0) + part.slice(1).toLowerCase());
const isJapanese = (name: string): boolean => name.split(' ').every((part) => romaji.test(part));
