/** The digits of `text` as numbers, everything else dropped. */
export function digitsOf(text: string): readonly number[] {
  const digits: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit >= 0 && digit <= 9) digits.push(digit);
  }
  return digits;
}

/** The same as text. */
export function digitText(text: string): string {
  let digits = '';
  for (let at = 0; at < text.length;) {
    let end = at;
    while (text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end += 1;
    if (end > at) digits += text.slice(at, end);
    at = end + 1;
  }
  return digits;
}

/** 個人番号: 11 digits and a check digit, 行政手続における特定の個人を識別するための番号の利用等に関する法律施行令 §8, 総務省令第85号 §5. */
export function isMyNumber(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.length !== 12 || digits.every((digit) => digit === digits[0])) return false;
  return digits[11] === myNumberCheckDigit(digits.slice(0, 11));
}

/** P_n is the n-th digit from the right, Q_n = n + 1 up to n = 6, then n - 5; 11 - (ΣPQ mod 11), 0 where that is above 9. */
export function myNumberCheckDigit(body: readonly number[]): number {
  const sum = body.toReversed().reduce((total, digit, index) => total + digit * (index < 6 ? index + 2 : index - 4), 0);
  const remainder = sum % 11;
  return remainder <= 1 ? 0 : 11 - remainder;
}

/** 法人番号: a check digit and 12 digits, 法人番号の指定等に関する省令 §2. */
export function isCorporateNumber(text: string): boolean {
  const digits = digitsOf(text);
  return digits.length === 13 && digits[0] === corporateCheckDigit(digits.slice(1));
}

/** 9 - (ΣPQ mod 9), Q = 1 for odd and 2 for even places from the right. */
export function corporateCheckDigit(body: readonly number[]): number {
  const sum = body.toReversed().reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 2), 0);
  return 9 - (sum % 9);
}

/** The check digit of payment cards, ISO/IEC 7812-1 annex B (Luhn). */
export function luhnCheckDigit(body: readonly number[]): number {
  const sum = body.toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** A number of any issuer whose last digit is Luhn's: cards of members and points, IMEI. Equal digits are nobody's number. */
export function endsWithLuhn(text: string): boolean {
  const digits = digitsOf(text);
  return isLongEnough(digits) && digits.at(-1) === luhnCheckDigit(digits.slice(0, -1));
}

/** モジュラス11 ウェイト2〜7: weights 2, 3 … 7, 2 … from the right; 11 - (sum mod 11), 0 where that is above 9. */
export function modulus11CheckDigit(body: readonly number[]): number {
  const remainder = body.toReversed().reduce((total, digit, index) => total + digit * ((index % 6) + 2), 0) % 11;
  return remainder <= 1 ? 0 : 11 - remainder;
}

/** A number whose last digit is that of モジュラス11: account and member numbers of many Japanese systems. */
export function endsWithModulus11(text: string): boolean {
  const digits = digitsOf(text);
  return isLongEnough(digits) && digits.at(-1) === modulus11CheckDigit(digits.slice(0, -1));
}

const isLongEnough = (digits: readonly number[]): boolean => digits.length >= 4 && digits.some((digit) => digit !== digits[0]);

/** Issuer prefix and length of the card brands used in Japan. */
const cardBrands: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/, // Visa
  /^(?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^35(?:2[89]|[3-8]\d)\d{12}$/, // JCB
  /^3(?:0[0-59]|[68]\d)\d{11}(?:\d{2})?$/, // Diners Club
  /^6(?:011|5\d\d|4[4-9]\d)\d{12}$/, // Discover
  /^62\d{14,17}$/, // UnionPay
];

/** A payment card number: a brand's prefix and length, and Luhn's check digit. A JAN of the Japanese prefixes is an article's number. */
export function isCardNumber(text: string): boolean {
  const written = digitText(text);
  if (!cardBrands.some((brand) => brand.test(written))) return false;
  const digits = digitsOf(text);
  if (digits.length === 13 && isArticleNumber(digits)) return false;
  return digits.at(-1) === luhnCheckDigit(digits.slice(0, -1));
}

/** JAN, JIS X 0501 (EAN-13): country 45 or 49, the check digit over weights 3 and 1 from the right. */
function isArticleNumber(digits: readonly number[]): boolean {
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return digits[0] === 4 && (digits[1] === 5 || digits[1] === 9) && sum % 10 === 0;
}
