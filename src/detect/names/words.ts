// Words around names. All in normalised form (NFKC, variants folded).

/** What follows a person's name. 御中 and 各位 follow companies and groups. */
export const honorifics = '様|さま|サマ|氏|さん|殿|どの|先生|くん|君|ちゃん';
/** Titles that follow a surname: 佐藤課長. */
export const titles =
  '代表取締役|取締役|代表|社長|副社長|会長|理事長|副理事長|理事|監事|事務長|事務局長|学長|校長|園長|工場長|館長|塾長|組合長|班長|議長|頭取|執行役員|センター長|専務|常務|本部長|部長|次長|課長|係長|主任|主査|室長|所長|支店長|支社長|店長|局長|院長|医師|教授|弁護士|税理士|社労士|(?:グループ|チーム|ユニット|エリア|フロア|ブロック)(?:長|リーダー)|リーダー|マネージャー|マネジャー|委員|調査官|教諭|教頭|コーチ|SV|担当';

/** Labels whose value is a person's name, at the start of a line or a cell and before a colon, tab or space. */
export const labels =
  '(?:ご?(?:契約|申込|請求|依頼|連絡|注文|購入|受取|届け?出|利用|使用|登録|応募|参加|出席|受診|搭乗|加入|被保険|保険|配送|受付|対応|作成|記入|報告|担当|責任|代表|紹介|推薦|保証|届|送付|発送|問合せ|問い合わせ|お?届け先|予約|対象|相手)者?(?:様|さま)?の?(?:ご?(?:氏名|名前|お名前|名))?|ご?氏名|[\\p{Script=Han}]{1,5}氏名|[\\p{Script=Han}]{1,4}(?:対応|責任|管理|作成|記入|確認|承認|面接|面談|相談|紹介|推薦)(?:者|官|員)|姓|名|セイ|メイ|オペ|Surname|Given names?|First name|Last name|Family name|お?名前|お?なまえ|ご?芳名|氏 名|お客様(?:の?(?:お)?名前?|氏名)?|顧客名?|会員名|患者(?:様|さん)?(?:氏)?名?|名義人?(?:カナ)?|口座名義(?:人)?|フリガナ|ふりがな|カナ(?:氏名)?|ヨミガナ|氏名カナ|氏名(?:\\((?:カナ|フリガナ|漢字|ローマ字)\\))|(?:契約|被保険)者カナ|担当|[\\p{Script=Han}ァ-ヴー]{1,6}担当者?|旧姓|旧氏名|本名|通称|弊社担当|御社担当|貴社担当|窓口|宛名|宛先|あて名|届け先|お?届け先(?:氏名)?|送り主|差出人|受信者|From|To|Cc|Name|OP|オペレーター?|本人|配偶者|続柄|緊急連絡先|ご?本人|講師|司会|議長|出席者?|欠席者?|参加|同席者?|同行者?|署名|記入者|主治医|担当医|執刀医|看護師|薬剤師|ケアマネ(?:ージャー|ジャー)?|相談員|後見人|被?相続人|連帯保証人|保証人|立会人|世帯主|搭乗者|運転者|同乗者|入居者|借主|貸主|賃借人|貸借人|売主|買主|所有者|使用者|児童(?:氏)?名?|生徒(?:氏)?名?|園児名|保護者(?:氏)?名?|親権者|候補者|面接官|推薦者|後任|前任|通訳|妻|夫|父|母|長男|長女|次男|次女|店長|院長|代表者)';

/** Column headers over names; kana columns too. */
export const columnHeader =
  /^(?:ご|お)?(?:氏名|名前|お名前|姓名|契約者|被保険者|申込者|受取人|担当|担当者|会員名|顧客名|お客様名|お客様氏名|お客様|顧客|患者|患者名|患者様名|社員名|従業員名|従業員|社員|参加者|出席者|受講者|受講者名|応募者|応募者名|候補者|代表者|責任者|ご?芳名|フリガナ|ふりがな|カナ|ヨミ|ヨミガナ|氏名カナ|カナ氏名|契約者カナ|口座名義|名義|名義人|届け先名|届け先|送付先|受付者|対応者|記入者|講師|会員|利用者|利用者名|ご利用者|使用者|本人|配偶者|搭乗者|ご?家族|相手方|事故相手|来場者|入居者|姓|名|NAME|Name|name|name_kana|担当者名|購入者|注文者|依頼者|依頼者名|発注者|作業者|操作者|登録者|登録者名|連絡者|先方担当|先方担当者|営業担当|当社担当|弊社担当|氏名\(漢字\)|氏名\(カナ\)|お名前\(カナ\)|氏名\(フリガナ\)|契約者名|被保険者名|申込者名|受取人名|会員氏名|お客さま名|お客様名\(カナ\)|カナ名|漢字氏名|シメイ|ウケトリニン|ケイヤクシャ|メイギニン|コウザメイギ|カンジャメイ|カイインメイ|セイ|メイ|氏|苗字|名字)(?:様|さま)?(?:名)?$/;

