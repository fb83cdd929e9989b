import { describe, expect, test } from 'vitest';
import { instant } from '../../../src/core/index.ts';
import type { Facts } from '../../../src/match/index.ts';
import { checkDepartments, checkNames } from '../../../src/policy/index.ts';
import { colleague, complaintsOf, customer, judge, mailTo, myNumber, partner, policiesWith, stranger } from './policy-files.ts';

const everybody = [customer, stranger, partner, colleague];
const at = (text: string): Partial<Facts> => ({ receivedAt: instant(Date.parse(`${text}:00+09:00`)) });
const file = (type: string, extension: string, encrypted = false): Facts['attachments'][number] => ({
  type,
  extension,
  size: 10,
  encrypted,
});

/** Recipients that a policy with these conditions speaks about. */
const spokenOf = (when: object, changes: Partial<Facts> = {}): readonly string[] =>
  judge(mailTo(everybody, changes), { id: 'mine', reason: 'site.mine', action: 'tag', when })
    .reasons.filter(({ code }) => code === 'site.mine')
    .flatMap(({ recipients }) => recipients);

describe('recipients', () => {
  test.each([
    ['external by default', {}, [customer, stranger]],
    ['outside', { recipient: 'outside' }, [customer, stranger, partner]],
    ['a kind', { recipient: 'partner' }, [partner]],
    ['several kinds', { recipient: ['internal', 'unknown'] }, [stranger, colleague]],
    ['a domain, not its sub-domains', { recipient_domain: ['example.jp', 'unknown.example.com'] }, [stranger]],
    ['a domain with its sub-domains', { recipient_domain: ['.example.jp'] }, [customer]],
    ['an address in another spelling', { recipient_address: ['Kyaku+x@MAIL.example.jp'] }, [customer]],
    ['kind and domain both', { recipient: 'unknown', recipient_domain: ['.example.jp'] }, []],
  ])('%s', (_, when, expected) => {
    expect(spokenOf(when)).toEqual(expected);
  });
});

describe('sender, size, attachments, data', () => {
  const zip = [file('application/zip', '.zip', true), file('image/png', '.png')];
  test.each([
    ['an address', { sender: ['tanaka@own.example.jp'] }, {}, true],
    ['another address', { sender: ['suzuki@own.example.jp'] }, {}, false],
    ['a domain', { sender: ['.example.jp'] }, {}, true],
    ['a group', { sender_group: ['board'] }, {}, true],
    ['another group', { sender_group: ['sales'] }, {}, false],
    ['a department', { department: ['総務部', '営業部'] }, {}, true],
    ['automatic mail', { automatic: true }, { isAutomatic: true }, true],
    ['mail by hand', { automatic: false }, { isAutomatic: true }, false],
    ['a large mail', { size: { at_least: 1000 } }, { size: 1000 }, true],
    ['a small mail', { size: { at_least: 1000 } }, { size: 999 }, false],
    ['any attachment', { attachments: {} }, { attachments: zip }, true],
    ['no attachment', { attachments: {} }, {}, false],
    ['two attachments', { attachments: { at_least: 2 } }, { attachments: zip }, true],
    ['two of a type', { attachments: { at_least: 2, types: ['image/*'] } }, { attachments: zip }, false],
    ['an ending', { attachments: { types: ['.ZIP'] } }, { attachments: zip }, true],
    ['an encrypted one of a type', { attachments: { types: ['image/*'], encrypted: true } }, { attachments: zip }, false],
    ['an encrypted one', { attachments: { encrypted: true } }, { attachments: zip }, true],
    ['a type of data', { types: ['my_number'] }, myNumber, true],
    ['another type of data', { types: ['passport'] }, myNumber, false],
    [
      'enough persons',
      { persons: { at_least: 3 } },
      { bulk: { persons: 3, types: [], places: [], customers: [], ofOwnCompany: false } },
      true,
    ],
    ['two conditions of which one fails', { size: { at_least: 1 }, automatic: true }, { size: 5 }, false],
  ])('%s', (_, when, changes, fires) => {
    expect(spokenOf({ recipient: 'customer', ...when }, changes)).toEqual(fires ? [customer] : []);
  });
});

describe('schedules, in Japan time', () => {
  const nights = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: { from: '22:00', to: '06:00' } };
  test.each([
    ['before the hours', nights, '2026-11-26T21:59', false],
    ['as they begin', nights, '2026-11-26T22:00', true],
    ['after midnight, of the day before', nights, '2026-11-27T05:59', true],
    ['as they end', nights, '2026-11-27T06:00', false],
    ['Saturday before dawn is still Friday night', nights, '2026-11-28T03:00', true],
    ['Monday before dawn is Sunday night', nights, '2026-11-30T03:00', false],
    ['a holiday is no Monday', nights, '2026-11-23T23:00', false],
    ['the holiday itself', { days: ['holiday'] }, '2026-11-23T23:00', true],
    ['the turn of the year', { days: ['holiday'] }, '2026-12-30T12:00', true],
    ['one of several spans', [nights, { days: ['sat', 'sun'] }], '2026-11-29T12:00', true],
    ['none of several spans', [nights, { days: ['sat', 'sun'] }], '2026-11-27T12:00', false],
    ['hours of every day', { hours: { from: '09:00', to: '18:00' } }, '2026-11-28T17:59', true],
  ])('%s', (_, schedule, time, fires) => {
    expect(spokenOf({ recipient: 'customer', schedule }, at(time))).toEqual(fires ? [customer] : []);
  });
});

