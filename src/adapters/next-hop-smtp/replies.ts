import type { SmtpReply } from '../../core/index.ts';

/** A reply line of the next hop as data; its text is kept short and without controls, since it goes into bounces. */
export function parseReply(line: string, fallback: SmtpReply): SmtpReply {
  const match = /^(\d{3})[ -](?:([245])\.(\d{1,3})\.(\d{1,3}) )?([\s\S]*)$/.exec(line.trim());
  if (match === null) return fallback;
  const code = Number(match[1]);
  const group = code >= 500 ? 5 : code >= 400 ? 4 : 2;
  const text = (match[5] ?? '').replaceAll(/[^\x20-\x7E]+/g, ' ').slice(0, 300);
  // An enhanced code that contradicts the basic one is not believed (RFC 2034 §4).
  const enhanced: SmtpReply['enhanced'] = match[2] === String(group) ? `${group}.${Number(match[3])}.${Number(match[4])}` : `${group}.0.0`;
  return { code, enhanced, text };
}

/** The answer to the final dot never came: the next hop may have taken the mail. Trying again may make a second copy, which beats none. */
export const ambiguous: SmtpReply = { code: 451, enhanced: '4.4.2', text: 'Connection lost after the end of data' };
export const temporary: SmtpReply = { code: 451, enhanced: '4.4.2', text: 'Connection lost' };
/** RFC 6152 §3: a conversion would break signatures (and our promise to change no byte). */
export const needs8BitMime: SmtpReply = { code: 554, enhanced: '5.6.3', text: 'Next hop does not support 8BITMIME' };
/** RFC 6531 §3.5. */
export const needsUtf8: SmtpReply = { code: 553, enhanced: '5.6.7', text: 'Next hop does not support SMTPUTF8' };
