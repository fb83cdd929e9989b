/** A place in a file that an administrator wrote. `line` and `column` count from 1; 0 where the file as a whole is meant. */
export type FilePlace = { readonly file: string; readonly line: number; readonly column: number };
/** Something an administrator must mend. */
export type Problem = FilePlace & { readonly message: string };
