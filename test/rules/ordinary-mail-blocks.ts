/** Tables, logs, invitations, forms and English of ordinary business mail. A line `*N text` stands N times, filled anew each time. */
export const blocks: readonly string[] = `
品番	品名	数量	単価	金額
*6 {g34}	{product}	{nn}	{money}	{money}
===
商品コード,商品名,在庫数,引当数,倉庫,更新日
*8 {d7},{product},{d4},{nn},{factory},{slash}
===
JAN,品名,ケース入数,納品数,納品日
*6 {jan},{product},{nn},{nnn},{slash}
===
No.	受注番号	型番	数量	納期	備考
*6 {n}	{z10}	{model}	{nn}	{slash}	{color}
===
| 注文番号 | 伝票番号 | 個数 | 出荷日 |
|---|---|---|---|
*5 | {d10} | {g444} | {n} | {md} |
===
チケット	状態	担当部署	更新
*6 {LLL}-{d4}	{task}	{dept}	{slash} {time}
===
日付	始値	高値	安値	終値	出来高
*6 {slash}	{money}	{money}	{money}	{money}	{d7}
===
拠点          台数    稼働率    前月比
*5 {factory}    {nn}    {percent}%    {percent}%
===
【{event}のご案内】
日時：{date}（{weekday}）{time}〜{time}
場所：{place} {factory} {n}階会議室
議題：{task}、{task}
参加方法：https://zoom.example.us/j/{d11}?pwd={hex8}
ミーティングID: {s344}
パスコード: {d6}
===
Microsoft Teams 会議
コンピューターまたはモバイル アプリで参加
会議 ID: {d3} {d3} {d3} {d3}
パスコード: {LL}{d4}
電話でのご参加
+81 3-{d4}-{d4},,{d9}# 日本, 東京
電話会議 ID: {d3} {d3} {d3}#
===
Zoom ミーティングに参加する
https://us02web.zoom.example.us/j/{d11}
ミーティング ID: {d3} {d4} {d4}
ワンタップ モバイル機器
+81345781488,,{d11}#,,,,*{d6}# 日本
ダイヤルイン
+81 3 {d4} {d4} 日本
+81 524 564 439 日本
ミーティング ID: {d3} {d4} {d4}
===
{iso} {clock},{d3} INFO  [main-{n}] order={d10} status=SHIPPED carrier={d12}
{iso} {clock},{d3} WARN  [main-{n}] retry {n}/{n} id={uuid}
{iso} {clock},{d3} ERROR [pool-{nn}] java.lang.IllegalStateException: code {d4} at Order.java:{nnn}
===
{clock} kernel: [{d5}.{d6}] eth0: link up, {d4}Mbps, mac {mac}
{clock} sshd[{d5}]: Accepted publickey from {ip} port {d5}
{clock} cron[{d4}]: job {d8} finished in {d4} ms
===
127.0.0.1 - - [{day}/Oct/{year}:{clock} +0900] "GET /items/{z10} HTTP/1.1" 200 {d5}
{ip} - - [{day}/Oct/{year}:{clock} +0900] "POST /orders/{d12} HTTP/1.1" 302 {d3}
===
$ git log --oneline
*4 {hex8} {task}を修正 (#{d4})
===
{
  "orderId": "{d10}",
  "items": [{ "sku": "{d8}", "jan": "{jan}", "qty": {n} }],
  "total": {amount},
  "requestedAt": "{iso}T{clock}+09:00",
  "traceId": "{md5}"
}
===
<order no="{d11}" date="{iso}">
  <item code="{d7}" price="{amount}">{product}</item>
  <item code="{d8}" price="{amount}">{product}</item>
</order>
===
SELECT * FROM orders WHERE order_no = '{z11}' AND shipped_at >= '{iso}';
UPDATE stock SET qty = {nnn} WHERE jan = '{jan}';
===
請求書
請求書番号：{d8}-{d3}
請求日：{date}
件名：{task}業務 {month}月分
小計：{money}円
消費税（10%）：{money}円
ご請求金額：{money}円
お支払期限：{date}
===
御見積書
見積番号：{LL}-{ymd}-{d3}
見積日：{date}
有効期限：{date}
納期：受注後{n}週間
受渡場所：{factory}
合計金額：￥{money}-（税込）
===
発注内容
　発注番号　：{z10}
　品名　　　：{product}
　型式　　　：{model}
　数量　　　：{nn}{unit}
　希望納期　：{date}
　納入先　　：{factory}
===
■障害概要
発生日時：{date} {time}
復旧日時：{date} {time}
影響範囲：{system}（{place}、{place}）
原因：{reason}
対応：{task}
インシデント番号：INC{d10}
===
【配送状況】
お問い合わせ番号：{g444}
{md} {time}　発送　{factory}
{md} {time}　輸送中　{place}
{md} {time}　配達完了　{place}
===
工程表
{task}　　　{md}〜{md}　　{dept}
{task}　　　{md}〜{md}　　{dept}
{task}　　　{md}〜{md}　　{company}
===
第{n}回{event} 議事録
日時：{era} {time}〜
場所：本社{n}階
出席者：{dept} {n}名、{dept} {n}名、{company} {n}名
1. {task}について
　・{reason}のため{nn}日遅延。
　・{document}は{md}に再提出する。
2. その他
　・次回は{md}（{weekday}）。
===
価格改定のお知らせ（{date}適用）
品名	旧価格	新価格
*5 {product}	{money}円	{money}円
===
測定結果
No  X      Y      Z      判定
*5 {n}  {percent}  {percent}  {percent}  OK
===
[シフト表] {year}年{month}月
日	1	2	3	4	5	6	7	8	9	10
早番	{n}	{n}	{n}	{n}	{n}	{n}	{n}	{n}	{n}	{n}
遅番	{n}	{n}	{n}	{n}	{n}	{n}	{n}	{n}	{n}	{n}
===
売上集計
月,件数,金額,前年比
*6 {month}月,{d4},{d8},{percent}
===
取引先コード	取引先名	締日	支払条件	与信限度
*6 {d6}	{prefix}{company}	{day}日	翌月末	{d7}
===
勘定科目	摘要	借方	貸方
*5 {d4}	{task}費（{company}）	{d6}	0
===
店番	支店名	開設日	職員数
*5 {d3}	{place}支店	{slash}	{nn}
===
登録番号	機種	製造番号	設置日	設置場所
*5 {d8}	{model}	{d10}	{slash}	{factory}
===
カード番号欄の表示テスト（桁数のみ）
*3 管理番号 {d16}	{product}	{n}枚
===
証券コード	銘柄	株価	売買単位
*5 {d4}	{company}	{money}	100
===
ISBN	書名	本体価格	冊数
*4 {isbn}	{industry}入門 第{n}版	{money}円	{nn}
===
納品書番号 {d9}
*4 {d13}  {product}  {nn}{unit}  {amount}
===
アンケート結果（n={d4}）
Q1. {product}に満足していますか。　はい {percent}%　いいえ {percent}%
Q2. {system}を使いますか。　はい {percent}%　いいえ {percent}%
===
> {adjective}{document}の件、{md}までにお送りいただけますか。
> 注文番号は {d10}、伝票番号は {g444} です。
> {product}は{nn}{unit}で変更ありません。
===
> > お見積りNo.{g34} の件
> > 納期は{date}でお願いします。
> 承知しました。{money}円で発注いたします。
===
Dear all,
Please find attached the {english} for PO {d10} dated {iso}.
The {english} number is {d12} and the container is {LLL}U{d7}.
Total amount: USD {money}.00, payment due {iso}.
Best regards,
Sales Department
===
Hello team,
The {english} of {software} {ver} is planned for {iso} {time} JST.
Ticket {LLL}-{d5} tracks the remaining {english} tasks.
Build {d8} passed {d4} of {d4} tests; commit {sha}.
Thanks,
IT Support
===
To whom it may concern,
Our {english} will be closed from {iso} to {iso} due to the holiday season.
Orders placed after {time} will ship the next business day, tracking no. {d12}.
Serial No. {d10}, model {model}, warranty until {iso}.
===
The {english} report shows an increase of {percent}% over the last quarter.
Chapter {n}, Section {n}.{n}, lists every {english} item by part number {d5}-{d5}.
Reference: ISO 9001:2015, JIS B {d4}, RFC {d4}.
===
Meeting ID: {s344}
Passcode: {d6}
One tap mobile
+81345781488,,{d11}# Japan
Dial by your location
+81 3 {d4} {d4} Japan
+1 646 558 8656 US (New York)
===
Subject: [ALERT] {system} disk usage {nn}%
Host: srv-{d3}.example.internal ({ip})
Time: {iso} {clock}
Metric: {d10} bytes free of {d12}
===
From: noreply system
Job ID       : {d10}
Run ID       : {uuid}
Started      : {iso} {clock}
Rows loaded  : {d7}
Rows rejected: {n}
===
【フォーム項目】
氏名：
フリガナ：
生年月日：　　　年　　月　　日
電話番号：
メールアドレス：
住所：〒
※ {date}までに{dept}へご提出ください。
===
[採用情報]
募集職種：{dept}スタッフ（{n}名）
勤務地：{place}
給与：月給{money}円〜
応募期限：{date}
選考：書類、面接{n}回
===
お振込先の変更について
新しいお振込先は{date}に書面でご案内します。
振込手数料は貴社にてご負担ください（{nnn}円）。
===
カタログ正誤表
*4 p.{nnn}　誤：{model}　正：{model}
===
{product}の仕様
外形寸法：{size}
質量：約{nn}kg
電源：AC100V {nn}W
型番：{model}
JAN：{jan}
価格：オープン価格
===
保守点検記録
点検日 {slash}　機番 {d8}　稼働時間 {d5}h
点検日 {slash}　機番 {d8}　稼働時間 {d5}h
次回点検 {slash}
===
バックアップ結果 {iso}
OK   /data/{ymd}_{d6}.tar.gz   {d10} bytes   {md5}
OK   /data/{ymd}_{d6}.tar.gz   {d10} bytes   {md5}
NG   /data/{ymd}_{d6}.tar.gz   0 bytes
===
運行予定
便名	出発	到着	機材
*4 {LL}{d3}	{place} {time}	{place} {time}	{d3}
===
変更前：{document} 第{n}版（{slash}）
変更後：{document} 第{n}版（{slash}）
変更理由：{reason}
===
数量内訳
　{color}：{nn}{unit}
　{color}：{nn}{unit}
　{color}：{n}{unit}
　計：{nnn}{unit}
===
契約一覧
契約番号	契約先	開始日	終了日	金額
*5 {d10}	{prefix}{company}	{slash}	{slash}	{money}
===
番号札
*6 {d7}
===
在庫リスト（{ymd}）
*5 {d11} {product} {nn}
===
部門	健康保険料	厚生年金	雇用保険料	合計
*4 {dept}	{d6}	{d6}	{d5}	{d7}
===
登録番号	契約日	満期日	保険料
*4 {z10}	{slash}	{slash}	{d6}
===
代表型番	登録番号	受信日	連絡事項
*4 {z344}	{d10}	{slash}	{task}
===
カード種別	JAN	入荷数
*4 SDカード	{jan}	{nnn}
===
支店	口座数	預金残高	前年比
*4 {place}支店	{d7}	{d8}	{percent}
===
銀行名	ファイル番号	件数	金額
*4 {place}銀行	{d7}	{d4}	{d8}
===
免許区分	講習番号	日程
*4 中型	{d12}	{slash}
===
会員種別	会員数	平均年齢	入会日
*4 正会員	{d6}	{nn}	{slash}
===
イベント	誕生月	開催日	定員
*3 {event}	{n}月	{slash}	{nn}
===
受注番号	時刻	内容
*4 {z11}	{time}	{task}
===
電話会議
日時 {slash} {time}
番号 {d7}
暗証番号 {d4}
===
証明書のシリアル {md5}
フィンガープリント {sha}
有効期間 {iso} 〜 {iso}
`
  .trim()
  .split('\n===\n');
