/** Exit codes that scripts rely on (INTERFACES.md). */
export const exitCode = { ok: 0, problems: 1, usage: 2, couldNotRun: 3 } as const;

/** Ends a command with a line for people on standard error and a code for scripts. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly code: number;

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const usageError = (message: string): CommandError => new CommandError(exitCode.usage, message);
export const cannotRun = (message: string, cause?: unknown): CommandError => new CommandError(exitCode.couldNotRun, message, { cause });
