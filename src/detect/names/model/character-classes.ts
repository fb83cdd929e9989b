/** What kind of character a UTF-16 unit of normalized text is; a run of one kind is the nearest thing to a word that Japanese shows. */
export const kinds = {
  other: 0,
  space: 1,
  digit: 2,
  upper: 3,
  lower: 4,
  hiragana: 5,
  katakana: 6,
  kanji: 7,
  punctuation: 8,
  opening: 9,
  closing: 10,
  middleDot: 11,
  outside: 12,
} as const;

const table = buildTable();

/** The kind of a code unit, one look-up. */
export const kindOf = (unit: number): number => table[unit] ?? kinds.other;

function buildTable(): Uint8Array {
  const made = new Uint8Array(0x10000);
  const range = (first: number, last: number, kind: number): void => void made.fill(kind, first, last + 1);
  range(0x30, 0x39, kinds.digit);
  range(0x41, 0x5a, kinds.upper);
  range(0x61, 0x7a, kinds.lower);
  range(0xc0, 0xde, kinds.upper);
  range(0xdf, 0x24f, kinds.lower);
  range(0x3041, 0x309f, kinds.hiragana);
  range(0x30a1, 0x30ff, kinds.katakana);
  range(0x3400, 0x9fff, kinds.kanji);
  range(0xf900, 0xfaff, kinds.kanji);
  range(0xd800, 0xdfff, kinds.kanji); // halves of rare kanji; emoji are rarer still in text that names people
  for (const unit of '々〆〇') made[unit.charCodeAt(0)] = kinds.kanji;
  for (const unit of ' \t\u3000') made[unit.charCodeAt(0)] = kinds.space;
  for (const unit of '、。,.!?:;…') made[unit.charCodeAt(0)] = kinds.punctuation;
  for (const unit of '([{<「『【〈《“"\'') made[unit.charCodeAt(0)] = kinds.opening;
  for (const unit of ')]}>」』】〉》”') made[unit.charCodeAt(0)] = kinds.closing;
  made['・'.charCodeAt(0)] = kinds.middleDot;
  return made;
}
