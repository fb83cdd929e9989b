const letter = /\p{L}/u;
const twoLetters = /\p{L}{2}/u;
const firstHalf = 0xd800;
const lastHalf = 0xdfff;

/** 1: a letter of any script; asked a thousand times a mail, and `\p{L}` is a search among hundreds of ranges. */
const isLetter = new Uint8Array(0x10000);
for (let unit = 0x41; unit < 0x10000; unit += 1) if (letter.test(String.fromCharCode(unit))) isLetter[unit] = 1;

/** True when two letters stand side by side. */
export function hasTwoLetters(text: string): boolean {
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // Letters beyond U+FFFF are rare: the long way round.
    if (unit >= firstHalf && unit <= lastHalf) return twoLetters.test(text);
    const own = isLetter[unit] ?? 0;
    if ((own & before) === 1) return true;
    before = own;
  }
  return false;
}
