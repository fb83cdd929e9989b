// A CSV file or a query → a keyed index that threads share: built at the start from customers.file, or imported into files that replace the
// old ones at once.
export type { BuildPlan } from './build-plan.ts';
export { idPatternOf, openTable, type CustomerTable, type TableOrigin } from './customer-table.ts';
export { importTable, hasShrunk, mostShrink, type ImportOutcome, type ImportWatch } from './import-table.ts';
export { importInThread, loadInThread } from './in-thread.ts';
export { emptyTable, importedAt, loadTable, stampOf, type LoadedTable, type LoadJob } from './load-table.ts';
export type { TableSource } from './read-source.ts';
export type { RowProblem } from './read-rows.ts';
export { mostProblems, type Progress } from './table-build.ts';
export { manifestPath, tableFolder, type Manifest } from './table-folder.ts';