/** What stands before 様 or after a label without being a person's name. */
export const notNames = new Set(
  '生協 農協 漁協 社協 労組 了承 了解 承知 教諭 教頭 校長 園長 保育士 看護師 介護士 労務 庶務 工務 設計 整備 配車 検査 生産 栄養 調理 看護 介護 予約係 受付係 相談係 相談窓口 元請 社労士 市役所 区役所 町役場 村役場 県庁 市民 リーダー マネージャー 職務 経歴 履歴 領収 長男 長女 次男 次女 三男 三女 原告 被告 申立人 相手方 債務者 債権者 お客 皆 皆々 各 一名 二名 三名 四名 五名 数名 各位 関係者 担当 担当者 御担当 ご担当 ご担当者 御担当者 貴 奥 旦那 主人 御主人 ご主人 両 神 仏 殿 得意先 利用者 会員 取引先 受取人 ご家族 家族 お子 子 お母 お父 母 父 他 他社 同 両名 一同 事業者 契約者 ご契約者 被保険者 保険者 業者 店 社 部 課 本人 ご本人 御本人 先方 相手 相手方 当人 第三者 患者 応募者 申込者 お申込者 責任者 代表者 購入者 お届け先 届け先 送付先 宛先 名宛 別 別紙 当社 弊社 御社 貴社 貴店 施主 オーナー ユーザー メンバー スタッフ 出品者 出席者 参加者 受講者 登録者 保護者 新規 既存 何 同じ 多 有 無 模 仕 多様 同様 一様 有様 異様 仕様 王 姫 若 若者 皆さ 奥さ お客さ おかあ おとう お嬢 坊 兄 姉 弟 妹 お兄 お姉 隊長 会社 法人 個人 個 株主 店舗 ご紹介者 紹介者 発注者 依頼者 ご依頼者 依頼主 送り主 荷受人 荷主 大家 隣 近隣 ご近所 管理人 管理者 上司 部下 同僚 監督 職人 運転手 ドライバー 乗客 搭乗者 客 顧客 消費者 読者 視聴者 会長 社長 部長 課長 係長 店長 院長 所長 主任 先生 教授 記者 議員 大臣 首相 市長 知事 町長 村長 未定 なし 該当 不明 総務 経理 人事 営業 購買 広報 法務 開発 企画 情報 受付 事務 事務局 窓口 センター 本部 支店 本店 支社 財務 秘書 品質 製造 技術 物流 倉庫 代表 直通 携帯 固定 内線'.split(
    ' ',
  ),
);

const companyWords =
  '商店|商会|商事|文具|呉服|雑貨|寝具|楽器|眼鏡|種苗|農産|畜産|製茶|茶舗|でんき|架設|電算|木工所?|製函所?|役所|役場|工業|工務店|工務|工機|建設|建築|建材|組|製作所|製作|製薬|製菓|製油|製鋼|製紙|製麺|製造所|繊維|電設|機材|配送|精工|精機|精密|機械|機工|機器|産業|興業|実業|物産|運輸|運送|物流|倉庫|電機|電気|電器|電子|通信|鉄工所|鉄工|鉄鋼|金属|化学|化成|樹脂|硝子|印刷|出版|書店|書房|堂|薬局|医院|病院|歯科|内科|外科|眼科|クリニック|整骨院|接骨院|会計|税務|法律|特許|司法|行政|設計|設備|塗装|電工|工房|園芸|農園|農場|牧場|水産|食品|酒造|酒店|米店|青果|精肉|鮮魚|菓子|製パン|旅館|ホテル|不動産|住宅|住建|住設|林業|造園|石材|木材|材木|建具|家具|自動車|自工|車体|モータース|オート|石油|ガス|保険|証券|銀行|信用|事務所|研究所|研究|工場|支店|本店|営業所|出張所|支社|本社|店|社|屋|企業|工場|製菓|フーズ|テック|システム|サービス|ホーム|ベアリング|センター|グループ|ベーカリー|サイクル|珈琲|コーヒー|写真館|うどん|そば|やきそば|みそ|ラーメン|錦|橋|精器|音響|照明|サポート|ソリューションズ?|ロジスティクス|ツーリスト|トラベル|カンパニー|コーポレーション|エンジニアリング|パートナーズ|ワークス|[\\p{Script=Han}の]{2}(?:荘|亭|苑|閣|楼)';
