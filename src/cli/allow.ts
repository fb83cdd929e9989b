import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { clockSystem } from '../adapters/clock-system/index.ts';
import { createAllowList } from '../adapters/csv-files/index.ts';
import { allowListFile, type LoadedConfig } from '../config/index.ts';
import { isoTime, type Result } from '../core/index.ts';
import {
  acceptedOf,
  type AddressBook,
  type AddressProposal,
  type AddressRefusal,
  type AddressReview,
  type AllowListEntry,
  type Decider,
  type Store,
} from '../gateway/index.ts';
import { proposalJson } from '../web/index.ts';
import { defaultConfig, loadOrExit, withStore, type SharedOptions } from './context.ts';
import { cannotRun, CommandError, exitCode } from './exit.ts';
import { openAddresses } from './open-addresses.ts';
import { formatTable, printProblems, terminal } from './terminal.ts';

type DecideOptions = { readonly as: string; readonly reason: string };

/** `allow list|accept|dismiss|export`: addresses that releases propose for a customer's record. Nothing is learnt without a person's word. */
export function addAllowCommands(program: Command): void {
  const allow = program.command('allow').description('addresses proposed for customer records / 登録の提案');
  allow
    .command('list')
    .description('addresses that mail about one customer was released to again and again')
    .option('--json', 'as JSON')
    .action(async (options: { readonly json?: boolean }, command: Command) => {
      const loaded = open(command);
      const { open: proposals, problems } = valueOf(await withStore(loaded, readBook(loaded)), loaded, '');
      printProblems(
        terminal,
        problems.map((problem) => ({ file: allowListFile(loaded), column: 0, ...problem })),
      );
      if (options.json === true) terminal.out(JSON.stringify(proposals.map(proposalJson)));
      else terminal.out(formatTable(['ID', 'CUSTOMER', 'ADDRESS', 'RELEASES', 'LAST', 'RELEASED BY'], proposals.map(row)));
    });
  addDecision(allow, 'accept', 'accepted', 'the address counts as registered for the customer from now on');
  addDecision(allow, 'dismiss', 'dismissed', 'the address is not proposed again; an accepted one no longer counts');
  allow
    .command('export FILE')
    .description('the accepted addresses as CSV, for the owner of the customer data')
    .action(async (file: string, _: object, command: Command) => {
      const loaded = open(command);
      const list = createAllowList(() => allowListFile(loaded));
      const accepted = acceptedOf(list);
      try {
        writeFileSync(file, list.csv(accepted), { mode: 0o600 });
      } catch (cause) {
        throw cannotRun(`${file} cannot be written`, cause);
      }
      const event = { type: 'address.exported', actor: { kind: 'operator', name: 'local' }, message: null } as const;
      await withStore(loaded, (store) => store.appendAudit([{ ...event, details: { addresses: accepted.length } }], clockSystem.now()));
      terminal.note(`${accepted.length} accepted addresses written to ${file}`);
    });
}

const open = (command: Command): LoadedConfig => loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());

function addDecision(allow: Command, verb: 'accept' | 'dismiss', decision: AllowListEntry['decision'], description: string): void {
  allow
    .command(`${verb} ID`)
    .description(description)
    .requiredOption('--as <user>', 'account that decides: an approver, policy administrator or administrator')
    .requiredOption('--reason <text>', 'why; kept in the list and the audit log')
    .action(async (id: string, options: DecideOptions, command: Command) => {
      const loaded = open(command);
      const result = await withStore(loaded, async (store) =>
        reviewOf(loaded, store).decide(id, await deciderOf(store, options.as), { decision, reason: options.reason, standing: null }),
      );
      const { entry } = valueOf(result, loaded, options.as, id);
      terminal.note(
        `${entry.customer} ${entry.address}: ${decision}; a running gateway takes it over by itself within half a minute (at once at SIGHUP)`,
      );
    });
}

const reviewOf = (loaded: LoadedConfig, store: Store): AddressReview => openAddresses(() => loaded, store, null);

async function deciderOf(store: Store, email: string): Promise<Decider> {
  const user = await store.user(email.toLowerCase());
  if (user === null || user.disabled)
    throw new CommandError(exitCode.problems, `there is no active account ${email}; \`users list\` shows them`);
  return { via: 'operator', user };
}

function valueOf<T>(result: Result<T, AddressRefusal>, loaded: LoadedConfig, as: string, id = ''): T {
  if (result.ok) return result.value;
  const { code, by } = result.error;
  const words: Readonly<Record<AddressRefusal['code'], string>> = {
    not_found: `there is no proposal ${id}; \`sekisho allow list\` shows them`,
    not_allowed: `${as} has a role that may not decide this`,
    own_mail: `${as} sent one of these mails and may not decide this; somebody else must`,
    already_decided: `that is what ${by ?? 'somebody'} has decided already`,
    reason_required: 'the reason is empty; say how you know whose address it is',
    list_failed: `${allowListFile(loaded)} cannot be read or written; \`customers.allow_list\` names the file`,
  };
  throw new CommandError(code === 'list_failed' ? exitCode.couldNotRun : exitCode.problems, words[code]);
}

/** For whoever has a shell on the gateway: no account is asked for. */
const readBook =
  (loaded: LoadedConfig) =>
  (store: Store): Promise<Result<AddressBook, AddressRefusal>> =>
    reviewOf(loaded, store).read();

const row = (one: AddressProposal): string[] => [
  one.id,
  one.customer,
  one.address,
  String(one.releases),
  isoTime(one.lastAt),
  one.releasedBy.join(' '),
];
