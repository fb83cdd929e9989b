import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readCustomers, type CustomerTable } from '../adapters/csv-files/index.ts';
import type { CustomerRecord } from '../match/index.ts';
import { defaultConfig, loadOrExit, type SharedOptions } from './context.ts';
import { cannotRun, CommandError, exitCode } from './exit.ts';
import { formatTable, printProblems, terminal } from './terminal.ts';

/** `customers import|status|lookup`: the customer table that mails are compared with. */
export function addCustomerCommands(program: Command): void {
  const customers = program.command('customers').description('customer data / 顧客データ');
  customers
    .command('import FILE')
    .description('checks a CSV file as the gateway would load it: rows taken, rows refused with line and reason')
    .option('--json', 'as JSON')
    .action((file: string, options: { readonly json?: boolean }, command: Command) => {
      const loaded = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());
      report(resolve(file), read(resolve(file), loaded.config.customers.columns), options.json === true);
      terminal.note(`to put it in force, name it as customers.file in sekisho.yaml and send the gateway SIGHUP`);
    });
  customers
    .command('status')
    .description('the table in force: rows, how well each column is filled, age')
    .option('--json', 'as JSON')
    .action((options: { readonly json?: boolean }, command: Command) => {
      const { file, table } = open(command);
      report(file, table, options.json === true);
      const hours = (Date.now() - table.modifiedAt) / 3_600_000;
      const limit = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig()).config.customers.max_age_hours;
      if (hours > limit) terminal.note(`the table is ${Math.round(hours)} hours old (limit ${limit}): holds carry a warning`);
    });
  customers
    .command('lookup ID')
    .description('one record by customer id')
    .action((id: string, _: object, command: Command) => {
      const found = open(command).table.records.find((record) => record.customerId === id);
      if (found === undefined) throw new CommandError(exitCode.problems, `there is no customer ${id}`);
      terminal.out(JSON.stringify(found, null, 2));
    });
}

function open(command: Command): { file: string; table: CustomerTable } {
  const loaded = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());
  const { file, columns } = loaded.config.customers;
  if (file === undefined) throw new CommandError(exitCode.problems, 'no customer table: set customers.file in sekisho.yaml');
  const path = resolve(loaded.base, file);
  return { file: path, table: read(path, columns) };
}

function read(file: string, columns: Readonly<Record<string, string>>): CustomerTable {
  try {
    return readCustomers(file, columns);
  } catch (cause) {
    throw cannotRun(`${file} cannot be read`, cause);
  }
}

function report(file: string, table: CustomerTable, json: boolean): void {
  printProblems(
    terminal,
    table.problems.map((problem) => ({ file, ...problem })),
  );
  const filled = columns.map((column) => ({ column, filled: table.records.filter((record) => record[column] !== '').length }));
  const status = {
    file,
    records: table.records.length,
    refused: table.problems.length,
    modified_at: new Date(table.modifiedAt).toISOString(),
    filled: Object.fromEntries(filled.map((entry) => [entry.column, entry.filled])),
  };
  if (json) terminal.out(JSON.stringify(status));
  else {
    terminal.out(`${file}: ${status.records} customers, ${status.refused} rows with problems, changed ${status.modified_at}`);
    terminal.out(
      formatTable(
        ['COLUMN', 'FILLED'],
        filled.map((entry) => [entry.column, String(entry.filled)]),
      ),
    );
  }
  if (table.records.length === 0) throw new CommandError(exitCode.problems, 'no usable customer');
}

const columns = [
  'name',
  'nameKana',
  'company',
  'email',
  'email2',
  'phone',
  'mobile',
  'postalCode',
  'address',
  'birthDate',
  'owner',
  'client',
] as const satisfies readonly (keyof CustomerRecord)[];
