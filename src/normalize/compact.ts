import { respell } from './normalize.ts';
import { variantKanji } from './variant-kanji.ts';

const isComposed = /^[\0-\x7F\u3001-\u301F\u3041-\u3096\u30A1-\u30FC\u4E00-\u9FFF]*$/;

/** NFKC. Most names and lines hold nothing that it changes, and to see that costs a fraction of asking for it. */
export const composed = (text: string): string => (isComposed.test(text) ? text : text.normalize('NFKC'));

/** Old and variant kanji in their one standard shape (髙→高, 邉→辺); everything else as it is. */
export function foldVariants(text: string): string {
  let folded = '';
  for (const character of text.normalize('NFKC')) folded += variantKanji.get(character) ?? character;
  return folded;
}

/** Hiragana as katakana (さとう → サトウ), half-width kana as full-width; other characters unchanged. */
export function toKatakana(text: string): string {
  return composed(text).replace(/[\u3041-\u3096\u309D\u309E]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

/** Normalized text without any white space: the form in which values are compared. */
export function compact(text: string): string {
  return respell(text).replaceAll(/\s+/gu, '');
}
