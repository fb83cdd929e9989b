import type { CustomerTable } from '../adapters/customer-index/index.ts';
import { readAbout, readHeader, sizesOf } from '../match/index.ts';
import { formatTable, terminal } from './terminal.ts';

/** The table in force, on standard output: as JSON, or for people with a line on standard error for each thing to worry about. */
export function showCustomerStatus({ index, labels, origin }: CustomerTable, maxAgeHours: number, json: boolean): void {
  const bytes = new Uint8Array(index);
  const about = readAbout(bytes);
  const ageHours = origin.modifiedAt === null ? null : (Date.now() - origin.modifiedAt) / 3_600_000;
  const isStale = ageHours !== null && ageHours > maxAgeHours;
  const warnings = [
    ...(isStale ? [`the data are ${Math.round(ageHours)} hours old (limit ${maxAgeHours}): holds carry a warning`] : []),
    ...(origin.problemCount > 0 ? [`${origin.problemCount} problems in the source, ${origin.refused} rows refused`] : []),
  ];
  const status = {
    kind: origin.kind,
    file: origin.source,
    records: origin.rows,
    refused: origin.refused,
    problem_count: origin.problemCount,
    problems: origin.problems,
    version: about.version,
    modified_at: timeOf(origin.modifiedAt),
    imported_at: timeOf(origin.importedAt),
    age_hours: ageHours === null ? null : Number(ageHours.toFixed(2)),
    max_age_hours: maxAgeHours,
    stale: isStale,
    memory_bytes: { index: index.byteLength, labels: 'bytes' in labels ? labels.bytes.byteLength : 0 },
    disk_bytes: origin.disk,
    id_shapes: about.idShapes,
    filled: about.filled,
    warnings,
  };
  if (json) {
    terminal.out(JSON.stringify(status));
    return;
  }
  terminal.out(`${origin.source}: ${origin.rows} customers, ${origin.refused} rows refused, version ${about.version}`);
  terminal.out(
    [
      `changed ${status.modified_at}`,
      ...(status.imported_at === null ? ['built from customers.file at each start'] : [`imported ${status.imported_at}`]),
      `${megabytes(index.byteLength + status.memory_bytes.labels)} in memory, ${megabytes(origin.disk.index + origin.disk.labels)} on disk`,
    ].join(', '),
  );
  const sizes = sizesOf(readHeader(bytes));
  const rows = Object.entries(about.filled).map(([column, filled]) => [column, String(filled), megabytes(sizes[column] ?? 0)]);
  terminal.out(formatTable(['COLUMN', 'FILLED', 'MEMORY'], rows));
  for (const warning of warnings) terminal.note(warning);
}

const timeOf = (milliseconds: number | null): string | null => (milliseconds === null ? null : new Date(milliseconds).toISOString());
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
