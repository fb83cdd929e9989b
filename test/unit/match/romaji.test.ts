import { expect, test } from 'vitest';
import { foldRomaji, romajiOfKana } from '../../../src/match/romaji.ts';

test.each([
  ['オオツカ', ['Otsuka', 'Ohtsuka', 'OOTSUKA', 'Ōtsuka', 'Ootuka']],
  ['ショウタ', ['Shota', 'Shouta', 'Syota', 'Shohta']],
  ['ハットリ', ['Hattori']],
  ['ホッチ', ['Hotchi', 'Hotti']],
  ['ジュンイチ', ["Jun'ichi", 'Junichi', 'Zyuniti']],
  ['ナンバ', ['Namba', 'Nanba']],
  ['フジイ', ['Fujii', 'Hujii']],
  ['ユウキ', ['Yuki', 'Yuuki']],
])('%s is the same name in every spelling', (kana, spellings) => {
  for (const spelling of spellings) expect(foldRomaji(spelling)).toBe(romajiOfKana(kana));
});

test('other names stay apart, and what is no kana has no romaji', () => {
  expect(foldRomaji('Sato')).not.toBe(romajiOfKana('サイトウ'));
  expect(romajiOfKana('佐藤')).toBe('');
});
