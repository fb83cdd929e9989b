import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { CustomerTable } from '../adapters/customer-index/index.ts';
import { takeTable } from '../config/index.ts';
import { defaultConfig, loadOrExit, type SharedOptions } from './context.ts';
import { CommandError, exitCode } from './exit.ts';
import { importCustomers, type ImportOptions } from './import-customers.ts';
import { lookUpCustomer } from './look-up-customer.ts';
import { showCustomerStatus } from './show-customer-status.ts';
import { printProblems, terminal } from './terminal.ts';

/** `customers import|status|lookup`: the customer table that mails are compared with. */
export function addCustomerCommands(program: Command): void {
  const customers = program.command('customers').description('customer data / 顧客データ');
  customers
    .command('import [FILE]')
    .description('builds the index of a CSV file, or of customers.query, and puts it in force; rows refused are named with line and reason')
    .option('--yes', 'do not ask before the new table takes the place of the old one')
    .option('--accept-shrink', 'take a table that lost more than 20 % of its rows')
    .option('--report <file>', 'write every problem into FILE (JSON when it ends in .json, else CSV)')
    .option('--json', 'as JSON')
    .action((file: string | undefined, options: ImportOptions, command: Command) =>
      importCustomers(file ?? null, loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig()), options),
    );
  customers
    .command('status')
    .description('the table in force: rows, source, age, sizes, how well each column is filled')
    .option('--json', 'as JSON')
    .action((options: { readonly json?: boolean }, command: Command) => {
      const { table, maxAgeHours } = tableInForce(command);
      showCustomerStatus(table, maxAgeHours, options.json === true);
    });
  customers
    .command('lookup TEXT')
    .description('the customers that an id, mail address, phone number, name, company or postal address finds, as JSON')
    .action((text: string, _: object, command: Command) => lookUpCustomer(tableInForce(command).table, text));
}

function tableInForce(command: Command): { readonly table: CustomerTable; readonly maxAgeHours: number } {
  const loaded = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());
  // A key of the moment: an imported table has its own.
  const taken = takeTable(loaded, randomBytes(16));
  if (!taken.ok) {
    printProblems(terminal, taken.error);
    throw new CommandError(exitCode.problems, 'no customer table can be used');
  }
  printProblems(terminal, taken.value.notes);
  const { table } = taken.value;
  if (table.origin.kind === 'none')
    throw new CommandError(
      exitCode.problems,
      'no customer table: run `sekisho customers import FILE.csv`, or set customers.file in sekisho.yaml',
    );
  return { table, maxAgeHours: loaded.config.customers.max_age_hours };
}
