import { runCommand } from './cli/index.ts';

/** The process: runs the command line it was started with and leaves its exit code behind. */
export async function main(args: readonly string[]): Promise<void> {
  process.exitCode = await runCommand(args);
}

if (import.meta.main) await main(process.argv.slice(2));
