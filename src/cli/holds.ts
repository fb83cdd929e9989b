import type { Command } from 'commander';
import { instant, isoTime, parseMessageId, type MessageId, type Result } from '../core/index.ts';
import { clockSystem } from '../adapters/clock-system/index.ts';
import type { Decider, Refusal, Review, Store } from '../gateway/index.ts';
import { parseMailbox, type Address } from '../message/index.ts';
import { holdStates, type Hold, type HoldState } from '../quarantine/index.ts';
import { openReview } from './open-review.ts';
import { defaultConfig, loadOrExit, withStore, type SharedOptions } from './context.ts';
import { CommandError, exitCode, usageError } from './exit.ts';
import { formatTable, terminal } from './terminal.ts';

type DecisionOptions = {
  readonly to?: readonly string[];
  readonly reason: string;
  readonly as: string;
  readonly answer?: string;
  readonly json?: boolean;
};

/** `holds list|show|release|return`: the decisions of the web UI, for scripts. Audited as a local operator's act; refused on USER's own mail. */
export function addHoldCommands(program: Command): void {
  const holds = program.command('holds').description('held mail / 保留');
  holds
    .command('list')
    .description('holds, newest first')
    .option('--state <state>', `${holdStates.join(' | ')} | all`, 'held')
    .option('--json', 'as JSON')
    .action(async (options: { readonly state: string; readonly json?: boolean }, command: Command) => {
      const states = parseStates(options.state);
      const found = await withStore(open(command), (store) => store.holds({ states, departments: null, limit: 10_000, offset: 0 }));
      if (options.json === true) terminal.out(JSON.stringify(found.map(describe)));
      else terminal.out(formatTable(['ID', 'STATE', 'SEVERITY', 'HELD', 'DUE', 'FROM', 'REASONS'], found.map(row)));
    });
  holds
    .command('show ID')
    .description('one hold: reasons, recipients, clocks')
    .action(async (text: string, _: object, command: Command) => {
      const [hold, message] = await withStore(
        open(command),
        async (store) => [await store.hold(parseId(text)), await store.message(parseId(text))] as const,
      );
      if (hold === null) throw new CommandError(exitCode.problems, `there is no hold ${text}`);
      const about = (message?.inspection?.about ?? []).map(({ customer, strength, evidence }) => ({ customer, strength, evidence }));
      terminal.out(JSON.stringify({ ...describe(hold), about }, null, 2));
    });
  holds
    .command('release ID')
    .description('lets it go to the recipients named with --to, or to all; the others never receive it')
    .option('--to <address...>', 'recipients to release to')
    .requiredOption('--reason <text>', 'why; kept in the audit log')
    .requiredOption('--as <user>', 'account that decides')
    .option('--answer <customer>', 'whose data it is: a customer id, or `many`')
    .option('--json', 'as JSON')
    .action(async (text: string, options: DecisionOptions, command: Command) => {
      const recipients = options.to?.map(parseAddress) ?? null;
      await decide(command, options, (review, decider) =>
        review.release(parseId(text), decider, { recipients, reason: options.reason, version: null, answer: options.answer ?? null }),
      );
    });
  holds
    .command('return ID')
    .description('sends it back to its sender with the reason; nobody else receives it')
    .requiredOption('--reason <text>', 'why; the sender reads it')
    .requiredOption('--as <user>', 'account that decides')
    .option('--json', 'as JSON')
    .action(async (text: string, options: DecisionOptions, command: Command) => {
      await decide(command, options, (review, decider) =>
        review.returnToSender(parseId(text), decider, { reason: options.reason, version: null }),
      );
    });
}

const open = (command: Command): ReturnType<typeof loadOrExit> => loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());

async function decide(
  command: Command,
  options: DecisionOptions,
  act: (review: Review, decider: Decider) => Promise<Result<Hold, Refusal>>,
): Promise<void> {
  const outcome = await withStore(open(command), async (store) => {
    const user = await findUser(store, options.as);
    return act(openReview(store), { via: 'operator', user });
  });
  if (!outcome.ok) throw new CommandError(exitCode.problems, wordRefusal(outcome.error, options.as));
  if (options.json === true) terminal.out(JSON.stringify(describe(outcome.value)));
  else
    terminal.note(
      `${outcome.value.id}: ${outcome.value.state}${outcome.value.settlesAt === null ? '' : `, takes effect at ${isoTime(outcome.value.settlesAt)} (can be undone until then)`}`,
    );
}

async function findUser(store: Store, email: string): Promise<Decider['user']> {
  const user = await store.user(email.toLowerCase());
  if (user === null || user.disabled)
    throw new CommandError(exitCode.problems, `there is no active account ${email}; \`users list\` shows them`);
  return user;
}

function wordRefusal(refusal: Refusal, as: string): string {
  switch (refusal.code) {
    case 'not_found':
      return 'there is no such hold';
    case 'own_mail':
      return `${as} is a sender of this mail and may not decide it; somebody else must`;
    case 'not_allowed':
      return `${as} may not decide this hold (role or department)`;
    case 'already_decided':
      return `already decided${refusal.by === null ? '' : ` by ${refusal.by}`}${refusal.at === null ? '' : ` at ${isoTime(refusal.at)}`}`;
    case 'stale_version':
      return 'somebody changed this hold at the same moment; look at it again';
    case 'reason_required':
      return 'the reason is too short: high risk needs at least 10 characters';
    case 'recipients_required':
      return 'name the recipients with --to; they must be held recipients of this mail';
    case 'answer_required':
      return 'say whose data it is with --answer (a customer id that `holds show` lists, or `many`)';
    case 'wrong_answer':
      return 'the content is not about that customer; look at the hold again';
    case 'undo_over':
      return 'the time for undoing is over';
    case 'body_gone':
      return 'the body is no longer stored, so it cannot be sent';
    case 'too_late':
      return 'it had begun to go out before it could be stopped';
    default:
      return refusal.code satisfies never;
  }
}

function parseId(text: string): MessageId {
  const id = parseMessageId(text);
  if (id === null) throw usageError(`${text} is not a queue id (26 letters and digits, as in the SMTP answer)`);
  return id;
}

function parseAddress(text: string): Address {
  const address = parseMailbox(text);
  if (address === null) throw usageError(`${text} is not an e-mail address`);
  return address;
}

function parseStates(text: string): readonly HoldState[] {
  if (text === 'all') return holdStates;
  const state = holdStates.find((known) => known === text);
  if (state === undefined) throw usageError(`unknown state ${text}; states are ${holdStates.join(', ')}, all`);
  return [state];
}

const describe = (hold: Hold): object => ({
  id: hold.id,
  state: hold.state,
  phase: hold.phase,
  severity: hold.severity,
  from: hold.from,
  recipients: hold.recipients,
  held_at: isoTime(hold.heldAt),
  due_at: isoTime(hold.dueAt),
  expires_at: isoTime(hold.expiresAt),
  reasons: hold.reasons,
  version: hold.version,
  decided_by: hold.decidedBy,
});

const row = (hold: Hold): string[] => {
  const left = Math.round((hold.dueAt - clockSystem.now()) / 60_000);
  const due = hold.state === 'held' ? `${left} min` : '';
  return [hold.id, hold.state, hold.severity, isoTime(instant(hold.heldAt)), due, hold.from ?? '<>', hold.reasons.join(',')];
};
