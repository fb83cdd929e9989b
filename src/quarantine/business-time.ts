import { atJapaneseTime, isClosedDay, japaneseTimeOf, weekdayOf, type Instant } from '../core/index.ts';

const opens = 9 * 60;
const closes = 18 * 60;

/**
 * `from` plus `minutes` of business time: Monday to Friday 9:00-18:00 JST, not on Japanese public holidays, nor from 29 December to 3 January.
 * A moment outside business hours counts as the next opening; the result is the latest moment that is still in time (18:00 of a day, not 9:00 of the next).
 */
export function addBusinessMinutes(from: Instant, minutes: number): Instant {
  let { day, minuteOfDay } = japaneseTimeOf(from);
  let left = minutes;
  for (;;) {
    if (isBusinessDay(day)) {
      const start = Math.max(minuteOfDay, opens);
      const available = Math.max(0, closes - start);
      if (left <= available && available > 0) return atJapaneseTime(day, start + left);
      left -= available;
    }
    day += 1;
    minuteOfDay = 0;
  }
}

/** `day`: days since 1970-01-01 in Japan. */
function isBusinessDay(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && !isClosedDay(day);
}
