#!/usr/bin/env node
// Starts Sekisho under a Node.js that can run it: this one when it is new enough, else the one npm installed beside us.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 24 || (major === 24 && minor >= 15)) {
  // What Node compiled is kept beside the packages, where only their owner writes: a start takes half the processor time. Threads and children
  // learn of it by the environment; a folder that cannot be written means a slower start and nothing else.
  process.env.NODE_COMPILE_CACHE ??= join(here, 'node_modules', '.cache', 'compiled');
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const source = join(here, 'src', 'main.ts');
  const { main } = await import(pathToFileURL(existsSync(source) ? source : join(here, 'dist', 'main.js')).href);
  await main(process.argv.slice(2));
} else {
  const node = join(here, 'node_modules', '.bin', 'node');
  if (!existsSync(node)) {
    process.stderr.write(
      `sekisho needs Node.js 24.15 or newer; this is ${process.version}. Run \`npm ci\` here (it brings one along) or install Node.js 24.\n`,
    );
    process.exit(3);
  }
  const run = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = run.status ?? 3;
}
