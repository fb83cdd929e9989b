import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectNames } from '../../../src/detect/names/detect-names.ts';
import { normalizeSegment } from '../../../src/normalize/index.ts';
import { segmentOf } from './segments.ts';
import { lexiconOf, nameFinder, tools } from './name-finder.ts';

const lexicon = lexiconOf(['小林 彩', 'コバヤシ アヤ', '衣笠 亜希', 'キヌガサ アキ', '岡 健']);
const namesIn = nameFinder(lexicon.staffNames);

describe('names', () => {
  test.each([
    ['佐藤 花子 様', ['佐藤 花子']],
    ['佐藤花子様\n', ['佐藤花子']],
    ['株式会社丸山製作所\n製造部 井上 徹 様', ['井上 徹']],
    ['髙橋 治さん', ['髙橋 治']],
    ['担当：小林', ['小林']],
    ['お名前　　井上 陽菜 様', ['井上 陽菜']],
    ['あおば生命デスクの中村でございます。', ['中村']],
    ['フリガナ：サトウ ハナコ', ['サトウ ハナコ']],
    ['氏名 ｻﾄｳ ﾊﾅｺ', ['ｻﾄｳ ﾊﾅｺ']],
    ['マリア・サントス様', ['マリア・サントス']],
    ['NGUYEN VAN ANH 様', ['NGUYEN VAN ANH']],
    ['氏名：李 志明', ['李 志明']],
    ['お客様デスクの佐藤（美）です。', ['佐藤（美）']],
    ['2026年10月3日(土) 14:22 佐藤健一 <k@example.jp>:', ['佐藤健一']],
    ['見積書_東涼子様.pdf', ['東涼子']],
    ['弊社からは松本と日向の2名で伺います。', ['松本', '日向']],
    ['氏名\t電話\n林 恵\t03-1234-5678\n飯塚 あゆ美\t03-1234-5679', ['林 恵', '飯塚 あゆ美']],
    ['佐藤 花子様の件です。先日、佐藤花子より連絡がありました。', ['佐藤 花子', '佐藤花子']],
    ['1　植杉 隼　　070-2238-5514\n2　井樋 さおり（母）　0995-45-7718', ['植杉 隼', '井樋 さおり']],
    ['5 GARCIA MIGUEL 080-9905-3342', ['GARCIA MIGUEL']],
    ['ソウザ・アナ様　080-4471-9926', ['ソウザ・アナ']],
    ['光様\n', ['光']],
    ['朴様、フォンテーヌ様、小鳥遊様', ['朴', 'フォンテーヌ', '小鳥遊']],
    ['医療法人きずな会\n事務長　栗林　様', ['栗林']],
    ['樋口理事長\n', ['樋口']],
    ['No.\t氏名\t部屋\n1\tリ ジウ\t701\n2\t金政 ユリ子\t702', ['リ ジウ', '金政 ユリ子']],
    ['（担当：坂田）', ['坂田']],
    ['訪問は翌週でした。（事務局 中川）', ['中川']],
    ['差異は購買課 高木へお申し出ください。', ['高木']],
    ['営業事務 今泉\n', ['今泉']],
    ['明日は支店の白石が書類をお持ちします。', ['白石']],
    ['見本は別途森本よりお送りします。', ['森本']],
    ['10:31 受電 OP ヤマダミサキ', ['ヤマダミサキ']],
    ['江藤 俊介 / S. ETO', ['江藤 俊介', 'S. ETO']],
    ['富田 恵（とみた）', ['富田 恵', 'とみた']],
    ['3\tKZ-1\t陳 雅琪\t090-1234-7788\t折返し', ['陳 雅琪']],
    ['鵜飼 由紀\t義母\t1957/04/30', ['鵜飼 由紀']],
    ['加害者氏名：汪 建国', ['汪 建国']],
    ['氏名 及位 静 様（昭和28年12月30日生）', ['及位 静']],
    ['名寄の帆苅が伺います。', ['帆苅']],
    ['[name]    Joana Pereira Nunes\n[email]   j@example.com', ['Joana Pereira Nunes']],
    ['Guest name: KIM/SOOJIN MS\nSeat 12A', ['KIM/SOOJIN MS']],
    ['Kind regards,\nMary\n\nM. Osborne\nOsborne Foods Ltd.', ['Mary', 'M. Osborne']],
    ['Best regards,\nCustomer Support\n', []],
    ['Dear Ms. Siobhan O’Brien,\n', ['Siobhan O’Brien']],
    ['Insured: Aoife McCarthy (マッカーシー様)', ['Aoife McCarthy', 'マッカーシー']],
    ['Rina Uesugi（上杉 里奈）\n', ['Rina Uesugi', '上杉 里奈']],
    ['Rina Uesugi | Midori Foods\n\nBest,\nRina\n', ['Rina Uesugi', 'Rina']],
    ['> On 2026/11/05 23:41, Priyanka Nair wrote:\n', ['Priyanka Nair']],
    ['> OLSSON KARIN EVA, born 3 May 1981 in Malmo', ['OLSSON KARIN EVA']],
    ['Nguyet-san とレナさんが来ます。', ['Nguyet', 'レナ']],
    ['Please call Hiroko Uesugi at 03-1234-5678.', ['Hiroko Uesugi']],
    ['弟のみなとくんの予防接種は来月です。', ['みなと']],
    ['番号\t姓\t名\t電話\n1\t粟生木\t渉\t03-1234-5678', ['粟生木\t渉']],
    ['上杉 里奈（うえすぎ）', ['上杉 里奈', 'うえすぎ']],
    ['お名前　粟生木　渉　様（AOKI WATARU）', ['粟生木　渉', 'AOKI WATARU']],
  ])('%j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('people of history, whom everybody may name', () => {
  test.each([
    ['夏目漱石の「こころ」を読む会を開きます。', []],
    ['織田信長と徳川家康の講演会', []],
    ['夏目漱石様\n', ['夏目漱石']],
    ['氏名：林芙美子', ['林芙美子']],
  ])('%j', (text, names) => expect(namesIn(text)).toEqual(names));

  test.each([
    ['宅配BOX(担当:なし)'],
    ['翠鳳会経理課 御中'],
    ['白樺荘 予約係'],
    ['原告 被告 申立人'],
    ['対応：英語可、韓国語可'],
    ['担当：未定'],
    ['担当：営業部'],
    ['NAME\tPASSPORT NO\tDOB\tNAT'],
    ['商品は大阪よりお送りします。'],
    ['大宮が混雑しております。'],
    ['領 収 書 2026年11月20日'],
    ['職 務 経 歴 書 2026年11月20日現在'],
    ['リーダー：未定'],
  ])('%j names nobody', (text) => expect(namesIn(text)).toEqual([]));
});

describe('our own people, whom the staff file names', () => {
  test.each([
    ['はり工房　衣笠\n', ['衣笠']],
    ['山本手芸衣笠です。\n布を送ります。', ['衣笠']],
    ['本店のきぬがさです。', ['きぬがさ']],
    ['集合は洛北衣笠です。', []],
    ['はかり工房の衣笠です。', ['衣笠']],
    ['きぬがさです。ご返信おそくなりました。', ['きぬがさ']],
    ['（司会：衣笠）', ['衣笠']],
    ['営業事務　岡\n', ['岡']],
    ['原本は来週、衣笠が持参いたします。', ['衣笠']],
    ['衣笠駅の近く、衣笠山、岡の上です。', []],
  ])('%j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('what is no name', () => {
  test.each([
    '佐藤商店、鈴木建設株式会社、高橋会計事務所',
    '株式会社山田',
    '福島県と石川町、長野市、東京駅',
    'お客様各位',
    '皆様',
    'ご担当者様',
    '関係者様',
    '同様に、仕様書をご確認ください。',
    '奥様へご連絡ください。',
    '大和工業様',
    '営業部御中',
    '北浦和支店で承ります。',
    '原因は不明です。',
    '施主様、ご家族様',
    '本社 総務 03-1234-5678',
    '大阪 支店 06-1234-5678',
    '松尾第一ビル　オーナー様',
    '社長さんのおっしゃっていた件',
    'アケボノ・サポート　03-1234-5678',
    '松の湯荘様、備前音響様',
    'No\tNAME\tPASSPORT NO\tDOB',
    'Dear Customer,\nDear All,\nDear Sir or Madam,',
    'Name: Blue Sky Travel Inc.',
    'Guest: Two Adults\nPassenger: Same As Above\nAttention: Handle With Care',
    'A. Summary\nB. Schedule\nThis is Important Notice.',
    'Dear Hiring Manager,\nHello World!',
    '金沢発の便もご案内できます。',
  ])('%s', (text) => expect(namesIn(text)).toEqual([]));
});

test('thousands of given names under one surname are found in time that follows the text', () => {
  const lines = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) => `佐藤 ${String.fromCharCode(0x4e00 + (index % 900))}${String.fromCharCode(0x4e00 + Math.floor(index / 900))} 様`,
    ).join('\n');
  const time = (count: number): number => {
    const text = lines(count);
    const started = performance.now();
    namesIn(text);
    return performance.now() - started;
  };
  time(500);
  expect(time(8000)).toBeLessThan(3000);
});

