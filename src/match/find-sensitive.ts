import { canonicalKana, canonicalName, entityTypes } from '../detect/index.ts';
import type { SegmentId } from '../extract/index.ts';
import type { Scene } from './scene.ts';
import type { Item } from './items.ts';

const delicate: ReadonlySet<string> = new Set([
  'my_number',
  'credit_card',
  'bank_account',
  'drivers_license',
  'passport',
  'residence_card',
  'pension_number',
  'health_insurance',
]);
const ordinary: ReadonlySet<string> = new Set(entityTypes.filter((type) => !delicate.has(type)));
/** How banks write the legal form of a holder: カ）アケボノ, アケボノ（カ, ユ）… */
const corporateHolder = /[(（]?(?:カ|ユ|ド|ザイ|シャ|イ|フク)[)）]|[(（](?:カ|ユ)[)）]?|株式会社|有限会社|合同会社|\(株\)|（株）/;

/**
 * Numbers that are delicate by law (番号法, 個人情報保護法 ガイドライン): surely found, not our own account, not a corporate payee's; and what a
 * site's own rules find under a type of their own, which the policies hold when they name it.
 */
export function findSensitive(scene: Scene): readonly Item[] {
  const columns = new Map<SegmentId, number>();
  const columnOf = (segment: SegmentId): number => {
    const column = columns.get(segment) ?? holderColumn(scene.extraction.segments[segment]?.text ?? '');
    columns.set(segment, column);
    return column;
  };
  return scene.items.filter(
    (item) =>
      !ordinary.has(item.detection.type) &&
      item.detection.confidence >= 0.5 &&
      !(item.detection.type === 'bank_account' && isCorporate(item, scene, columnOf)),
  );
}

function isCorporate(item: Item, scene: Scene, columnOf: (segment: SegmentId) => number): boolean {
  if (item.isOurs) return true;
  const text = scene.extraction.segments[item.detection.segment]?.text ?? '';
  const column = item.inTable ? columnOf(item.detection.segment) : -1;
  const payee = column === -1 ? '' : cellOf(text, item.at, column);
  if (payee !== '' && !isHolderHeader.test(payee)) return corporateHolder.test(payee) || namesUs(payee, scene);
  const near = text.slice(Math.max(0, item.at - 120), item.detection.end + 120).normalize('NFKC');
  const holder = /(?:名 ?義人?|口座名義?|受取人名?)(?:[^\S\n]*[:：)】\]][^\S\n]*|[^\S\n]+)([^\n]{1,40})/.exec(near)?.[1] ?? '';
  if (holder !== '') return corporateHolder.test(holder) || namesUs(holder, scene);
  // The holder stands behind the number or alone in the line below.
  const [behind = '', below = ''] = text
    .slice(item.detection.end, item.detection.end + 120)
    .normalize('NFKC')
    .split('\n');
  if (corporateHolder.test(behind) || corporateHolder.test(below.trim().slice(0, 3)) || /^\s*\S+\((?:カ|ユ|ド)\)?\s*$/.test(below))
    return true;
  // An invoice under our own letterhead asks for payment to ourselves; a mail that merely bears our signature does not.
  const isDocument = item.location.in !== 'body' && item.location.in !== 'header';
  return isDocument && /請求/.test(text) && scene.organisation.name !== '' && text.includes(scene.organisation.name);
}

const holderHeader = /^(?=[^\n]*\t)[^\n]*(?:名 ?義|受取人|振込先名)[^\n]*$/m;
const isHolderHeader = /名 ?義|受取人|振込先名/;

/** The column of a table whose header calls a holder; -1 when the text has none. Two cells are a label and its value. */
function holderColumn(text: string): number {
  const cells = holderHeader.exec(text)?.[0].split('\t') ?? [];
  return cells.length < 3 ? -1 : cells.findIndex((cell) => isHolderHeader.test(cell));
}

function cellOf(text: string, at: number, column: number): string {
  const end = text.indexOf('\n', at);
  const row = text.slice(text.lastIndexOf('\n', at) + 1, end === -1 ? undefined : end);
  return (row.split('\t')[column] ?? '').normalize('NFKC').trim();
}

function namesUs(holder: string, scene: Scene): boolean {
  const own = canonicalName(scene.organisation.name).replaceAll(/株式会社|有限会社/g, '');
  return own !== '' && (canonicalName(holder).includes(own) || canonicalKana(holder).includes(canonicalKana(own)));
}
