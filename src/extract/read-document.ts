import type { BinaryReading, DocumentKind, DocumentPiece } from './document.ts';
import { Budget, defaultLimits, Unreadable } from './limits.ts';
import { readPackage } from './formats/read-package.ts';
import { readPdf } from './formats/read-pdf.ts';
import { readWorkbook } from './formats/read-workbook.ts';

type Read = { readonly pieces: readonly DocumentPiece[]; readonly complete: boolean };
/** A workbook in a letter in a presentation is ordinary; deeper nesting is not. */
const maxEmbedding = 3;

/** Reads a document in this process, the documents embedded in it too. Never rejects: what fails comes back with its reason. */
export async function readDocument(kind: DocumentKind, bytes: Uint8Array): Promise<BinaryReading> {
  try {
    const { pieces, complete } = await read(kind, bytes, new Budget(defaultLimits), 0);
    return { ok: true, pieces, complete };
  } catch (error) {
    return { ok: false, reason: error instanceof Unreadable ? error.reason : 'corrupt' };
  }
}

async function read(kind: DocumentKind, bytes: Uint8Array, budget: Budget, depth: number): Promise<Read> {
  if (kind === 'pdf') return readPdf(bytes);
  const outer = kind === 'xlsx' ? await readWorkbook(bytes, budget) : await readPackage(bytes, budget);
  const pieces = [...outer.pieces];
  let complete = outer.complete;
  for (const { name, content } of outer.embedded) {
    if (content === null || depth >= maxEmbedding) {
      complete = false;
      continue;
    }
    const inner = await read(/\.xls[xm]$/i.test(name) ? 'xlsx' : 'docx', content, budget, depth + 1);
    // Shown as what stands beside the document: its own pages and sheets keep their numbers.
    for (const piece of inner.pieces) pieces.push({ ...piece, in: 'metadata', number: pieces.length + 1, cells: null, label: null });
    complete &&= inner.complete;
  }
  return { pieces, complete };
}
