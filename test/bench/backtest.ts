// `node test/bench/backtest.ts [MAILS] [--letters] [--keep]`: mails a second, CPU a mail and peak memory of `sekisho backtest` over an mbox of
// 10 KB Japanese mails, with one and with two threads, with and without --json. A mail is eight business mails full of personal data one below
// the other; with --letters, sentences with a greeting and a signature. Figures are of this machine: quote them with it.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { businessMails, letters } from './business-text.ts';
import { makeSite } from '../support/gateway-process.ts';

const mails = Number(process.argv.slice(2).find((word) => /^[0-9]+$/.test(word)) ?? 1000);
const octets = 10_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const site = makeSite('capture');
const mbox = join(site.folder, 'archive.mbox');
writeArchive();
say(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}; ${mails} mails of ${octets} octets`);
for (const options of [
  ['--threads', '1'],
  ['--threads', '2'],
  ['--threads', '2', '--json'],
  ['--threads', '2', '--html', join(site.folder, 'report.html')],
])
  await measure(options);
if (process.argv.includes('--keep')) say(site.folder);
else site.remove();

/** Business mail with the personal data that an office sends, each of different words. */
function writeArchive(): void {
  const file = openSync(mbox, 'w');
  const texts = process.argv.includes('--letters') ? letters(mails, octets - 300, 20261125) : businessMails(4e6, 20261125);
  let next = 0;
  for (let number = 0; number < mails; number += 1) {
    let body = '';
    for (; Buffer.byteLength(body) < octets - 300; next += 1) body += `${texts[next % texts.length] ?? ''}\n`;
    const head = `From: <nakamura@minato-cc.example.jp>\nTo: <hanako.sato@mail.example.jp>\nSubject: =?utf-8?B?${Buffer.from(`ご連絡 ${number}`).toString('base64')}?=\nMessage-ID: <${number}@minato-cc.example.jp>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n`;
    const bytes = Buffer.from(head + body.replaceAll(/^(>*From )/gm, '>$1'));
    writeSync(file, `From nakamura@minato-cc.example.jp Tue Nov 24 10:00:00 2026\n`);
    writeSync(file, bytes.subarray(0, octets));
    writeSync(file, '\n\n');
  }
  closeSync(file);
}

async function measure(options: readonly string[]): Promise<void> {
  const entry = fileURLToPath(new URL('../../bin/sekisho.mjs', import.meta.url));
  const child = spawn(process.execPath, [entry, 'backtest', mbox, '-c', site.config, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000)));
  let cpuSeconds = 0;
  let peakMb = 0;
  const watch = setInterval(() => {
    try {
      const fields =
        readFileSync(`/proc/${child.pid ?? 0}/stat`, 'utf8')
          .split(') ')[1]
          ?.split(' ') ?? [];
      cpuSeconds = (Number(fields[11]) + Number(fields[12])) / 100;
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
      peakMb = Math.max(peakMb, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has just ended: the last reading stands.
    }
  }, 100);
  await new Promise((resolve) => {
    child.once('close', resolve);
  });
  clearInterval(watch);
  const seconds = Number(/"seconds":([\d.]+)/.exec(output)?.[1] ?? /([\d.]+) s in all/.exec(output)?.[1]);
  const took = /"p50":([\d.]+)/.exec(output)?.[1] ?? /median ([\d.]+)/.exec(output)?.[1] ?? '?';
  say(
    `${options.map((option) => (option.startsWith('/') ? 'FILE' : option)).join(' ')}: ${(mails / seconds).toFixed(0)} mails/s, inspection median ${took} ms, CPU ${((cpuSeconds / mails) * 1e6).toFixed(0)} µs a mail with the start, ${peakMb.toFixed(0)} MB at most`,
  );
}
