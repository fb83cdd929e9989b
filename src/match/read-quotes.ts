import { canonicalName } from '../detect/index.ts';
import type { SegmentId } from '../extract/index.ts';
import { headerLine, isAttribution, type BodyContext } from './read-context.ts';

/** A mail that is quoted, from the line that names its author: what stands below it in the quote is part of it, older mails too. */
export type QuotedMail = {
  readonly segment: SegmentId;
  /** Offset of its first line in the segment's text. */
  readonly start: number;
  /** From, in lower case; '' when the quote does not show it. */
  readonly author: string;
  /** The author's name as the quote shows it, canonical; ''. */
  readonly authorName: string;
  /** To and Cc, in lower case. */
  readonly others: readonly string[];
};

const from = /^(?:差出人|送信者|送信元|From)\s*[:：]/;
const toOrCc = /^(?:宛先|To|CC|Cc)\s*[:：]/;

/** The mails quoted in the bodies, as far as their headers and attribution lines tell. */
export function readQuotedMails(contexts: readonly BodyContext[]): readonly QuotedMail[] {
  return contexts.flatMap(quotesOf);
}

function quotesOf({ segment, lines }: BodyContext): readonly QuotedMail[] {
  const mails: QuotedMail[] = [];
  let others: string[] = [];
  let continued = false;
  for (const line of lines.filter((candidate) => candidate.quoted || isAttribution(candidate.text))) {
    const text = line.text.replace(/^[>| ]+/, '');
    const addresses = text.includes('@') ? addressesIn(text) : [];
    if (from.test(text) || isAttribution(text)) {
      others = addresses.slice(1);
      mails.push({ segment, start: line.start, author: addresses[0] ?? '', authorName: nameIn(text), others });
    } else if (toOrCc.test(text) || (continued && addresses.length > 0 && !headerLine.test(text))) {
      // A header that begins below what is shown has recipients all the same.
      if (mails.length === 0) mails.push({ segment, start: line.start, author: '', authorName: '', others });
      others.push(...addresses);
    }
    continued = toOrCc.test(text) || (continued && addresses.length > 0 && /[,;、]\s*$|^[^:：]*$/.test(text));
  }
  return mails;
}

/** 差出人: 佐藤 健一 <k.sato@example.jp> and 2026年10月3日(土) 14:22 佐藤健一 <…>: both name 佐藤健一. */
function nameIn(line: string): string {
  const shown = line
    .replace(from, '')
    .replace(/^.*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?[、,\s]*/i, '')
    .replace(/[<[(（].*$/, '')
    .replace(/(?:さん|様)?(?:は|が)?(?:書きました|のメール|wrote)?\s*[:：]?\s*$/i, '');
  return canonicalName(shown.replaceAll(/["'「」]/g, ''));
}

export const addressesIn = (text: string): string[] =>
  [...text.matchAll(/[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}/g)].map(([address]) => address.toLowerCase());
