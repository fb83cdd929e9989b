import { expect, test } from 'vitest';
import { listRules } from '../../../src/cli/list-rules.ts';
import { changesBetween, wordChanges } from '../../../src/cli/rule-changes.ts';
import { noticesOf } from '../../../src/cli/rule-notices.ts';
import type { CompiledPack } from '../../../src/cli/compile-pack.ts';
import { compileRules } from '../../../src/detect/index.ts';
import { compilePolicies } from '../../../src/policy/index.ts';
import { ticketRule } from '../detect/rules.ts';

const policyText = (id: string, when: string): string => `id: ${id}
version: 1
title: { ja: 試し, en: Trial }
reason: site.${id}
severity: low
when: ${when}
examples:
  - { facts: {}, fires: true }
  - { facts: {}, fires: false }
`;
const shippedTicket = { path: 'ticket/rule.yaml', text: ticketRule, origin: 'built-in' };
const naming = { path: 'mine/policy.yaml', text: policyText('mine', '{ types: [ticket, coupon] }'), origin: 'site' };

function packOf(detectors: Parameters<typeof compileRules>[0], policies: Parameters<typeof compilePolicies>[0] = [naming]): CompiledPack {
  const [ruleSet, set] = [compileRules(detectors), compilePolicies(policies)];
  if (!ruleSet.ok || !set.ok) throw new Error(JSON.stringify([ruleSet, set]));
  return { ruleSet: ruleSet.value, policies: set.value };
}
const notices = (pack: CompiledPack, departments: readonly string[] = []): readonly string[] =>
  noticesOf(pack, {
    staff: departments.map((department) => ({ name: '', nameKana: '', email: '', department, managerEmail: null })),
  }).map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
const site = (text: string, path = 'site/ticket/rule.yaml', origin = 'site') => ({ path, text, origin });

test('a shipped rule replaced as a whole is told, with the type that it took away; one that is extended is not', () => {
  const coupon = ticketRule.replace('entity: ticket', 'entity: coupon');
  expect(notices(packOf([shippedTicket, site(coupon)]))).toEqual([
    'site/ticket/rule.yaml:1:5 replaces the shipped rule `ticket` as a whole: that one is about `ticket`, this one about `coupon`; write `extends: ticket` to change it, or give yours an id of its own',
  ]);
  expect(notices(packOf([shippedTicket, site(ticketRule.replace('maturity: stable', 'maturity: sandbox'))]))).toEqual([
    'site/ticket/rule.yaml:1:5 replaces the shipped rule `ticket` as a whole; write `extends: ticket` to change it, or give yours an id of its own',
  ]);
  expect(notices(packOf([shippedTicket, site('id: ticket\nextends: ticket\nversion: 2\n')]))).toEqual([]);
});

test('the same id in two folders of a site is told', () => {
  expect(notices(packOf([site(ticketRule), site(ticketRule, 'other/ticket/rule.yaml', 'other')]))).toEqual([
    'other/ticket/rule.yaml:1:5 takes the place of site/ticket/rule.yaml, which has the same id; give one of them another',
  ]);
});

test('a type that no policy names, a title of the scaffold and a department of nobody are told', () => {
  const todo = ticketRule.replace('ja: 整理券', 'ja: TODO 整理券');
  const lone = { path: 'p/policy.yaml', text: policyText('p', '{ department: [給与科] }'), origin: 'site' };
  expect(notices(packOf([site(todo)], [lone]), ['給与課', '営業部'])).toEqual([
    'site/ticket/rule.yaml:3:8 `title` is still the one of the scaffold; write what people shall read',
    'site/ticket/rule.yaml:4:9 no policy names the type `ticket`, so it holds nothing; name it in `when.types` of a policy',
    'p/policy.yaml:6:22 nobody in the staff file is of the department `給与科`; did you mean `給与課`?',
  ]);
  // Without a staff file nobody knows the departments.
  expect(notices(packOf([site(ticketRule)], [naming, lone]))).toEqual([]);
});

test('the list says where each rule comes from', () => {
  const other = ticketRule.replace('id: ticket', 'id: stub');
  const pack = packOf([shippedTicket, site(other, 'site/stub/rule.yaml'), site('id: ticket\nextends: ticket\nversion: 2\n')]);
  expect(listRules(pack).map(({ id, origin, file }) => [id, origin, file])).toEqual([
    ['ticket', 'site, extends shipped', 'site/ticket/rule.yaml'],
    ['stub', 'site', 'site/stub/rule.yaml'],
    ['mine', 'site', 'mine/policy.yaml'],
  ]);
  expect(listRules(packOf([shippedTicket, site(ticketRule)]))[0]?.origin).toBe('site, replaces shipped');
  expect(listRules(packOf([shippedTicket]))[0]?.origin).toBe('shipped');
});

test('a reload names what it added, changed and took away', () => {
  const before = packOf([site(ticketRule), site(ticketRule.replace('id: ticket', 'id: old'), 'site/old/rule.yaml')]);
  const after = packOf(
    [site(ticketRule.replace('version: 1', 'version: 2'))],
    [naming, { ...naming, path: 'b/policy.yaml', text: policyText('b', '{}') }],
  );
  expect(wordChanges(changesBetween(before, after))).toBe('added policies/b; changed detectors/ticket; removed detectors/old');
  expect(wordChanges(changesBetween(after, after))).toBe('');
});
