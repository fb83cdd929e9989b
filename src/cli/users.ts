import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { clockSystem } from '../adapters/clock-system/index.ts';
import type { AuditEvent } from '../audit/index.ts';
import { roles, type Role, type Store } from '../gateway/index.ts';
import { hashPassword, newToken } from '../web/index.ts';
import { defaultConfig, loadOrExit, withStore, type SharedOptions } from './context.ts';
import { cannotRun, CommandError, exitCode, usageError } from './exit.ts';
import { formatTable, terminal } from './terminal.ts';

type AddOptions = SharedOptions & {
  readonly name: string;
  readonly role: string;
  readonly department?: string;
  readonly passwordFile?: string;
};

/** `users add|disable|passwd|list` and `tokens create`: accounts of the web UI and the API; they work while the gateway runs. */
export function addUserCommands(program: Command): void {
  addTokenCommands(program);
  const users = program.command('users').description('accounts of the web UI / 画面のアカウント');
  users
    .command('add EMAIL')
    .description('adds an account; the password is asked for, or read from a file')
    .requiredOption('--name <name>', 'name shown on the screen')
    .requiredOption('--role <role>', roles.join(' | '))
    .option('--department <department>', 'approvers: only holds of senders of this department')
    .option('--password-file <file>', 'file whose first line is the password')
    .action(async (email: string, options: AddOptions, command: Command) => {
      const shared = command.optsWithGlobals<SharedOptions>();
      const role = parseRole(options.role);
      const passwordHash = await hashPassword(await readPassword(options.passwordFile));
      await withStore(loadOrExit(shared, defaultConfig()), async (store) => {
        const user = { email: normalEmail(email), name: options.name, role, department: options.department ?? null, passwordHash };
        if ((await store.addUser(user, clockSystem.now())) === 'exists')
          throw new CommandError(exitCode.problems, `${user.email} exists already; use \`users passwd\` to change the password`);
        await record(store, 'user.added', { user: user.email, role });
      });
      terminal.note(`added ${normalEmail(email)} (${role})`);
    });
  users
    .command('disable EMAIL')
    .description('ends the account and its sessions')
    .action((email: string, _: object, command: Command) => change(command, email, { disabled: true }, 'user.disabled'));
  users
    .command('passwd EMAIL')
    .description('sets a new password and ends the sessions')
    .option('--password-file <file>', 'file whose first line is the password')
    .action(async (email: string, options: { readonly passwordFile?: string }, command: Command) => {
      const passwordHash = await hashPassword(await readPassword(options.passwordFile));
      await change(command, email, { passwordHash, failedLogins: 0, lockedUntil: null }, 'user.password_changed');
    });
  users
    .command('list')
    .description('all accounts')
    .option('--json', 'as JSON')
    .action(async (options: { readonly json?: boolean }, command: Command) => {
      const all = await withStore(loadOrExit(command.optsWithGlobals(), defaultConfig()), (store) => store.users());
      const shown = all.map(({ email, name, role, department, disabled }) => ({ email, name, role, department, disabled }));
      terminal.out(
        options.json === true
          ? JSON.stringify(shown)
          : formatTable(
              ['EMAIL', 'NAME', 'ROLE', 'DEPARTMENT', 'STATE'],
              shown.map((user) => [user.email, user.name, user.role, user.department ?? '', user.disabled ? 'disabled' : 'active']),
            ),
      );
    });
}

function addTokenCommands(program: Command): void {
  const tokens = program.command('tokens').description('API tokens / APIトークン');
  tokens
    .command('create')
    .description('makes a token of a person; prints the token alone on standard output, once')
    .requiredOption('--user <email>', 'whose token it is')
    .requiredOption('--role <role>', roles.join(' | '))
    .action(async (options: { readonly user: string; readonly role: string }, command: Command) => {
      const role = parseRole(options.role);
      const { secret, hash } = newToken();
      await withStore(loadOrExit(command.optsWithGlobals(), defaultConfig()), async (store) => {
        const user = await store.user(normalEmail(options.user));
        if (user === null || user.disabled)
          throw new CommandError(exitCode.problems, `there is no active account ${options.user}; add it with \`users add\``);
        await store.addToken({ hash, email: user.email, role }, clockSystem.now());
        await record(store, 'token.created', { user: user.email, role });
      });
      terminal.out(secret);
    });
}

async function change(
  command: Command,
  email: string,
  values: Parameters<Store['updateUser']>[1],
  type: 'user.disabled' | 'user.password_changed',
): Promise<void> {
  await withStore(loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig()), async (store) => {
    const found = await store.updateUser(normalEmail(email), values, clockSystem.now());
    if (!found) throw new CommandError(exitCode.problems, `there is no account ${email}; \`users list\` shows them`);
    await record(store, type, { user: normalEmail(email) });
  });
  terminal.note(`${normalEmail(email)}: done`);
}

const normalEmail = (email: string): string => {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw usageError(`${email} is not an e-mail address`);
  return email.toLowerCase();
};

function parseRole(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw usageError(`unknown role ${text}; roles are ${roles.join(', ')}`);
  return role;
}

const record = (store: Store, type: AuditEvent['type'], details: AuditEvent['details']): Promise<void> =>
  store.appendAudit([{ type, actor: { kind: 'operator', name: 'local' }, message: null, details }], clockSystem.now());

async function readPassword(file: string | undefined): Promise<string> {
  const password = file === undefined ? await askPassword() : readFirstLine(file);
  if (password.length < 12) throw new CommandError(exitCode.problems, 'a password has at least 12 characters');
  return password;
}

function readFirstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (cause) {
    throw cannotRun(`${file} cannot be read`, cause);
  }
}

async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) throw usageError('no terminal to ask for a password; give --password-file');
  const questions = createInterface({ input: process.stdin, output: process.stderr, terminal: true });
  try {
    process.stderr.write('New password (it is shown): ');
    return await questions.question('');
  } finally {
    questions.close();
  }
}
