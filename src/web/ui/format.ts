import type { CustomerLabels } from '../../gateway/index.ts';
import type { CustomerId, Instant } from '../../core/index.ts';
import type { Texts } from './texts.ts';

const clock = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const seconds = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'medium' });

/** `11/24 13:19`, Japanese time. */
export const shortTime = (at: Instant): string => clock.format(at);
/** With year and seconds, for records. */
export const fullTime = (at: Instant): string => seconds.format(at);

/** `残り 18分` under an hour, `11/24 14:22 まで` above. */
export function dueText(due: Instant, now: Instant, t: Texts): string {
  const minutes = Math.ceil((due - now) / 60_000);
  if (minutes <= 0) return t.overdue;
  return minutes < 60 ? t.left(minutes) : t.until(shortTime(due));
}

/** Controls and direction overrides can make text read as something else (UTS 39, "trojan source"): they are written out. Tabs and line ends stay. */
export function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/g,
    (character) => {
      if (character === '\r') return '';
      return `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`;
    },
  );
}

/** `••••1042`: the last four characters; a short id shows less. */
export const maskedId = (id: string): string => `••••${id.slice(-Math.min(4, Math.max(0, id.length - 1)))}`;

/** The customer's name, or the masked id where the index keeps no labels. */
export function customerName(customer: CustomerId, labels: CustomerLabels, t: Texts): string {
  const name = labels.label(customer)?.name ?? '';
  return name === '' ? t.member(maskedId(customer)) : t.san(visible(name));
}
