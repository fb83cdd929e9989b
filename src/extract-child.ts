// The child process that reads documents: one request in, one reading out. It ends with its parent.
import type { ExtractAnswer, ExtractRequest } from './adapters/extractor-process/index.ts';
import { readDocument } from './extract/index.ts';

process.on('message', ({ id, kind, bytes }: ExtractRequest) => {
  void readDocument(kind, bytes).then((reading) => process.send?.({ id, reading } satisfies ExtractAnswer));
});
process.on('disconnect', () => process.exit(0));
