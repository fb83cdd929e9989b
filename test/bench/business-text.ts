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

/** Letters of `octets` in UTF-8: a greeting, sentences in an order of their own, a signature, and in three of ten a block of contact data. */
export function letters(count: number, octets: number, seed: number): readonly string[] {
  const random = seeded(seed);
  const customer = makeCustomers(seed);
  return Array.from({ length: count }, (_, row) => {
    const [addressee, sender] = [customer(row * 3), customer(row * 3 + 1)];
    const end = `${random() < 0.3 ? `${contact(customer(row * 3 + 2))}\n\n` : ''}${signature(sender)}\n`;
    let letter = `${addressee.name.replaceAll(' ', '')}様\n\nいつもお世話になっております。${surname(sender)}です。\n`;
    for (let sentence = 1; Buffer.byteLength(letter) + Buffer.byteLength(end) < octets - 200; sentence += 1)
      letter += `${sentences[Math.floor(random() * sentences.length)] ?? ''}${sentence % 5 === 0 ? '\n\n' : '\n'}`;
    return `${letter}\n${end}`;
  });
}

const sentences = [
  '先日お打ち合わせいただいた件につきまして、資料を作成いたしましたのでお送りいたします。',
  'ご確認のうえ、ご不明な点がございましたらお気軽にお問い合わせください。',
  '今回の見積もりでは部材の単価が前回より上昇しておりますが、数量をまとめることで全体の費用は据え置きとなっております。',
  '納期につきましては、現在の生産状況を踏まえますと来月中旬ごろになる見込みです。',
  'なお、仕様の一部に変更がございますので、別紙の比較表をあわせてご覧ください。',
  '社内での検討が終わりましたら、改めて日程を調整させていただければ幸いです。',
  '棚卸のため倉庫の出荷が止まりますので、お急ぎの場合は早めにご連絡をお願いいたします。',
  '前回の会議でご指摘いただいた三点のうち、二点はすでに対応が終わっております。',
  '残る一点については、開発部門と相談のうえ、今月末までに方針をお知らせします。',
  '展示会の準備は順調に進んでおり、搬入は前日の午後を予定しております。',
  '当日は会場の入口が混み合いますので、時間に余裕をもってお越しください。',
  'アンケートの集計結果は、グラフにまとめて次回の定例会でご報告いたします。',
  '請求書は月末締めの翌月払いとし、書式はこれまでと同じもので差し支えありません。',
  'サンプルは三種類ご用意しましたので、実際に手に取ってお選びいただけます。',
  '契約の更新にあたり、料金の改定はございませんが、支払方法が一部変わります。',
  'システムの切り替えは休日の夜間に行い、翌朝には通常どおりお使いいただけます。',
  'マニュアルの改訂版は共有フォルダに置きましたので、古いものは破棄してください。',
  '研修の内容については、参加者の経験に合わせて二つのコースを設けました。',
  '天候によっては配送が遅れる場合がありますので、あらかじめご了承ください。',
  'ご要望の多かった小分けの包装を、来春から全店で取り扱うことになりました。',
  '本件は社外秘ですので、関係者以外への転送はお控えくださいますようお願いします。',
  '工事の期間中は騒音でご迷惑をおかけしますが、ご理解とご協力をお願いいたします。',
  '議事録の案をお送りしますので、修正があれば赤字でお戻しください。',
  'お忙しいところ恐れ入りますが、今週中にご返信をいただけますと助かります。',
] as const;
