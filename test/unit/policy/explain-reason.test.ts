import { describe, expect, test } from 'vitest';
import { clientsOf } from '../../../src/match/index.ts';
import { explainReason, type Reason } from '../../../src/policy/index.ts';
import { inspectLetter, sampleSnapshot, type Letter } from '../../support/sample-world.ts';

const snapshot = sampleSnapshot();
const [suzuki, kimura, watanabe] = ['i.suzuki@mail.example.jp', 'kimura@hokushin.example.co.jp', 'megumi.w@mail.example.jp'] as const;
const label: typeof snapshot.customers.label = (customer) => snapshot.customers.label(customer);
const labels = { label, clientsOf: (recipient: string) => clientsOf(recipient, snapshot, label) };

const reasonsFor = async (letter: Letter): Promise<readonly Reason[]> => (await inspectLetter(letter, snapshot)).verdict.reasons;

async function reasonFor(code: string, letter: Letter): Promise<Reason> {
  const reason = (await reasonsFor(letter)).find((one) => one.code === code);
  if (reason === undefined) throw new Error(`not held for ${code}`);
  return reason;
}

describe('what a reason says of', () => {
  test('the clients that data and recipient belong to', async () => {
    const reason = await reasonFor('cross_client', { to: [kimura], text: '木村様\n\n渡邊 恵様 06-5550-7781 の件です。' });
    expect(explainReason(reason, labels, 'ja')).toBe(
      `渡邊 恵（C1103）さんの情報（氏名・電話番号）は委託元「aoba」のものですが、宛先 ${kimura} は別の委託元「haruka」の相手です。宛先を選び直すか、その情報を外してください。`,
    );
    expect(explainReason(reason, labels, 'en')).toBe(
      `Data of 渡邊 恵 (C1103) (name + phone) belongs to client “aoba”; ${kimura} belongs to another client, “haruka”. Choose the right recipient or take that data out.`,
    );
    expect(explainReason(reason, { label }, 'en')).toContain(`belongs to another client than ${kimura}.`);
    expect(explainReason(reason, { label: () => null, clientsOf: labels.clientsOf }, 'ja')).toContain('とは別の委託元のものです。');
  });

  test("a partner's client is that of its entry", () => {
    expect(labels.clientsOf('report@aoba-life.example.co.jp')).toEqual(['aoba']);
    expect(labels.clientsOf(watanabe)).toEqual(['aoba']);
    expect(labels.clientsOf('somebody@example.com')).toEqual([]);
  });

  test('a list: how many persons, and from how many on', async () => {
    const rows = Array.from({ length: 11 }, (_, row) => `${'青石上江大加木久小坂田'.charAt(row)}田 一郎\t090-5550-20${10 + row}`);
    const reason = await reasonFor('bulk_pii', { to: [suzuki], text: `鈴木様\n\n氏名\t電話\n${rows.join('\n')}` });
    expect(explainReason(reason, labels, 'ja')).toContain(
      `11名分の情報（氏名・電話番号）が社外の ${suzuki} に送られようとしています（10名分以上が対象）。`,
    );
    expect(explainReason(reason, labels, 'en')).toContain(
      `Data of 11 persons (name + phone) would leave the organisation to ${suzuki} (the limit is 10).`,
    );
    expect(explainReason({ ...reason, grounds: [] }, labels, 'en')).toContain(`to ${suzuki}. Send only`);
  });

  test('visible addresses: how many of how many parties, and both limits', async () => {
    const to = [suzuki, watanabe, 'hanako.sato@mail.example.jp', 'taro.yamada@gmail.com', kimura, 'ogawa@hokushin.example.co.jp'];
    const reason = await reasonFor('exposed_recipients', { to, text: 'お客様各位\n\nお知らせです。' });
    expect(explainReason(reason, labels, 'ja')).toContain(
      '6件の社外アドレス（相手先 5）が To・Cc で互いに見える状態です（5件以上、相手先 4 以上が対象）。',
    );
    expect(explainReason(reason, labels, 'en')).toContain(
      '6 outside addresses of 5 parties in To and Cc would see each other (the limit is 5 of 4 parties).',
    );
    const site = { ...reason, grounds: [{ condition: 'addresses', value: '≥ 3' }] } as const;
    expect(explainReason(site, labels, 'en')).toContain('see each other (the limit is 3).');
  });
});

test('a mistyped address comes before what it explains, and after what weighs more', async () => {
  const slip = 'i.suzuki@gmai.com';
  const text = '鈴木 一郎様\n\n氏名　大西 琴音\n電話　090-5550-7733\n';
  const reasons = await reasonsFor({ to: [slip], text: `${text}\n渡邊 恵様 06-5550-7781 の件です。` });
  const codes = reasons.filter(({ holds }) => holds).map(({ code }) => code);
  expect(codes.slice(0, 2)).toEqual(['wrong_customer', 'lookalike_address']);
  expect(codes).toContain('unknown_recipient_pii');
});
