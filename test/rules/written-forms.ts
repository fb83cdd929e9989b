/**
 * Personal data as people write it in mail, one case a line; `⏎` is a line break, `→` a tab. `[[type value]]` marks what is to be found, and
 * nothing else may be. `{{macros}}` make valid numbers anew, as in the rules' examples.
 */
export const writtenForms: readonly string[] = String.raw`
# phone
お電話は [[phone {{mobile}}]] までお願いいたします。
携帯　[[phone {{mobile|fullwidth}}]]
携帯番号は[[phone {{mobile|joined}}]]です。
TEL:[[phone {{phone}}]] FAX:[[phone {{phone}}]]
Tel. [[phone {{phone}}]](代)
ＴＥＬ：[[phone ０３－１２３４－５６７８]]／ＦＡＸ：[[phone ０３－１２３４－５６７９]]
[[phone 090 1234 5678]] に折り返しをお願いします。
連絡先：[[phone ０９０　１２３４　５６７８]]
[[phone (03)1234-5678]] 総務課あて
[[phone （０３）１２３４－５６７８]]
[[phone 03（1234）5678]]
電話 [[phone 03.1234.5678]]
携帯 [[phone 090・1234・5678]]
電話番号：[[phone 0466-88-2914]]（内線 215）
代表 [[phone 03-1234-5678]] 内線215 総務課
お電話番号　[[phone 06-6123-4567]] 内線：12
[[phone +81-90-1234-5678]]
Mobile: [[phone +81 90 1234 5678]]
[[phone +81 (0)90-1234-5678]]
Phone [[phone +81(0)3-1234-5678]] ext. 12
[[phone 0081-90-1234-5678]]
[[phone ＋８１－９０－１２３４－５６７８]]
[[phone +819012345678]] へSMSをお送りください
電話：[[phone 0 9 0 - 1 2 3 4 - 5 6 7 8]]
電話番号　[[phone ０ ９ ０ １ ２ ３ ４ ５ ６ ７ ８]]
携帯電話 [[phone 〇九〇－一二三四－五六七八]]
電話　[[phone 〇三－一二三四－五六七八]]
電話番号は〔[[phone 090-1234-5678]]〕です
「[[phone 090-1234-5678]]」が正しい番号です
自宅[[phone 045-123-4567]]、携帯[[phone 080-2345-6789]]
ご主人の携帯(080)⏎にかけてください: [[phone 080-2345-6789]]
電話番号は[[phone 090-1234-⏎5678]]です。
> 連絡先は[[phone 090-⏎> 1234-5678]]になります。
>> 電話番号は変わらず [[phone 080-2345⏎>> -6789]] です。
お電話番号：⏎[[phone 03-1234-5678]]
電話⏎　[[phone {{mobile|joined}}]]
氏名→電話⏎佐藤 花子→[[phone {{mobile}}]]⏎鈴木 一郎→[[phone {{phone}}]]
氏名,電話番号,備考⏎佐藤 花子,[[phone {{mobile|joined}}]],済⏎鈴木 一郎,[[phone {{mobile|joined}}]],未
| 氏名 | TEL |⏎|---|---|⏎| 佐藤 花子 | [[phone {{mobile}}]] |
電話番号→[[phone {{phone|joined}}]]
☎[[phone 03-1234-5678]]
℡ [[phone 03-1234-5678]]
📞 [[phone 090-1234-5678]]
📱[[phone 09012345678]]
フリーダイヤル：[[phone 0120-123-456]]
ナビダイヤル [[phone 0570-012-345]]
[[phone 0120(123)456]] まで
[[phone 0800-123-4567]]（通話無料）
IP電話 [[phone 050-3123-4567]]
ﾃﾞﾝﾜ [[phone 090-1234-5678]]
ｹｲﾀｲ:[[phone ０９０ｰ１２３４ｰ５６７８]]
TEL[[phone 0312345678]]
H/P [[phone 090-1234-5678]]
tel:[[phone 0312345678]]
電話番号は、[[phone 03−1234−5678]]でございます。
電話番号は[[phone 03‐1234‐5678]]、
電話番号は[[phone 03–1234–5678]]、
電話番号は[[phone 03ー1234ー5678]]、
電話番号は[[phone 03―1234―5678]]、
[[phone 0466(88)2914]]
[[phone 04-7163-2298]] 柏支店
[[phone 011-123-4567]]・[[phone 090-1234-5678]]
（自宅）[[phone 045-123-4567]]（携帯）[[phone 080-2345-6789]]
TEL/FAX [[phone 045-123-4567]]
Tel&Fax：[[phone 045(123)4567]]
緊急連絡先：母 [[phone 080-2345-6789]]
電話番号（日中連絡がつくもの）　[[phone 080-2345-6789]]
昨日 [[phone 080-2345-6789]] から着信がありました
新：[[phone 080-2345-6789]]　旧：[[phone 090-1234-5678]]
[[phone 090-1234-5678]]⇒[[phone 080-2345-6789]]に変更
注文番号1234の件、[[phone 080-2345-6789]]までお電話ください
電話=[[phone 08023456789]]&name=
"phone": "[[phone 08023456789]]"
<tel>[[phone 080-2345-6789]]</tel>
<a href="tel:[[phone 0312345678]]">電話</a>
tel:[[phone +81-3-1234-5678]]
携帯：[[phone 080-2345-6789]]（ドコモ）
国際電話 [[phone +81.3.1234.5678]]
電話番号:[[phone 03 1234 5678]]
電話番号: [[phone 03 - 1234 - 5678]]
# email
メールは [[email hanako.sato@example.co.jp]] まで
E-mail：[[email ｈａｎａｋｏ．ｓａｔｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ]]
アドレスは[[email hanako@example.jp]]です。
アドレスは[[email hanako_sato-1984@example.ne.jp]]に変わりました
[[email hanako＠example.jp]]
[[email hanako(at)example.jp]] へ
[[email hanako[at]example[dot]jp]]
[[email hanako at example dot jp]] です
[[email hanako アットマーク example ドット jp]]
[[email hanako@example ドット co ドット jp]]
[[email hanako★example.jp]]（★を@に変えてください）
[[email hanako■example.jp]]（■を＠に置き換え）
[[email hanako[アット]example.jp]]
[[email hanako（アットマーク）example.jp]]
[[email hanako(a)example.jp]]
mailto:[[email hanako@example.jp]]
<mailto:[[email hanako@example.jp]]?subject=%E4%BB%B6>
<[[email hanako@example.jp]]>
佐藤花子<[[email hanako@example.jp]]>様
[[email hanako+shop@gmail.com]] で登録済み
[[email hanako @ example.jp]]
メール：[[email hanako@⏎example.jp]]
> アドレスは [[email hanako.sato@⏎> example.co.jp]] です
[[email HANAKO.SATO@EXAMPLE.CO.JP]]
[[email a..b.@docomo.example.jp]]
[[email "hanako sato"@example.jp]]
[[email hanako@xn--wgv71a119e.jp]]
メアド→[[email hanako@example.jp]]、電話なし
氏名→メール⏎佐藤→[[email hanako@example.jp]]
[[email o'brien@example.com]]
[[email 1234567890@example.jp]]
[[email hanako@mail.example.museum]]
[[email hanako@例え.jp]]
# postal_code
〒[[postal_code {{postal_code}}]]　東京都新宿区西新宿7-18-6
〒[[postal_code {{postal_code|fullwidth}}]]
郵便番号 [[postal_code {{postal_code}}]]
郵便番号：[[postal_code {{postal_code|joined}}]]
〒 [[postal_code {{postal_code|joined}}]]
〒[[postal_code 160 - 0023]]
〒[[postal_code 160―0023]]
〒[[postal_code 160 0023]]
（〒[[postal_code 160-0023]]）
ご住所：[[postal_code 160-0023]] 東京都新宿区西新宿7-18-6
[[postal_code 160-0023]]⏎東京都新宿区西新宿7-18-6
氏名→〒→住所⏎佐藤 花子→[[postal_code 1600023]]→東京都新宿区西新宿7-18-6
ZIP: [[postal_code 160-0023]]
〒[[postal_code 一六〇－〇〇二三]] 東京都新宿区
郵便番号⏎[[postal_code 160-0023]]
送付先 [[postal_code 160-0023]] 新宿区西新宿
郵便番号（[[postal_code 160-0023]]）
Postal Code [[postal_code 160-0023]], Tokyo
〠[[postal_code 160-0023]]
# birth_date
生年月日：[[birth_date {{birth_date}}]]
生年月日 [[birth_date {{birth_date|slashes}}]]
生年月日　[[birth_date {{birth_era}}]]
生年月日：[[birth_date {{birth_era|dots}}]]
生年月日：[[birth_date {{birth_date|fullwidth}}]]
生年月日：[[birth_date {{birth_era|kanji}}]]
生年月日　[[birth_date 一九八四年三月七日]]
生年月日　[[birth_date 昭和五十九年三月七日]]
生年月日　[[birth_date 昭和五九年三月七日]]
生年月日：[[birth_date 二〇〇一年十二月三十一日]]
生年月日：[[birth_date 昭和五拾九年参月七日]]
生年月日：[[birth_date 平成元年一月八日]]
生年月日：[[birth_date 令和元年5月1日]]
生年月日　[[birth_date 平成元年5月7日]]
生年月日：[[birth_date S59.3.7]]
生年月日：[[birth_date S59/3/7]]
生年月日：[[birth_date S59-03-07]]
生年月日：[[birth_date S590307]]
生年月日 [[birth_date 昭59・3・7]]
生年月日　[[birth_date 昭和59・3・7]]
生年月日　[[birth_date ㍼59年3月7日]]
生年月日：[[birth_date Ｓ５９．３．７]]
生年月日：[[birth_date H.2.7.7]]
生年月日：[[birth_date 1984.3.7]]
生年月日：[[birth_date 1984・3・7]]
生年月日：[[birth_date 1984-03-07]]
生年月日：[[birth_date 19840307]]
生年月日：[[birth_date 1984 年 3 月 7 日]]
生年月日：[[birth_date 1984　年　3　月　7　日]]
生年月日：[[birth_date 西暦1984年3月7日]]
生年月日：[[birth_date 1984年(昭和59年)3月7日]]
生年月日：[[birth_date 昭和59年(1984年)3月7日]]
生年月日：[[birth_date 1984年3月7日]]（40歳）
[[birth_date 1984年3月7日]](40歳)
[[birth_date 1984年3月7日]]　満40歳
佐藤花子様（[[birth_date S59.3.7]]生）
佐藤花子様（[[birth_date S59.3.7]]生まれ・女性）
佐藤 花子（[[birth_date 1984/3/7]]生）
佐藤花子（昭和59年生まれ）、[[birth_date 昭和59年3月7日]]生
[[birth_date 1984年3月7日]]生まれです。
[[birth_date 昭和59年3月7日]]生れ
[[birth_date 昭和59年3月7日]] 生
大正[[birth_date 大正10年4月5日]]生
[[birth_date 大正10年4月5日]]生まれ（享年102）
[[birth_date 明治45年7月29日]]生
誕生日は[[birth_date 1984年3月7日]]です
誕生日：[[birth_date 1984/03/07]]
お誕生日　[[birth_date 昭和59年3月7日]]
DOB: [[birth_date 1984-03-07]]
DOB [[birth_date 03/07/1984]]
D.O.B. [[birth_date 7 March 1984]]
Date of Birth: [[birth_date March 7th, 1984]]
Date of birth: [[birth_date 7 Mar 1984]]
Date of Birth [[birth_date 07-MAR-1984]]
Birthday: [[birth_date Mar. 7, 1984]]
born on [[birth_date March 7, 1984]] in Tokyo
氏名→生年月日⏎佐藤 花子→[[birth_date 1984/3/7]]⏎鈴木 一郎→[[birth_date S59.3.7]]
氏名,生年月日,性別⏎佐藤 花子,[[birth_date 19840307]],女
氏名,性別,生年月日⏎佐藤 花子,女,[[birth_date 1984-03-07]]⏎鈴木 一郎,男,[[birth_date 1990-12-31]]
氏名→DOB⏎Sato Hanako→[[birth_date 1984/3/7]]
| 氏名 | 誕生日 |⏎|---|---|⏎| 佐藤 花子 | [[birth_date 1984.03.07]] |
生年月日→[[birth_date 1984/3/7]]
生年月日⏎[[birth_date 1984年3月7日]]
【生年月日】[[birth_date 1984/3/7]]
■生年月日■　[[birth_date 1984/3/7]]
生年月日（西暦）：[[birth_date 1984/3/7]]
生年月日:[[birth_date 昭和59年⏎3月7日]]
> 生年月日は[[birth_date 1984年3⏎> 月7日]]です
生年月日は、[[birth_date 昭和59年3月7日]]、住所は下記のとおりです。
"birth_date": "[[birth_date 1984-03-07]]"
"birthday":"[[birth_date 1984-03-07]]T00:00:00"
生年月日の訂正：誤 [[birth_date 1984/3/7]]　正 [[birth_date 1984/3/17]]
ご契約者様の生年月日（[[birth_date 1984年3月7日]]）を確認しました
被保険者：佐藤 花子　女　[[birth_date 昭和59年3月7日]]生　42歳
長男 太郎（[[birth_date 平成27年10月2日]]生・10歳）
お子様：[[birth_date 2015年10月2日]]生まれ
本人確認 氏名(渡邊千夏) 生年月日([[birth_date H2.7.7]]) 住所 → OK
1984年3月生まれ、生年月日 [[birth_date 1984/3/7]]
生まれた日：[[birth_date 1984年3月7日]]
出生日 [[birth_date 2024年3月7日]]
生年月日=[[birth_date 1984/03/07]]
昭和65年3月7日生まれ、生年月日 [[birth_date 1990年3月7日]]
生年月日：昭和65年3月7日
生年月日：平成0年3月7日
生年月日：1984年2月30日
生年月日：令和40年3月7日
# my_number
マイナンバー：[[my_number {{my_number}}]]
マイナンバー　[[my_number {{my_number|grouped}}]]
個人番号 [[my_number {{my_number|fullwidth}}]]
個人番号は[[my_number {{my_number|grouped|fullwidth}}]]です。
マイナンバーカードの番号は [[my_number {{my_number|spaced}}]] です
ﾏｲﾅﾝﾊﾞｰ:[[my_number {{my_number}}]]
個人番号（12桁）：[[my_number {{my_number}}]]
マイナンバー⏎[[my_number {{my_number}}]]
マイナンバーは下記のとおりです。⏎⏎[[my_number {{my_number|grouped}}]]⏎
氏名→マイナンバー⏎佐藤 花子→[[my_number {{my_number}}]]⏎鈴木 一郎→[[my_number {{my_number}}]]
社員番号,氏名,個人番号⏎1001,佐藤 花子,[[my_number {{my_number}}]]⏎1002,鈴木 一郎,[[my_number {{my_number}}]]
マイナンバー [[my_number {{my_number|halved}}]]
マイナンバーは[[my_number {{my_number|halved}}]]です。
個人番号：[[my_number {{my_number|spread}}]]
My Number: [[my_number {{my_number}}]]
通知カード記載の番号 [[my_number {{my_number}}]]
扶養親族のマイナンバー　妻 [[my_number {{my_number}}]]　長男 [[my_number {{my_number}}]]
個人番号→[[my_number {{my_number|grouped}}]]
"my_number":"[[my_number {{my_number}}]]"
マイナンバー [[my_number {{my_number|grouped}}]]（有効期限 2031年3月7日）
# corporate_number
法人番号：[[corporate_number {{corporate_number}}]]
登録番号：[[corporate_number T{{corporate_number}}]]
インボイス登録番号 [[corporate_number Ｔ{{corporate_number|fullwidth}}]]
適格請求書発行事業者登録番号⏎[[corporate_number T{{corporate_number}}]]
登録番号 [[corporate_number T-{{corporate_number}}]]
会社名→法人番号⏎佐藤商店→[[corporate_number {{corporate_number}}]]
# credit_card
カード番号：[[credit_card {{card}}]]
カード番号：[[credit_card {{card|grouped}}]]
クレジットカード [[credit_card {{card|grouped|fullwidth}}]]
VISA [[credit_card {{card|spaced}}]] 有効期限 12/28
カード番号　[[credit_card {{card|fullwidth}}]]　名義 HANAKO SATO
クレカ番号は[[credit_card {{card}}]]、有効期限は05/29、CVVは123です
JCB：[[credit_card {{card|grouped}}]]
カード番号⏎[[credit_card {{card|grouped}}]]⏎有効期限 05/29
氏名→カード番号⏎佐藤 花子→[[credit_card {{card}}]]
カード番号は[[credit_card {{card|halved}}]]です
カード番号は[[credit_card {{card|halved}}]]です。
カード番号 [[credit_card {{card|spread}}]]
Card number: [[credit_card {{card|spaced}}]] exp 05/29
お支払カード→[[credit_card {{card}}]]
ｸﾚｼﾞｯﾄｶｰﾄﾞ番号 [[credit_card {{card}}]]
アメックス [[credit_card {{card}}]]
デビットカードの番号は [[credit_card {{card|grouped}}]]
# bank_account
みずほ銀行 新宿支店 普通 [[bank_account {{digits7}}]] サトウ ハナコ
三菱UFJ銀行　渋谷支店　普通預金　[[bank_account {{digits7|fullwidth}}]]
三井住友銀行 本店営業部 当座 [[bank_account {{digits7}}]]
りそな銀行 大宮支店（店番 123）普通 No.[[bank_account {{digits7}}]]
銀行名：みずほ銀行⏎支店名：新宿支店⏎口座種別：普通⏎口座番号：[[bank_account {{digits7}}]]⏎口座名義：サトウ ハナコ
銀行名　みずほ銀行⏎支店名　新宿支店⏎預金種目　普通⏎口座番号　[[bank_account {{digits7|fullwidth}}]]⏎名義　佐藤花子
振込先：みずほ銀行 新宿支店 (普)[[bank_account {{digits7}}]]
振込先 みずほ銀行 新宿支店 普）[[bank_account {{digits7}}]]
口座番号 [[bank_account {{digits7}}]]
口座番号は[[bank_account {{digits7}}]]です
口座No.[[bank_account {{digits7}}]]
口座番号：普通　[[bank_account {{digits7}}]]
普通口座 [[bank_account {{digits7}}]]（みずほ銀行新宿支店）
みずほ銀行/新宿支店/普通/[[bank_account {{digits7}}]]/サトウハナコ
みずほ銀行,新宿支店,普通,[[bank_account {{digits7}}]],サトウハナコ
0001 みずほ銀行 240 新宿支店 1 普通 [[bank_account {{digits7}}]]
氏名→金融機関→支店→種別→口座番号→名義⏎佐藤 花子→みずほ銀行→新宿→普通→[[bank_account {{digits7}}]]→サトウ ハナコ
氏名,銀行,支店,口座番号⏎佐藤 花子,みずほ銀行,新宿,[[bank_account {{digits7}}]]
返金先口座：楽天銀行 第一営業支店 普通 [[bank_account {{digits7}}]]
ゆうちょ銀行　記号 [[bank_account 10930　番号 12345671]]
ゆうちょ銀行 記号：[[bank_account 10930 番号：12345671]]
ゆうちょ [[bank_account 10930-12345671]]
ゆうちょ銀行 〇九八店（店番098）普通 [[bank_account {{digits7}}]]
ゆうちょ銀行⏎記号：[[bank_account 10930⏎番号：12345671]]
記号番号 [[bank_account 10930-1-12345671]]
振替口座 [[bank_account 00120-7-123456]]
郵便振替：[[bank_account 00120-7-123456]] 加入者名 佐藤花子
セブン銀行 口座番号[[bank_account {{digits7}}]]
PayPay銀行 ビジネス営業部 普通 [[bank_account {{digits7}}]]
多摩信用金庫 立川支店 普通 [[bank_account {{digits7}}]]
JAさいたま 大宮支店 普通 [[bank_account {{digits7}}]]
Bank: Mizuho Bank, Branch: Shinjuku, Account No. [[bank_account {{digits7}}]]
Account number: [[bank_account {{digits7}}]] (savings), Mizuho Bank Shinjuku Branch
普通預金口座　店番123　口座番号[[bank_account {{digits7}}]]
（普通）[[bank_account {{digits7}}]]　口座名義　サトウ　ハナコ　みずほ銀行
給与振込口座→みずほ銀行 新宿支店 普通 [[bank_account {{digits7}}]]
口座番号⏎[[bank_account {{digits7}}]]
口座番号：[[bank_account 123-4567890]]
口座番号は[[bank_account 123⏎4567]]です。
貯蓄預金 [[bank_account {{digits7}}]] みずほ銀行
# drivers_license
運転免許証番号：[[drivers_license {{licence}}]]
免許証番号 [[drivers_license {{licence|fullwidth}}]]
運転免許証　第[[drivers_license {{licence}}]]号
免許証の番号は[[drivers_license {{licence}}]]です。
免許番号：[[drivers_license {{licence|spaced}}]]
氏名→免許証番号⏎佐藤 花子→[[drivers_license {{licence}}]]
本人確認書類：運転免許証（[[drivers_license {{licence}}]]）
Driver's license no. [[drivers_license {{licence}}]]
運転免許証番号⏎[[drivers_license {{licence}}]]
運転免許証 番号 [[drivers_license {{licence|grouped}}]] 交付 令和5年3月7日
運転免許証番号は[[drivers_license {{licence|halved}}]]です。
運転経歴証明書番号 [[drivers_license {{licence}}]]
# passport
パスポート番号：[[passport {{letters}}{{digits7}}]]
旅券番号　[[passport {{letters|fullwidth}}{{digits7|fullwidth}}]]
旅券番号は[[passport {{letters}}{{digits7}}]]です
Passport No.: [[passport {{letters}}{{digits7}}]]
passport number [[passport {{letters}} {{digits7}}]]
パスポートNo [[passport {{letters}}-{{digits7}}]]
氏名→パスポート番号→有効期限⏎SATO HANAKO→[[passport {{letters}}{{digits7}}]]→2031/8/14
旅券番号⏎[[passport {{letters}}{{digits7}}]]
パスポート番号は下記です。⏎[[passport {{letters}}{{digits7}}]]
パスポートの写しを送ります。番号は[[passport {{letters}}{{digits7}}]]、有効期限は2031年8月14日です。
P<JPNSATO<<HANAKO<<<<<<<<<<<<<<<<<<<<<<<<<<<⏎[[passport TZ1234567]]8JPN8403079F3108145<<<<<<<<<<<<<<04
パスポート（[[passport {{letters}}{{digits7}}]]）
中国旅券 パスポート番号 [[passport E{{digits8}}]]
# residence_card
在留カード番号：[[residence_card {{letters}}{{digits8}}{{letters}}]]
在留カード番号　[[residence_card {{letters|fullwidth}}{{digits8|fullwidth}}{{letters|fullwidth}}]]
在留カードの番号は[[residence_card {{letters}}{{digits8}}{{letters}}]]です。
在留カード（[[residence_card {{letters}}{{digits8}}{{letters}}]]、永住者）
特別永住者証明書番号 [[residence_card {{letters}}{{digits8}}{{letters}}]]
Residence card No. [[residence_card {{letters}}{{digits8}}{{letters}}]]
在留カード番号⏎[[residence_card {{letters}} {{digits8}} {{letters}}]]
氏名→国籍→在留カード番号⏎NGUYEN VAN A→ベトナム→[[residence_card {{letters}}{{digits8}}{{letters}}]]
在留番号 [[residence_card {{letters}}{{digits8}}{{letters}}]]
# health_insurance
健康保険 記号・番号 [[health_insurance 2170-{{digits6}}]]
保険証の記号 [[health_insurance 12345678 番号 123]] 枝番 00
健康保険証　記号[[health_insurance 2170　番号{{digits6}}]]
保険者番号 [[health_insurance 06{{digits6}}]]
保険者番号：[[health_insurance {{digits6}}]]（国保）
被保険者証 記号番号 [[health_insurance 2170-{{digits6}}（枝番 01]]）
健康保険⏎保険者番号：[[health_insurance 06{{digits6}}]]⏎記号：[[health_insurance 2170⏎番号：{{digits6}}]]⏎枝番：01
国保 記号・番号 [[health_insurance 港12-{{digits6}}]]
氏名→保険者番号→記号・番号⏎佐藤 花子→[[health_insurance 06{{digits6}}]]→[[health_insurance 2170-{{digits6}}]]
協会けんぽ 記号 [[health_insurance 21700023 番号 45]]
後期高齢者医療 被保険者番号 [[health_insurance {{digits8}}]]
介護保険 被保険者番号：[[health_insurance {{digits10}}]]
健康保険被保険者証の番号は[[health_insurance 2170-45]]です
健康保険証⏎記号・番号⏎[[health_insurance 2170・{{digits6}}]]
資格確認書 記号 [[health_insurance ２１７０ 番号 ４５]] 枝番 ００
保険証番号：[[health_insurance {{digits8}}]]
組合健保 記号-番号 [[health_insurance 123-4567]]
# pension_number
基礎年金番号：[[pension_number 1234-{{digits6}}]]
基礎年金番号 [[pension_number {{digits10}}]]
基礎年金番号は[[pension_number １２３４－{{digits6|fullwidth}}]]です。
年金手帳の番号 [[pension_number 1234-{{digits6}}]]
基礎年金番号⏎[[pension_number 1234-{{digits6}}]]
氏名→基礎年金番号⏎佐藤 花子→[[pension_number 1234-{{digits6}}]]
年金番号 [[pension_number 1234 {{digits6}}]]
ねんきんネット 基礎年金番号（10桁）[[pension_number {{digits10}}]]
基礎年金番号通知書の番号：[[pension_number 1234-{{digits6}}]]
基礎年金番号は[[pension_number 1234-⏎567890]]です
# employment_insurance
雇用保険被保険者番号：[[employment_insurance 1234-{{digits6}}-1]]
雇用保険番号 [[employment_insurance {{digits10}}1]]
氏名→雇用保険被保険者番号⏎佐藤 花子→[[employment_insurance 1234-{{digits6}}-1]]
雇用保険 被保険者番号　[[employment_insurance １２３４－{{digits6|fullwidth}}－１]]
# customer_id
会員番号：[[customer_id C{{digits6}}]]
会員番号 [[customer_id {{digits8}}]]
お客様番号：[[customer_id 1234-5678-90]]
【お客様番号】[[customer_id C0042]]
顧客番号[[customer_id {{digits6}}]]のお客様
顧客ID：[[customer_id K-{{digits6}}]]
お客様ID [[customer_id AB{{digits6}}]]
会員No.[[customer_id {{digits6}}]]
会員Ｎｏ．[[customer_id １２３４５６]]
氏名→会員番号⏎佐藤 花子→[[customer_id {{digits8}}]]
顧客コード,氏名⏎[[customer_id K0001]],佐藤 花子
お客さまコード　[[customer_id {{digits6}}]]
Customer ID: [[customer_id C{{digits6}}]]
お客様番号⏎[[customer_id {{digits8}}]]
会員番号は[[customer_id {{digits8}}]]です
お客様番号（10桁）：[[customer_id {{digits10}}]]
カードの会員番号 [[customer_id {{digits8}}]]
ご契約者番号 [[customer_id {{digits8}}]]
# none
型番：090-1234-5678
注文番号 090-1234-5678、伝票番号 03-1234-5678
会議ID: 123 4567 8901
受付番号：1234-5678-9012
{{digits7}}
No.{{digits7}}
2026年10月5日(月) 14:00〜15:00
令和8年10月5日付
{{my_number}}
{{card}}
{{card|grouped}}
請求書番号 {{my_number}}
注文番号 {{card}}
S59.3.7
1984年3月7日
社員番号 {{digits7}}
資料は2026/10/5に送付済み
`
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) => line.replaceAll('⏎', '\n').replaceAll('→', '\t'));

/** The text of a form without its marks, and `type text` of what they mark. */
export function readForm(form: string): { readonly text: string; readonly marked: readonly string[] } {
  const marked: string[] = [];
  const text = form.replaceAll(/\[\[([a-z_]+) ([\s\S]*?)\]\](?!\])/g, (_mark, type: string, value: string) => {
    marked.push(`${type} ${value}`);
    return value;
  });
  return { text, marked };
}
