/** Building and room behind the block numbers: where they end, and the room in one spelling (203, B203). */
export type Building = { readonly end: number; readonly room: string | null };

const words =
  'ビルヂング|ビルディング|ビル|マンション|ハイツ|ハイム|コーポラス|コーポ|荘|タワー|寮|団地|ハウス|ホーム|パレス|レジデンス|メゾン|会館|本館|別館|新館|号館|番館|棟|プラザ|プレイス|スクエア|アパート|ヒルズ|コート|ガーデン|シティ|テラス|センター|レオ|グラン|ヴィラ|ビラ|エステート|クレスト|ライオンズ|パーク|ドミール|サン|住宅|宿舎|社宅|キャッスル|シャトー|フラット|ヴィレッジ|ビレッジ|ルネス|コーポレーション|フォーレ|プラウド|ブリリア|ザ・|アネックス|モール|ステーション|タウン|ホール|レヂデンス|Bldg\\.?|BLDG|Building|Tower|TOWER';
/** Signs that no building's name holds. */
const plain = String.raw`[^\s、。,，()（）「」『』【】\[\]{}<>|:;/=※■□▲△▼▽●○◆◇★☆◎☎℡♪…"'!?〒@]`;
/** A particle stands behind or before something that is no hiragana; おはようビル, 光が丘パークタウン and 桜の杜ハイツ hold none. */
const particle = String.raw`(?:(?<![\u3041-\u3096])(?:[にをはへでとも]|が(?![丘岡台谷原崎浜森])|の(?![杜森里丘街郷木家]))|[にをはへでとも](?![\u3041-\u3096])|が(?![\u3041-\u3096丘岡台谷原崎浜森]))`;
const floor = String.raw`(?:地下|B)?[0-9]{1,2}(?:階|F(?![A-Za-z]))(?:(?:[-ー]?[A-Z0-9]{1,4})?(?:号室|室))?`;
const roomNumber = String.raw`(?:[A-Z]-?)?[0-9]{1,4}(?:-[0-9]{1,4})?(?:号室|室|号(?!線|館|車|店))`;
const bareRoom = String.raw`(?:[A-Z]-?[0-9]{1,4}|[0-9]{3,4})(?![0-9A-Za-z年月日時分名人件円個回歳才点本枚万億%]|[-.,:/][0-9])`;
/** A telephone number behind the block is no building: 大手通2-3-10 0258-32-8100. */
const noPhone = String.raw`(?!\(?(?:\+81|0[0-9]{1,4})[-(. ])`;
const end = String.raw`(?=$|[\s、。,，()（）「」『』【】\[\]<>|:;/"'!?]|に|で|へ|を|は|が|も|と|から|まで|です|宛|様|あて|御中)`;

