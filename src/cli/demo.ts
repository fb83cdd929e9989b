import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { clockSystem } from '../adapters/clock-system/index.ts';
import { createSmtpNextHop } from '../adapters/next-hop-smtp/index.ts';
import { loadConfig, type LoadedConfig } from '../config/index.ts';
import { parseMessageId, type MessageId } from '../core/index.ts';
import type { StoredMessage } from '../gateway/index.ts';
import { hashPassword } from '../web/index.ts';
import { CommandError, exitCode } from './exit.ts';
import { makeEnvelope, readMail } from './read-mail.ts';
import { untilStopped } from './run.ts';
import { startGateway, type RunningGateway } from './start-gateway.ts';
import { printProblems, terminal } from './terminal.ts';

const samples = fileURLToPath(new URL('./demo/samples/', import.meta.url));
const approver = 'takahashi@minato-cc.example.jp';
const settleSeconds = 120;

type Sample = {
  readonly id: string;
  readonly title: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly verdict: string;
  readonly reasons: readonly string[];
};

/** `demo`: the whole gateway on embedded defaults with a sample organisation; sends the sample mails through its real SMTP port. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('the gateway with a sample organisation, sample mails and a capture next hop / お試し')
    .option('--exit', 'end when every sample is settled; exit code 0 only if each ended as it should')
    .action(async (options: { readonly exit?: boolean }) => {
      const folder = mkdtempSync(join(tmpdir(), 'sekisho-demo-'));
      try {
        await runDemo(folder, options.exit === true);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
}

async function runDemo(folder: string, exit: boolean): Promise<void> {
  const started = await startGateway(demoConfig(folder, await freeOr(8025)), new Set(['smtpd', 'worker', 'web']), (problems) =>
    printProblems(terminal, problems),
  );
  if (!started.ok) {
    printProblems(terminal, started.error);
    throw new CommandError(exitCode.couldNotRun, 'the demo could not start');
  }
  const running = started.value;
  try {
    const password = await addApprover(running);
    const wrong = await sendSamples(running);
    if (exit && wrong > 0) throw new CommandError(exitCode.problems, `${wrong} sample(s) did not end as they should`);
    if (exit) return;
    terminal.out('');
    terminal.out(`保留トレイ / hold tray:  http://${running.web?.host}:${running.web?.port}/`);
    terminal.out(`ログイン / log in:        ${approver}`);
    terminal.out(`パスワード / password:    ${password}`);
    terminal.out(`届いたメール / delivered: ${join(folder, 'outbox')}`);
    terminal.out('Ctrl-C で終了 / Ctrl-C ends it');
    await untilStopped();
  } finally {
    await running.stop();
  }
}

function demoConfig(folder: string, webPort: number): LoadedConfig {
  const loaded = loadConfig(join(samples, 'sekisho.yaml'), {});
  if (!loaded.ok) throw new CommandError(exitCode.couldNotRun, 'the sample organisation is damaged');
  const { config } = loaded.value;
  return {
    ...loaded.value,
    config: {
      ...config,
      smtp: { ...config.smtp, listen: '127.0.0.1:0', hostname: 'sekisho.example.jp' },
      web: { ...config.web, listen: `127.0.0.1:${webPort}` },
      store: { kind: 'embedded', dir: join(folder, 'store') },
      next_hop: { capture: join(folder, 'outbox') },
      log: { level: 'error' },
    },
  };
}

/** The usual port when nobody has it, so that the address stays the same from one demo to the next; else a free one. */
async function freeOr(port: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', () => resolve(0));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  return promise;
}

async function addApprover(running: RunningGateway): Promise<string> {
  const password = randomBytes(9).toString('base64url');
  await running.store.addUser(
    { email: approver, name: '高橋 美咲', role: 'approver', department: null, passwordHash: await hashPassword(password) },
    clockSystem.now(),
  );
  return password;
}

/** Sends every sample and prints how it ended; returns how many ended otherwise than they should. */
async function sendSamples(running: RunningGateway): Promise<number> {
  const smtp = running.smtp ?? { host: '127.0.0.1', port: 0 };
  const client = createSmtpNextHop({ host: smtp.host, port: smtp.port, tls: 'none', hostname: 'mail.minato-cc.example.jp', log: null });
  let wrong = 0;
  for (const sample of readSamples()) {
    const envelope = makeEnvelope(sample.from, sample.to);
    const results = await client.send({
      id: envelope.id,
      mailFrom: envelope.mailFrom,
      recipients: envelope.rcptTo,
      body: readMail(join(samples, 'mail', `${sample.id}.eml`)),
      smtpUtf8: false,
      eightBit: true,
    });
    const id = parseMessageId(/queued as (\S+)/.exec(results[0]?.reply.text ?? '')?.[1] ?? '');
    const message = id === null ? null : await settled(running, id);
    const problem = judge(sample, message);
    if (problem !== null) wrong += 1;
    terminal.out(describe(sample, message, problem));
  }
  await client.close();
  return wrong;
}

function readSamples(): Sample[] {
  const ids = readdirSync(join(samples, 'mail'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5));
  return ids.toSorted().map((id) => {
    const sidecar = JSON.parse(readFileSync(join(samples, 'mail', `${id}.json`), 'utf8')) as {
      readonly title: string;
      readonly envelope: { readonly from: string; readonly to: readonly string[] };
      readonly expected: { readonly verdict: string; readonly reasons: readonly string[] };
    };
    return { id, title: sidecar.title, ...sidecar.envelope, ...sidecar.expected };
  });
}

async function settled(running: RunningGateway, id: MessageId): Promise<StoredMessage | null> {
  const deadline = Date.now() + settleSeconds * 1000;
  while (Date.now() < deadline) {
    const message = await running.store.message(id);
    if (message === null || message.stage === 'held' || message.stage === 'done') return message;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  return null;
}

const reasonsOf = (message: StoredMessage): string[] =>
  (message.inspection?.verdict.reasons ?? []).filter((reason) => reason.holds).map((reason) => reason.code);

function judge(sample: Sample, message: StoredMessage | null): string | null {
  if (message === null) return 'it did not settle';
  const verdict = message.stage === 'held' ? 'hold' : 'deliver';
  if (verdict !== sample.verdict) return `expected ${sample.verdict}`;
  if (verdict === 'deliver' && message.recipients.some(({ state }) => state.status !== 'relayed')) return 'not every recipient got it';
  const missing = sample.reasons.filter((reason) => !reasonsOf(message).includes(reason));
  return missing.length === 0 ? null : `expected the reason ${missing.join(', ')}`;
}

function describe(sample: Sample, message: StoredMessage | null, problem: string | null): string {
  const outcome = message === null ? '????         ' : message.stage === 'held' ? '保留 held     ' : '送信 delivered';
  const why = message === null ? '' : [...new Set(reasonsOf(message))].join(', ');
  return `${outcome}  ${sample.title}${why === '' ? '' : `  — ${why}`}${problem === null ? '' : `  ✗ ${problem}`}`;
}
