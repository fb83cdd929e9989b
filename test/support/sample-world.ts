import { fileURLToPath } from 'node:url';
import { buildSnapshot, loadConfig, readSnapshotSource } from '../../src/config/index.ts';
import { instant, newMessageId } from '../../src/core/index.ts';
import { readDocument } from '../../src/extract/index.ts';
import { examine, inspect, type Examination, type Inspection, type Snapshot } from '../../src/inspect/index.ts';
import { parseMailbox, type Address, type Envelope } from '../../src/message/index.ts';

const config = fileURLToPath(new URL('../../src/cli/demo/samples/sekisho.yaml', import.meta.url));

/** The demo's organisation and customers, with a key that stays the same. */
export function sampleSnapshot(): Snapshot {
  const loaded = loadConfig(config, {});
  const source = loaded.ok ? readSnapshotSource(loaded.value, new Uint8Array(16).fill(7)) : loaded;
  const snapshot = source.ok ? buildSnapshot(source.value.source) : source;
  if (!snapshot.ok) throw new Error('the sample world does not load');
  return snapshot.value;
}

export type Letter = {
  readonly from?: string;
  /** Envelope recipients. */
  readonly to: readonly string[];
  /** What the header shows; the envelope's by default. */
  readonly shownTo?: string;
  readonly cc?: string;
  readonly subject?: string;
  readonly text: string;
  readonly attachment?: { readonly name: string; readonly text: string; readonly type?: string };
};

export const colleague = 'nakamura@minato-cc.example.jp';

export function envelopeOf(letter: Letter): Envelope {
  const [first, ...others] = letter.to.map((text) => parseMailbox(text) as Address);
  return {
    id: newMessageId(instant(0)),
    receivedAt: instant(0),
    mailFrom: parseMailbox(letter.from ?? colleague),
    rcptTo: [first as Address, ...others],
    smtpUtf8: false,
    eightBit: true,
    session: { clientIp: '127.0.0.1', helo: 'x', authUser: null, tls: false },
  };
}

export function bytesOf(letter: Letter): Uint8Array {
  const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  const head = [
    `From: <${letter.from ?? colleague}>`,
    `To: ${letter.shownTo ?? letter.to.map((to) => `<${to}>`).join(', ')}`,
    ...(letter.cc === undefined ? [] : [`Cc: ${letter.cc}`]),
    `Subject: ${word(letter.subject ?? 'ご連絡')}`,
    'MIME-Version: 1.0',
  ];
  const body = (type: string, text: string): string =>
    `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text.replaceAll('\n', '\r\n')).toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n`;
  if (letter.attachment === undefined) return Buffer.from(`${head.join('\r\n')}\r\n${body('text/plain', letter.text)}`);
  const { name, text, type = 'text/plain' } = letter.attachment;
  const file = body(type, text).replace('charset=utf-8', `charset=utf-8;\r\n name="${word(name)}"\r\nContent-Disposition: attachment`);
  return Buffer.from(
    `${head.join('\r\n')}\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n${body('text/plain', letter.text)}\r\n--x\r\n${file}\r\n--x--\r\n`,
  );
}

export const inspectLetter = (letter: Letter, snapshot: Snapshot): Promise<Inspection> =>
  inspect({ envelope: envelopeOf(letter), bytes: bytesOf(letter) }, snapshot, { readBinary: readDocument });
export const examineLetter = (letter: Letter, snapshot: Snapshot): Promise<Examination> =>
  examine({ envelope: envelopeOf(letter), bytes: bytesOf(letter) }, snapshot, { readBinary: readDocument });

/** Codes of the reasons that hold, each once. */
export const reasonsOf = ({ verdict }: Inspection): string[] =>
  [...new Set(verdict.reasons.filter((reason) => reason.holds).map((reason) => reason.code))].toSorted((a, b) => a.localeCompare(b));
