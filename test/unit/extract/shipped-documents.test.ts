import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultLimits, extract, readDocument, whereOf, type Extraction } from '../../../src/extract/index.ts';
import { parseMessage } from '../../../src/message/index.ts';
import { storedZip } from '../../support/stored-zip.ts';

const document = (name: string): Buffer => readFileSync(new URL(`../../corpus/documents/${name}`, import.meta.url));

/** The extraction of a mail whose one part is the given file. */
function read(name: string, bytes: Uint8Array = document(name), type = 'application/octet-stream'): Promise<Extraction> {
  const base64 = Buffer.from(bytes).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  const mail = `MIME-Version: 1.0\r\nContent-Type: ${type}; name="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`;
  return extract(parseMessage(Buffer.from(mail)), { readBinary: readDocument, limits: defaultLimits });
}

const texts = ({ segments, files }: Extraction): { readonly where: string; readonly text: string; readonly hidden: boolean }[] =>
  segments.map((segment) => ({ where: whereOf(segment.location, files, segment.label), text: segment.text, hidden: segment.hidden }));

test('a PDF without embedded CJK fonts is read page by page, lines in order', async () => {
  const page = texts(await read('dev-a-002.pdf')).find(({ where }) => where === 'attachment:dev-a-002.pdf#page=1');
  expect(page?.text).toContain('お名前\t井上 陽菜 様\nご住所\t〒564-0051 大阪府吹田市豊津町9-15\nお電話\t080-7719-4426\n');
});

/** A page of one font that shows each text at its place. */
function pdfOf(shown: readonly (readonly [number, number, string])[]): Buffer {
  const content = shown.map(([x, y, text]) => `BT /F1 10 Tf ${x} ${y} Td (${text}) Tj ET`).join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  return Buffer.from(
    `%PDF-1.4\n${objects.map((body, index) => `${index + 1} 0 obj\n${body}\nendobj\n`).join('')}trailer\n<< /Root 1 0 R >>\n`,
  );
}

test('columns of a PDF stay apart however narrow their cells; words of one cell do not', async () => {
  const row = (y: number, cells: readonly [string, string, string]): readonly (readonly [number, number, string])[] =>
    cells.map((text, column) => [50 + column * 90, y, text] as const);
  const bytes = pdfOf([...row(700, ['Seat', 'Name', 'Date of birth']), ...row(684, ['1A', 'Hana Sato', '5 May 2012'])]);
  const page = texts(await read('seats.pdf', bytes)).find(({ where }) => where.endsWith('#page=1'));
  expect(page?.text).toBe('Seat\tName\tDate of birth\n1A\tHana Sato\t5 May 2012');
});

test('a CP932 table keeps rows and columns, and every cell says where it stands', async () => {
  const { segments } = await read('dev-a-005.csv', document('dev-a-005.csv'), 'text/csv');
  const sheet = segments.find((segment) => segment.grid !== null);
  expect(sheet?.text.split('\n')[1]).toBe('10/05 09:04\tC0006\t鈴木 恵\t080-5543-9902\t配送\t完了');
  const cell = sheet?.grid?.find(({ row, column }) => row === 2 && column === 3);
  expect(sheet?.text.slice(cell?.start, cell?.end)).toBe('鈴木 恵');
});

test('a hidden sheet is read and marked', async () => {
  const hidden = texts(await read('dev-a-015.xlsx')).find(({ where }) => where === 'attachment:dev-a-015.xlsx#元データ');
  expect(hidden).toMatchObject({ hidden: true });
  expect(hidden?.text).toContain('C0004\t佐藤 幸一\t045-561-8820');
});

test('hidden columns and rows are read, cell by cell marked', async () => {
  const { segments } = await read('dev-a-054.xlsx');
  const sheet = segments.find((segment) => segment.grid !== null);
  const shown = (row: number, column: number): unknown => sheet?.grid?.find((cell) => cell.row === row && cell.column === column)?.hidden;
  expect([shown(2, 2), shown(2, 3), shown(2, 4)]).toEqual([false, true, true]);
  expect(sheet?.text).toContain('朝倉 里穂\t1997/4/2\t080-2214-7736');
});

