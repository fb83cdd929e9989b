const kanjiDigits = '〇一二三四五六七八九';
const ten = '十'.charCodeAt(0);
const hundred = '百'.charCodeAt(0);

/** 十四 → 14, 二〇三 → 203, 百二十 → 120. `text`: one to six of 〇一二三四五六七八九十百. */
export function kanjiNumber(text: string): number {
  let total = 0;
  let current = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === ten || unit === hundred) {
      total += Math.max(1, current) * (unit === ten ? 10 : 100);
      current = 0;
    } else current = current * 10 + kanjiDigits.indexOf(text.charAt(index));
  }
  return total + current;
}