/** `-203`, `-A203号室`, `#203`, `(203)` stuck to the numbers. */
const stuck = new RegExp(
  String.raw`(?:-|[ ]?#|[ ]?\()(?:[A-Z]?-?[0-9]{1,4}|[A-Z](?![A-Za-z]))(?:号室|室|号)?(?:F(?![A-Za-z])|階)?\)?(?![0-9-])`,
  'y',
);
const rooms = new RegExp(String.raw`[ ]{0,2}(?:${floor}|${roomNumber})`, 'y');
const spacedRoom = new RegExp(
  String.raw`[ ]{1,2}(?:[A-Z]-?[0-9]{1,4}|[0-9]{3,4})(?![0-9A-Za-z年月日時分名人件円個回歳才点本枚万億%]|[-.,:/ ][0-9]|[ ]?[件名人円個])`,
  'y',
);
/** A name with a building's word in it, with what is stuck behind: サクラタワー9階, 第二山田ビル3F, コーポ桜201, A棟802. */
const named = new RegExp(
  String.raw`[ ]{0,2}(?!・)${noPhone}(?:(?!様|御中|宛|株式会社|有限会社|TEL|Tel|tel|FAX|電話|携帯|${particle})${plain}){0,16}?(?:${words})(?:(?!様|御中|宛|株式会社|有限会社|合同会社|TEL|FAX|電話|携帯|内線|から|まで|です|前|横|裏|向かい|様方|${particle})${plain}){0,14}`,
  'uy',
);
const latin =
  /[ ]{1,2}(?:[A-Z0-9][A-Za-z0-9&.'-]{0,20}[ ]){0,3}(?:Bldg|BLDG|Building|BUILDING|Tower|TOWER|Heights|House|Court|Mansion|Plaza|Center|Residence)\.?/y;
/** A name without such a word proves itself by the room behind it: エスト常盤503, パレ・ロワイヤル 203号室, KSK 3F. */
const proven = new RegExp(
  String.raw`[ ]{0,2}(?!・)${noPhone}(?:(?!様|御中|宛|株式会社|有限会社|TEL|Tel|tel|FAX|電話|携帯|内線|年齢|No|${particle})${plain}){1,16}?(?:[ ]?(?:${floor}|${roomNumber})|${bareRoom}${end})`,
  'uy',
);
/** シャルム大久保 304: a name that begins as buildings' do, and the room behind a gap. */
const gapped = new RegExp(
  String.raw`[ ]{1,2}(?:[ァ-ヴー]{2}|[A-Z][A-Za-z])(?:(?!様|御中|宛|株式会社|有限会社|TEL|Tel|FAX|電話|携帯|内線|${particle})${plain}){1,14}[ ]${bareRoom}(?=$|[\n、。)）])`,
  'uy',
);
const nextLine = new RegExp(
  String.raw`[ ]{0,4}\r?\n(?:[>|] ?){0,3}[ \t]{0,8}(?=(?:${plain}|[ ](?=[0-9])){0,20}?(?:${words}|[0-9]{1,4}号(?:室|$)|[0-9]F|階))(?!(?:TEL|Tel|tel|FAX|電話|株式会社|有限会社|〒|E-?mail|http))`,
  'muy',
);
const lineTail = /[^\n]{0,40}/y;

/** Reads what stands at `from`, behind the block: at most three pieces on the line, and a building alone on the next. */
export function readBuilding(text: string, from: number): Building {
  const here = readPieces(text, from);
  if (here.end > from && here.room !== null) return here;
  const below = endOf(nextLine, text, here.end);
  if (below === -1) return here;
  const next = readPieces(text, below);
  lineTail.lastIndex = next.end;
  const rest = lineTail.exec(text)?.[0] ?? '';
  // Unless the line holds nothing but the building it may be a sentence about one.
  return next.end === below || /[^\s"'」)]/.test(rest) ? here : next;
}

function readPieces(text: string, from: number): Building {
  let at = from;
  const first = endOf(stuck, text, at);
  if (first !== -1) at = first;
  for (let piece = 0; piece < 3; piece += 1) {
    const next = longestOf(text, at, at > from && first === -1);
    if (next === -1 || next === at) break;
    at = next;
  }
  return { end: at, room: at === from ? null : roomOf(text.slice(from, at)) };
}

function longestOf(text: string, at: number, isBehindName: boolean): number {
  const room = endOf(rooms, text, at);
  if (room !== -1) return room;
  const building = endOf(named, text, at);
  if (building !== -1) return building;
  const foreign = endOf(latin, text, at);
  if (foreign !== -1) return foreign;
  const name = Math.max(endOf(proven, text, at), endOf(gapped, text, at));
  if (name !== -1) return name;
  return isBehindName || text.charCodeAt(at) === 0x20 ? endOf(spacedRoom, text, at) : -1;
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** The room that ends the rest of an address field, be it followed by 様方, 気付 or a note in brackets; a telephone number is none. */
export function roomAtEnd(rest: string): string | null {
  const written = rest.replace(/[ ]?(?:[(][^)]*[)]|[^ 0-9]{1,8}(?:方|気付|内))[ ]*$/, '').trimEnd();
  return /(?:[A-Z]-?[0-9]{1,4}|[0-9]{3,4}|(?<![0-9])[0-9]{1,2}(?:号室|号|室))(?:号室|号|室)?$/.test(written) &&
    !/[0-9]-[0-9]{1,4}-[0-9]{3,4}$/.test(written)
    ? roomOf(written)
    : null;
}

/** The last number that is no floor: コーポ桜203号室 → 203; of an office the floor: 9階 → 9F. */
function roomOf(written: string): string | null {
  const room = /([A-Z]?)-?([0-9]{1,4})(?:号室|号|室|\))?$/.exec(written);
  if (room !== null) return `${room[1] ?? ''}${String(Number(room[2]))}`;
  const storey = /((?:地下|B)?)([0-9]{1,2})(?:階|F)$/.exec(written);
  return storey === null ? null : `${storey[1] === '' ? '' : 'B'}${String(Number(storey[2]))}F`;
}
