// One file per command: options in, work of the other folders called, result on standard output, words on standard error, an exit code.
export { runCommand } from './program.ts';
