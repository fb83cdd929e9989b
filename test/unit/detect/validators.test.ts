import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBirthDate } from '../../../src/detect/validators/calendar.ts';
import {
  corporateCheckDigit,
  endsWithLuhn,
  endsWithModulus11,
  isCardNumber,
  isCorporateNumber,
  isMyNumber,
  luhnCheckDigit,
  modulus11CheckDigit,
  myNumberCheckDigit,
} from '../../../src/detect/validators/check-digits.ts';
import { isPhoneShaped, isPlannedNumber, isWellGrouped } from '../../../src/detect/validators/phone-plan.ts';

const digit = integer({ min: 0, max: 9 });
const digits = (length: number) => array(digit, { minLength: length, maxLength: length });

describe('check digits', () => {
  test('published samples', () => {
    expect(myNumberCheckDigit([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])).toBe(8);
    expect(myNumberCheckDigit([9, 8, 3, 2, 0, 5, 6, 7, 3, 2, 1])).toBe(4);
    expect(corporateCheckDigit([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2])).toBe(7);
    expect(luhnCheckDigit([7, 9, 9, 2, 7, 3, 9, 8, 7, 1])).toBe(3);
  });

  test('exactly one last digit is right', () => {
    assert(
      property(digits(11), (body) => {
        const valid = Array.from({ length: 10 }, (_, last) => [...body, last].join('')).filter(isMyNumber);
        expect(valid.length).toBe(body.every((value) => value === body[0]) && valid.length === 0 ? 0 : 1);
      }),
    );
    assert(
      property(digits(14), (body) => {
        const valid = Array.from({ length: 10 }, (_, last) => `4${body.join('')}${last}`).filter(isCardNumber);
        expect(valid).toHaveLength(1);
      }),
    );
    assert(
      property(digits(12), (body) => {
        const valid = Array.from({ length: 10 }, (_, first) => `${first}${body.join('')}`).filter(isCorporateNumber);
        expect(valid).toHaveLength(1);
      }),
    );
  });

  test('a site’s own number ends with the one right digit, whatever stands between its digits', () => {
    expect(endsWithLuhn('7992-7398-713')).toBe(true);
    // 1·7+2·6+3·5+4·4+5·3+6·2 = 77 = 7·11; 1·2+2·7+3·6+4·5+5·4+6·3+7·2 = 106, 106 mod 11 = 7.
    expect(modulus11CheckDigit([1, 2, 3, 4, 5, 6])).toBe(0);
    expect(modulus11CheckDigit([1, 2, 3, 4, 5, 6, 7])).toBe(4);
    expect(endsWithModulus11('M1234567-4')).toBe(true);
    for (const isRight of [endsWithLuhn, endsWithModulus11])
      assert(
        property(digits(7), (body) => {
          const valid = Array.from({ length: 10 }, (_, last) => [...body, last].join('')).filter(isRight);
          expect(valid.length).toBe(body.every((value) => value === body[0]) && valid.length === 0 ? 0 : 1);
        }),
      );
    expect(endsWithLuhn('00000000')).toBe(false);
    expect(endsWithModulus11('0000')).toBe(false);
  });

  test('twelve equal digits are no My Number', () => {
    expect(isMyNumber('0'.repeat(12))).toBe(false);
  });
});

describe('the numbering plan', () => {
  test.each([
    '03-1234-5678',
    '0466-88-2914',
    '04-7163-2298',
    '04992-2-1234',
    '0120-870-114',
    '0800-123-4567',
    '050-3123-4567',
    '0558-12-3456',
    '0246-23-7715',
  ])('%s is well grouped', (number) => {
    expect(isWellGrouped(number)).toBe(true);
  });

  test.each(['0312-345-678', '0466-882-914', '0901-234-5678'])('%s is not well grouped', (number) => {
    expect(isWellGrouped(number)).toBe(false);
  });

  test.each(['0012345678', '090-0123-4567', '03-1234-567', '03-1234-56789', '0701234567'])('%s is not planned', (number) => {
    expect(isPlannedNumber(number)).toBe(false);
  });

  test('an outline may have an unknown area code', () => {
    expect(isPhoneShaped('0212345678')).toBe(true);
    expect(isPlannedNumber('0212345678')).toBe(false);
  });
});

test('nobody alive was born before 1900', () => {
  expect(isBirthDate('1899年12月31日')).toBe(false);
  expect(isBirthDate('明治45年7月29日')).toBe(true);
});

test.each(['0167-22-1234', '0294-72-1234', '0766-25-8841', '0973-24-6605', '0955-72-1234'])('%s has an area code of the plan', (number) => {
  expect(isWellGrouped(number)).toBe(true);
});