describe('what is wrong in a policy file is said with its line', () => {
  const head = 'id: mine\nversion: 1\ntitle: { ja: 例, en: Example }\nseverity: medium\n';
  const tail = 'examples:\n  - { facts: {}, fires: true }\n  - { facts: {}, fires: false }\n';
  test.each([
    [
      'reason: wrong_custmer\nwhen: {}\n',
      '5: `reason` is no reason that there is, and one of your own begins with `site.`; did you mean `wrong_customer`?',
    ],
    [
      'reason: site.Night\nwhen: {}\n',
      '5: `reason` is not right: a reason of your own is `site.` and lower-case letters, digits and underscores',
    ],
    [
      'reason: site.x\naction: delay\nwhen: {}\n',
      '1: `delay_minutes` is missing: `action: delay` needs the minutes, for example `delay_minutes: 10`',
    ],
    [
      'reason: site.x\naction: dely\nwhen: {}\n',
      '6: `action` must be one of hold, reject, delay, notify, tag, deliver, monitor, off, not the text "dely"; did you mean `delay`?',
    ],
    ['reason: site.x\napprover: { department: 営業部, usr: x }\nwhen: {}\n', '6: unknown key `usr`; did you mean `user`?'],
    ['reason: site.x\napprover: {}\nwhen: {}\n', '6: `approver` needs either `department` or `user`'],
    [
      'reason: site.x\nwhen: { recipient: extrnal }\n',
      '6: `when.recipient` must be one of internal, partner, customer, partner_none, customer_domain, unknown, external, outside, not the text "extrnal"; did you mean `external`?',
    ],
    [
      'reason: site.x\nwhen: { recipient: [customr] }\n',
      '6: `when.recipient.0` must be one of internal, partner, customer, partner_none, customer_domain, unknown, external, outside, not the text "customr"; did you mean `customer`?',
    ],
    ['reason: site.x\nwhen: { reciepient: external }\n', '6: unknown key `reciepient`; did you mean `recipient`?'],
    ['reason: site.x\nwhen: { schedule: { hour: { from: "22:00", to: "06:00" } } }\n', '6: unknown key `hour`; did you mean `hours`?'],
    [
      'reason: site.x\nwhen: { schedule: [{ days: [mo] }] }\n',
      '6: `when.schedule.0.days.0` must be one of mon, tue, wed, thu, fri, sat, sun, holiday, not the text "mo"; did you mean `mon`?',
    ],
    [
      'reason: site.x\nwhen: { schedule: { hours: { from: 22:00, to: "6:00" } } }\n',
      '6: `when.schedule.hours.to` the text "6:00" is not right: write a time of day as "22:00", in quotes',
    ],
    ['reason: site.x\nwhen: { size: { at_least: big } }\n', '6: `when.size.at_least` must be a number, not the text "big"'],
    ['reason: site.x\nwhen: { reasons: [bulk_pi] }\n', '6: there is no reason `bulk_pi`; did you mean `bulk_pii`?'],
    [
      'reason: site.x\naction: deliver\nwhen: { severities: [high] }\n',
      '7: `when.severities` does not go with `action: deliver`; name the reasons that shall not count in `reasons`',
    ],
  ])('%j', (middle, expected) => {
    expect(complaintsOf(`${head}${middle}${tail}`)).toEqual([expected]);
  });

  test('an example says one of two things', () => {
    const examples = 'examples:\n  - { facts: {}, fires: true, holds: true }\n  - { facts: {} }\n';
    expect(complaintsOf(`${head}reason: site.x\nwhen: {}\n${examples}`)).toEqual([
      '8: `examples.0` must say either `holds` or `fires`, true or false',
      '9: `examples.1` must say either `holds` or `fires`, true or false',
    ]);
  });

  test('a group or a type that nothing bears', () => {
    const set = policiesWith({ id: 'mine', reason: 'site.mine', when: { sender_group: ['bord'], types: ['my_numbr', 'employee_number'] } });
    expect(checkNames(set, { groups: ['board'], types: ['employee_number'] }).map(({ message }) => message)).toEqual([
      'organisation.groups in sekisho.yaml has no group `bord`; did you mean `board`?',
      'no detector finds a `my_numbr`; did you mean `my_number`?',
    ]);
  });

  test('the names that exist are listed once', () => {
    const set = policiesWith({ id: 'mine', reason: 'site.mine', when: { sender_group: ['keiri'] } });
    expect(checkNames(set, { groups: ['board', 'board'], types: [] })[0]?.message).toMatch(/no group `keiri`; known are board$/);
  });

  test('a department that nobody has', () => {
    const set = policiesWith({ id: 'mine', reason: 'site.mine', when: { department: ['給与科', '営業部'] } });
    expect(checkDepartments(set, ['給与課', '営業部'])).toMatchObject([
      { file: 'site/policies/mine/policy.yaml', message: 'nobody in the staff file is of the department `給与科`; did you mean `給与課`?' },
    ]);
  });
});
