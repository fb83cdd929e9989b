import { parse, type CsvError } from 'csv-parse/sync';

/** One data row: the line it begins on (from 1) and its cells by the header's names. */
export type Row = { readonly line: number; readonly cells: Readonly<Record<string, string>> };
export type RowProblem = { readonly line: number; readonly column: number; readonly message: string };
export type Table = { readonly headers: readonly string[]; readonly rows: readonly Row[]; readonly problems: readonly RowProblem[] };

type Located = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/**
 * A CSV file with a header row, in UTF-8 (with or without BOM) or CP932, told apart by validity.
 * A row that cannot be read or has another number of cells than the header becomes a problem with its line; the others stand.
 */
export function readTable(bytes: Uint8Array): Table {
  const problems: RowProblem[] = [];
  const records = parse(decode(bytes), {
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      problems.push({ line: lineOf(error), column: 0, message: `the row cannot be read: ${error?.code ?? 'malformed'}; check its quotes` });
      return undefined;
    },
  }) as unknown as readonly Located[];
  const headers = (records[0]?.record ?? []).map((name) => name.trim());
  const rows: Row[] = [];
  let previousEnd = records[0]?.info.lines ?? 0;
  for (const { record, info } of records.slice(1)) {
    const line = previousEnd + 1;
    previousEnd = info.lines;
    if (record.length !== headers.length) {
      problems.push({ line, column: 0, message: `${record.length} cells where the header has ${headers.length}; the row is skipped` });
      continue;
    }
    rows.push({ line, cells: Object.fromEntries(headers.map((name, index) => [name, (record[index] ?? '').trim()])) });
  }
  return { headers, rows, problems };
}

const lineOf = (error: CsvError | undefined): number => {
  const lines: unknown = error === undefined ? undefined : (error as unknown as { readonly lines?: unknown }).lines;
  return typeof lines === 'number' ? lines : 0;
};

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}
