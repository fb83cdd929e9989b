import { describe, expect, test } from 'vitest';
import { detectAddresses } from '../../../src/detect/addresses/detect-addresses.ts';
import { canonicalAddress } from '../../../src/detect/index.ts';
import { normalizeSegment } from '../../../src/normalize/index.ts';
import { segmentOf } from './segments.ts';
import { shippedLists } from './shipped-lists.ts';

const { gazetteer } = shippedLists;
const addressesIn = (text: string): string[] =>
  detectAddresses([normalizeSegment(segmentOf(text))], gazetteer).map(({ start, end }) => text.slice(start, end));

describe('one address, one key', () => {
  test.each([
    [
      ['東京都世田谷区太子堂4-12-7', '世田谷区太子堂四丁目12番7号', '東京都世田谷区太子堂４丁目１２番地７', '世田谷区太子堂4−12−7'],
      '東京都世田谷区太子堂4-12-7',
    ],
    [['埼玉県さいたま市大宮区桜木町4-210-3', '大宮区桜木町4丁目210番地の3'], '崎玉県さいたま市大宮区桜木町4-210-3'],
    [['宮城県仙台市青葉区一番町2-6-17'], '宮城県仙台市青葉区1番町2-6-17'],
    [['札幌市北区北24条西6丁目1-1'], '北海道札幌市北区北24条西6-1-1'],
    [['札幌市中央区北一条西2-1', '札幌市中央区北1条西2丁目1'], '北海道札幌市中央区北1条西2-1'],
    [['京都市中京区寺町通御池上る上本能寺前町488', '京都市中京区寺町通御池上ル上本能寺前町488'], '京都府京都市中京区上本能寺前町488'],
    [['大阪府堺市堺区南花田口町２丁３－１０'], '大阪府堺市堺区南花田口町2-3-10'],
    [['千葉県鎌ケ谷市東鎌ケ谷3-2-1', '鎌ヶ谷市東鎌ヶ谷三丁目2番1号'], '千葉県鎌ケ谷市東鎌ケ谷3-2-1'],
    [['東京都中央区八丁堀3-23-1'], '東京都中央区8丁堀3-23-1'],
  ])('%j', (spellings, key) => {
    for (const spelling of spellings) expect(canonicalAddress(spelling, gazetteer)?.key).toBe(key);
  });
});

test.each([
  ['神奈川県横浜市西区高島2-9-14 ハイツ高島305', '305'],
  ['宮城県仙台市宮城野区榴岡4-5-17-903', '903'],
  ['東京都小金井市本町6丁目9番40号', null],
  ['石川県金沢市広岡2-13-37 とびうめハイツ205', '205'],
  ['石川県金沢市広岡2-13-37 ハイムとまり　２０５', '205'],
  ['石川県金沢市広岡2-13-37 Le Printemps B-205', 'B205'],
  ['石川県金沢市広岡2-13-37 木の館 5号室', '5'],
  ['石川県金沢市広岡2-13-37 はなのき205 山岸様方', '205'],
  ['石川県金沢市広岡2-13-37 はなのき', null],
  ['石川県金沢市広岡2-13-37 076-222-1205', null],
])('the room of %s', (text, room) => expect(canonicalAddress(text, gazetteer)?.room ?? null).toBe(room));

test('addresses are found in running text, with building and room, without what follows', () => {
  expect(addressesIn('お届け先は東京都中野区中野5-32-8 コーポ桜201、お電話は03-1234-5678です。')).toEqual([
    '東京都中野区中野5-32-8 コーポ桜201',
  ]);
  expect(addressesIn('新住所　中野区東中野2-7-15-603\n電話')).toEqual(['中野区東中野2-7-15-603']);
});

test.each(['東京都の渋谷区・港区、神奈川県の一部', '横浜市で2026年10月3日に開催', '新宿区役所3階', '市内5店舗', '大阪市 10名'])(
  'a place is no address: %s',
  (text) => expect(addressesIn(text)).toEqual([]),
);
