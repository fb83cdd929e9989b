import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from '../../src/extract/index.ts';
import { inspect } from '../../src/inspect/index.ts';
import { envelopeOf, reasonsOf, sampleSnapshot } from '../support/sample-world.ts';

const snapshot = sampleSnapshot();
const to = ['i.suzuki@mail.example.jp', 'kimura@hokushin.example.co.jp'];

/** Attachments, each of which says something else. */
const files = [
  { name: 'yotei.txt', text: '工程表\n10月24日 試運転\n' },
  { name: 'meibo.csv', text: '氏名,電話\n渡邊 恵,06-5550-7781\n髙橋 治,048-550-1101\n' },
  { name: 'seikyu.txt', text: '請求書\n丸山倉庫株式会社　御中\n合計 1,000円\n' },
  { name: 'kado.txt', text: 'カード番号 4111-1111-1111-1111\n' },
  { name: 'kiroku.txt', text: '会員番号 C1042\n住所 東京都世田谷区太子堂4-12-7\n' },
] as const;

function bytesOf(attached: readonly (typeof files)[number][]): Uint8Array {
  const part = (type: string, text: string, name: string | null): string =>
    `--x\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n${name === null ? '' : `Content-Disposition: attachment; filename="${name}"\r\n`}\r\n${Buffer.from(
      text,
    )
      .toString('base64')
      .replaceAll(/.{76}/g, '$&\r\n')}\r\n`;
  return Buffer.from(
    `From: <nakamura@minato-cc.example.jp>\r\nTo: ${to.map((address) => `<${address}>`).join(', ')}\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${part('text/plain', 'お世話になっております。\n資料をお送りします。\n', null)}${attached
      .map(({ name, text }) => part(name.endsWith('.csv') ? 'text/csv' : 'text/plain', text, name))
      .join('')}--x--\r\n`,
  );
}

test('the verdict does not depend on the order of parts', async () => {
  const inspected = async (attached: readonly (typeof files)[number][]): Promise<unknown> => {
    const inspection = await inspect({ envelope: envelopeOf({ to, text: '' }), bytes: bytesOf(attached) }, snapshot, {
      readBinary: readDocument,
    });
    const { disposition, severity, recipients } = inspection.verdict;
    return {
      disposition,
      severity,
      recipients,
      reasons: reasonsOf(inspection),
      about: inspection.about.map(({ customer }) => customer).toSorted(),
    };
  };
  const some = fc.subarray([...files], { minLength: 2 });
  await fc.assert(
    fc.asyncProperty(
      some.chain((chosen) => fc.tuple(fc.constant(chosen), fc.shuffledSubarray(chosen, { minLength: chosen.length }))),
      async ([chosen, shuffled]) => {
        expect(await inspected(shuffled)).toEqual(await inspected(chosen));
      },
    ),
    { numRuns: 40 },
  );
});
