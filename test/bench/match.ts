// `node test/bench/match.ts [--rows 1000,10000,…] [--dir FOLDER] [--json]`: what a customer table costs by its number of rows: building,
// loading, memory, and the time of a mail of 10 KB. FOLDER keeps tables and indexes for another run. Mails are timed by the processor time of
// their thread, and building by both: on a machine that others use too the clock says little. Compare only within one run.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { idPatternOf, importTable, loadTable, openTable, type CustomerTable } from '../../src/adapters/customer-index/index.ts';
import { buildSnapshot, loadConfig, planOf, readSnapshotSource, type LoadedConfig } from '../../src/config/index.ts';
import { detect } from '../../src/detect/index.ts';
import { defaultLimits, extract, readDocument } from '../../src/extract/index.ts';
import { inspect, type Snapshot } from '../../src/inspect/index.ts';
import { gatherFacts, type MatchInput } from '../../src/match/index.ts';
import { parseMessage } from '../../src/message/index.ts';
import { normalize } from '../../src/normalize/index.ts';
import { bytesOf, envelopeOf, type Letter } from '../support/sample-world.ts';
import { businessMails } from './business-text.ts';
import { makeCustomers, writeCustomers } from './customers-csv.ts';

const seed = 7;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000,10000,100000,1000000' },
    dir: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const folder = values.dir ?? mkdtempSync(join(tmpdir(), 'sekisho-bench-match-'));
const config = sampleConfig();
// The customers whom the mails name and who receive them are the first of every table.
const letters = lettersOf(20);
say(`${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}; ${letters.length} mails of 10 KB`);

for (const rows of values.rows.split(',').map(Number)) {
  const built = await build(rows);
  const loading = clock();
  const { table } = loadTable({ kind: 'import', dir: join(folder, String(rows)), plan: planOf(config) });
  const loaded = loading();
  const mail = await measureMails(table);
  const probed = measureProbing(table);
  const result = { rows, built, loaded, memory: table.index.byteLength, labels: table.origin.disk.labels, ...mail, ...probed };
  if (values.json) say(JSON.stringify(result));
  else {
    const building = built === null ? 'built before' : `built in ${built.seconds.toFixed(1)} s (${built.cpu.toFixed(1)} s of CPU)`;
    say(
      `${String(rows).padStart(8)} rows: ${building}, loaded in ${loaded.seconds.toFixed(2)} s, ${(result.memory / 1e6).toFixed(1)} MB in memory, labels ${(result.labels / 1e6).toFixed(1)} MB on disk`,
    );
    say(
      `         a mail: matching ${mail.matching.toFixed(2)} ms (least of the rounds ${mail.leastMatching.toFixed(2)}), whole inspection ${mail.inspection.toFixed(2)} ms (medians); names in running text: ${probed.megabytesPerSecond.toFixed(1)} MB/s, ${probed.hits} hits in ${probed.megabytes.toFixed(1)} MB`,
    );
  }
}
if (values.dir === undefined) rmSync(folder, { recursive: true, force: true });

type Time = { readonly seconds: number; readonly cpu: number };

function clock(): () => Time {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
  };
}

/** Milliseconds of processor time that this thread has had. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function sampleConfig(): LoadedConfig {
  const loaded = loadConfig(fileURLToPath(new URL('../../src/cli/demo/samples/sekisho.yaml', import.meta.url)), {});
  if (!loaded.ok) throw new Error('the sample organisation does not load');
  return loaded.value;
}

/** Null when the folder holds the index already. */
async function build(rows: number): Promise<Time | null> {
  const dir = join(folder, String(rows));
  if (existsSync(join(dir, 'customers', 'current.json'))) return null;
  mkdirSync(dir, { recursive: true });
  const file = join(folder, `${rows}.csv`);
  if (!existsSync(file)) writeCustomers(file, rows, seed);
  const building = clock();
  const source = { kind: 'csv', file } as const;
  const outcome = await importTable(
    { source, title: file, dir, plan: planOf(config), threads: availableParallelism(), acceptShrink: true, now: Date.now() },
    {},
  );
  if (outcome.kind !== 'imported' || outcome.manifest.rows !== rows) throw new Error('the table was not imported whole');
  return building();
}

