// Business mail with personal data in the amounts that an office sends it: ordinary paragraphs, and in every mail some of a salutation, a
// customer's contact lines, a delivery note, a signature; now and then a list. The same for the same seed.
import { ordinaryMail } from '../rules/ordinary-mail.ts';
import { makeCustomers, seeded, type Row } from './customers-csv.ts';

/** Mail bodies with at least `bytes` of UTF-8 in all. */
export function businessMails(bytes: number, seed: number): readonly string[] {
  const random = seeded(seed);
  const customer = makeCustomers(seed);
  // Personal data adds about two thirds to what stands around it.
  const plain = ordinaryMail(Math.ceil(bytes * 0.6), seed);
  const mails: string[] = [];
  let row = 0;
  let length = 0;
  for (let index = 0; length < bytes; index += 1) {
    const next = (): Row => customer(row++);
    const mail = writeMail(plain[index % plain.length] ?? '', next, random);
    mails.push(mail);
    length += Buffer.byteLength(mail);
  }
  return mails;
}

function writeMail(paragraphs: string, next: () => Row, random: () => number): string {
  const sender = next();
  const parts = [`${next().name.replaceAll(' ', '')}様\n\nいつもお世話になっております。${surname(sender)}です。`, paragraphs.trimEnd()];
  if (random() < 0.4) parts.push(contact(next()));
  if (random() < 0.3) parts.push(delivery(next()));
  if (random() < 0.04) parts.push(list(Array.from({ length: 5 + Math.floor(random() * 25) }, next)));
  parts.push(signature(sender));
  return `${parts.join('\n\n')}\n`;
}

const surname = ({ name }: Row): string => name.split(' ')[0] ?? name;
const contact = ({ name, kana, phone, email, birthDate }: Row): string =>
  `氏名：${name}（${kana}）\n生年月日：${birthDate}\n電話番号：${phone}\nメール：${email}`;
const delivery = ({ name, postalCode, address, mobile }: Row): string =>
  `${name}様よりお届け先変更のご連絡がありました。新しいお届け先は〒${postalCode} ${address}、お電話は${mobile}とのことです。`;
const signature = ({ name, email, phone, postalCode, address }: Row): string =>
  `--\n株式会社みなと商事 営業部\n${name}\n〒${postalCode}\n${address}\nTEL: ${phone}\n${email}`;
const list = (rows: readonly Row[]): string =>
  ['会員番号\t氏名\t住所\t電話番号', ...rows.map(({ id, name, address, phone }) => [id, name, address, phone].join('\t'))].join('\n');
