import { isBirthDate } from './calendar.ts';
import { digitsOf, isCardNumber, isCorporateNumber, isMyNumber } from './check-digits.ts';
import { arabicDigits } from './kanji-digits.ts';
import { isMailAddress } from './mail-address.ts';
import { isForeignNumber, isPhoneShaped, isPlannedNumber, isWellGrouped } from './phone-plan.ts';

/** What a rule file may name as `validator`: is the matched (normalized) text really such a value? */
export const validators: Readonly<Record<string, (value: string) => boolean>> = {
  'my-number-check-digit': isMyNumber,
  'corporate-number-check-digit': isCorporateNumber,
  'card-number': isCardNumber,
  'phone-plan': isPlannedNumber,
  'phone-grouping': isWellGrouped,
  'phone-shape': isPhoneShaped,
  'foreign-phone': isForeignNumber,
  'birth-date': (value) => isBirthDate(value),
  'mail-domain': isMailAddress,
  'postal-code': (value) => /^(?!000)\d{7}$/.test(digitsOf(arabicDigits(value)).join('')),
  'licence-number': (value) => /^[1-9]\d{11}$/.test(digitsOf(value).join('')),
};

/** Validators that compute a check digit: their success is evidence of its own. */
export const checkDigitValidators: ReadonlySet<string> = new Set(['my-number-check-digit', 'corporate-number-check-digit', 'card-number']);
