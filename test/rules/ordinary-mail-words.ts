/** Words and numbers of ordinary business mail that are nobody's personal data. Companies and places hold surnames on purpose. */
import { expandExample, type Random } from '../../src/detect/expand-example.ts';

const lists: Readonly<Record<string, string>> = {
  company:
    '佐藤商店 田中製作所 山田電機 本田精密 松下建材 鈴木運輸 高橋印刷 渡辺製菓 伊藤鉄工 中村水産 小林硝子 加藤産業 吉田木材 山本金属工業 斎藤食品 ' +
    '清水建設工業 森永商事 長谷川工業 藤井電設 岡本化成 前田道路設備 石川島機材 池田屋 橋本物流 阿部繊維 青木メディカル 大和ソフト 旭テクノ 東洋計器 西日本ロジスティクス ' +
    'ミドリ電子 さくら情報システム あおぞら不動産 つばさ航空貨物 ひかり薬品 こまつ農園 わかば学習社 アルファ搬送システム ネクストリンク グローバルフーズ',
  prefix: '株式会社 有限会社 (株) ㈱ 合同会社',
  place:
    '福島県 宮崎市 千葉市 川崎市 岡山県 山口県 石川県 長野県 松本市 秋田県 大分県 香川県 高松市 前橋市 宇都宮市 横浜市 名古屋市 大阪市 札幌市 仙台市 新宿区 渋谷区 江東区 ' +
    '港区 品川 秋葉原 梅田 博多 金沢 富山 小倉 三宮 大宮 柏 町田 立川 三島 沼津 藤沢 小山 高崎',
  station: '東京駅 上野駅 大宮駅 川崎駅 小田原駅 松本駅 福島駅 岡山駅 高松駅 渋谷駅 千葉駅 三島駅 田町駅 有楽町駅 中野駅 原宿駅',
  factory:
    '川崎工場 三島工場 福島第二倉庫 大宮センター 宮崎事業所 柏物流拠点 小山工場 高崎サービスセンター 千葉配送センター 松本研究所 前橋営業所 石川製造所',
  dept:
    '営業部 営業一課 総務部 人事部 経理部 情報システム部 品質保証部 開発第二部 購買課 法務部 広報室 物流管理課 カスタマーサポート 生産技術部 海外事業部 経営企画室 ' +
    '設計課 製造二課 お客様相談室 内部監査室 知的財産部 東日本支社 福岡支店 関西営業所',
  role: '部長 課長 係長 主任 担当者 責任者 リーダー マネージャー 役員 取締役会 監査役 店長 工場長 センター長 事務局 幹事 理事会 委員会',
  product:
    'ノートパソコン 液晶モニター レーザープリンター トナーカートリッジ コピー用紙A4 ボールペン 作業手袋 安全靴 LED照明 空気清浄機 業務用冷蔵庫 ステンレスボルト 六角ナット 圧力センサー 油圧ポンプ ' +
    'コンベヤベルト 減速機 インバータ 光ファイバーケーブル 無線ルーター 会議用テーブル オフィスチェア 段ボール箱 緩衝材 梱包テープ 消毒用アルコール マスク50枚入 緑茶500ml コーヒー豆 米10kg ' +
    'りんごジュース 煎餅詰合せ バスタオル カーテン シャツ（紺・L） 登山靴 テント ヘッドライト 電動ドリル 園芸用土 肥料20kg 塗料（白） 接着剤 シリコンゴム',
  task:
    '要件定義 基本設計 詳細設計 単体テスト 結合テスト 受入検査 データ移行 本番切替 棚卸 月次決算 予算編成 新人研修 防災訓練 設備点検 契約更新 見積作成 資料作成 原稿確認 図面修正 出荷準備 在庫確認 ' +
    '業者選定 現地調査 仕様確認 議事録作成 稟議申請 価格改定 サーバー増設 ライセンス更新 監査対応 展示会準備 求人票の作成',
  document:
    '見積書 請求書 納品書 発注書 注文書 契約書 仕様書 議事録 報告書 提案書 工程表 図面 検収書 申請書 稟議書 マニュアル 手順書 カタログ 価格表 チェックリスト 覚書 秘密保持契約書 登記簿謄本 決算短信',
  event:
    '定例会議 進捗会議 キックオフ 株主総会 取締役会 安全大会 展示会 商談会 勉強会 オンライン説明会 入社式 忘年会 社員旅行 健康診断 避難訓練 棚卸 内覧会 リリース判定会議 障害報告会 個別相談会',
  adjective: '新しい 次回の 今年度の 先日の 来月の 修正後の 最新の 暫定の 添付の 下記の 変更後の 前回の',
  reason:
    '部品の調達遅れ 台風の影響 システム障害 仕様変更 為替の変動 原材料の高騰 年末年始の休業 道路工事 停電作業 在庫不足 輸入手続きの遅延 検査の再実施 人員の再配置',
  color: '赤 青 白 黒 紺 緑 グレー 生成り 銀 茶',
  unit: '個 本 箱 台 枚 冊 セット ケース 缶 kg m 式 件',
  system:
    'WMS 基幹システム 勤怠システム 経費精算システム CRM ファイルサーバー VPN 社内ポータル 生産管理システム POSレジ メール配信基盤 検証環境 本番環境 バックアップサーバー',
  software: 'Windows macOS Ubuntu PostgreSQL Node.js nginx OpenSSL Excel Chrome Java Python Kubernetes Redis Postfix',
  weekday: '月 火 水 木 金',
  industry: '自動車 半導体 食品 医薬品 建設 物流 小売 観光 農業 鉄鋼 化学 通信 金融 電力 繊維 航空',
  english:
    'shipment invoice schedule contract warranty inspection forecast budget proposal release deployment migration maintenance agenda quotation delivery warehouse inventory shipment firmware',
};

