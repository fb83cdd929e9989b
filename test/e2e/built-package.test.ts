import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('what the package and the image carry runs without the sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-built-'));
  const run = (command: string, args: readonly string[], cwd = root): { status: number | null; stdout: string } =>
    spawnSync(command, args, { cwd, encoding: 'utf8' });
  try {
    expect(run('tsc', ['-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist')])).toMatchObject({ status: 0 });
    expect(run(process.execPath, ['test/support/copy-assets.mjs', join(folder, 'dist')])).toMatchObject({ status: 0 });
    for (const name of ['package.json', 'bin', 'rules']) cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const demo = run(process.execPath, ['bin/sekisho.mjs', 'demo', '--exit'], folder);
    expect(demo.status).toBe(0);
    expect(demo.stdout.trim().split('\n')).toHaveLength(15);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
