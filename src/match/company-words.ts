import type { Location, TextSegment } from '../extract/index.ts';
import type { Detection } from '../detect/index.ts';
import type { CustomerIndex } from './customer-index.ts';
import { canonicalCompany } from './index-fields.ts';

type Placed = { readonly detection: Detection; readonly location: Location; readonly at: number };

/** Keys of what may be a company's name beside one of the items. */
export const keysOfCompanies = (
  items: readonly Placed[],
  segments: readonly TextSegment[],
  customers: CustomerIndex,
): ReadonlySet<number> =>
  customers.has('company')
    ? new Set(items.flatMap((item) => companiesWith(item, segments)).map((company) => customers.hash('company', company)))
    : new Set();

/** What may be a company's name beside the item; for a file name, anywhere at the head of that file. */
export function companiesWith(item: Placed, segments: readonly TextSegment[]): readonly string[] {
  const { location } = item;
  if (location.in !== 'file-name') return companyWordsNear(segments[item.detection.segment]?.text ?? '', item.at);
  const inside = segments.filter((segment) => segment.location.part === location.part).map((segment) => segment.text.slice(0, 600));
  return inside.flatMap((text) => text.split('\n').flatMap((line) => companyWordsNear(line, 0)));
}

/** Words of the line and the two before it, and two or three of them that stand together, as company names. */
function companyWordsNear(text: string, at: number): readonly string[] {
  const lineEnd = text.indexOf('\n', at);
  let start = at;
  for (let lines = 0; lines < 3 && start > 0; lines += 1) start = text.lastIndexOf('\n', start - 1);
  const near = text.slice(start + 1, lineEnd === -1 ? undefined : lineEnd);
  return near.split('\n').flatMap((line) => {
    const words = line.normalize('NFKC').split(/[\s、。,()「」の・:_/|]+/);
    const joined = words.flatMap((word, index) => [word, word + (words[index + 1] ?? ''), words.slice(index, index + 3).join('')]);
    return [...new Set(joined)]
      .map((word) => canonicalCompany(word.replace(/(?:様|御中|さま)$/, '')))
      .filter((word) => word.length >= 2 && word.length <= 40);
  });
}
