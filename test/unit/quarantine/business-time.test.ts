import { describe, expect, it } from 'vitest';
import { instant, isoTime } from '../../../src/core/index.ts';
import { isHoliday } from '../../../src/core/japanese-calendar.ts';
import { addBusinessMinutes } from '../../../src/quarantine/index.ts';

/** '2026-11-24 17:50' in Japan. */
const japan = (text: string) => instant(Date.parse(`${text.replace(' ', 'T')}:00+09:00`));
const inJapan = (at: number): string =>
  isoTime(instant(at + 9 * 3_600_000))
    .slice(0, 16)
    .replace('T', ' ');

describe('addBusinessMinutes', () => {
  it.each([
    ['within the day', '2026-11-24 10:00', 120, '2026-11-24 12:00'],
    ['up to the close', '2026-11-24 16:00', 120, '2026-11-24 18:00'],
    ['over the close into the next day', '2026-11-24 17:50', 30, '2026-11-25 09:20'],
    ['before opening', '2026-11-24 03:00', 30, '2026-11-24 09:30'],
    ['after the close', '2026-11-24 22:00', 30, '2026-11-25 09:30'],
    ['at the close', '2026-11-24 18:00', 30, '2026-11-25 09:30'],
    ['over a weekend', '2026-11-27 17:30', 60, '2026-11-30 09:30'],
    ['over Golden Week 2026 with its substitute day', '2026-05-01 17:00', 120, '2026-05-07 10:00'],
    ['over the silver week 2026 with its day between holidays', '2026-09-18 17:00', 120, '2026-09-24 10:00'],
    ['over the turn of the year', '2026-12-28 17:00', 120, '2027-01-04 10:00'],
    ['24 business hours', '2026-11-24 10:00', 24 * 60, '2026-11-26 16:00'],
    ['no time at all, outside hours', '2026-11-28 10:00', 0, '2026-11-30 09:00'],
  ])('%s', (_, from, minutes, expected) => {
    expect(inJapan(addBusinessMinutes(japan(from), minutes))).toBe(expected);
  });
});

it('counts to the millisecond, in whole numbers', () => {
  const from = instant(Date.parse('2026-11-24T10:00:00.007+09:00'));
  expect(addBusinessMinutes(from, 120)).toBe(from + 7_200_000);
});

describe('isHoliday', () => {
  const daysOf = (year: number): string[] => {
    const days: string[] = [];
    for (let day = Date.UTC(year, 0, 1) / 86_400_000; new Date(day * 86_400_000).getUTCFullYear() === year; day += 1) {
      if (isHoliday(day)) days.push(isoTime(instant(day * 86_400_000)).slice(5, 10));
    }
    return days;
  };

  // As published by the Cabinet Office (内閣府「国民の祝日について」).
  it.each([
    [2020, '01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23'],
    [2021, '01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 09-23 11-03 11-23'],
    [2023, '01-01 01-02 01-09 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 10-09 11-03 11-23'],
    [2024, '01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23'],
    [2025, '01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24'],
    [2026, '01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23'],
    [2032, '01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-21 09-22 10-11 11-03 11-23'],
  ])('%d', (year, expected) => {
    expect(daysOf(year).join(' ')).toBe(expected);
  });

  it('puts the equinoxes where astronomy does, from 2020 to 2060', () => {
    // Mean equinoxes by J. Meeus, Astronomical Algorithms, chapter 27; the periodic terms left out shift them by less than half an hour.
    const terms = {
      march: [2451623.80984, 365242.37404, 0.05169, -0.00411, -0.00057],
      september: [2451810.21715, 365242.01767, -0.11575, 0.00337, 0.00078],
    };
    let checked = 0;
    for (let year = 2020; year <= 2060; year += 1) {
      for (const polynomial of Object.values(terms)) {
        const julian = polynomial.reduce((sum, factor, power) => sum + factor * ((year - 2000) / 1000) ** power, 0);
        const dayInJapan = julian - 2440587.5 + 9 / 24;
        const hours = (dayInJapan % 1) * 24;
        if (hours < 0.5 || hours > 23.5) continue;
        checked += 1;
        expect(isHoliday(Math.floor(dayInJapan))).toBe(true);
      }
    }
    expect(checked).toBeGreaterThan(75);
  });
});
