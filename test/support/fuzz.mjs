// `npm run test:fuzz [MINUTES]`: the property tests again and again, each time with new random inputs; stops at the first failure, whose seed
// and counterexample fast-check prints.
import { spawnSync } from 'node:child_process';

const minutes = Number(process.argv[2] ?? 10);
const end = Date.now() + minutes * 60_000;
let runs = 0;
while (Date.now() < end) {
  const run = spawnSync('vitest', ['run', '--project', 'unit', 'test/property', '--reporter', 'dot'], { encoding: 'utf8' });
  if (run.status !== 0) {
    process.stdout.write(`${run.stdout}${run.stderr}\nfailed after ${runs} clean runs\n`);
    process.exit(1);
  }
  runs += 1;
}
process.stdout.write(`${runs} runs of all property tests, none failed\n`);
