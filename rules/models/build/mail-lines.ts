import { readFileSync } from 'node:fs';
import { toKatakana } from '../../../src/normalize/index.ts';

/** A line of text with the places of its entities; `type` PERSON for names. */
export type LabelledLine = { readonly text: string; readonly entities: readonly Entity[] };
export type Entity = { readonly start: number; readonly end: number; readonly type: string };
export type NameStock = {
  readonly surnames: readonly (readonly [kanji: string, reading: string])[];
  readonly givenNames: readonly (readonly [kanji: string, reading: string])[];
  readonly places: readonly string[];
};
type Random = (bound: number) => number;

const words = {
  dept: '営業部 営業一課 第二営業部 総務部 人事部 人事課 経理部 経理課 情報システム部 法務部 購買部 資材課 品質保証部 製造部 技術部 開発課 企画室 広報室 物流センター カスタマーサポート お客様相談室 契約課 保全課 業務課 管理部 国際部 海外営業部 審査部 融資課 医事課 看護部 教務課 財務経理部 マーケティング部 商品企画部 施設管理課 秘書室 監査室 CS推進室 DX推進部 東日本営業部 関西支社 福岡営業所'.split(
    ' ',
  ),
  title:
    '部長 課長 係長 主任 次長 室長 所長 支店長 店長 取締役 常務取締役 専務取締役 代表取締役 代表取締役社長 マネージャー チーフ リーダー 課長代理 部長代理 主査 主幹 参事 顧問 院長 事務長 工場長 センター長 事業部長 執行役員'.split(
      ' ',
    ),
  team: '総務 経理 人事 営業 技術 情シス 開発 受付 事務局 サポート窓口 お客様デスク 予約センター 配送デスク コールセンター 契約窓口 品質管理 物流 購買'.split(
    ' ',
  ),
  prod: 'ノートPC 複合機 プリンター用トナー 会議用テーブル 事務椅子 検査装置 制御盤 ステンレス配管 樹脂部品 生鮮野菜 冷凍食品 業務用洗剤 医療用手袋 コピー用紙 モニター ネットワーク機器 保険プランA 電子カルテ 防災セット 空調機 照明器具 塗料 梱包資材 ボルト 鋼材 電線 木材 LED照明 クラウドサービス 年間保守'.split(
    ' ',
  ),
  bank: 'みずほ 三菱UFJ 三井住友 りそな 横浜 千葉 静岡 福岡 北洋 常陽 京都 広島'.split(' '),
  companyName:
    '東洋 大和 光 日の出 みなと 丸菱 三和 中央 太陽 さくら 朝日 北斗 富士見 若葉 旭 共立 日新 協和 栄光 アクア グローバル テクノ ネクスト サンライズ フューチャー ブルースカイ 第一 新生 明和 大成'.split(
      ' ',
    ),
  companyKind:
    '商事 電機 工業 建設 運輸 食品 製作所 システム 物産 印刷 不動産 サービス 商店 化学 精密 ホールディングス 興業 設備 物流 薬品 リース 保険代理店 デザイン 観光 出版 農園 水産 病院 クリニック 学園 会計事務所 法律事務所 税理士法人'.split(
      ' ',
    ),
};
const western =
  'マリア ジョン マイケル アンナ デビッド ロバート ジェームズ カルロス フェルナンド グエン ファム トラン アウン キン サラ エミリー ダニエル トーマス パトリシア リチャード クリスティーナ ホセ アントニオ ルイス ミゲル ソフィア オリビア ニコラス アレックス ピーター ジョセフ マーク ケビン ブライアン エリック アンドレア ラジェシュ プリヤ アミット サントス'.split(
    ' ',
  );
const westernFamily =
  'サントス スミス ブラウン ジョンソン ウィリアムズ ミラー デイビス ガルシア ロドリゲス ロペス ゴンザレス ペレス シルバ オリベイラ タン チャン ラマ シャルマ シン クマール テイラー アンダーソン ウォーカー ヤング キング ライト ヒル グリーン アダムス ベイカー ネルソン カーター ヴァン・アン ティ・フォン ミン・トゥ デ・ラ・クルス レイエス バウティスタ'.split(
    ' ',
  );
const latin =
  'Maria John Michael Anna David Robert James Carlos Fernando Sarah Emily Daniel Thomas Patricia Richard Jose Luis Sofia Peter Mark Kevin Eric Andrea Rajesh Priya Amit NGUYEN TRAN PHAM LE'.split(
    ' ',
  );
