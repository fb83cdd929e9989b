import type { ChangeKind } from '../compare.ts';
import type { Unread } from '../judge-mail.ts';
import type { ListName } from '../notebook.ts';
import { unreadWords } from '../word-summary.ts';
import type { Severity } from '../../../policy/index.ts';
import { reasonTexts, severityTexts, typeTexts } from '../../../web/index.ts';
import type { Words } from './markup.ts';

const pick = (
  texts: { readonly ja: Readonly<Record<string, string>>; readonly en: Readonly<Record<string, string>> },
  key: string,
): Words => ({
  ja: texts.ja[key] ?? key,
  en: texts.en[key] ?? key,
});

export const reasonWords = (code: string): Words => pick(reasonTexts, code);
export const severityWords = (severity: Severity): Words => pick(severityTexts, severity);
/** A site's own type goes by its own name. */
export const typeWords = (type: string): Words => pick(typeTexts, type);

export const changeWords: Readonly<Record<ChangeKind, Words>> = {
  newly_missed: { ja: '見逃しになる', en: 'Newly missed' },
  newly_high: { ja: '新しく 高', en: 'Newly high' },
  newly_held: { ja: '新しく保留', en: 'Newly held' },
  newly_passed: { ja: '新しく通る', en: 'Newly passed' },
  newly_caught: { ja: '新しく止まる', en: 'Newly caught' },
};
export const changeTones: Readonly<Record<ChangeKind, string>> = {
  newly_missed: 'bad',
  newly_high: 'warn',
  newly_held: 'warn',
  newly_passed: 'acc',
  newly_caught: 'ok',
};

export const listWords: Readonly<Record<ListName, { readonly title: Words; readonly hint: Words }>> = {
  missed: {
    title: { ja: '見逃したメール', en: 'Missed mails' },
    hint: { ja: '保留すべきと分かっているのに、送信されるメール', en: 'known missends that would be delivered' },
  },
  false_holds: {
    title: { ja: '余分に保留したメール', en: 'Mails held for nothing' },
    hint: { ja: '送ってよいと分かっているのに、保留されるメール', en: 'known to be right, and held all the same' },
  },
  held: {
    title: { ja: '保留したメール', en: 'Held mails' },
    hint: { ja: '正解どおり、または正解のないメール', en: 'rightly, or without a known answer' },
  },
};

const unreadJapanese: Readonly<Record<Unread, string>> = {
  cannot_be_read: 'ファイルを読めません',
  too_large: '受信できる大きさ（smtp.limits.message_bytes）を超えています',
  no_mbox: 'From 行で始まらないため、mbox ではありません',
  bad_sidecar: 'サイドカー JSON の形が違います',
  bad_envelope: 'サイドカーのアドレスは SMTP で使えません',
  no_recipient: 'サイドカーがなく、ヘッダーにも宛先がありません',
  not_inspected: 'まだ検査されていません',
};
export const leftOutWords = (why: Unread): Words => ({ ja: unreadJapanese[why], en: unreadWords[why] });
