import { expect, test } from 'vitest';
import { explainRecipient, explainVerdict } from '../../../src/policy/index.ts';
import { inspectLetter, sampleSnapshot, type Letter } from '../../support/sample-world.ts';
import { customer, judge, mailTo, myNumber, stranger } from './policy-files.ts';

const snapshot = sampleSnapshot();
const labels = { label: (id: Parameters<typeof snapshot.customers.label>[0]) => snapshot.customers.label(id) };
const hanako = 'hanako.sato@mail.example.jp';
const data = '佐藤 花子様の携帯は 090-5550-1114 です。';

const linesOf = async (letter: Letter): Promise<readonly string[]> => {
  const { verdict, about } = await inspectLetter(letter, snapshot);
  return verdict.recipients.flatMap((recipient) => explainRecipient(recipient, about, verdict, labels, 'en'));
};

test.each([
  ['himself', hanako, /佐藤 花子 \(C1042\): may have it: the customer's own registered address/],
  ['the household', 'ichiro.sato@mail.example.jp', /may have it: the customer, the same household/],
  ['inside', 'ito@minato-cc.example.jp', /may have it: inside the organisation/],
  ['a partner of the client', 'report@aoba-life.example.co.jp', /may have it: a partner that may receive all/],
  ['somebody else', 'i.suzuki@mail.example.jp', /may not have it: neither the customer/],
  ["another client's customer", 'kimura@hokushin.example.co.jp', /may not have it: it is another client's/],
])('whose data a recipient may have: %s', async (_, to, expected) => {
  expect((await linesOf({ to: [to], text: `会員番号 C1042 の${data}` })).join('\n')).toMatch(expected);
});

test('a name alone is said to be too little', async () => {
  expect((await linesOf({ to: ['i.suzuki@mail.example.jp'], text: '鈴木様\n\n佐藤 花子さんがよろしくとのことです。' })).join('\n')).toMatch(
    /佐藤 花子 \(C1042\): no relation is known, but the evidence .* is too weak to hold by itself/,
  );
});

test('what would let a mail pass: leaving out whom it is held for', () => {
  const both = judge(mailTo([customer, stranger], { ...myNumber }), {
    id: 'pass',
    reason: 'site.pass',
    action: 'deliver',
    when: { recipient_address: [customer] },
  });
  expect(explainVerdict(both, 'en')).toBe(
    `It is held for an approver, who may release it. Sent again with every reason below resolved, it goes out. Without ${stranger} it goes out. By the exception “Policy pass” (pass), sensitive_pii does not count for ${customer}.`,
  );
  expect(explainVerdict(both, 'ja')).toContain(`宛先から ${stranger} を外せば送信されます。`);
});
