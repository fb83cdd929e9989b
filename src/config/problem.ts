import type { Problem } from '../core/index.ts';

export type { Problem } from '../core/index.ts';

/** `file:line:col message`, as editors and `grep` users expect it. */
export function formatProblem(problem: Problem): string {
  const place = problem.line === 0 ? problem.file : `${problem.file}:${problem.line}:${problem.column}`;
  return `${place} ${problem.message}`;
}
