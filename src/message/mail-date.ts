import { instant, type Instant } from '../core/index.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthNames = new Map(months.map((name, index) => [name.toLowerCase(), index]));
/** RFC 5322 §4.3, in minutes; JST is not in it, but old Japanese programs write it. Other names say nothing and count as UTC. */
const zones = new Map(Object.entries({ edt: -240, est: -300, cdt: -300, cst: -360, mdt: -360, mst: -420, pdt: -420, pst: -480, jst: 540 }));

/** RFC 5322 §3.3, in UTC. */
export function mailDate(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}

/**
 * A date as a header field has it (RFC 5322 §3.3, with the old forms of §4.3 and comments), or as the From_ line of an mbox file (asctime; RFC
 * 4155: in UTC). Null when it is none, or no day of the calendar: a wrong date must not become some other day.
 */
export function parseMailDate(text: string): Instant | null {
  // Comments nest at most once in what programs write: `(JST)`.
  const plain = text.replaceAll(/\([^()]*\)/g, ' ').trim();
  const field =
    /^(?:[A-Za-z]{3}\s*,\s*)?(?<day>\d{1,2})[\s-]+(?<month>[A-Za-z]{3})[\s-]+(?<year>\d{2,4})\s+(?<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\s*(?<zone>[+-]\d{4}|[A-Za-z]{1,5}))?$/.exec(
      plain,
    ) ??
    /^[A-Za-z]{3}\s+(?<month>[A-Za-z]{3})\s+(?<day>\d{1,2})\s+(?<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\s+(?<zone>[+-]\d{4}|[A-Z]{1,5}))?\s+(?<year>\d{4})(?:\s+(?<zoneAfter>[+-]\d{4}))?$/.exec(
      plain,
    );
  if (field?.groups === undefined) return null;
  const { day = '', month = '', year = '', time = '', zone, zoneAfter } = field.groups;
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  const monthIndex = monthNames.get(month.toLowerCase());
  const offset = minutesOf(zone ?? zoneAfter);
  // A leap second (60) counts as the one before.
  if (monthIndex === undefined || offset === null || hour > 23 || minute > 59 || second > 60) return null;
  const date = new Date(0);
  date.setUTCFullYear(fullYear(year), monthIndex, Number(day));
  if (date.getUTCMonth() !== monthIndex || date.getUTCDate() !== Number(day)) return null;
  date.setUTCHours(hour, minute, Math.min(second, 59));
  const at = date.getTime() - offset * 60_000;
  return at < 0 ? null : instant(at);
}

/** RFC 5322 §4.3: two digits from 00 to 49 are 20xx; other years of two or three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2 && year < 50) return year + 2000;
  return digits.length < 4 ? year + 1900 : year;
}

function minutesOf(zone: string | undefined): number | null {
  if (zone === undefined) return 0;
  if (!/^[+-]/.test(zone)) return zones.get(zone.toLowerCase()) ?? 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  if (Number(zone.slice(3)) > 59) return null;
  return zone.startsWith('-') ? -minutes : minutes;
}