const latinFamily =
  'Santos Smith Brown Johnson Williams Miller Davis Garcia Rodriguez Lopez Gonzalez Silva Tan Chan Lama Sharma Singh Kumar Taylor Anderson Walker Young Hill Adams Baker Nelson Carter Reyes VAN ANH|VAN ANH THI PHUONG MINH TU'.split(
    ' ',
  );
const chinese = '王 李 張 劉 陳 楊 黄 趙 呉 周 徐 孫 馬 朱 胡 林 郭 何 高 金 朴 崔 鄭 姜 尹 韓 孔'.split(' ');
const chineseGiven =
  '志明 偉 芳 娜 秀英 敏 静 麗 強 磊 軍 洋 勇 艶 傑 濤 明 超 建国 小明 雅婷 怡君 志豪 俊傑 美玲 慶洙 秀賢 智勲 恵珍 民俊 賢宇 有真 書妍 浩然 子涵'.split(
    ' ',
  );

/** Mulberry32, so that every training sees the same lines. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** `count` lines made from the templates of mail-lines.txt, with invented names. */
export function makeMailLines(stock: NameStock, count: number, seed: number): readonly LabelledLine[] {
  const templates = readFileSync(new URL('mail-lines.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const writer = new LineWriter(stock, seededRandom(seed));
  return Array.from({ length: count }, (_, index) => writer.write(templates[index % templates.length] ?? ''));
}

class LineWriter {
  readonly #stock: NameStock;
  readonly #random: Random;
  #last: { surname: readonly [string, string]; given: readonly [string, string] } = {
    surname: ['佐藤', 'さとう'],
    given: ['花子', 'はなこ'],
  };

  constructor(stock: NameStock, random: Random) {
    this.#stock = stock;
    this.#random = random;
  }

  write(template: string): LabelledLine {
    const entities: Entity[] = [];
    let text = '';
    let from = 0;
    for (const slot of template.matchAll(/\{([a-zA-Z]+)\}/g)) {
      text += template.slice(from, slot.index);
      from = slot.index + slot[0].length;
      const [value, type] = this.#fill(slot[1] ?? '');
      if (type !== null) entities.push({ start: text.length, end: text.length + value.length, type });
      text += value;
    }
    text += template.slice(from);
    const indent = this.#random(12) === 0 ? '　' : '';
    return {
      text: indent + text,
      entities: entities.map((entity) => ({ ...entity, start: entity.start + indent.length, end: entity.end + indent.length })),
    };
  }

  #fill(slot: string): readonly [string, string | null] {
    switch (slot) {
      case 'F':
        this.#last = { surname: this.#surname(), given: this.#given() };
        return [this.#join(this.#last.surname[0], this.#last.given[0], ['', ' ', '　']), 'PERSON'];
      case 'S':
        return [this.#surname()[0], 'PERSON'];
      case 'G':
        return [this.#given()[0], 'PERSON'];
      case 'K':
        return [this.#join(toKatakana(this.#last.surname[1]), toKatakana(this.#last.given[1]), [' ', '　', '']), 'PERSON'];
      case 'H':
        return [this.#join(this.#last.surname[1], this.#last.given[1], [' ', '　']), 'PERSON'];
      case 'R':
        return [this.#romaji(), 'PERSON'];
      case 'W':
        return [`${this.#pick(western)}${this.#pick(['・', '・', ' ', '＝'])}${this.#pick(westernFamily)}`, 'PERSON'];
      case 'L':
        return [this.#latin(), 'PERSON'];
      case 'C':
        return [this.#join(this.#pick(chinese), this.#pick(chineseGiven), ['', '', ' ', '　']), 'PERSON'];
      case 'co':
        return [this.#company(), 'ORG'];
      case 'place':
        return [this.#pick(this.#stock.places), 'LOC'];
      case 'addr':
        return [
          `${this.#pick(this.#stock.places)}${this.#surname()[0]}${this.#pick(['町', '台', '本町', ''])}${1 + this.#random(9)}-${1 + this.#random(30)}-${1 + this.#random(20)}`,
          'LOC',
        ];
      case 'sname':
        return [this.#surname()[0], null];
      default:
        return [this.#plain(slot), null];
    }
  }

  #plain(slot: string): string {
    const number = (low: number, count: number): string => String(low + this.#random(count));
    switch (slot) {
      case 'date':
        return this.#pick([
          `${number(2020, 7)}年${number(1, 12)}月${number(1, 28)}日`,
          `${number(1, 12)}月${number(1, 28)}日`,
          `${number(2020, 7)}/${number(1, 12)}/${number(1, 28)}`,
          `昭和${number(20, 43)}年${number(1, 12)}月${number(1, 28)}日`,
        ]);
      case 'time':
        return `${number(8, 12)}:${number(10, 49)}`;
      case 'tel':
        return this.#pick([`090-${number(1000, 9000)}-${number(1000, 9000)}`, `03-${number(1000, 9000)}-${number(1000, 9000)}`]);
      case 'mail':
        return `${this.#pick(['info', 'h.sato', 'tanaka', 'yoko_m', 'k-suzuki'])}@${this.#pick(['example.co.jp', 'example.jp', 'example.com'])}`;
      case 'zip':
        return `${number(100, 899)}-${number(1000, 9000)}`;
      case 'no':
        return this.#pick([number(1, 9), number(10, 90), number(1000, 9000), `A${number(100, 900)}-${number(10, 90)}`]);
      case 'id':
        return `C${number(1000, 9000)}`;
      case 'yen':
        return this.#pick([`${number(1, 900)},000円`, `¥${number(1000, 90000)}`]);
      default:
        return this.#pick((words as Readonly<Record<string, readonly string[]>>)[slot] ?? ['']);
    }
  }

  #company(): string {
    const isFamily = this.#random(3) === 0;
    const name = `${isFamily ? this.#surname()[0] : this.#pick(words.companyName)}${this.#pick(words.companyKind)}`;
    return this.#pick([
      `株式会社${name}`,
      `${name}株式会社`,
      `(株)${name}`,
      `${name}(株)`,
      name,
      `有限会社${name}`,
      `合同会社${name}`,
      `株式会社 ${name}`,
    ]);
  }

  /** The most borne names come most often, as in life; rare ones too, or the model would learn the list by heart. */
  #surname(): readonly [string, string] {
    const { surnames } = this.#stock;
    return surnames[Math.floor((this.#random(1000) / 1000) ** 2.2 * surnames.length)] ?? ['佐藤', 'さとう'];
  }

  #given(): readonly [string, string] {
    return this.#stock.givenNames[this.#random(this.#stock.givenNames.length)] ?? ['花子', 'はなこ'];
  }

  #join(first: string, second: string, gaps: readonly string[]): string {
    return `${first}${this.#pick(gaps)}${second}`;
  }

  #latin(): string {
    const given = this.#pick(latin);
    const family = this.#pick(latinFamily);
    return this.#random(4) === 0 ? `${family.toUpperCase()} ${given.toUpperCase()}` : `${given} ${family}`;
  }

  #romaji(): string {
    const family = toRomaji(this.#last.surname[1]);
    const given = toRomaji(this.#last.given[1]);
    return this.#pick([
      `${capital(given)} ${capital(family)}`,
      `${family.toUpperCase()} ${capital(given)}`,
      `${capital(family)} ${capital(given)}`,
      `${family.toUpperCase()} ${given.toUpperCase()}`,
    ]);
  }

  #pick<T>(choices: readonly T[]): T {
    const choice = choices[this.#random(choices.length)];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice;
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const syllables =
  'あa いi うu えe おo かka きki くku けke こko さsa しshi すsu せse そso たta ちchi つtsu てte とto なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa をo んn がga ぎgi ぐgu げge ごgo ざza じji ずzu ぜze ぞzo だda ぢji づzu でde どdo ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo';
const romajiOf = new Map(syllables.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)]));

/** Hepburn, near enough for training: きょう → kyo. */
function toRomaji(kana: string): string {
  const spelled = Array.from(kana, (sign, index) => {
    const small = 'ゃゅょ'.indexOf(kana.charAt(index + 1));
    const base = romajiOf.get(sign) ?? '';
    if ('ゃゅょ'.includes(sign)) return ['a', 'u', 'o']['ゃゅょ'.indexOf(sign)] ?? '';
    if (sign === 'っ') return romajiOf.get(kana.charAt(index + 1))?.charAt(0) ?? '';
    return small === -1 ? base : base.replace(/i$/, ['sh', 'ch', 'j'].some((start) => base.startsWith(start)) ? '' : 'y');
  }).join('');
  return spelled.replaceAll(/ou|oo/g, 'o').replaceAll('uu', 'u');
}
