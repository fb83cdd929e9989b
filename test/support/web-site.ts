import {
  instant,
  later,
  newMessageId,
  type CustomerId,
  type Instant,
  type MessageId,
  type Organisation,
  type RuleId,
} from '../../src/core/index.ts';
import type { EntityType } from '../../src/detect/index.ts';
import {
  createAddressReview,
  createDelayReview,
  createReview,
  type AllowList,
  type AllowListEntry,
  type Inspector,
  type Log,
  type Role,
  type Store,
} from '../../src/gateway/index.ts';
import type { Examination, Inspection, ShownFinding } from '../../src/inspect/index.ts';
import type { Location, SegmentId } from '../../src/extract/index.ts';
import type { PartPath } from '../../src/message/index.ts';
import type { Reason } from '../../src/policy/index.ts';
import { openHold } from '../../src/quarantine/index.ts';
import { createWeb, hashPassword, newToken, type Web } from '../../src/web/index.ts';
import { MemoryStore } from './store-memory.ts';
import { address, holdingVerdict, newMessage, sampleReason, start } from './store-samples.ts';

export const password = 'correct horse battery';
export const origin = 'http://127.0.0.1:8025';
const passwordHash = hashPassword(password);
const hanako = 'C1042' as CustomerId;
const kako = 'C2077' as CustomerId;
const names: Readonly<Record<string, string>> = { C1042: '佐藤 花子', C2077: '佐藤 華子' };
export const recipient = 'hanako.sato77@mail.example.jp';
export const secrets = ['090-5550-1114', '昭和59年3月7日', '東京都千代田区丸の内1-2-3'] as const;
const quiet: Log = { info() {}, warn() {}, error() {} };

/** A web front over the memory store, with a clock that the test moves. */
export type WebSite = {
  readonly web: Web;
  readonly store: Store;
  readonly clock: { now: Instant };
  /** The allow list; what is put in force of it is counted. */
  readonly allowList: { readonly entries: AllowListEntry[]; broken: boolean; inForce: number | null };
  addUser(email: string, role: Role, department?: string | null): Promise<void>;
  token(email: string, role: Role): Promise<string>;
  /** Puts a held mail into the store: wrong_customer, high, from tanaka@example.co.jp unless `from` says otherwise. */
  hold(options?: {
    readonly text?: string;
    readonly subject?: string;
    readonly fileName?: string;
    readonly from?: string;
  }): Promise<MessageId>;
  /** Records that a hold was released to `recipient` and sent, as another mail than those before. */
  release(id: MessageId): Promise<void>;
  /** Puts a mail into the store that a policy (night-mail) has wait for `minutes`. */
  delay(options?: { readonly minutes?: number; readonly from?: string; readonly to?: readonly string[] }): Promise<MessageId>;
  /** Logs in; returns the cookie and the session's CSRF token as the pages show it. */
  logIn(email: string): Promise<{ readonly cookie: string; readonly csrf: string }>;
};