const words: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(lists).map(([name, list]) => [name, list.split(' ')]));

export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => String(random(10))).join('');
}

function hex(random: Random, count: number): string {
  return Array.from({ length: count }, () => random(16).toString(16)).join('');
}

function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(65 + random(26))).join('');
}

function money(random: Random): string {
  const value = (1 + random(999)) * 10 ** random(5);
  return value.toLocaleString('en-US');
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Numbers as mail writes them. Every one has a shape that some kind of personal data has too. */
const numbers: Readonly<Record<string, (random: Random) => string>> = {
  n: (random) => String(1 + random(9)),
  nn: (random) => String(10 + random(90)),
  nnn: (random) => String(100 + random(900)),
  percent: (random) => `${random(100)}.${random(10)}`,
  money,
  amount: (random) => String((1 + random(9999)) * 10),
  year: (random) => String(2019 + random(9)),
  reiwa: (random) => String(1 + random(9)),
  month: (random) => String(1 + random(12)),
  day: (random) => String(1 + random(28)),
  date: (random) => `${2019 + random(9)}年${1 + random(12)}月${1 + random(28)}日`,
  slash: (random) => `${2019 + random(9)}/${two(1 + random(12))}/${two(1 + random(28))}`,
  iso: (random) => `${2019 + random(9)}-${two(1 + random(12))}-${two(1 + random(28))}`,
  ymd: (random) => `${2019 + random(9)}${two(1 + random(12))}${two(1 + random(28))}`,
  era: (random) => `令和${1 + random(9)}年${1 + random(12)}月${1 + random(28)}日`,
  oldera: (random) => `${['昭和', '平成'][random(2)]}${2 + random(28)}年${1 + random(12)}月${1 + random(28)}日`,
  edot: (random) => `R${1 + random(9)}.${1 + random(12)}.${1 + random(28)}`,
  md: (random) => `${1 + random(12)}/${1 + random(28)}`,
  time: (random) => `${8 + random(11)}:${two(random(60))}`,
  clock: (random) => `${two(random(24))}:${two(random(60))}:${two(random(60))}`,
  d3: (random) => digits(random, 3),
  d4: (random) => digits(random, 4),
  d5: (random) => digits(random, 5),
  d6: (random) => digits(random, 6),
  d7: (random) => digits(random, 7),
  d8: (random) => digits(random, 8),
  d9: (random) => digits(random, 9),
  d10: (random) => digits(random, 10),
  d11: (random) => digits(random, 11),
  d12: (random) => digits(random, 12),
  d13: (random) => digits(random, 13),
  d14: (random) => digits(random, 14),
  d15: (random) => digits(random, 15),
  d16: (random) => digits(random, 16),
  // Led by zero: the outline of a phone number.
  z10: (random) => `0${1 + random(9)}${digits(random, 8)}`,
  z11: (random) => `0${['5', '7', '8', '9'][random(4)]}0${1 + random(9)}${digits(random, 7)}`,
  g34: (random) => `${digits(random, 3)}-${digits(random, 4)}`,
  g444: (random) => `${digits(random, 4)}-${digits(random, 4)}-${digits(random, 4)}`,
  g344: (random) => `${digits(random, 3)}-${digits(random, 4)}-${digits(random, 4)}`,
  g4444: (random) => `${digits(random, 4)}-${digits(random, 4)}-${digits(random, 4)}-${digits(random, 4)}`,
  z344: (random) => `0${['5', '7', '8', '9'][random(4)]}0-${digits(random, 4)}-${digits(random, 4)}`,
  s344: (random) => `${digits(random, 3)} ${digits(random, 4)} ${digits(random, 4)}`,
  jan: (random) => expandExample('{{jan}}', random),
  isbn: (random) => `978-4-${digits(random, 2)}-${digits(random, 6)}-${random(10)}`,
  L: (random) => letters(random, 1),
  LL: (random) => letters(random, 2),
  LLL: (random) => letters(random, 3),
  hex8: (random) => hex(random, 8),
  sha: (random) => hex(random, 40),
  md5: (random) => hex(random, 32),
  uuid: (random) => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
  ip: (random) => `10.${random(256)}.${random(256)}.${1 + random(254)}`,
  ver: (random) => `${1 + random(20)}.${random(20)}.${random(30)}`,
  version4: (random) => `${random(20)}.${random(10)}.${random(9000)}.${random(300)}`,
  mac: (random) => Array.from({ length: 6 }, () => hex(random, 2)).join(':'),
  size: (random) => `${10 + random(990)}×${10 + random(990)}×${10 + random(90)}mm`,
  model: (random) => `${letters(random, 2 + random(2))}-${digits(random, 3 + random(2))}${['', 'A', 'X', '-2', 'SE'][random(5)]}`,
};

/** `{slot}` → a word or number; throws on a slot that does not exist. */
export function fillSlots(template: string, random: Random): string {
  return template.replaceAll(/\{([A-Za-z0-9]+)\}/g, (slot, name: string) => {
    const list = words.get(name);
    if (list !== undefined) return list[random(list.length)] ?? '';
    const make = numbers[name];
    if (make === undefined) throw new Error(`unknown slot ${slot}`);
    return make(random);
  });
}
