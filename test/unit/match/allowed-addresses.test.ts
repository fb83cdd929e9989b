import { expect, test } from 'vitest';
import type { CustomerId } from '../../../src/core/index.ts';
import { withAllowedAddresses } from '../../../src/match/index.ts';
import { inspectLetter, reasonsOf, sampleSnapshot } from '../../support/sample-world.ts';

const snapshot = sampleSnapshot();
const hanako = 'C1042' as CustomerId;
const fresh = 'hanako.new@mail.example.net';
const allowed = (address: string, customer = hanako) => ({
  ...snapshot,
  customers: withAllowedAddresses(snapshot.customers, [{ customer, address }]),
});
const letter = (to: string, text = '会員番号 C1042 の佐藤 花子様（090-5550-1114）の件です。') => ({
  to: [to],
  text: `ご担当者様\n\n${text}`,
});

test('an accepted address is the customer’s: her data may go there, nobody else’s', async () => {
  expect(reasonsOf(await inspectLetter(letter(fresh), snapshot))).toContain('wrong_customer');
  const now = allowed('Hanako.New+x@mail.example.net');
  const inspection = await inspectLetter(letter(fresh), now);
  expect(reasonsOf(inspection)).toEqual([]);
  expect(inspection.verdict.recipients).toMatchObject([{ kind: 'customer', customer: hanako, verdict: 'deliver' }]);
  expect(reasonsOf(await inspectLetter(letter(fresh, '渡邊 恵様（06-5550-7781）の件です。'), now))).toEqual(['wrong_customer']);
});

test('an address of two customers does not make them relations of one another', async () => {
  const shared = allowed('i.suzuki@mail.example.jp');
  expect(reasonsOf(await inspectLetter(letter('i.suzuki@mail.example.jp'), shared))).toEqual([]);
  expect(reasonsOf(await inspectLetter(letter('hanako.sato@mail.example.jp', '鈴木 一郎様（090-5550-3306）の件です。'), shared))).toContain(
    'wrong_customer',
  );
});

test('the version says that something was added; an unknown customer adds nothing', () => {
  expect(allowed(fresh).customers.version).toMatch(/\+[0-9a-f]{12}$/);
  expect(allowed(fresh, 'C9999' as CustomerId).customers).toBe(snapshot.customers);
});
