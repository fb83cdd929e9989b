import { DatabaseSync } from 'node:sqlite';

/** The rows of a query on a SQLite file, which is opened for reading only; names of the columns first. Throws SQLite's error. */
export function* querySqlite(file: string, sql: string): Generator<readonly unknown[]> {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 30_000 });
  try {
    const statement = database.prepare(sql);
    // A phone number kept as an integer may be longer than a JavaScript number is exact.
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    yield statement.columns().map(({ name }) => name);
    for (const row of statement.iterate()) yield row as unknown as readonly unknown[];
  } finally {
    database.close();
  }
}