describe('people whom the mail or the site knows', () => {
  test.each([
    ['佐久本 栄 様\n\n表をお送りします。佐久本も見ます。', ['佐久本 栄', '佐久本']],
    ['芹沢 一郎 様\n\n承知しました。\n\nせりざわ', ['芹沢 一郎', 'せりざわ']],
    ['担当：こばやし あや', ['こばやし あや']],
    ['あや・こばやし（総務）', ['あや・こばやし']],
    ['お世話になっております。小鳥遊です。', ['小鳥遊']],
    ['月見里さんから電話がありました。', ['月見里']],
    ['氏名：はんな ゔぁいす', ['はんな ゔぁいす']],
  ])('%s', (text, names) => expect(namesIn(text)).toEqual(names));

  test.each(['「佐藤さんちの梅干し」', '焼き菓子のアトリエ ハルナ様', '長　男', '社会保険労務士法人さくら'])('nobody: %s', (text) =>
    expect(namesIn(text)).toEqual([]),
  );

  test('a firm that the site knows is nobody, unless it is a name of people too', () => {
    const isFirm = (name: string): boolean => ['サトウ電算', 'ミズナラ', '佐藤', '山田太郎'].includes(name);
    const found = (text: string): readonly string[] =>
      detectNames([normalizeSegment(segmentOf(text))], tools, { ...lexicon, isFirm }).map(({ start, end }) => text.slice(start, end));
    expect(found('サトウ電算さん、ミズナラさんに連絡します。')).toEqual([]);
    expect(found('サトウ電算 井上様')).toEqual(['井上']);
    expect(found('佐藤様に連絡します。')).toEqual(['佐藤']);
    // Of 山田太郎税理士事務所.
    expect(found('山田太郎様に連絡します。')).toEqual(['山田太郎']);
  });
});

