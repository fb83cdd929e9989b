import type { BinaryReading, DocumentKind } from './document.ts';
import { Budget, defaultLimits, Unreadable } from './limits.ts';
import { readPackage } from './formats/read-package.ts';
import { readPdf } from './formats/read-pdf.ts';
import { readWorkbook } from './formats/read-workbook.ts';

/** Reads a document in this process. Never rejects: what fails comes back with its reason. */
export async function readDocument(kind: DocumentKind, bytes: Uint8Array): Promise<BinaryReading> {
  const budget = new Budget(defaultLimits);
  try {
    const { pieces, complete } =
      kind === 'pdf' ? await readPdf(bytes) : kind === 'xlsx' ? await readWorkbook(bytes, budget) : await readPackage(bytes, budget);
    return { ok: true, pieces, complete };
  } catch (error) {
    return { ok: false, reason: error instanceof Unreadable ? error.reason : 'corrupt' };
  }
}