export function makeWebSite(changes: { readonly port?: number; readonly publicUrl?: string } = {}): WebSite {
  const store = new MemoryStore();
  const clock = { now: instant(start + 600_000) };
  const examinations = new Map<MessageId, Examination>();
  const inspector = { examine: async (envelope) => examinations.get(envelope.id) ?? null } as Partial<Inspector> as Inspector;
  const publicUrl = changes.publicUrl ?? origin;
  const allowList = { entries: [] as AllowListEntry[], broken: false, inForce: null as number | null };
  const review = { store, clock: { now: () => clock.now } };
  const web = createWeb({
    store,
    review: createReview({ ...review, inspector }),
    delays: createDelayReview({ ...review, organisation: () => organisation, settings }),
    addresses: createAddressReview({
      ...review,
      list: listOf(allowList),
      key: new Uint8Array(16).fill(7),
      proposeAfter: () => 2,
      putInForce: async (accepted) => {
        allowList.inForce = accepted.length;
      },
    }),
    labels: {
      label: (customer) => ({ customer, name: names[customer] ?? '', company: '', client: 'あおば生命' }),
      count: () => 2,
      loadedAt: () => instant(start - 3_600_000),
      maxAgeSeconds: 24 * 3600,
    },
    clock: { now: () => clock.now },
    log: quiet,
    metricsText: async () => 'sekisho_up 1\n',
    ready: async () => true,
    settings: {
      listen: { host: '127.0.0.1', port: changes.port ?? 0 },
      publicUrl,
      tls: null,
      trustedProxies: [],
      organisationName: 'みなとコールセンター',
      secureCookies: publicUrl.startsWith('https:'),
    },
    explain: (reason, language) =>
      language === 'ja' ? `${reason.code}：宛先を直すと送信できます。` : `${reason.code}: correct the recipient.`,
  });
  return {
    web,
    store,
    clock,
    allowList,
    addUser: async (email, role, department = null) => {
      await store.addUser({ email, name: `${role} さん`, role, department, passwordHash: await passwordHash }, clock.now);
    },
    token: async (email, role) => {
      const { secret, hash } = newToken();
      await store.addToken({ hash, email, role }, clock.now);
      return secret;
    },
    hold: async ({ text = bodyText, subject = 'お手続きのご案内', fileName = '契約.xlsx', from = 'tanaka@example.co.jp' } = {}) => {
      const message = newMessage({ from, to: [recipient, 'yuki@partner.example'], at: instant(start + examinations.size) });
      const { id } = message.envelope;
      const spooled = await store.accept(message, start);
      const inspection = inspectionOf(id);
      examinations.set(id, examinationOf(inspection, text, subject, fileName));
      const hold = openHold({
        verdict: inspection.verdict,
        message: spooled,
        department: '営業部',
        approver: null,
        ownAddresses: [from],
        heldAt: start,
        split: false,
      });
      const audit = [{ type: 'message.held', actor: { kind: 'system', name: 'sekisho' }, message: id, details: {} } as const];
      await store.apply(
        id,
        { stage: 'held', dueAt: hold.expiresAt, inspection, hold: { next: hold, expectedVersion: null }, audit },
        start,
      );
      return id;
    },
    release: async (id) => {
      const hold = await store.hold(id);
      if (hold === null) throw new Error('no such hold');
      const recipients = hold.recipients.map((one) => ({ ...one, decision: one.address === recipient ? 'send' : 'drop' }) as const);
      const decided = { decidedBy: 'approver@example.co.jp', decidedAt: clock.now, decisionReason: 'ご本人の新しいアドレス' };
      const next = { ...hold, ...decided, state: 'released', recipients, sha256: id, version: hold.version + 1 } as const;
      await store.apply(id, { stage: 'done', dueAt: null, hold: { next, expectedVersion: hold.version } }, clock.now);
    },
    delay: async ({ minutes = 15, from = 'tanaka@example.co.jp', to = [recipient] } = {}) => {
      const message = newMessage({ from, to, at: clock.now });
      const { id, rcptTo } = message.envelope;
      await store.accept(message, clock.now);
      const title = { ja: '深夜の社外メール', en: 'Mail at night' };
      const waits = { ...sampleReason, policy: 'night-mail', title, code: 'site.night_mail', severity: 'low', action: 'delay' } as const;
      const verdict = holdingVerdict(rcptTo, {
        disposition: 'delay',
        severity: null,
        phase: null,
        delayMinutes: minutes,
        reasons: [{ ...waits, holds: false, delayMinutes: minutes, recipients: rcptTo }],
      });
      const due = later(clock.now, minutes * 60);
      const recipients = rcptTo.map(
        (one) => ({ address: one, state: { status: 'pending', attempts: 0, nextAttempt: due, since: due } }) as const,
      );
      await store.apply(
        id,
        { stage: 'deliver', dueAt: due, recipients, inspection: { ...inspectionOf(id), about: [], verdict } },
        clock.now,
      );
      return id;
    },
    logIn: async (email) => {
      const body = new URLSearchParams({ email, password, next: '/help' });
      const answer = await web.app.request('/login', {
        method: 'POST',
        body,
        headers: { origin: publicUrl, host: new URL(publicUrl).host },
      });
      const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      const page = await (await web.app.request('/help', { headers: { cookie } })).text();
      return { cookie, csrf: /name="csrf" value="([\w-]+)"/.exec(page)?.[1] ?? '' };
    },
  };
}