test('a comment and a header of a Word file are read; the comment counts as hidden', async () => {
  const all = texts(await read('dev-a-022.docx'));
  expect(all.some(({ text, hidden }) => hidden && text.includes('携帯 080-9923-1067 に連絡可'))).toBe(true);
  expect(all.some(({ text, hidden }) => !hidden && text.includes('あおば製薬株式会社 御中'))).toBe(true);
});

test('a ZIP in a ZIP is opened; names say the way', async () => {
  const all = texts(await read('dev-a-031.zip'));
  expect(all.find(({ text }) => text.startsWith('ﾌﾘｶﾞﾅ'))?.where).toBe('attachment:dev-a-031.zip/履歴出力.zip/履歴_20260928.csv');
});

test('an encrypted entry cannot be read and says so; its name is read', async () => {
  const found = await read('dev-a-008.zip');
  expect(found.unscannable).toEqual([{ part: '1/1', reason: 'encrypted' }]);
  expect(texts(found).some(({ text }) => text === '夜間窓口_運用フロー案_v2.docx')).toBe(true);
});

test('a mail in a mail: its headers, its body, its addresses', async () => {
  const found = await read('dev-a-047.eml', document('dev-a-047.eml'), 'message/rfc822');
  expect(found.nested).toEqual([{ part: '1', addresses: ['meiling.chen.yoko@gmail.com', 'hanamaru-desk@sakura-contact.example.jp'] }]);
  expect(texts(found).some(({ text }) => text.includes('070-3318-5562'))).toBe(true);
});

test.each(['dev-a-002.pdf', 'dev-a-015.xlsx', 'dev-a-022.docx', 'dev-a-031.zip'])(
  '%s cut in half cannot be read, which is said',
  async (name) => {
    const whole = document(name);
    const { unscannable } = await read(name, whole.subarray(0, Math.floor(whole.length / 2)));
    expect(unscannable).toHaveLength(1);
  },
);

test('30,000 nested elements are no reason to fail', async () => {
  const html = `${'<div>'.repeat(30_000)}090-1234-5678<b>9</b>${'</div>'.repeat(30_000)}`;
  const found = await read('a.html', Buffer.from(html), 'text/html');
  expect(texts(found).some(({ text }) => text.includes('090-1234-56789'))).toBe(true);
});

test('a picture is no text; bytes of no known kind cannot be read', async () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  expect((await read('a.png', png)).files).toMatchObject([{ state: 'no_text' }]);
  expect(
    (
      await read(
        'a.bin',
        Uint8Array.from({ length: 400 }, (_, index) => (index * 7919) % 251),
      )
    ).unscannable,
  ).toEqual([{ part: '1', reason: 'unsupported_type' }]);
});

test.each(['BM order, tel 090-1234-5678', 'ID3 佐藤 花子', 'GIF の件、090-1234-5678', '#!AMR 090-1234-5678'])(
  'a text that begins like a picture or a sound is still read: %s',
  async (text) => {
    const found = await read('a.txt', Buffer.from(`${text}\r\nよろしくお願いします。\r\n`), 'text/plain; charset=utf-8');
    expect(found.files).toMatchObject([{ state: 'scanned' }]);
    expect(texts(found).some((segment) => segment.text.includes(text))).toBe(true);
  },
);

test.each(['application/pkcs7-signature', 'application/pgp-signature', 'application/pgp-keys'])(
  'a text that calls itself %s is read',
  async (type) => {
    expect(texts(await read('smime.p7s', Buffer.from('電話 090-1234-5678'), type)).some(({ text }) => text.includes('090-1234-5678'))).toBe(
      true,
    );
  },
);

test("a table's empty first cell keeps its column, and empty lines part paragraphs", async () => {
  const row = (...cells: string[]): string =>
    `<w:tr>${cells.map((cell) => `<w:tc><w:p><w:r><w:t>${cell}</w:t></w:r></w:p></w:tc>`).join('')}</w:tr>`;
  const bytes = storedZip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>一覧</w:t></w:r></w:p><w:p/><w:p/><w:tbl>${row('', '氏名', '生年月日')}${row('1', '渡邊 澄江', '昭和18年5月20日')}</w:tbl></w:body></w:document>`,
  });
  const page = texts(await read('list.docx', bytes)).find(({ text }) => text.startsWith('一覧'));
  expect(page?.text).toBe('一覧\n\n\t氏名\t生年月日\n1\t渡邊 澄江\t昭和18年5月20日');
});
