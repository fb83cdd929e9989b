import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readPack, typesOf } from '../config/index.ts';
import type { Problem } from '../core/index.ts';
import { compileRules, findSlowRules, ruleBudget, testRules } from '../detect/index.ts';
import { checkNames, compilePolicies, testPolicies } from '../policy/index.ts';
import { defaultConfig, loadOrExit, type SharedOptions } from './context.ts';
import { CommandError, exitCode, usageError } from './exit.ts';
import { detectorScaffold, policyScaffold } from './rule-scaffolds.ts';
import { formatTable, printProblems, terminal } from './terminal.ts';

const examplesSeeds = 50;

/** `rules test|lint|new|list`: the detectors and policies in force. */
export function addRuleCommands(program: Command): void {
  const rules = program.command('rules').description('detectors and policies / ルール');
  rules
    .command('lint')
    .description(`schema, patterns, ids, speed (${ruleBudget} ms of CPU for a megabyte); problems as file:line:col`)
    .action((_: object, command: Command) => {
      const { ruleSet, policies } = compile(command);
      const slow = findSlowRules(ruleSet, ruleBudget, cpuTimeOf);
      if (slow.length > 0) {
        printProblems(terminal, slow);
        throw new CommandError(exitCode.problems, `${slow.length} rules are too slow`);
      }
      terminal.note(`${ruleSet.rules.length} detectors, ${policies.policies.length} policies: no problems`);
    });
  rules
    .command('test')
    .description(`runs every example, numbers made anew with ${examplesSeeds} seeds`)
    .action((_: object, command: Command) => {
      const { ruleSet, policies } = compile(command, { withSandbox: true });
      const ofRules = testRules(ruleSet, { seeds: examplesSeeds }).failures;
      const ofPolicies = testPolicies(policies).failures;
      // An example fails with one seed or with all fifty: its place and the first text are what helps.
      const failing = [...Map.groupBy(ofRules, ({ file, line, column }) => `${file}:${line}:${column}`).values()].flatMap((all) =>
        all.slice(0, 1),
      );
      printProblems(terminal, failing);
      printProblems(
        terminal,
        ofPolicies.map((failure) => ({ ...failure, message: `${failure.rule}: ${failure.message}` })),
      );
      const count = failing.length + ofPolicies.length;
      if (count > 0) throw new CommandError(exitCode.problems, `${count} examples failed`);
      terminal.note('every example holds');
    });
  addListCommand(rules);
  addNewCommand(rules);
}

function addListCommand(rules: Command): void {
  rules
    .command('list')
    .description('all rules in force')
    .option('--json', 'as JSON')
    .action((options: { readonly json?: boolean }, command: Command) => {
      const { ruleSet, policies } = compile(command);
      const all = [
        ...ruleSet.rules.map(({ id, entity, maturity, title }) => ({
          id: String(id),
          kind: 'detector',
          finds: entity,
          state: maturity,
          title: title.ja,
        })),
        ...policies.policies.map(({ id, reason, severity, action, mode, order, version, title }) => ({
          id,
          kind: 'policy',
          finds: severity,
          state: mode === 'monitor' ? `${action} (monitor)` : action,
          title: title.ja,
          reason,
          severity,
          order,
          version,
        })),
      ];
      if (options.json === true) terminal.out(JSON.stringify(all));
      else
        terminal.out(
          formatTable(
            ['ID', 'KIND', 'FINDS', 'STATE', 'TITLE'],
            all.map((rule) => [rule.id, rule.kind, 'reason' in rule ? `${rule.reason} ${rule.finds}` : rule.finds, rule.state, rule.title]),
          ),
        );
    });
}

/** Milliseconds of CPU. */
function cpuTimeOf(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function addNewCommand(rules: Command): void {
  rules
    .command('new ID')
    .description('writes the scaffold of a detector (./rules/detectors/ID/rule.yaml) or of a policy (./rules/policies/ID/policy.yaml)')
    .option('--policy', 'a policy instead of a detector')
    .option('--dir <folder>', 'rules folder', 'rules')
    .action((id: string, options: { readonly dir: string; readonly policy?: boolean }) => {
      if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id))
        throw usageError('an id is lower-case words of letters and digits, joined by hyphens');
      const isPolicy = options.policy === true;
      const folder = join(options.dir, isPolicy ? 'policies' : 'detectors', id);
      if (existsSync(folder)) throw new CommandError(exitCode.problems, `${folder} exists already`);
      mkdirSync(folder, { recursive: true });
      const file = join(folder, isPolicy ? 'policy.yaml' : 'rule.yaml');
      writeFileSync(file, isPolicy ? policyScaffold(id) : detectorScaffold(id));
      terminal.note(`${file} written; name ${options.dir} under rules.dirs, then run \`sekisho rules test\``);
    });
}

function compile(
  command: Command,
  options: { readonly withSandbox?: boolean } = {},
): {
  ruleSet: Extract<ReturnType<typeof compileRules>, { ok: true }>['value'];
  policies: Extract<ReturnType<typeof compilePolicies>, { ok: true }>['value'];
} {
  const loaded = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());
  const problems: Problem[] = [];
  const pack = readPack(loaded, problems);
  if (pack === null || problems.length > 0) {
    printProblems(terminal, problems);
    throw new CommandError(exitCode.problems, 'the rules have problems');
  }
  const ruleSet = compileRules(pack.detectors, { disable: pack.disable, ...options });
  const policies = compilePolicies(pack.policies, pack.disable);
  if (ruleSet.ok && policies.ok) {
    const groups = Object.keys(loaded.config.organisation.groups);
    const unknown = checkNames(policies.value, { groups, types: typesOf(pack, ruleSet.value) });
    if (unknown.length === 0) return { ruleSet: ruleSet.value, policies: policies.value };
    printProblems(terminal, unknown);
  } else printProblems(terminal, [...(ruleSet.ok ? [] : ruleSet.error), ...(policies.ok ? [] : policies.error)]);
  throw new CommandError(exitCode.problems, 'the rules have problems');
}
