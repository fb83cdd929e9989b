import type { PartPath } from '../message/index.ts';
import type { FileNode, Location } from './text-segment.ts';

/**
 * A place in the words of the outside interface: `subject`, `text`, `html`, `header:NAME`, `attachment:FILENAME`, with `/inner name`,
 * `#sheet!B3`, `#page=2` appended. `label` is the sheet's name. Holds file names, so it never goes into an `Inspection`.
 */
export function whereOf(location: Location, files: readonly FileNode[], label: string | null = null): string {
  switch (location.in) {
    case 'header': {
      const own = location.name === 'subject' ? 'subject' : `header:${location.name}`;
      return location.part === '' ? own : fileName(location.part, files);
    }
    case 'body':
      return location.part.includes('/') ? fileName(location.part, files) : location.kind === 'html' ? 'html' : 'text';
    case 'file-name':
    case 'text':
    case 'metadata':
      return fileName(location.part, files);
    case 'document':
      return location.page === 0 ? fileName(location.part, files) : `${fileName(location.part, files)}#page=${location.page}`;
    case 'slide':
      return `${fileName(location.part, files)}#slide=${location.slide}`;
    case 'sheet':
      return fileName(location.part, files) + sheetSuffix(location, label);
    default:
      return location satisfies never;
  }
}

function sheetSuffix(location: Extract<Location, { in: 'sheet' }>, label: string | null): string {
  const cell = location.row === 0 ? '' : `${columnLetters(location.column)}${location.row}`;
  if (label === null) return cell === '' ? '' : `#${cell}`;
  return cell === '' ? `#${label}` : `#${label}!${cell}`;
}

/** 1 → A, 27 → AA. */
function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** `attachment:outer.zip/inner.xlsx`; the leaves of a nested mail without a name of their own go by the mail's. */
function fileName(part: PartPath, files: readonly FileNode[]): string {
  const names: string[] = [];
  for (let path: PartPath | null = part; path !== null;) {
    const node: FileNode | undefined = files.find((file) => file.path === path);
    if (node?.fileName !== null && node?.fileName !== undefined) names.unshift(node.fileName);
    else if (node === undefined || node.parent === null) names.unshift(`part-${path}`);
    path = node?.parent ?? null;
  }
  return `attachment:${names.join('/')}`;
}
