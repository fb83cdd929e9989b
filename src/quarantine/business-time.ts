import { instant, type Instant } from '../core/index.ts';
import { isHoliday, weekdayOf } from './holidays.ts';

const minute = 60_000;
const dayLength = 24 * 60 * minute;
/** Japan Standard Time has no summer time. */
const jstOffset = 9 * 60 * minute;
const opens = 9 * 60 * minute;
const closes = 18 * 60 * minute;

/**
 * `from` plus `minutes` of business time: Monday to Friday 9:00-18:00 JST, not on Japanese public holidays, nor from 29 December to 3 January.
 * A moment outside business hours counts as the next opening; the result is the latest moment that is still in time (18:00 of a day, not 9:00 of the next).
 */
export function addBusinessMinutes(from: Instant, minutes: number): Instant {
  const local = from + jstOffset;
  let day = Math.floor(local / dayLength);
  let timeOfDay = local - day * dayLength;
  let left = minutes * minute;
  for (;;) {
    if (isBusinessDay(day)) {
      const start = Math.max(timeOfDay, opens);
      const available = Math.max(0, closes - start);
      if (left <= available && available > 0) return instant(day * dayLength + start + left - jstOffset);
      left -= available;
    }
    day += 1;
    timeOfDay = 0;
  }
}

/** `day`: days since 1970-01-01 in Japan. */
function isBusinessDay(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && !isHoliday(day) && !isYearEnd(day);
}

/** 29 December to 3 January, closed by custom and by the Act on Holidays of Administrative Organs (行政機関の休日に関する法律 §1). */
function isYearEnd(day: number): boolean {
  const date = new Date(day * dayLength);
  const monthDay = (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  return monthDay >= 1229 || monthDay <= 103;
}
