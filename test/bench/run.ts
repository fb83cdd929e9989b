// `npm run bench`: how long an inspection takes, and how many mails a second go in, are inspected and out again. Figures are of this machine:
// quote them with it, and compare only within one run.
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { makeEnvelope } from '../../src/cli/read-mail.ts';
import { buildSnapshot, loadConfig, readSnapshotSource } from '../../src/config/index.ts';
import { readDocument } from '../../src/extract/index.ts';
import { inspect } from '../../src/inspect/index.ts';
import { makeSite, startGatewayProcess } from '../support/gateway-process.ts';
import { RawClient } from '../support/raw-client.ts';
import { startSink } from '../support/smtp-sink.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const site = makeSite('capture');
say(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
await measureInspection();
for (const sessions of [1, 20]) await measureRelay(sessions);
site.remove();

async function measureInspection(): Promise<void> {
  const loaded = loadConfig(site.config, {});
  const source = loaded.ok ? readSnapshotSource(loaded.value, randomBytes(16)) : loaded;
  const snapshot = source.ok ? buildSnapshot(source.value.source) : source;
  if (!snapshot.ok) throw new Error('the sample organisation does not load');
  const folder = join(site.folder, 'mail');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.eml'))) {
    const { envelope } = JSON.parse(readFileSync(join(folder, name.replace('.eml', '.json')), 'utf8')) as {
      envelope: { from: string; to: string[] };
    };
    const bytes = readFileSync(join(folder, name));
    const times: number[] = [];
    for (let run = 0; run < 20; run += 1) {
      const started = performance.now();
      await inspect({ envelope: makeEnvelope(envelope.from, envelope.to), bytes }, snapshot.value, { readBinary: readDocument });
      times.push(performance.now() - started);
    }
    say(`inspect ${name}: median ${median(times).toFixed(2)} ms, first ${(times[0] ?? 0).toFixed(1)} ms, ${bytes.length} bytes`);
  }
}

/** A 10 KB Japanese mail, sent again and again over open connections for ten seconds; a mail counts when the sink has it. */
async function measureRelay(sessions: number): Promise<void> {
  const sink = await startSink();
  const own = makeSite(sink.address, 'log: { level: error }\n');
  const gateway = await startGatewayProcess(own);
  const line = 'いつもお世話になっております。先日ご依頼いただいた資料を準備しております。今しばらくお待ちください。\r\n';
  const body = Buffer.from(
    `From: <tanaka@minato-cc.example.jp>\r\nTo: <hanako.sato@mail.example.jp>\r\nSubject: bench\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${line.repeat(Math.ceil(10_000 / Buffer.byteLength(line)))}`,
  );
  let accepted = 0;
  const stop = Date.now() + 10_000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: sessions }, async () => {
      const client = await RawClient.open(gateway.smtp);
      while (Date.now() < stop) {
        const reply = await client.send('tanaka@minato-cc.example.jp', ['hanako.sato@mail.example.jp'], body);
        if (reply.code === 250) accepted += 1;
      }
      client.close();
    }),
  );
  const acceptSeconds = (performance.now() - started) / 1000;
  while (sink.messages.length < accepted) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  const seconds = (performance.now() - started) / 1000;
  say(
    `${sessions} sessions, ${body.length} bytes: ${accepted} mails, accepted ${(accepted / acceptSeconds).toFixed(0)}/s, inspected and relayed ${(accepted / seconds).toFixed(0)}/s`,
  );
  await gateway.stop();
  await sink.close();
  own.remove();
}
