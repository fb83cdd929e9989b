import { expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { areRelated } from '../../../src/match/relations.ts';
import { resolveParty } from '../../../src/match/resolve-recipients.ts';
import { inspectLetter, reasonsOf, sampleSnapshot } from '../../support/sample-world.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';

const rows = [
  'A1,友野 晃,友野整形外科クリニック,tomono@tomono-seikei.example.jp',
  'A2,長谷 美帆,友野整形外科クリニック,hase@tomono-seikei.example.jp',
  'B1,有森 健,有森内科医院,arimori@arimori-naika.example.jp',
  'C1,浅沼 佑介,株式会社備前ホームケア,asanuma@bizen-homecare.example.co.jp',
  'C2,田井 浩介,株式会社備前ホームケア 津山営業所,tai@bizen-homecare.example.co.jp',
  'C3,福原 さと美,株式会社備前ホームケア,fukuhara@gmail.com',
  'D1,森 一郎,中央大学 薬学部,mori@chuo-dai.example.ac.jp',
  'D2,林 次郎,中央大学 医学部,hayashi@chuo-dai.example.ac.jp',
  'F1,税理士 甲,有森内科医院,zei@zeirishi.example.jp',
  'F2,税理士 甲,友野整形外科クリニック,zei@zeirishi.example.jp',
  'F3,税理士 甲,株式会社備前ホームケア,zei@zeirishi.example.jp',
  'G1,店主 一,アオバ工業,u1@cello.ocn.ne.jp',
  'G2,店主 二,ミドリ食品,u2@cello.ocn.ne.jp',
  'G3,店主 三,クロカワ運輸,u3@cello.ocn.ne.jp',
  'G4,店主 四,シラトリ印刷,u4@cello.ocn.ne.jp',
  'G5,店主 五,アカギ商会,u5@cello.ocn.ne.jp',
  'E1,小川 理沙,,ogawa@mail.example.jp',
  'E2,木村 誠,,kimura@mail.example.jp',
];
const { table } = loadTable({
  kind: 'file',
  file: tableFile(`customer_id,name,company,email\n${rows.join('\n')}\n`),
  plan: { ...testPlan(), sharedDomains: ['.ac.jp'] },
});
const sample = sampleSnapshot();
const world = {
  ...sample,
  organisation: { ...sample.organisation, sharedDomains: ['.ac.jp'] },
  customers: openTable(table),
};

const isExposed = async (to: readonly string[]): Promise<boolean> =>
  reasonsOf(await inspectLetter({ to, text: '各位\n\n搬入日のご連絡です。' }, world)).includes('exposed_recipients');

const clinic = ['tomono@tomono-seikei.example.jp', 'hase@tomono-seikei.example.jp'];
const care = ['asanuma@bizen-homecare.example.co.jp', 'tai@bizen-homecare.example.co.jp'];

test.each([
  [
    'an accountant of three clients joins none of them',
    [...clinic, 'arimori@arimori-naika.example.jp', ...care, 'zei@zeirishi.example.jp'],
    true,
  ],
  ['shops at a sub-domain of their provider are as many', [1, 2, 3, 4, 5].map((shop) => `u${shop}@cello.ocn.ne.jp`), true],
  [
    'a branch of its own company name at the same domain is the same party',
    [...clinic, 'arimori@arimori-naika.example.jp', ...care],
    false,
  ],
  [
    'who is joined to either by name or domain is too',
    [...clinic, 'arimori@arimori-naika.example.jp', ...care, 'fukuhara@gmail.com'],
    false,
  ],
  [
    'an unknown address at a domain of its own is another',
    [...clinic, 'arimori@arimori-naika.example.jp', ...care, 'x@new.example.net'],
    true,
  ],
  [
    'two faculties at a shared domain are two',
    [...clinic, 'arimori@arimori-naika.example.jp', 'mori@chuo-dai.example.ac.jp', 'hayashi@chuo-dai.example.ac.jp'],
    true,
  ],
  [
    'consumers count one each, whatever their domain',
    [...clinic, 'arimori@arimori-naika.example.jp', 'ogawa@mail.example.jp', 'kimura@mail.example.jp'],
    true,
  ],
])('%s', async (_, to, holds) => {
  expect(await isExposed(to)).toBe(holds);
});

test('firms at a sub-domain of their provider have nothing to do with each other, nor with anybody else there', () => {
  const row = (id: string): number => world.customers.rows('id', id)[0] ?? -1;
  expect(areRelated(row('G1'), row('G2'), world.customers)).toBe(false);
  expect(areRelated(row('C1'), row('C2'), world.customers)).toBe(true);
  expect(resolveParty('somebody@cello.ocn.ne.jp', '', world).kind).toBe('unknown');
  expect(resolveParty('somebody@bizen-homecare.example.co.jp', '', world).kind).toBe('customer_domain');
});
