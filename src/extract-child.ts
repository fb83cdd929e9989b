// The child process that reads documents: one request in, one reading out. It ends with its parent.
import type { ExtractRequest } from './adapters/extractor-process/index.ts';
import { readDocument } from './extract/index.ts';

process.on('message', (request: ExtractRequest) => {
  void readDocument(request.kind, request.bytes).then((reading) => process.send?.(reading));
});
process.on('disconnect', () => process.exit(0));
