// `npm test`: unit tests and those with real servers and a real browser. What the machine lacks is installed by apt when we are root on
// Debian (SEKISHO_NO_APT=1 turns that off); else the tests that need it do not run, and the closing lines say so.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const postgres = () =>
  existsSync('/usr/lib/postgresql') &&
  readdirSync('/usr/lib/postgresql').some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`));
const needs = [
  {
    isThere: () => existsSync('/usr/bin/chromium'),
    packages: ['chromium', 'fonts-noto-cjk'],
    for: 'the browser tests',
    pattern: '**/*.browser.test.ts',
  },
  { isThere: postgres, packages: ['postgresql'], for: 'the tests with a PostgreSQL server', pattern: '**/*.postgres.test.ts' },
];

const say = (line) => process.stdout.write(`${line}\n`);
let missing = needs.filter((need) => !need.isThere());
if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/etc/debian_version') && process.env.SEKISHO_NO_APT !== '1') {
  const packages = missing.flatMap((need) => need.packages);
  say(`Installing what the tests need by apt: ${packages.join(' ')} (SEKISHO_NO_APT=1 turns this off)`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  });
  missing = needs.filter((need) => !need.isThere());
}

const report = join(mkdtempSync(join(tmpdir(), 'sekisho-tests-')), 'report.json');
const excluded = missing.flatMap((need) => ['--exclude', need.pattern]);
const run = spawnSync(
  'vitest',
  ['run', '--reporter', 'default', '--reporter', 'json', '--outputFile.json', report, ...excluded, ...process.argv.slice(2)],
  // The servers and commands that tests start are compiled once for all of them.
  { stdio: 'inherit', env: { NODE_COMPILE_CACHE: join(process.cwd(), 'node_modules', '.cache', 'compiled'), ...process.env } },
);

say('');
for (const need of missing) say(`NOT RUN: ${need.for}, because they need: apt-get install ${need.packages.join(' ')}`);
say(
  'Longer runs that are not part of this: npm run test:chaos (200 kills), npm run test:fuzz (10 minutes of property tests), npm run bench',
);
if (!existsSync(report)) {
  say('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
const result = JSON.parse(readFileSync(report, 'utf8'));
const skipped = result.numPendingTests + result.numTodoTests;
const failed =
  result.numFailedTests + result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
say(`${result.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = run.status === 0 && failed === 0 ? 0 : 1;
