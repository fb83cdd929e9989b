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
  /** To or Cc show somebody without an address. */
  readonly hasUnseen: boolean;
  /** The text above says that a mail went to the wrong person. */
  readonly isRevoked: boolean;
};

/** 誤送信しました, 別のお客様あてのものをお送りしました; not the footer that says what to do 誤送信の場合. */
const revoking =
  /誤(?:送信|送付|配信|発送)(?!(?:等|など)?(?:の(?:場合|際|可能|おそれ|恐れ|ない)|と思われ|でしたら|防止|対策|を防|が(?:ない|あった場合)))|(?:誤って|間違えて|間違って|手違いで).{0,24}(?:お送りし|送信し|送付し|送ってしま|お届けし)|(?:宛先|宛名|送信先|送り先|送付先|アドレス)(?:を|の)(?:間違|誤|取り違)|(?:別|他|ほか)の(?:お客|方|かた|会社|取引先).{0,10}(?:宛|あて|へのメール|向け)|\b(?:sent|addressed) (?:\S+ ){0,4}(?:in error|by mistake|to the wrong)/i;

const from = /^(?:差出人|送信者|送信元|From)\s*[:：]/;
const toOrCc = /^(?:宛先|To|CC|Cc)\s*[:：]/;

/** The mails quoted in the bodies, as far as their headers and attribution lines tell. */
export function readQuotedMails(contexts: readonly BodyContext[]): readonly QuotedMail[] {
  return contexts.flatMap(quotesOf);
}

function quotesOf({ segment, lines }: BodyContext): readonly QuotedMail[] {
  const mails: QuotedMail[] = [];
  const isRevoked = revoking.test(lines.map((line) => (line.quoted ? '' : line.text)).join(''));
  let others: string[] = [];
  let continued = false;
  for (const line of lines.filter((candidate) => candidate.quoted || candidate.attribution)) {
    const text = line.text.replace(/^[>| ]+/, '');
    const addresses = text.includes('@') ? addressesIn(text) : [];
    if (from.test(text) || isAttribution(text)) {
      others = addresses.slice(1);
      mails.push({ segment, start: line.start, author: addresses[0] ?? '', authorName: nameIn(text), others, hasUnseen: false, isRevoked });
    } else if (toOrCc.test(text) || (continued && addresses.length > 0 && !headerLine.test(text))) {
      // A header that begins below what is shown has recipients all the same.
      if (mails.length === 0) mails.push({ segment, start: line.start, author: '', authorName: '', others, hasUnseen: false, isRevoked });
      others.push(...addresses);
      const last = mails.at(-1);
      if (last !== undefined && addresses.length === 0 && text.replace(toOrCc, '').trim() !== '')
        mails[mails.length - 1] = { ...last, hasUnseen: true };
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