const listOf = (state: WebSite['allowList']): AllowList => ({
  read() {
    if (state.broken) throw new Error('EACCES');
    const latest = new Map(state.entries.map((entry) => [`${entry.customer} ${entry.address}`, entry]));
    return { entries: [...latest.values()], problems: [] };
  },
  append(entry) {
    if (state.broken) throw new Error('EACCES');
    state.entries.push(entry);
  },
  csv: (entries) => entries.map(({ customer, address }) => `${customer},${address}\n`).join(''),
});
const organisation: Organisation = {
  name: '',
  internalDomains: [],
  phones: [],
  addresses: [],
  bankAccounts: [],
  staff: [{ name: '田中', nameKana: '', email: 'tanaka@example.co.jp', department: '営業部', managerEmail: null }],
  mailboxes: new Map(),
  groups: new Map(),
  partners: [],
  sharedDomains: [],
};
const settings = {
  hostname: 'gw.example.jp',
  publicUrl: origin,
  mode: 'enforce',
  split: false,
  retentionSeconds: 86_400,
  cacheBytes: 0,
} as const;

const bodyText = `佐藤 花子 様\n\nお世話になっております。\nご連絡先は ${secrets[0]}、生年月日は ${secrets[1]} で登録しております。\nご住所：${secrets[2]}\n\nご確認をお願いいたします。\n`;
const reason: Reason = {
  ...sampleReason,
  recipients: [address(recipient)],
  customers: [hanako],
  types: ['person_name', 'phone'] as EntityType[],
};

function inspectionOf(id: MessageId): Inspection {
  const verdict = holdingVerdict([address(recipient), address('yuki@partner.example')], { reasons: [reason] });
  return {
    message: id,
    verdict: {
      ...verdict,
      recipients: verdict.recipients.map((one) => (one.address === recipient ? { ...one, customer: kako } : { ...one, kind: 'unknown' })),
    },
    about: [
      {
        customer: hanako,
        strength: 'strong',
        evidence: ['person_name', 'phone', 'birth_date', 'address'] as EntityType[],
        places: [],
        mayReceive: [],
      },
    ],
    findings: [],
    unscannable: [],
    noText: 0,
    defects: 0,
    ruleSet: '1.0.0',
    customersVersion: '1',
  };
}

function examinationOf(inspection: Inspection, text: string, subject: string, fileName: string): Examination {
  const location: Location = { in: 'body', part: '1' as PartPath, kind: 'plain' };
  const found = (type: string, value: string): ShownFinding[] => {
    const at = text.indexOf(value);
    if (at === -1) return [];
    const span = { start: at, end: at + value.length, segmentStart: at, segmentEnd: at + value.length };
    const finding = {
      type,
      rule: type as RuleId,
      location,
      confidence: 0.97,
      owner: 'customer',
      fingerprint: value.length.toString(16),
    } as const;
    return [{ ...finding, ...span, segment: 0, text: value, where: 'text', because: [{ kind: 'pattern', name: null }] }];
  };
  const findings = [
    ...found('person_name', '佐藤 花子'),
    ...found('phone', secrets[0]),
    ...found('birth_date', secrets[1]),
    ...found('address', secrets[2]),
  ];
  const segment = { id: 0 as SegmentId, hidden: false, grid: null, label: null };
  const file: Location = { in: 'sheet', part: '2' as PartPath, sheet: 1, row: 0, column: 0 };
  return {
    inspection: { ...inspection, findings },
    subject,
    participants: { from: [], sender: [], replyTo: [], to: [], cc: [] },
    segments: [
      { ...segment, location, text, where: 'text' },
      {
        ...segment,
        id: 1 as SegmentId,
        location: file,
        text: `佐藤 花子\t${secrets[0]}`,
        hidden: true,
        where: `attachment:${fileName}#旧`,
      },
    ],
    findings,
    files: [],
    unscannable: [],
  };
}

/** An id that names nothing. */
export const unknownId = newMessageId(later(start, 1));