function lettersOf(count: number): readonly Letter[] {
  const mails = businessMails(count * 11_000, seed);
  const customer = makeCustomers(seed);
  const letters: Letter[] = [];
  let text = '';
  for (const mail of mails) {
    text += `${mail}\n`;
    if (Buffer.byteLength(text) < 10_000) continue;
    letters.push({ to: [customer(letters.length + 1).email], text });
    text = '';
  }
  return letters;
}

function snapshotWith(table: CustomerTable): Snapshot {
  const source = readSnapshotSource(config, new Uint8Array(16).fill(7));
  const snapshot = source.ok ? buildSnapshot({ ...source.value.source, customers: table, idPattern: idPatternOf(table) }) : source;
  if (!snapshot.ok) throw new Error('the sample organisation does not compile');
  return snapshot.value;
}

/**
 * Medians over rounds of all mails: milliseconds of the matching alone and of everything, a mail. A round is timed as a whole: the kernel counts a
 * thread's time by ticks of up to four milliseconds. The least says most where other processes share the caches.
 */
async function measureMails(
  table: CustomerTable,
): Promise<{ readonly matching: number; readonly leastMatching: number; readonly inspection: number }> {
  const snapshot = snapshotWith(table);
  const inputs = await Promise.all(letters.map((letter) => detectIn(letter, snapshot)));
  const [matching, inspection]: [number[], number[]] = [[], []];
  for (let round = 0; round < 12; round += 1) {
    const begun = spent();
    for (let again = 0; again < 5; again += 1) for (const input of inputs) gatherFacts(input, snapshot);
    const matched = spent();
    if (round % 4 === 3)
      for (const { envelope, bytes } of inputs) await inspect({ envelope, bytes }, snapshot, { readBinary: readDocument });
    // The first rounds are interpreted.
    if (round < 2) continue;
    matching.push((matched - begun) / 5 / inputs.length);
    if (round % 4 === 3) inspection.push((spent() - matched) / inputs.length);
  }
  return { matching: median(matching), leastMatching: Math.min(...matching), inspection: median(inspection) };
}

async function detectIn(letter: Letter, snapshot: Snapshot): Promise<MatchInput & { readonly bytes: Uint8Array }> {
  const [envelope, bytes] = [envelopeOf(letter), bytesOf(letter)];
  const message = parseMessage(bytes);
  const extraction = await extract(message, { readBinary: readDocument, limits: defaultLimits });
  const lexicon = {
    staffNames: [],
    customerIdPattern: snapshot.idPattern,
    nameThreshold: snapshot.nameThreshold,
    isCustomerName: (name: string) => snapshot.customers.rows('name', name, 1).length > 0,
    isFirm: () => false,
    isCustomerId: (id: string) => snapshot.customers.rows('id', id).length > 0,
  };
  const found = detect(extraction.segments, snapshot, lexicon);
  return { envelope, bytes, participants: message.participants, extraction, ...found, isAmbiguous: false };
}

function measureProbing(table: CustomerTable): { readonly megabytes: number; readonly megabytesPerSecond: number; readonly hits: number } {
  const index = openTable(table);
  const texts = businessMails(2e6, seed + 1).map((text) => normalize(text).text);
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
  const times: number[] = [];
  let hits = 0;
  for (let run = 0; run < 5; run += 1) {
    const begun = spent();
    hits = texts.reduce((sum, text) => sum + index.probeNames(text).length, 0);
    times.push(spent() - begun);
  }
  return { megabytes, megabytesPerSecond: (megabytes / median(times)) * 1000, hits };
}
