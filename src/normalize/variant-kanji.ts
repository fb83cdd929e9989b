/**
 * Kanji written in several shapes for one name or place: the first character of each group stands for all of them.
 * NFKC folds none of these. Old forms (旧字体) by 当用漢字字体表 (1949) and 常用漢字表; name variants (異体字) as the family register prints them.
 */
const groups = `
高髙 崎﨑埼碕嵜 辺邊邉 斉齊斎齋⻫⻬ 浜濱濵 徳德 真眞 広廣 国國 沢澤 桜櫻 島嶋嶌 恵惠 竜龍⻯⻰ 瀬瀨 学學 栄榮 吉𠮷 増增 清淸 青靑⻘ 静靜 浄淨 黒黑 黄黃⻩ 富冨 峰峯 凜凛 晃晄 巌巖岩嵒
関關 鉄鐵 滝瀧 竈釜竃 薮藪籔 芦蘆 桧檜 梅楳 杯盃 船舩 館舘 舎舍 条條 園薗 野埜 秋穐 松枩 鶴靏靍 鷗鴎 亀龜⻱⻲ 与與 万萬 円圓 亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹弌 弐貳弍 参參弎 稲稻 飲飮
隠隱 営營 衛衞 駅驛 塩鹽 縁緣 応應 欧歐 殴毆 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 壊壞 懐懷 絵繪 拡擴 殻殼 覚覺 岳嶽 楽樂 缶罐 巻卷 陥陷 勧勸 寛寬 歓歡 観觀 顔顏 気氣 帰歸 偽僞
戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 茎莖 渓溪 掲揭 経經 蛍螢 軽輕 継繼 鶏鷄雞 芸藝 撃擊 研硏 県縣 倹儉 剣劍劔剱釼 険險 圏圈 検檢 献獻 権權
顕顯 験驗 厳嚴 効效 恒恆 鉱鑛 号號 砕碎 済濟 剤劑 歳歲 雑雜 桟棧 蚕蠶 惨慘 産產 賛贊 残殘 糸絲 歯齒⻭ 児兒 辞辭 湿濕 実實 釈釋 写寫 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍
将將 称稱 渉涉 焼燒 証證 奨奬 乗乘 剰剩 壌壤 嬢孃 譲讓 醸釀 縄繩 畳疊 触觸 嘱囑 慎愼 寝寢 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 枢樞 数數 声聲 窃竊 摂攝 専專 浅淺 戦戰 践踐 銭錢 潜潛
繊纖 禅禪 双雙 壮壯 争爭 荘莊 捜搜 挿插 巣巢 曽曾 総總 聡聰 装裝 騒騷 臓臟 蔵藏 即卽 属屬 続續 堕墮 対對 体體 帯帶 滞滯 台臺 択擇 担擔 単單 胆膽 団團 断斷 弾彈 遅遲 痴癡 虫蟲 昼晝
鋳鑄 庁廳 聴聽 勅敕 鎮鎭 逓遞 点點 転轉 伝傳 灯燈 当當 党黨 盗盜 闘鬪 独獨 読讀 届屆 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥⻨ 発發 抜拔 晩晚 蛮蠻 秘祕 瓶甁 払拂 仏佛 併倂 並竝 変變
弁辨瓣辯 歩步 宝寶寳 豊豐 褒襃 翻飜 毎每 満滿 麺麵 黙默 弥彌 訳譯 薬藥 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 略畧 両兩 猟獵 緑綠 隣鄰 塁壘 涙淚 励勵 礼禮 隷隸 霊靈 齢齡
暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 郎郞 楼樓 録錄 湾灣 槙槇 尭堯 瑶瑤 禄祿 穣穰 頬頰 桑桒 橋𣘺 柳栁 土圡𡈽 侠俠 熙煕凞 蕊蘂 西⻄ 長⻑ 民⺠ 鬼⻤ 食⻝⻞ 虎⻁ 角⻆ 貝⻉ 車⻋ 門⻔ 雨⻗ 骨⻣
魚⻥ 鳥⻦ 馬⻢ 風⻛ 飛⻜ 母⺟ 淵渕渊 籠篭 蝉蟬 姫姬 萌萠 兎兔 昂昻 内內 戸戶 呉吳 教敎 説說 彦彥 髪髮 沖冲 況况 達逹 喜㐂 壷壺 間閒 昇曻 尚尙 倶俱 呑吞 填塡 欠缺 餅餠 掴摑 剥剝 躯軀
頚頸 鴬鶯 侭儘 祢禰 祷禱 涛濤 遥遙 亘亙
`;

/** Every variant with the character that stands for its group; characters outside the BMP are keys of two code units. */
export const variantKanji: ReadonlyMap<string, string> = readGroups();

function readGroups(): ReadonlyMap<string, string> {
  const variants = new Map<string, string>();
  for (const group of groups.trim().split(/\s+/u)) {
    const [standard, ...others] = group.normalize('NFC');
    if (standard === undefined) continue;
    for (const other of others) if (other !== standard) variants.set(other, standard);
  }
  return variants;
}
