import { isBirthDate } from './calendar.ts';
import { digitText, endsWithLuhn, endsWithModulus11, isCardNumber, isCorporateNumber, isMyNumber } from './check-digits.ts';
import { arabicDigits } from './kanji-digits.ts';
import { isMailAddress } from './mail-address.ts';
import { isForeignNumber, isPhoneShaped, isPlannedNumber, isWellGrouped } from './phone-plan.ts';

/** What a rule file may name as `validator`: is the matched (normalized) text really such a value? */
export const validators: Readonly<Record<string, (value: string) => boolean>> = {
  'my-number-check-digit': isMyNumber,
  'corporate-number-check-digit': isCorporateNumber,
  'card-number': isCardNumber,
  luhn: endsWithLuhn,
  'modulus-11': endsWithModulus11,
  'phone-plan': isPlannedNumber,
  'phone-grouping': isWellGrouped,
  'phone-shape': isPhoneShaped,
  'foreign-phone': isForeignNumber,
  'birth-date': (value) => isBirthDate(value),
  'mail-domain': isMailAddress,
  'postal-code': (value) => /^(?!000)\d{7}$/.test(digitText(arabicDigits(value))),
  'licence-number': (value) => /^[1-9]\d{11}$/.test(digitText(value)),
};

/** Validators that compute a check digit: their success is evidence of its own. */
export const checkDigitValidators: ReadonlySet<string> = new Set([
  'my-number-check-digit',
  'corporate-number-check-digit',
  'card-number',
  'luhn',
  'modulus-11',
]);

/** How many digits a value has at least that the validator accepts, when it is written in Arabic digits alone. */
export const digitsOfValidator: Readonly<Record<string, number>> = {
  'my-number-check-digit': 12,
  'corporate-number-check-digit': 13,
  'card-number': 13,
  luhn: 4,
  'modulus-11': 4,
  'phone-plan': 10,
  'phone-grouping': 10,
  'phone-shape': 10,
  'postal-code': 7,
  'licence-number': 12,
};
