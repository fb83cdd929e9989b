/** One line on standard error that is written over: how far, how fast, how long still. Silent when nobody watches. */
export type Progress = { step(): void; clear(): void };

const everyMs = 100;

/** `done()`: 0..1, or null when the end is not known. */
export function createProgress(screen: { readonly isTTY: boolean; write(text: string): unknown }, done: () => number | null): Progress {
  if (!screen.isTTY) return { step: () => undefined, clear: () => undefined };
  const started = performance.now();
  let mails = 0;
  let shownAt = 0;
  return {
    step() {
      mails += 1;
      const now = performance.now();
      if (now - shownAt < everyMs) return;
      shownAt = now;
      screen.write(`\r\u001B[K${progressLine(mails, (now - started) / 1000, done())}`);
    },
    clear: () => void screen.write('\r\u001B[K'),
  };
}

const barLength = 24;

/** `████░░░░  42 %  1,234 mails  480/s  0:25 left`. */
export function progressLine(mails: number, seconds: number, part: number | null): string {
  const pace = `${mails.toLocaleString('en')} mails  ${(mails / Math.max(0.001, seconds)).toFixed(0)}/s`;
  if (part === null) return pace;
  const filled = Math.round(Math.min(1, part) * barLength);
  const left = part > 0 ? Math.round((seconds * (1 - part)) / part) : 0;
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return `${'█'.repeat(filled)}${'░'.repeat(barLength - filled)} ${String(Math.floor(part * 100)).padStart(3)} %  ${pace}  ${clock} left`;
}
