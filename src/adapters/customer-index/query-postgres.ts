import type { QueryConfig } from 'pg';

const rowsAtOnce = 5000;
/** Everything as the server writes it: a date must not become a moment of some time zone. */
const asText = { getTypeParser: () => (value: string) => value };

/**
 * The rows of a query on a PostgreSQL server, names of the columns first. It runs behind a cursor in a transaction that can only read, so that
 * millions of rows pass in batches and no statement in it can change anything. Rejects with the server's or the network's error.
 */
export async function* queryPostgres(url: string, sql: string): AsyncGenerator<readonly unknown[]> {
  // Loaded when it is needed: every inspection thread loads this folder, and none of them asks a database.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, application_name: 'sekisho', connectionTimeoutMillis: 30_000 });
  // A connection that breaks between two batches is an error of the next one.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN READ ONLY');
    // The extended protocol takes one statement: a second one behind a semicolon is refused.
    const declare = `DECLARE sekisho NO SCROLL CURSOR FOR ${sql.trim().replace(/;$/, '')}`;
    await client.query({ text: declare, queryMode: 'extended' } as QueryConfig);
    for (let isFirst = true; ; isFirst = false) {
      const batch = await client.query<unknown[]>({ text: `FETCH ${rowsAtOnce} FROM sekisho`, rowMode: 'array', types: asText });
      if (isFirst) yield batch.fields.map(({ name }) => name);
      yield* batch.rows;
      if (batch.rows.length < rowsAtOnce) break;
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
