import { normalize } from '../../normalize/index.ts';

/** Municipalities by every name they go by in addresses; values are the part that tells them apart (ward, town, city). */
export type Gazetteer = { readonly names: ReadonlyMap<string, string>; readonly longest: number };

export const prefectures: readonly string[] =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
    ' ',
  );

/** `text`: lines `prefecture TAB municipality`. */
export function loadGazetteer(text: string): Gazetteer {
  const names = new Map<string, string>();
  let longest = 0;
  for (const line of text.split('\n')) {
    const municipality = normalize(line.split('\t')[1] ?? '').text;
    if (municipality === '') continue;
    const core = coreOf(municipality);
    for (const name of [municipality, core]) {
      // 市 alone, or a two-letter core such as 北区, is too little to find an address by without its city.
      if (name.length >= 3 || name === municipality) for (const spelling of spellings(name)) names.set(spelling, core);
      longest = Math.max(longest, name.length);
    }
  }
  return { names, longest };
}

/** さいたま市大宮区 → 大宮区, 西多摩郡瑞穂町 → 瑞穂町: people leave the rest out. */
const coreOf = (municipality: string): string =>
  /^.+?郡(.+)$/.exec(municipality)?.[1] ?? /^.+市(.+区)$/.exec(municipality)?.[1] ?? municipality;

/** ヶ and ケ are one sign to those who write addresses. */
const spellings = (name: string): readonly string[] => [name, name.replaceAll('ケ', 'ヶ'), name.replaceAll('ヶ', 'ケ')];
