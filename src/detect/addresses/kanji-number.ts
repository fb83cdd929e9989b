const kanjiDigits = '〇一二三四五六七八九';

/** 十四 → 14, 二〇三 → 203, 百二十 → 120. `text`: one to six of 〇一二三四五六七八九十百. */
export function kanjiNumber(text: string): number {
  if (!/[十百]/.test(text)) return Number(Array.from(text, (character) => kanjiDigits.indexOf(character)).join(''));
  let total = 0;
  let current = 0;
  for (const character of text) {
    if (character === '百' || character === '十') {
      total += Math.max(1, current) * (character === '百' ? 100 : 10);
      current = 0;
    } else current = current * 10 + kanjiDigits.indexOf(character);
  }
  return total + current;
}
