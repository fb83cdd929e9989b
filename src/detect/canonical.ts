import { compact, respell, toKatakana } from '../normalize/index.ts';
import { isoDateOf } from './validators/calendar.ts';
import { arabicDigits } from './validators/kanji-digits.ts';
import { plainMailAddress } from './validators/mail-address.ts';
import { nationalDigits } from './validators/phone-plan.ts';

/** National digits: `+81 (0)90-1234-5678` → `09012345678`. An extension (内線) is dropped. */
export function canonicalPhone(text: string): string {
  return nationalDigits(respell(text));
}

/** Lower case, without a plus-tag and white space, `(at)`, `(dot)` and their like resolved: plus-addresses equal their base. */
export function canonicalEmail(text: string): string {
  const plain = (/^[\w.+-]+@[\w.-]+$/.test(text) ? text : plainMailAddress(respell(text))).toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at === -1) return plain;
  const local = plain.slice(0, at);
  const plus = local.indexOf('+');
  return (plus > 0 ? local.slice(0, plus) : local) + plain.slice(at);
}

/** `YYYY-MM-DD` of a Western or era date; the compacted text when it is no date. */
export function canonicalDate(text: string): string {
  return isoDateOf(respell(text)) ?? compact(text);
}

/** Seven digits. */
export function canonicalPostalCode(text: string): string {
  return canonicalDigits(arabicDigits(respell(text)));
}

/** The digits alone, full-width ones included. */
export function canonicalDigits(text: string): string {
  return respell(text).replaceAll(/[^0-9]/g, '');
}

/** Upper case without white space: `c0042` and `Ｃ００４２` are `C0042`. */
export function canonicalCustomerId(text: string): string {
  return compact(text).toUpperCase();
}

/** Letters and digits alone, upper case: passports, residence cards, health insurance. */
export function canonicalCode(text: string): string {
  return respell(text)
    .replaceAll(/[^0-9A-Za-z]/g, '')
    .toUpperCase();
}

const isJapaneseName = /^[ \u3005\u3006\u3041-\u3096\u30A1-\u30FA\u30FC\u4E00-\u9FFF]*$/;

/** Variants folded, no spaces, no ・; Latin letters upper case, so that the caller may compare as they are. */
export function canonicalName(text: string): string {
  // Every mail asks for hundreds, and most have neither letters nor other spaces.
  if (isJapaneseName.test(text)) return respell(text).replaceAll(' ', '');
  return compact(text).replaceAll(/[・･]/gu, '').toUpperCase();
}

/** Katakana without spaces and ・: さとう けんいち → サトウケンイチ. */
export function canonicalKana(text: string): string {
  return toKatakana(canonicalName(text));
}

/** What a rule file may name as `canonical`. */
export const canonicalForms: Readonly<Record<string, (text: string) => string>> = {
  phone: canonicalPhone,
  email: canonicalEmail,
  date: canonicalDate,
  postal_code: canonicalPostalCode,
  digits: canonicalDigits,
  customer_id: canonicalCustomerId,
  code: canonicalCode,
  text: compact,
};
