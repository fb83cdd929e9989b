import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, findDisagreement, isCanonical, parseMessage } from '../../src/message/index.ts';
import { decodeBase64 } from '../../src/message/transfer-encoding.ts';

type Tree = { readonly leaf: Uint8Array } | { readonly children: readonly Tree[] };
const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.record({ leaf: fc.uint8Array({ maxLength: 300 }) }),
    fc.record({ children: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
})).tree;

/** A canonical mail of the given shape; every leaf is an attachment in base64. */
function write(node: Tree, depth = 0): string {
  if ('leaf' in node) {
    const lines =
      Buffer.from(node.leaf)
        .toString('base64')
        .match(/.{1,76}/g) ?? [];
    return `Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines.join('\r\n')}\r\n`;
  }
  const boundary = `b${depth}`;
  return `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${node.children.map((child) => `--${boundary}\r\n${write(child, depth + 1)}\r\n`).join('')}--${boundary}--\r\n`;
}

const leavesOf = (node: Tree): Uint8Array[] => ('leaf' in node ? [node.leaf] : node.children.flatMap(leavesOf));

test('canonical mail: every leaf comes out as it went in, and mailparser finds nothing more', async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (shape) => {
      const bytes = Buffer.from(`From: <a@b.jp>\r\nMIME-Version: 1.0\r\n${write(shape)}`);
      const message = parseMessage(bytes);
      expect(isCanonical(message)).toBe(true);
      expect(message.parts.map((part) => Buffer.from(part.content).toString('hex'))).toEqual(
        leavesOf(shape).map((leaf) => Buffer.from(leaf).toString('hex')),
      );
      // Asked although it need not be: a defect that decides nothing makes the second view look.
      expect(await findDisagreement(bytes, { ...message, defects: ['duplicate-header'] })).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

const scraps = fc.constantFrom(
  'Content-Type: multipart/mixed; boundary=x\r\n',
  '--x\r\n',
  '--x--\r\n',
  '\r\n',
  '\r',
  '\n',
  '\0',
  '=?utf-8?b?',
  '?=',
  'Content-Transfer-Encoding: base64\r\n',
  'begin 644 a\r\n',
  '=',
  ';',
  '"',
  '(',
  'filename*0*=',
);

test('no input makes the walk throw', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(scraps, fc.string({ maxLength: 20 })), { maxLength: 60 }), (pieces) => {
      const message = parseMessage(Buffer.from(pieces.join(''), 'latin1'));
      expect(message.parts.length).toBeLessThanOrEqual(1100);
    }),
    { numRuns: 500 },
  );
});

test('no bytes and no label make the decoder throw', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.option(fc.string({ maxLength: 12 })),
      (bytes, label) => typeof decodeText(bytes, label).text === 'string',
    ),
    { numRuns: 1000 },
  );
});

test('a space in base64 changes neither bytes nor good order, wherever it stands', () => {
  const body = fc.string({ unit: fc.constantFrom('A', 'b', '0', '+', '/', '=', '\r\n', '.'), maxLength: 40 });
  fc.assert(
    fc.property(body, fc.nat(), (text, where) => {
      const at = text.length === 0 ? 0 : where % text.length;
      const plain = decodeBase64(Buffer.from(text));
      const spaced = decodeBase64(Buffer.from(`${text.slice(0, at)} ${text.slice(at)}`));
      expect(Buffer.from(spaced.bytes)).toEqual(Buffer.from(plain.bytes));
      expect(spaced.clean).toBe(plain.clean);
    }),
    { numRuns: 2000 },
  );
});
