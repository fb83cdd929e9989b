// sekisho.yaml and the files it names → checked settings; every problem with file, line, column and what to do.
export { configExample, configJsonSchema, showConfig } from './describe-config.ts';
export { loadConfig, type LoadedConfig } from './load-config.ts';
export { loadOrganisation } from './load-organisation.ts';
export { planOf, querySource, storeFolder, takeTable } from './load-customers.ts';
export {
  allowListFile,
  buildSnapshot,
  loadSnapshotSource,
  readPack,
  readSnapshotSource,
  typesOf,
  watchedPaths,
  type SnapshotSource,
} from './load-snapshot.ts';
export { formatProblem, type Problem } from './problem.ts';
export { shippedLists } from './shipped-lists.ts';
export type { Config } from './schema.ts';
