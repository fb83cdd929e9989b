import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { clockSystem } from '../adapters/clock-system/index.ts';
import { allowListCsv, appendToAllowList, readAllowList, type AllowListEntry } from '../adapters/csv-files/index.ts';
import { allowListFile, storeFolder, type LoadedConfig } from '../config/index.ts';
import { isoTime } from '../core/index.ts';
import { pairId, proposeAddresses, type AddressProposal, type Store, type User } from '../gateway/index.ts';
import { isOwnMail } from '../quarantine/index.ts';
import { defaultConfig, loadOrExit, withStore, type SharedOptions } from './context.ts';
import { cannotRun, CommandError, exitCode } from './exit.ts';
import { fingerprintKey } from './fingerprint-key.ts';
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
      const proposals = await withStore(loaded, (store) => openProposals(loaded, store));
      if (options.json === true) terminal.out(JSON.stringify(proposals.map(describe)));
      else
        terminal.out(
          formatTable(
            ['ID', 'CUSTOMER', 'ADDRESS', 'RELEASES', 'LAST', 'RELEASED BY'],
            proposals.map((one) => [
              one.id,
              one.customer,
              one.address,
              String(one.releases),
              isoTime(one.lastAt),
              one.releasedBy.join(' '),
            ]),
          ),
        );
    });
  addDecision(allow, 'accept', 'accepted', 'the address counts as registered for the customer from now on');
  addDecision(allow, 'dismiss', 'dismissed', 'the address is not proposed again; an accepted one no longer counts');
  allow
    .command('export FILE')
    .description('the accepted addresses as CSV, for the owner of the customer data')
    .action((file: string, _: object, command: Command) => {
      const accepted = entriesOf(open(command)).filter(({ decision }) => decision === 'accepted');
      try {
        writeFileSync(file, allowListCsv(accepted), { mode: 0o600 });
      } catch (cause) {
        throw cannotRun(`${file} cannot be written`, cause);
      }
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
      if (options.reason.trim() === '')
        throw new CommandError(exitCode.problems, 'the reason is empty; say how you know whose address it is');
      const entry = await withStore(loaded, async (store) => {
        const pair = await findPair(loaded, store, id);
        const user = await deciderOf(store, options.as, pair);
        const made = entryOf(pair, decision, user, options.reason);
        appendToAllowList(allowListFile(loaded), made);
        const details = { proposal: id, customer: pair.customer, releases: pair.releases, reason: made.reason };
        const actor = { kind: 'operator', name: user.email } as const;
        await store.appendAudit([{ type: `address.${decision}`, actor, message: null, details }], clockSystem.now());
        return made;
      });
      terminal.note(
        `${entry.customer} ${entry.address}: ${decision}; a running gateway takes it over by itself within half a minute (at once at SIGHUP)`,
      );
    });
}

type Pair = Omit<AddressProposal, 'id' | 'lastAt' | 'proposedAt'> & { readonly proposedAt: string };

/** What releases propose, or what was decided earlier and is now decided otherwise. */
async function findPair(loaded: LoadedConfig, store: Store, id: string): Promise<Pair> {
  const proposed = (await allProposals(loaded, store)).find((one) => one.id === id);
  if (proposed !== undefined) return { ...proposed, proposedAt: isoTime(proposed.proposedAt) };
  const key = fingerprintKey(storeFolder(loaded));
  const decided = entriesOf(loaded).find((entry) => pairId(entry.customer, entry.address, key) === id);
  if (decided === undefined) throw new CommandError(exitCode.problems, `there is no proposal ${id}; \`sekisho allow list\` shows them`);
  return { ...decided, releasedBy: decided.releasedBy.split(' '), ownAddresses: [] };
}

async function deciderOf(store: Store, email: string, { ownAddresses }: Pair): Promise<User> {
  const user = await store.user(email.toLowerCase());
  if (user === null || user.disabled)
    throw new CommandError(exitCode.problems, `there is no active account ${email}; \`users list\` shows them`);
  if (!['approver', 'policy_admin', 'admin'].includes(user.role))
    throw new CommandError(exitCode.problems, `${email} is a ${user.role} and may not decide this`);
  // As with holds (I8): whoever sent the mails does not say that they went to the right place.
  if (isOwnMail({ ownAddresses }, user.email))
    throw new CommandError(exitCode.problems, `${email} sent one of these mails and may not decide this; somebody else must`);
  return user;
}

const entryOf = (pair: Pair, decision: AllowListEntry['decision'], user: User, reason: string): AllowListEntry => ({
  decidedAt: isoTime(clockSystem.now()),
  decision,
  customer: pair.customer,
  address: pair.address,
  releases: pair.releases,
  proposedAt: pair.proposedAt,
  releasedBy: pair.releasedBy.join(' '),
  decidedBy: user.email,
  reason: reason.trim(),
});

const allProposals = (loaded: LoadedConfig, store: Store): Promise<readonly AddressProposal[]> =>
  proposeAddresses(store, { atLeast: loaded.config.customers.propose_after, key: fingerprintKey(storeFolder(loaded)) });

/** Proposals that nobody has decided. */
async function openProposals(loaded: LoadedConfig, store: Store): Promise<readonly AddressProposal[]> {
  const key = fingerprintKey(storeFolder(loaded));
  const decided = new Set(entriesOf(loaded).map(({ customer, address }) => pairId(customer, address, key)));
  return (await allProposals(loaded, store)).filter(({ id }) => !decided.has(id));
}

function entriesOf(loaded: LoadedConfig): readonly AllowListEntry[] {
  const file = allowListFile(loaded);
  const { entries, problems } = readAllowList(file);
  printProblems(
    terminal,
    problems.map((problem) => ({ file, ...problem })),
  );
  return entries;
}

const describe = ({ id, customer, address, releases, proposedAt, lastAt, releasedBy }: AddressProposal): object => ({
  id,
  customer,
  address,
  releases,
  proposed_at: isoTime(proposedAt),
  last_at: isoTime(lastAt),
  released_by: releasedBy,
});