/** Whether a word is a company's, not a person's: 大和工業, ヒラタ製菓. */
export const isCompanyWord = (text: string): boolean => companyEnd.test(text);
const companyEnd = new RegExp(`(?:${companyWords})$`, 'u');

/** Surnames of one character that Chinese and Korean names begin with; 林, 金 and their like are in the lists. */
export const foreignSurnames = new Set(
  '王張劉陳楊黄趙呉周徐孫馬朱胡郭何高梁鄭羅宋謝唐韓曹許鄧蕭馮曾程蔡彭潘袁于董余蘇葉呂魏蒋田杜丁沈姜范江傅鍾盧汪戴崔任陸廖姚方邱夏譚韋賈鄒石熊孟秦閻薛侯雷白龍段郝孔邵史毛常万顧頼武康賀厳尹銭施牛洪龔朴李尹申権安柳全文裵南車具禹閔兪池嚴千玄咸卞廉',
);

/** Katakana words that people and places of work are called by their part in, never by name. */
export const katakanaThing =
  /(?:センター|デスク|サービス|ショップ|スタッフ|メンバー|オーナー|ユーザー|ドライバー|クリニック|グループ|システム|マネージャー|マネジャー|メカニクス|マテリアル|ケミカル|インダストリー|ホールディングス|プランニング|ホーム|フーズ|テック|ケア|ハウス|サポート|ソリューションズ?|ロジスティクス|ツーリスト|トラベル|カンパニー|コーポレーション|エンジニアリング|パートナーズ|ワークス|キャリア)$/;

/** English words that stand in names of firms, offices and things, never of people. */
export const latinThing =
  /\b(?:Inc|Ltd|Co|Corp|Corporation|Company|Bank|Hotel|Desk|Cent(?:er|re)|Support|Teams?|Office|Services?|Group|Dept|Department|Division|Sales|Tower|Building|Station|Airport|Street|Park|City|Reports?|Orders?|Invoice|Meeting|Manual|Guide|Plan|Project|Systems?|University|School|Hospital|Clinic|Japan|Tokyo|Osaka|Kyoto|New|York|San|Los|Thank|Best|Kind|Regards|Original|Message|Microsoft|Google|Windows|Excel|Word|Zoom|Adobe|Apple|Amazon|Online|Web|Site|Shop|Store|Club|Card|Member|Customer|Account|Business|Data|Date|Time|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Macintosh|Mobile|Phone|Address|Subject|Re|Fw|Fwd|Shipping|Purchase|Delivery|Global|International|Trading|Holdings|Version|Draft|Final|Confidential|Passport|PASSPORT|DOB|NAT|Staff|Tourist|Inbound|Important|Notice|Attention|Accounts?|Payable|Receivable|Release|Notes|Purchasing|Getting|Started|Number|Flight|Seat|Booking|Ticket|Travel|Tours|Careers?|Agency|Foundation|Association|Soft|Software|Platform|Labs?|Works|Solutions?|Technolog(?:y|ies))\b/;

/** Behind a surname these make a company, a place or a thing: 佐藤商店, 福島県, 石川町. */
export const notGiven = new RegExp(
  `^(?:${companyWords}|県|市|町|村|区|郡|都|府|駅|港|空港|川|山|湖|島|湾|線|橋|通|通り|丁目|地区|地方|方面|県民|市民|市内|町内|大学|高校|高等|中学|小学|学園|学院|幼稚園|保育|図書館|公園|城|神社|寺|台|丘|原|野|谷|沢|坂|北|南|東|西|上|下|中央|本町|新町|以外|以上|(?:編|発|着|版|側|行き|沿い)(?![\\p{Script=Han}])|以下|以降|以前|以内|同様|予定|担当|様式|殿下)`,
  'u',
);
