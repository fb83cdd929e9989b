import { nobody } from './find-latin-names.ts';
import { cued, takeAll, type FoundName } from './found-name.ts';
import { romaji } from './read-name-value.ts';
import { latinThing } from './words.ts';

const word = "[A-ZÀ-Þ][A-Za-zÀ-ž'’-]+";
const addressed = new RegExp(`(?<![A-Za-z])(${word}(?: [A-ZÀ-Þ][A-Za-zÀ-ž'.-]*){1,3}) ?(?:様|さま|さん|氏|殿)`, 'g');
const addressedAlone = /(?<![A-Za-z] ?)([A-Z][A-Za-z]{2,}) ?(?:さん|氏|先生)/g;
const titled = new RegExp(`(?<![A-Za-z])(?:Mr|Ms|Mrs|Dr)\\.? ((?:[A-Z]\\. ?)?${word}(?: ${word})?)`, 'g');
/** Tanaka san; with a hyphen anybody is called so, and find-latin-names finds him. */
const honoured = /(?<![A-Za-z])([A-Z][a-z]{2,12}) (?:san|sama|sensei|kun)(?![A-Za-z])/g;
/** Kenji Morita (Mr.) */
const withTitle = new RegExp(`(?<![A-Za-z])(${word}(?: [A-ZÀ-Þ][A-Za-zÀ-ž'.-]*){1,3}) ?\\((?:Mr|Ms|Mrs|Dr)\\.?\\)`, 'g');
/** A signature in Latin letters: a line of nothing but two words of Japanese syllables, before 黒木 あゆみ or a telephone number perhaps. */
const syllables =
  /^[> ]*([A-Z][a-z]{2,11} [A-Z][a-z]{2,11}) ?(?=$|\/ ?[\p{Script=Han}々]{1,4} |\(?(?:TEL|Tel|tel|T|M)?[:. ]{0,2}0[0-9]{1,3}-)/u;
/** M. Tsukamoto, alone on its line; A. Summary is a heading. */
const initialAlone = /^[> ]*([A-Z]\. ?[A-Z][a-z]{2,12}(?: [A-Z][a-z]{2,12})?) ?$/g;
const thanked = new RegExp(`(?:^|[\\s>])(?:Thanks|Thank you|Regards|Best|Cheers|Sincerely|Yours),? (${word}(?: ${word})?)(?=!|\\.?$)`, 'g');
const introduced = new RegExp(
  `(?:this is|contact|attention|attn:?|c/o|ask for|reply to|report to) (?:Mr\\.? |Ms\\.? )?(${word}(?: ${word})?)(?=[ ,.(:]|$)`,
  'gi',
);
/** ZHANG WEI、NGUYEN THI HOA: a list of names in capitals. */
const capitals = /(?<![A-Z])([A-Z]{2,}(?: [A-Z]{2,}){1,3})(?=[、,] ?[A-Z]{2,} [A-Z]|$|[、。])/g;
const capitalList = /[A-Z]{2,} [A-Z]{2,}[、,] ?[A-Z]{2,} [A-Z]{2,}/;
const isPerson = (name: string): boolean => !latinThing.test(name) && !nobody.test(name) && !/^[A-Z]+$/.test(name);

/** Names in Latin letters that titles, greetings, sign-offs or a line of their own give away; what goes over lines is for find-latin-names. */
export function findLatinInLine(line: string, found: FoundName[]): void {
  if (/[MD][rs]/.test(line)) takeAll(line, titled, found, 0.9, () => true);
  takeAll(line, honoured, found, 0.9, (name) => romaji.test(name));
  if (/\([MD]/.test(line)) takeAll(line, withTitle, found, 0.9, (name) => !latinThing.test(name));
  const [whole = '', name = ''] = syllables.exec(line) ?? [];
  if (name !== '' && !latinThing.test(name) && name.split(' ').every((part) => romaji.test(part)))
    found.push(cued(whole.indexOf(name), whole.indexOf(name) + name.length, 0.85, true));
  takeAll(line, initialAlone, found, 0.84, (text) => romaji.test(text.slice(2).trim().replaceAll(' ', '')));
  if (/Thank|Regards|Best|Cheers|Sincerely|Yours/.test(line)) takeAll(line, thanked, found, 0.86, isPerson);
  if (/is|ontact|tt|c\/o|k for|to/.test(line)) takeAll(line, introduced, found, 0.84, (text) => /^[A-ZÀ-Þ]/.test(text) && isPerson(text));
  if (capitalList.test(line)) takeAll(line, capitals, found, 0.84, (text) => !isHeading(text));
}

/** Names in Latin letters before 様 and さん. */
export function findAddressedInLatin(line: string, found: FoundName[]): void {
  takeAll(line, addressed, found, 0.95, (name) => !latinThing.test(name));
  takeAll(line, addressedAlone, found, 0.85, (name) => !latinThing.test(name) && !/^[A-Z]{2,}$/.test(name));
}

const isHeading = (text: string): boolean =>
  latinThing.test(text.replaceAll(/[A-Z]+/g, (part) => part.charAt(0) + part.slice(1).toLowerCase()));
