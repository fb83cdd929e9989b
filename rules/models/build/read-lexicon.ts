import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordClasses } from '../../../src/detect/names/model/word-table.ts';
import { normalize, toKatakana } from '../../../src/normalize/index.ts';

const lists = new URL('../../lists/', import.meta.url);
const commonSurnames = 600;
/** Longer words say no more than their beginning; words with spaces never match. */
const longestEntry = 8;

const honorifics =
  '様 さま さん 氏 殿 君 くん ちゃん 先生 社長 会長 専務 常務 取締役 部長 次長 課長 係長 主任 店長 所長 室長 支店長 工場長 教授 准教授 医師 弁護士 税理士 司法書士 選手 監督 議員 大臣 知事 市長 首相 被告 容疑者 夫人 女史 博士 牧師 卿 伯爵 公爵 王 皇帝 天皇 親王 大佐 少佐 大尉 中尉 少尉 大将 中将 少将 役 宛';
/** The most borne Chinese and Korean surnames. */
const eastAsianSurnames =
  '王 李 張 劉 陳 楊 黄 趙 呉 周 徐 孫 馬 朱 胡 林 郭 何 高 梁 鄭 羅 宋 謝 唐 韓 曹 許 鄧 蕭 馮 曾 程 蔡 彭 潘 袁 于 董 余 蘇 葉 呂 魏 蒋 田 杜 丁 沈 姜 范 江 傅 鍾 盧 汪 戴 崔 任 陸 廖 姚 方 金 朴 尹 申 権 洪 安 全 文 白 柳 南 裵 裴 孔 厳 諸葛 司馬 欧陽 夏侯';

/** Every word of the lexicon, normalized, with its class bits: the shipped lists, places, and the IPA dictionary in `ipadic` (its .csv files, EUC-JP). */
export function readLexicon(ipadic: string, places: readonly string[]): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const add = (spelling: string, classes: number): void => {
    const word = normalize(spelling).text;
    if (word !== '' && word.length <= longestEntry && !/\s/.test(word)) words.set(word, (words.get(word) ?? 0) | classes);
  };
  readSurnames().forEach(([kanji, reading], index) => {
    add(kanji, index < commonSurnames ? wordClasses.commonSurname : wordClasses.surname);
    for (const spelled of [reading, toKatakana(reading)]) add(spelled, wordClasses.surnameReading);
  });
  for (const name of readLines('given-names.txt')) add(name, wordClasses.givenName);
  for (const reading of readLines('given-readings.txt')) {
    for (const spelled of [reading, toKatakana(reading)]) add(spelled, wordClasses.givenReading);
  }
  for (const place of places) add(place, wordClasses.place);
  for (const honorific of honorifics.split(' ')) add(honorific, wordClasses.honorific);
  for (const surname of eastAsianSurnames.split(' ')) add(surname, wordClasses.foreignName | wordClasses.surname);
  for (const file of readdirSync(ipadic).filter((name) => name.endsWith('.csv'))) {
    for (const line of new TextDecoder('euc-jp').decode(readFileSync(join(ipadic, file))).split('\n')) {
      const [word = '', , , , kind = '', first = '', second = '', third = ''] = line.split(',');
      const classes = classOf(word, kind, first, second, third);
      if (classes !== 0) add(word, classes);
    }
  }
  return words;
}

function classOf(word: string, kind: string, first: string, second: string, third: string): number {
  if (kind === '') return 0;
  if (kind !== '名詞') return word.length >= 2 || /[\u3041-\u3096]/.test(word) ? wordClasses.otherWord : 0;
  if (first === '接尾' && second === '人名') return wordClasses.honorific;
  if (first !== '固有名詞') return wordClasses.noun;
  if (second === '地域') return wordClasses.place;
  if (second !== '人名') return wordClasses.organisation;
  return third === '姓' ? wordClasses.surname : third === '名' ? wordClasses.surelyGivenName : wordClasses.foreignName;
}

/** Surnames with their readings, the most borne first. */
export function readSurnames(): readonly (readonly [string, string])[] {
  return readLines('surnames.tsv').map((line) => {
    const [kanji = '', reading = ''] = line.split('\t');
    return [kanji, reading];
  });
}

/** Prefectures and municipalities of `towns.tsv` in `folder`, whole and without their last character (東京都, 東京; 横浜市, 横浜). */
export function readPlaces(folder: string): readonly string[] {
  const rows = readFileSync(join(folder, 'towns.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t').slice(0, 2).join('\t'));
  return [...new Set(rows)].flatMap((row) => {
    const [prefecture = '', municipality = ''] = row.split('\t');
    const town = municipality.replace(/^.+郡/, '');
    return [prefecture, prefecture.replace(/[都府県]$/, ''), municipality, town, town.replace(/[市区町村]$/, '')];
  });
}

function readLines(name: string): readonly string[] {
  return readFileSync(new URL(name, lists), 'utf8').trim().split('\n');
}
