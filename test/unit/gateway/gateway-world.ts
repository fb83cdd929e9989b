import type { Address } from '../../../src/message/index.ts';
import {
  createGateway,
  type Gateway,
  type GatewaySettings,
  type Inspector,
  type NextHopClient,
  type Scheduler,
  type Transmission,
} from '../../../src/gateway/index.ts';
import { instant, type Instant, type MessageId, type Organisation, type SmtpReply } from '../../../src/core/index.ts';
import type { Inspection } from '../../../src/inspect/index.ts';
import type { About, Disposition, Reason, Verdict } from '../../../src/policy/index.ts';
import { MemoryStore } from '../../support/store-memory.ts';
import { holdingVerdict, newMessage, sampleReason, start } from '../../support/store-samples.ts';

export const approver = {
  email: 'boss@example.co.jp',
  name: '高橋 美咲',
  role: 'approver',
  department: null,
  passwordHash: '',
  disabled: false,
  failedLogins: 0,
  lockedUntil: null,
  createdAt: start,
} as const;
export const boss = { via: 'web', user: approver } as const;

const ok: SmtpReply = { code: 250, enhanced: '2.0.0', text: 'Ok' };

/** A gateway over fakes: time stands still until it is moved, and everything due is done by `settle`. */
export class World {
  now: Instant = start;
  readonly store = new MemoryStore();
  readonly sent: Transmission[] = [];
  readonly logged: string[] = [];
  /** What the next hop says to a recipient. */
  replyTo: (address: Address) => SmtpReply = () => ok;
  nextHopDown = false;
  inspected = 0;
  endsWhileWaiting = false;
  verdict: (recipients: readonly Address[]) => Verdict = (recipients) => ({
    ...holdingVerdict(recipients),
    disposition: 'deliver',
    severity: null,
    phase: null,
    recipients: [],
  });
  about: readonly About[] = [];
  staff: Organisation['staff'] = [];
  #due: { id: MessageId; when: Instant }[] = [];
  gateway: Gateway;

  constructor(settings: Partial<GatewaySettings> = {}) {
    this.gateway = this.make(settings);
  }

  /** A new process over the same store. */
  make(settings: Partial<GatewaySettings> = {}): Gateway {
    const scheduler: Scheduler = {
      at: (id, when) => void this.#due.push({ id, when }),
      start: () => undefined,
      stop: () => Promise.resolve(),
    };
    const nextHop: NextHopClient = {
      send: (transmission) => {
        if (this.nextHopDown) return Promise.reject(new Error('down'));
        this.sent.push(transmission);
        return Promise.resolve(transmission.recipients.map((address) => ({ address, reply: this.replyTo(address) })));
      },
      close: () => Promise.resolve(),
    };
    const log = (...words: unknown[]): void => void this.logged.push(JSON.stringify(words));
    return createGateway({
      store: this.store,
      scheduler,
      inspector: this.inspector(),
      nextHop,
      clock: { now: () => this.now },
      log: { info: log, warn: log, error: log },
      metrics: { count: () => undefined, observe: () => undefined },
      organisation: () => ({
        name: '',
        internalDomains: [],
        phones: [],
        addresses: [],
        bankAccounts: [],
        staff: this.staff,
        mailboxes: new Map(),
        groups: new Map(),
        partners: [],
        sharedDomains: [],
      }),
      settings: {
        hostname: 'gw.example.jp',
        publicUrl: 'https://gw.example.jp',
        mode: 'enforce',
        split: false,
        retentionSeconds: 86_400,
        cacheBytes: 1_000_000,
        ...settings,
      },
    });
  }

  inspector(): Inspector {
    const inspection = (id: MessageId, verdict: Verdict): Inspection => ({
      message: id,
      verdict,
      about: this.about,
      findings: [],
      unscannable: [],
      noText: 0,
      defects: 0,
      ruleSet: '1',
      customersVersion: '1',
    });
    return {
      inspect: async (envelope, _body, begin) => {
        // A process that ends before the mail's turn comes: nobody waits for the answer any more.
        if (this.endsWhileWaiting) return new Promise<Inspection>(() => undefined);
        await begin?.();
        this.inspected += 1;
        return inspection(envelope.id, this.verdict(envelope.rcptTo));
      },
      failed: (envelope) => inspection(envelope.id, holdingVerdict(envelope.rcptTo, { severity: 'medium' })),
      examine: () => Promise.resolve(null),
      close: () => Promise.resolve(),
    };
  }

  /** Does all that is due now, and what that makes due. */
  async settle(): Promise<void> {
    for (let rounds = 0; rounds < 20; rounds += 1) {
      const due = new Set([
        ...this.#due.filter(({ when }) => when <= this.now).map(({ id }) => id),
        ...(await this.store.due(this.now, 100)),
      ]);
      this.#due = this.#due.filter(({ when }) => when > this.now);
      if (due.size === 0) return;
      for (const id of due) await this.gateway.advance(id);
    }
  }

  later(seconds: number): void {
    this.now = instant(this.now + seconds * 1000);
  }

  async accept(options: Parameters<typeof newMessage>[0] = {}): Promise<MessageId> {
    const { envelope, body } = newMessage({ ...options, at: this.now });
    await this.gateway.accept(envelope, body);
    return envelope.id;
  }

  /** Status of each recipient, by address. */
  async statuses(id: MessageId): Promise<Record<string, string>> {
    const message = await this.store.message(id);
    return Object.fromEntries((message?.recipients ?? []).map(({ address, state }) => [address, state.status]));
  }

  wireRecipients(): string[] {
    return this.sent.flatMap(({ recipients }) => [...recipients]);
  }
}

export const holdAll = (recipients: readonly Address[]): Verdict => holdingVerdict(recipients, { severity: 'medium' });

/** A verdict of one reason a recipient: what each gets, the strictest of it for the whole. */
export function verdictOf(fates: Readonly<Record<string, Disposition>>, changes: Partial<Reason> = {}, extra: Partial<Verdict> = {}) {
  const all = Object.values(fates);
  const disposition = (['reject', 'hold', 'delay', 'deliver'] as const).find((one) => all.includes(one)) ?? 'deliver';
  const reasons = Object.entries(fates)
    .filter(([, fate]) => fate !== 'deliver')
    .map(([address, fate]): Reason => ({
      ...sampleReason,
      code: 'site.rule',
      policy: `site-${fate}`,
      title: { ja: '社外に送れない情報', en: 'Not to leave' },
      severity: 'medium',
      action: fate as Reason['action'],
      holds: fate === 'hold' || fate === 'reject',
      recipients: [address as Address],
      ...changes,
    }));
  return (): Verdict => ({
    disposition,
    severity: disposition === 'deliver' ? null : 'medium',
    phase: null,
    approver: null,
    delayMinutes: all.includes('delay') ? 15 : null,
    reasons,
    exceptions: [],
    recipients: Object.entries(fates).map(([address, verdict]) => ({
      address: address as Address,
      kind: 'customer',
      customer: null,
      verdict,
    })),
    policyVersion: '1',
    ...extra,
  });
}
