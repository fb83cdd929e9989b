/** Something an administrator must mend. `line` and `column` count from 1; 0 where the file as a whole is meant. */
export type Problem = { readonly file: string; readonly line: number; readonly column: number; readonly message: string };

/** `file:line:col message`, as editors and `grep` users expect it. */
export function formatProblem(problem: Problem): string {
  const place = problem.line === 0 ? problem.file : `${problem.file}:${problem.line}:${problem.column}`;
  return `${place} ${problem.message}`;
}
