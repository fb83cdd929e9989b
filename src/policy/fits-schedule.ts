import { isClosedDay, japaneseTimeOf, weekdayOf, type Instant } from '../core/index.ts';
import type { Conditions, Day, Window } from './conditions.ts';

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const satisfies readonly Day[];

/** Whether a moment lies in one of the spans, by the clock and calendar of Japan. */
export function fitsSchedule(schedule: NonNullable<Conditions['schedule']>, at: Instant): boolean {
  return (Array.isArray(schedule) ? schedule : [schedule]).some((window) => fitsWindow(window, at));
}

function fitsWindow({ days, hours }: Window, at: Instant): boolean {
  const { day, minuteOfDay } = japaneseTimeOf(at);
  const begins = (on: number): boolean => days === undefined || days.includes(dayName(on));
  if (hours === undefined) return begins(day);
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  if (from < to) return begins(day) && minuteOfDay >= from && minuteOfDay < to;
  // Over midnight: what is left of it after midnight belongs to the day it began on.
  return (minuteOfDay >= from && begins(day)) || (minuteOfDay < to && begins(day - 1));
}

/** A public holiday is no Monday: whoever means both names both. */
const dayName = (day: number): Day => (isClosedDay(day) ? 'holiday' : (weekdays[weekdayOf(day)] ?? 'sun'));

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
