import { describe, expect, test } from 'vitest';
import { nameFinder } from './name-finder.ts';

const namesIn = nameFinder(['古屋 里美', '定兼 修']);

describe('how people sign and are spoken of', () => {
  test.each([
    ['デイ大西 琴音様 携帯090-5550-7733', ['大西 琴音']],
    ['本日のデイサービス大西 琴音様、携帯090-5550-7733', ['大西 琴音']],
    ['氏名：乾 凜音\n\n乾　　凜音の携帯は090-5550-7733', ['乾 凜音', '乾　　凜音']],
    ['看護の岩村にも伝えました。', ['岩村']],
    ['昼食は調理課岩村の献立です。', ['岩村']],
    ['受付の岩村でした。', ['岩村']],
    ['渡邉 花江 様\n\nわたなべ@沼津　内線12', ['渡邉 花江', 'わたなべ']],
    ['古屋拝\n', ['古屋']],
    ['芹沢 一郎 様\n\nせりざわ拝', ['芹沢 一郎', 'せりざわ']],
    ['岩村グループ長\n', ['岩村']],
    ['けんけんこと岩村です。', ['けんけん', '岩村']],
    ['ゆき（岩村由紀）\n', ['ゆき', '岩村由紀']],
    ['朴 志賢 / Jihyun Park\n', ['朴 志賢', 'Jihyun Park']],
    ['通称モリさん（090-1234-5678）', ['モリ']],
    ['となりの岩村さんちに届いていました。', ['岩村']],
    ['Iwamura Yuki　03-1234-5678', ['Iwamura Yuki']],
    ['岩村由紀 (Iwamura, Yuki) 総務', ['岩村由紀', 'Iwamura, Yuki']],
    ['岩村（Iwamura）　03-1234-5678', ['岩村', 'Iwamura']],
    ['Name (as on the passport): WALKER ANN / ウォーカー アン', ['WALKER ANN']],
    ['なまえ　　　PHAM THI LAN\n', ['PHAM THI LAN']],
    ['ふりがな …… ゆざわや しのぶ', ['ゆざわや しのぶ']],
    ['  ベルク 恵子   個人番号 2740-9185-3364', ['ベルク 恵子']],
  ])('%j', (text, names) => {
    for (const name of names) expect(namesIn(text)).toContain(name);
  });
});

describe('where somebody works, and what he does, is not his name', () => {
  test.each([
    ['みなみ生協　遠藤様・岩村様', ['遠藤', '岩村']],
    ['生協さんにお願いしました。', []],
    ['北部車体 営業 様', []],
    ['かわせみ健診プラザ　予約係様', []],
    ['総合案内　相談窓口さま', []],
    ['教諭（理科）', []],
    ['長男様へ電話しました。', []],
    ['岩村文具、近藤呉服が協力します。', []],
    ['岩村ゴム工業と共同で始めます。', []],
    ['鈴木大地 / Alpine Soft, Platform Team', ['鈴木大地']],
  ])('%j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('places and things that bear a surname', () => {
  test.each([
    'デイサービス岩村（055-980-3310）',
    'ハローワーク立川で手続きします。',
    '宮崎・石川・長野の名産市',
    '銀行\t支店\t口座\n東海道銀行\t藤枝\t1750642',
    'ペンネーム・大場川のかわせみ',
    'ﾊﾞﾝｺﾞｳ\tｼﾞﾕｳｼﾖ\n1\tｿｳｼﾞﾔｼ ｿｳｼﾞﾔ 222-14',
    '車名　カローラ ツーリング W×B',
    '大原孫三郎と渋沢栄一の展示',
  ])('%j', (text) => expect(namesIn(text)).toEqual([]));
});
