import { formatProblem, type Problem } from '../config/index.ts';

/** What a command may do to the outside: results on standard output, words for people on standard error. */
export type Terminal = {
  /** One line of result. */
  out(line: string): void;
  /** One line for people. */
  note(line: string): void;
  readonly isInteractive: boolean;
};

export const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  isInteractive: process.stderr.isTTY,
};

/** One line that is written over and over while something long goes on; nothing where nobody watches. */
export function progressLine(): { show(text: string): void; end(): void } {
  let shown = false;
  const write = (text: string): void => {
    if (terminal.isInteractive) process.stderr.write(`\r\u001B[2K${text}`);
  };
  return {
    show(text) {
      shown = true;
      write(text);
    },
    end() {
      if (shown) write('');
    },
  };
}

export function printProblems(to: Terminal, problems: readonly Problem[]): void {
  for (const problem of problems) to.note(formatProblem(problem));
}

/** `1 example`, `2 examples`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A plain table with two spaces between columns; full-width characters count as two. */
export function formatTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headers, ...rows];
  const widths = headers.map((_, column) => Math.max(...all.map((row) => displayWidth(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell))))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

function displayWidth(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/.test(character) ? 2 : 1;
  return width;
}