test('a line that stands in a mail twice, as text and as HTML, gives its names in both places', () => {
  const line = fc.constantFrom(
    '佐藤 花子 様',
    '（CC：法人営業 柴田さん）',
    '営業部の鈴木でございます。',
    '金沢と町田を結ぶ便です。',
    'Kind regards, Maria Santos',
    '東京都千代田区丸の内1-1-1 山田 太郎',
    '',
  );
  const namesOf = (texts: readonly string[]): readonly string[] => {
    const segments = texts.map((text, id) => normalizeSegment(segmentOf(text, id)));
    return detectNames(segments, tools, lexicon).map(({ segment, start, end, confidence }) => `${segment} ${start} ${end} ${confidence}`);
  };
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.array(line, { minLength: 1, maxLength: 8 }), (one, other) => {
      const [first, second] = [one.join('\n'), other.join('\n')];
      // The second text holds all lines of the first: nothing is there that it would not find itself.
      const both = `${first}\n${second}`;
      const of = (segment: number, found: readonly string[]): readonly string[] =>
        found.filter((name) => name.startsWith(`${segment} `)).map((name) => name.slice(2));
      expect(of(1, namesOf([first, both]))).toEqual(of(0, namesOf([both])));
    }),
    { numRuns: 60 },
  );
});
