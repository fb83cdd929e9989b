// Romaji of one spelling, so that Ohtsuka, Otsuka, Ootsuka and オオツカ are one name. Kunrei (ISO 3602) without marks of length.

const vowels = 'aiueo';
const kanaRows: readonly (readonly [string, string])[] = [
  ['アイウエオ', ''],
  ['カキクケコ', 'k'],
  ['ガギグゲゴ', 'g'],
  ['サシスセソ', 's'],
  ['ザジズゼゾ', 'z'],
  ['タチツテト', 't'],
  ['ダヂヅデド', 'z'],
  ['ナニヌネノ', 'n'],
  ['ハヒフヘホ', 'h'],
  ['バビブベボ', 'b'],
  ['パピプペポ', 'p'],
  ['マミムメモ', 'm'],
  ['ラリルレロ', 'r'],
];
const syllables = new Map<string, string>([
  ...kanaRows.flatMap(([row, consonant]) => Array.from(row, (kana, at) => [kana, consonant + vowels.charAt(at)] as const)),
  ['ダ', 'da'],
  ['デ', 'de'],
  ['ド', 'do'],
  ['ヤ', 'ya'],
  ['ユ', 'yu'],
  ['ヨ', 'yo'],
  ['ワ', 'wa'],
  ['ヲ', 'o'],
  ['ン', 'n'],
  ['ヴ', 'bu'],
]);
const small: Readonly<Record<string, string>> = { ャ: 'ya', ュ: 'yu', ョ: 'yo' };

/** Katakana of a name's part → romaji of one spelling; '' when it holds anything else. */
export function romajiOfKana(kana: string): string {
  let romaji = '';
  let doubles = false;
  for (const letter of kana) {
    if (letter === 'ー') continue;
    if (letter === 'ッ') {
      doubles = true;
      continue;
    }
    const glide = small[letter];
    const syllable = syllables.get(letter);
    if (glide !== undefined && romaji.endsWith('i')) romaji = romaji.slice(0, -1) + glide;
    else if (syllable === undefined) return '';
    else romaji += doubles ? syllable.charAt(0) + syllable : syllable;
    doubles = false;
  }
  return withoutLength(romaji);
}

/** A word of Latin letters as people write names, in the same spelling: Hepburn and Kunrei, with or without marks, h or u for a long vowel. */
export function foldRomaji(word: string): string {
  const plain = word
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  const kunrei = plain
    .replaceAll('tch', 'tt')
    .replaceAll(/sh(?=[aueo])/g, 'sy')
    .replaceAll('shi', 'si')
    .replaceAll(/ch(?=[aueo])/g, 'ty')
    .replaceAll('chi', 'ti')
    .replaceAll('tsu', 'tu')
    .replaceAll('fu', 'hu')
    .replaceAll(/jy?(?=[aueo])/g, 'zy')
    .replaceAll('ji', 'zi')
    .replaceAll(/m(?=[bp])/g, 'n')
    .replaceAll(/oh(?![aiueo])/g, 'o');
  return withoutLength(kunrei);
}

const withoutLength = (romaji: string): string => romaji.replaceAll(/o[ou]+/g, 'o').replaceAll(/uu+/g, 'u');
