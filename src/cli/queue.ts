import type { Command } from 'commander';
import { clockSystem } from '../adapters/clock-system/index.ts';
import { isoTime, parseMessageId, type MessageId } from '../core/index.ts';
import type { Store, StoredMessage } from '../gateway/index.ts';
import { defaultConfig, loadOrExit, withStore, type SharedOptions } from './context.ts';
import { CommandError, exitCode, usageError } from './exit.ts';
import { formatTable, terminal } from './terminal.ts';

/** `queue list|show|retry|remove`: mail on its way to the next hop. */
export function addQueueCommands(program: Command): void {
  const queue = program.command('queue').description('delivery queue / 配送待ち');
  queue
    .command('list')
    .description('messages that are not finished')
    .option('--json', 'as JSON')
    .action(async (options: { readonly json?: boolean }, command: Command) => {
      const waiting = await withStore(open(command), async (store) => [
        ...(await store.messages({ stage: 'inspect', limit: 1000, offset: 0 })),
        ...(await store.messages({ stage: 'deliver', limit: 1000, offset: 0 })),
      ]);
      if (options.json === true) terminal.out(JSON.stringify(waiting.map(describe)));
      else terminal.out(formatTable(['ID', 'STAGE', 'RECEIVED', 'NEXT', 'FROM', 'RECIPIENTS'], waiting.map(row)));
    });
  queue
    .command('show ID')
    .description('one message: envelope and the state of each recipient')
    .action(async (text: string, _: object, command: Command) => {
      const message = await withStore(open(command), (store) => find(store, text));
      terminal.out(JSON.stringify(describe(message), null, 2));
    });
  queue
    .command('retry [ID]')
    .description('tries again now: one message, or all that wait (a mail that a policy delays only by its ID)')
    .action(async (text: string | undefined, _: object, command: Command) => {
      const count = await withStore(open(command), async (store) => {
        const messages =
          text === undefined ? await store.messages({ stage: 'deliver', limit: 100_000, offset: 0 }) : [await find(store, text)];
        const waiting = messages.filter((message) => message.stage === 'deliver' && (text !== undefined || !isDelayed(message)));
        for (const message of waiting) await store.apply(message.id, retryNow(message), clockSystem.now());
        return waiting.length;
      });
      terminal.note(`${count} to be tried now`);
    });
  queue
    .command('remove ID')
    .description('takes a message out of the queue for good; nobody receives it and nobody is told')
    .action(async (text: string, _: object, command: Command) => {
      await withStore(open(command), async (store) => {
        const message = await find(store, text);
        if (message.stage === 'held' || message.stage === 'done')
          throw new CommandError(
            exitCode.problems,
            `${message.id} is ${message.stage === 'held' ? 'held: decide it with `holds`' : 'finished'}`,
          );
        await store.apply(message.id, removed(message), clockSystem.now());
      });
      terminal.note(`${text} removed`);
    });
}

const open = (command: Command): ReturnType<typeof loadOrExit> => loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());

async function find(store: Store, text: string): Promise<StoredMessage> {
  const id = parseMessageId(text);
  if (id === null) throw usageError(`${text} is not a queue id (26 letters and digits, as in the SMTP answer)`);
  const message = await store.message(id);
  if (message === null) throw new CommandError(exitCode.problems, `there is no message ${text}`);
  return message;
}

/** Never tried and not due: a policy has it wait, and its time is the sender's chance to stop it. */
const isDelayed = ({ recipients }: StoredMessage): boolean =>
  recipients.some(({ state }) => state.status === 'pending' && state.attempts === 0 && state.nextAttempt > clockSystem.now());

const retryNow = (message: StoredMessage): Parameters<Store['apply']>[1] => ({
  dueAt: clockSystem.now(),
  recipients: message.recipients.map((recipient) =>
    recipient.state.status === 'pending' ? { ...recipient, state: { ...recipient.state, nextAttempt: clockSystem.now() } } : recipient,
  ),
});

const removed = (message: StoredMessage): Parameters<Store['apply']>[1] => ({
  stage: 'done',
  dueAt: null,
  recipients: message.recipients.map((recipient) =>
    recipient.state.status === 'pending' || recipient.state.status === 'waiting'
      ? { ...recipient, state: { status: 'removed', at: clockSystem.now() } }
      : recipient,
  ),
  audit: [{ type: 'message.removed', actor: { kind: 'operator', name: 'local' }, message: message.id, details: {} }],
});

const describe = (message: StoredMessage): object => ({
  id: message.id,
  origin: message.origin,
  stage: message.stage,
  received_at: isoTime(message.spooled.envelope.receivedAt),
  next_at: message.dueAt === null ? null : isoTime(message.dueAt),
  from: message.spooled.envelope.mailFrom,
  size: message.spooled.size,
  sha256: message.spooled.sha256,
  recipients: message.recipients.map(({ address, state }) => ({ address, ...state })),
});

const row = (message: StoredMessage): string[] => {
  const { envelope } = message.spooled;
  const first: MessageId = message.id;
  return [
    first,
    message.stage,
    isoTime(envelope.receivedAt),
    message.dueAt === null ? '' : isoTime(message.dueAt),
    envelope.mailFrom ?? '<>',
    `${envelope.rcptTo[0]}${envelope.rcptTo.length > 1 ? ` +${envelope.rcptTo.length - 1}` : ''}`,
  ];
};
