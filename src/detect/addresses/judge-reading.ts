import type { Block } from './read-block.ts';

/** What was read of a possible address, and what surrounds it. */
export type Reading = {
  readonly text: string;
  readonly isLed: boolean;
  readonly hasPrefecture: boolean;
  /** Behind 住所:, a postal code and the like, without a municipality. */
  readonly isLabelled: boolean;
  readonly isKnownTown: boolean;
  /** Between municipality and town, and between town and numbers. */
  readonly townGap: string;
  readonly numbersGap: string;
  /** What stands between and no list holds. */
  readonly area: string;
  readonly block: Block;
};

/** What numbers count that are no block: 3日, 10社, 1位, 1,200件, 3階, 2名. 本社, 本館, 店舗 … begin what the address is of. */
const counter =
  /^[ ]?(?:[年月日時分秒名人件円万億個回歳才点枚%位割倍泊社軒戸週歩章節版期行列種着便杯匹頭冊曲票得勝敗]|本(?![社館店部町])|台(?![東北南西])|店(?!長)|か[国所月]|[ヶケカ][国所月]|箇|つ|世帯|坪|平米|㎡|m(?![a-z])|km|kg|℃|度|校|園|番(?![地号0-9])|号[店線車機]|路線|系統|工区|代(?=[ の女男前後、。]|$)|部門|課|班|組|チーム|ポイント|〜|~|年度|cm|GB|台数)/;
const floorCounter = /^[ ]?(?:階|F(?![A-Za-z])|号室|棟|号館)/;
/** Numbers in running text that only look joined: 2026-11-24, 3-5日, 1-2月. */
const year = /^(?:19|20)[0-9]{2}$/;
/** Behind a lone number or 丁目 an address is over; a word would make it 新宿3丁目店 or 港区10社. */
const over = /^(?:$|[\s、。,，)）」』】\]|"'<>;]|様方)/;
const overOrParticle = /^(?:$|[\s、。,，()（）」』】\]|"'<>;]|様方|(?:に|へ|で|まで|です|から|宛|が|は|を|と)(?![\u30A1-\u30FA]))/;
/** Words that are no part of a place's name, so that the numbers behind them count something else. */
const foreignArea =
  /[駅店営庁議]|役所|役場|事業|計画|工事|支社|本社|会社|企業|銀行|大学|学校|高校|病院|工場|市内|区内|町内|県内|都内|市民|区民|町民|県民|市立|区立|町立|村立|県立|国道|県道|市道|号線|地区|地域|会場|会議|予選|大会|体育|球場|選手|対策|選$|条例|規則|第[0-9]|約|全|計$|最大|以[上下]|平均|人口|開催|担当|在住|出身|勤務|限定|版|型|時点|年度|予定|分室/;

/** The confidence that a reading is an address, 0 when it is not. A municipality or town without block numbers never is. */
export function isAddressLike(reading: Reading): number {
  const { text, block, isKnownTown, numbersGap, townGap } = reading;
  const after = text.slice(block.end, block.end + 6);
  const isBroken = /[\n,|\t]/.test(numbersGap);
  if (isPhoneOrDate(reading)) return 0;
  const isNumbered = block.parts.length >= 2 || block.hasUnit;
  if (block.parts.length < 2 || !block.hasUnit) {
    if (counter.test(after) && !(block.parts.length >= 3 && after.startsWith(' '))) return 0;
  }
  if (/[\n,|\t]/.test(townGap) && !isKnownTown) return 0;
  if (!isNumbered && floorCounter.test(after)) return 0;
  if (isBroken && block.parts.length < 2) return 0;
  if (!isKnownTown) return judgeUnlisted(reading, isNumbered);
  if (reading.area !== '' && !/^(?:大字|小字|字)/.test(reading.area)) {
    if (foreignArea.test(reading.area)) return 0;
    // 宇治市宇治琵琶33: a name within the town with a lone number needs the prefecture before it and nothing behind.
    if (!isNumbered) return reading.hasPrefecture && numbersGap === '' && reading.area.length <= 4 && over.test(after) ? 0.8 : 0;
  }
  if (isNumbered) return base(reading);
  if (block.hasChome) return over.test(after) && !reading.isLabelled ? 0.7 : 0;
  if (reading.isLabelled) return 0;
  if (/^[\n\r]|^[ ]{2}/.test(numbersGap)) return 0;
  // 府川町88で: of two digits and more a number right behind a town counts nothing.
  const isEnd = reading.isLed || (block.parts[0] ?? '').length > 1 ? overOrParticle : over;
  return isEnd.test(after) && !(numbersGap !== '' && !reading.isLed) ? base(reading) - 0.1 : 0;
}

function base({ hasPrefecture, isLabelled, isLed }: Reading): number {
  if (hasPrefecture) return 0.98;
  if (isLabelled) return 0.88;
  return isLed ? 0.97 : 0.95;
}

/** A name that no list holds needs more: two joined numbers or a unit, and a prefecture or city before it, or 番地 behind. */
function judgeUnlisted(reading: Reading, isNumbered: boolean): number {
  const { area, block, hasPrefecture, numbersGap, townGap } = reading;
  if (!isNumbered || foreignArea.test(area)) return 0;
  // 江東区 見積 1-2, 札幌市電 2-1: the towns of one sign are all listed, and a word between spaces is mostly none.
  const isLoose = numbersGap !== '' && (townGap !== '' || area.length === 1);
  if (!block.hasUnit && area !== '' && (isLoose ? block.parts.length < 3 : area.length === 1 && !hasPrefecture)) return 0;
  if (area === '') {
    if (block.parts.length < 2 && !block.hasUnit) return 0;
    return hasPrefecture && (block.parts.length >= 3 || block.hasUnit) ? 0.8 : block.hasUnit && block.parts.length >= 2 ? 0.75 : 0;
  }
  if (/[のがつ]$|^[のがつ]/.test(area)) return 0;
  if (block.parts.length >= 2) return hasPrefecture ? 0.95 : 0.85;
  return /^(?:大字|小字|字)/.test(area) || hasPrefecture ? 0.85 : 0.7;
}

/** 03-1234-5678, 〒 160-0023, 2026-11-24: joined numbers that stand behind a place for another reason. */
function isPhoneOrDate({ text, block, numbersGap, isKnownTown }: Reading): boolean {
  const written = text.slice(block.start, block.end);
  if (/^[0-9]{3}-[0-9]{4}$/.test(written) && (numbersGap !== '' || !isKnownTown)) return true;
  if (/^[0-9]{1,4}-[0-9]{4}-[0-9]{4}$/.test(written)) return true;
  const isDate = year.test(block.parts[0] ?? '') && Number(block.parts[1] ?? 99) <= 12 && !block.hasUnit;
  return isDate && (numbersGap !== '' || !isKnownTown || block.parts.length === 3);
}
