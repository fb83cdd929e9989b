/** A run of kanji (々ヶケノ with them) and, behind one space, up to five more letters: `[start, end)` of the text. */
export type KanjiRun = {
  start: number;
  end: number;
  /** A word that stands before names may end in it. */
  hasLead: boolean;
};

const longestBehindGap = 5;
const space = 0x20;
const bits = { han: 1, letter: 2, lead: 4 } as const;
const classes = buildClasses();

function buildClasses(): Uint8Array {
  const table = new Uint8Array(0x10000);
  const han = /[\p{Script=Han}々ヶケノ]/u;
  const letter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々ー]/u;
  const enter = (first: number, last: number): void => {
    for (let unit = first; unit <= last; unit += 1) {
      const character = String.fromCharCode(unit);
      table[unit] = (han.test(character) ? bits.han : 0) | (letter.test(character) ? bits.letter : 0);
    }
  };
  enter(0x2e80, 0x9fff);
  enter(0xf900, 0xfaff);
  enter(0xff66, 0xff9f);
  // The last characters of all words that stand before names, and the space.
  for (const lead of '当者名前役長任務師士部課係室宛社員の兼故亡 ')
    table[lead.charCodeAt(0)] = (table[lead.charCodeAt(0)] ?? 0) | bits.lead;
  return table;
}

/** Finds the next run at or behind `from` and writes it into `run`; false when there is none. A regex takes three times as long and allocates. */
export function nextKanjiRun(text: string, from: number, run: KanjiRun): boolean {
  let at = from;
  while (at < text.length && widthAt(text, at, bits.han) === 0) at += 1;
  if (at >= text.length) return false;
  run.start = at;
  run.hasLead = false;
  for (let width = widthAt(text, at, bits.han); width !== 0; width = widthAt(text, at, bits.han)) {
    at += width;
    if (isLead(text, at - 1) && at < text.length) run.hasLead = true;
  }
  run.end = at;
  if (text.charCodeAt(at) !== space) return true;
  let end = at + 1;
  for (let count = 0; count < longestBehindGap; count += 1) {
    const width = widthAt(text, end, bits.letter);
    if (width === 0) break;
    end += width;
  }
  if (end > at + 1) {
    run.end = end;
    run.hasLead = true;
  }
  return true;
}

/** How many units the character at `at` takes when it is of the class; else 0. */
function widthAt(text: string, at: number, bit: number): number {
  const unit = text.charCodeAt(at);
  if (((classes[unit] ?? 0) & bit) !== 0) return 1;
  // Planes 2 and 3 hold kanji alone.
  return unit >= 0xd840 && unit <= 0xd88d && isLowHalf(text.charCodeAt(at + 1)) ? 2 : 0;
}

const isLowHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
const isLead = (text: string, at: number): boolean => ((classes[text.charCodeAt(at)] ?? 0) & bits.lead) !== 0;
