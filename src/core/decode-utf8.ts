import type { Problem } from './problem.ts';
import { err, ok, type Result } from './result.ts';

const newline = 0x0a;

/**
 * The bytes of a file that an administrator wrote → its text without a byte order mark, or the place of the first byte that is not UTF-8. Read
 * leniently, a Shift_JIS file becomes words that stand in no mail: a rule that says it has no problems and finds nothing.
 */
export function decodeUtf8(path: string, bytes: Uint8Array): Result<string, Problem> {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.includes(0))
    return err({ file: path, line: 1, column: 1, message: 'is not UTF-8 but UTF-16; save the file as UTF-8' });
  const text = decode('utf-8', bytes);
  if (text !== null) return ok(text);
  const guess = decode('shift_jis', bytes) === null ? '' : ' (Shift_JIS?)';
  return err({ file: path, ...firstBadPlace(bytes), message: `is not UTF-8${guess}; save the file as UTF-8` });
}

function decode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function firstBadPlace(bytes: Uint8Array): { readonly line: number; readonly column: number } {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(newline, start);
    const content = bytes.subarray(start, end === -1 ? bytes.length : end);
    // No byte of a longer UTF-8 sequence is a newline, so the first line that does not decode holds the first bad byte.
    if (decode('utf-8', content) === null || end === -1) return { line, column: new TextDecoder().decode(content).indexOf('\uFFFD') + 1 };
    start = end + 1;
  }
}
