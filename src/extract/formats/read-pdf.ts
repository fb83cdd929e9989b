import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentPiece } from '../document.ts';
import { Unreadable } from '../limits.ts';

const maxPages = 500;
const resources = new URL('../../', import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')).pathname;

type Item = { readonly str: string; readonly transform: readonly number[]; readonly width: number; readonly height: number };

/** The text of each page, rebuilt into lines, and what lies beside it: form fields, annotations, properties. Throws `Unreadable`. */
export async function readPdf(bytes: Uint8Array): Promise<{ readonly pieces: readonly DocumentPiece[]; readonly complete: boolean }> {
  const document = await open(bytes);
  try {
    const pieces: DocumentPiece[] = [];
    const hidden: string[] = await properties(document);
    const pages = Math.min(document.numPages, maxPages);
    for (let number = 1; number <= pages; number += 1) {
      const page = await document.getPage(number);
      const text = await pageText(page);
      if (text !== '') pieces.push({ in: 'page', number, text, hidden: false, cells: null, label: null });
      hidden.push(...(await annotations(page)));
      page.cleanup();
    }
    // Pages of pictures alone: nothing was read, so nothing was checked.
    if (pieces.length === 0) throw new Unreadable('partial');
    return { pieces: [...pieces, ...hidden.map(asMetadata)], complete: pages === document.numPages };
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('corrupt', { cause: error });
  } finally {
    await document.loadingTask.destroy();
  }
}

async function open(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  try {
    return await getDocument({
      data: Uint8Array.from(bytes), // pdf.js takes its buffer away
      cMapUrl: `${resources}cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${resources}standard_fonts/`,
      useSystemFonts: false,
      disableFontFace: true,
      verbosity: 0,
    }).promise;
  } catch (error) {
    throw new Unreadable(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'corrupt', { cause: error });
  }
}

async function pageText(page: PDFPageProxy): Promise<string> {
  const content = await page.getTextContent();
  // A gap of any width comes as one space; where the text stands tells how wide it is.
  const items = (content.items as readonly unknown[] as readonly Partial<Item>[]).filter(
    (item): item is Item => item.str !== undefined && item.str.trim() !== '',
  );
  const lines: { y: number; items: Item[] }[] = [];
  for (const item of items) {
    const y = item.transform[5] ?? 0;
    const size = Math.max(item.height, Math.abs(item.transform[3] ?? 0), 1);
    // The newest lines first: a table's cells come row by row.
    const line = lines.findLast((candidate) => Math.abs(candidate.y - y) < size * 0.5);
    if (line === undefined) lines.push({ y, items: [item] });
    else line.items.push(item);
  }
  return lines
    .map(({ items: parts }) => joinLine(parts))
    .join('\n')
    .trim();
}

/** Items of one line, left to right: a wide gap parts columns (tab), a narrow one words; CJK text that touches is one word. */
function joinLine(items: readonly Item[]): string {
  let text = '';
  let end = Number.NaN;
  for (const item of items.toSorted((a, b) => (a.transform[4] ?? 0) - (b.transform[4] ?? 0))) {
    const x = item.transform[4] ?? 0;
    const size = Math.max(item.height, Math.abs(item.transform[0] ?? 0), 1);
    const gap = x - end;
    if (gap > size * 1.5) text += '\t';
    else if (gap > size * 0.25 && !text.endsWith(' ')) text += ' ';
    text += item.str;
    end = x + item.width;
  }
  const line = text.replaceAll(/ *\t[ \t]*/g, '\t').trim();
  return spread.test(line) ? line.replaceAll('\t', ' ') : line;
}

/** 佐藤    花子, 請  求  書: a name or heading written wide is no row of a table. */
const spread = /^\p{Script=Han}{1,3}(?:[\t ]\p{Script=Han}{1,3}){1,3}$/u;

async function annotations(page: PDFPageProxy): Promise<string[]> {
  const found = (await page.getAnnotations()) as readonly {
    readonly contentsObj?: { readonly str?: string };
    readonly fieldValue?: unknown;
    readonly url?: string;
  }[];
  return found
    .flatMap(({ contentsObj, fieldValue, url }) => [
      contentsObj?.str ?? '',
      typeof fieldValue === 'string' ? fieldValue : '',
      url?.startsWith('mailto:') === true ? url.slice(7) : '',
    ])
    .filter((text) => text.trim() !== '');
}

async function properties(document: PDFDocumentProxy): Promise<string[]> {
  const { info } = await document.getMetadata();
  const named = info as Readonly<Record<string, unknown>>;
  return ['Title', 'Author', 'Subject', 'Keywords'].flatMap((key) =>
    typeof named[key] === 'string' && named[key].trim() !== '' ? [named[key]] : [],
  );
}

const asMetadata = (text: string, index: number): DocumentPiece => ({
  in: 'metadata',
  number: index + 1,
  text,
  hidden: true,
  cells: null,
  label: null,
});
