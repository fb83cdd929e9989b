// `npm run check`: everything that can be told without servers, in under a minute. Stops at nothing, so that one run shows all that is wrong.
import { spawn } from 'node:child_process';

/** @type {[string, string, string[]][]} */
const steps = [
  ['format', 'oxfmt', ['--check', '.']],
  ['lint', 'oxlint', ['--type-aware']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['architecture', 'depcruise', ['src', '--config', '.dependency-cruiser.mjs']],
  ['dead code', 'knip', []],
  ['unit tests', 'vitest', ['run', '--project', 'unit', '--reporter', 'dot']],
];

let failed = 0;

async function run([name, command, args]) {
  const started = performance.now();
  const output = [];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', resolve);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (code !== 0) {
    failed += 1;
    process.stdout.write(Buffer.concat(output));
  }
}

// The unit tests take as long as all the others together, and wait for the disk now and then.
const tests = run(steps.at(-1));
for (const step of steps.slice(0, -1)) await run(step);
await tests;
process.exitCode = failed === 0 ? 0 : 1;
