import { instant, type Instant } from './instant.ts';

/**
 * Japanese public holidays by the Act on National Holidays (国民の祝日に関する法律) as it stands since 2020, for 2020 to 2060.
 * Days are counted as whole days since 1970-01-01, as `Date.UTC` does, so that no time zone enters.
 */
const dayOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / 86_400_000;
/** 0 = Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** The `nth` Monday of a month (ハッピーマンデー). */
function nthMonday(year: number, month: number, nth: number): number {
  const first = dayOf(year, month, 1);
  return first + ((8 - weekdayOf(first)) % 7) + (nth - 1) * 7;
}

/** Equinox days by the usual approximation of the almanac's values, right for 1980-2099 (the government publishes each in February of the year before). */
const vernalEquinox = (year: number): number => equinox(year, 3, 20.8431);
const autumnalEquinox = (year: number): number => equinox(year, 9, 23.2488);
const equinox = (year: number, month: number, base: number): number =>
  dayOf(year, month, Math.floor(base + 0.242194 * (year - 1980)) - Math.floor((year - 1980) / 4));

/** The Olympic years moved three holidays by special law. */
function movedHolidays(year: number): readonly number[] {
  if (year === 2020) return [dayOf(2020, 7, 23), dayOf(2020, 7, 24), dayOf(2020, 8, 10)];
  if (year === 2021) return [dayOf(2021, 7, 22), dayOf(2021, 7, 23), dayOf(2021, 8, 8)];
  return [nthMonday(year, 7, 3), nthMonday(year, 10, 2), dayOf(year, 8, 11)]; // 海の日, スポーツの日, 山の日
}

function namedHolidays(year: number): readonly number[] {
  return [
    dayOf(year, 1, 1),
    nthMonday(year, 1, 2),
    dayOf(year, 2, 11),
    dayOf(year, 2, 23),
    vernalEquinox(year),
    dayOf(year, 4, 29),
    dayOf(year, 5, 3),
    dayOf(year, 5, 4),
    dayOf(year, 5, 5),
    ...movedHolidays(year),
    nthMonday(year, 9, 3),
    autumnalEquinox(year),
    dayOf(year, 11, 3),
    dayOf(year, 11, 23),
  ];
}

/** All days off of a year by Art. 3: the holidays, a substitute for each on a Sunday, and a day between two holidays. */
function holidaysOf(year: number): ReadonlySet<number> {
  const named = new Set(namedHolidays(year));
  const all = new Set(named);
  for (const day of named) {
    if (weekdayOf(day) === 0) {
      let substitute = day + 1;
      while (named.has(substitute)) substitute += 1;
      all.add(substitute);
    }
    if (named.has(day + 2) && !named.has(day + 1)) all.add(day + 1);
  }
  return all;
}

const byYear = new Map<number, ReadonlySet<number>>();

/** Whether `day` (days since 1970-01-01, Japanese calendar) is a public holiday. */
export function isHoliday(day: number): boolean {
  const year = new Date(day * 86_400_000).getUTCFullYear();
  let holidays = byYear.get(year);
  if (holidays === undefined) {
    holidays = holidaysOf(year);
    byYear.set(year, holidays);
  }
  return holidays.has(day);
}

/** 29 December to 3 January, closed by custom and by the Act on Holidays of Administrative Organs (行政機関の休日に関する法律 §1). */
function isYearEnd(day: number): boolean {
  const date = new Date(day * 86_400_000);
  const monthDay = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  return monthDay >= 1229 || monthDay <= 103;
}

/** Whether offices are closed on a weekday like this: a public holiday, or the days about New Year. */
export const isClosedDay = (day: number): boolean => isHoliday(day) || isYearEnd(day);

const minute = 60_000;
const dayMinutes = 24 * 60;
/** Japan Standard Time has no summer time. */
const jstOffset = 9 * 60 * minute;

/** A moment as a clock in Japan shows it: whole days since 1970-01-01, and minutes since midnight with their fraction. */
export function japaneseTimeOf(at: Instant): { readonly day: number; readonly minuteOfDay: number } {
  const minutes = (at + jstOffset) / minute;
  const day = Math.floor(minutes / dayMinutes);
  return { day, minuteOfDay: minutes - day * dayMinutes };
}

/** The other way round, to the millisecond. */
export const atJapaneseTime = (day: number, minuteOfDay: number): Instant =>
  instant(Math.round((day * dayMinutes + minuteOfDay) * minute) - jstOffset);
