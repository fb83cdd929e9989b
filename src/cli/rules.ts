import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readPack } from '../config/index.ts';
import type { Problem } from '../core/index.ts';
import { compileRules, findSlowRules, ruleBudget, testRules } from '../detect/index.ts';
import { compilePolicies, testPolicies } from '../policy/index.ts';
import { defaultConfig, loadOrExit, type SharedOptions } from './context.ts';
import { CommandError, exitCode, usageError } from './exit.ts';
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
      for (const failure of ofPolicies) terminal.note(`${failure.rule}: ${failure.message}`);
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
        ...policies.policies.map(({ id, severity, action, title }) => ({
          id,
          kind: 'policy',
          finds: severity,
          state: action,
          title: title.ja,
        })),
      ];
      if (options.json === true) terminal.out(JSON.stringify(all));
      else
        terminal.out(
          formatTable(
            ['ID', 'KIND', 'FINDS', 'STATE', 'TITLE'],
            all.map((rule) => [rule.id, rule.kind, rule.finds, rule.state, rule.title]),
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
    .description('writes the scaffold of a detector into ./rules/detectors/ID/rule.yaml')
    .option('--dir <folder>', 'rules folder', 'rules')
    .action((id: string, options: { readonly dir: string }) => {
      if (!/^[a-z][a-z0-9-]*$/.test(id)) throw usageError('an id is lower-case letters, digits and hyphens');
      const folder = join(options.dir, 'detectors', id);
      if (existsSync(folder)) throw new CommandError(exitCode.problems, `${folder} exists already`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'rule.yaml'), scaffold(id));
      terminal.note(`${join(folder, 'rule.yaml')} written; name ${options.dir} under rules.dirs, then run \`sekisho rules test\``);
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
  if (ruleSet.ok && policies.ok) return { ruleSet: ruleSet.value, policies: policies.value };
  printProblems(terminal, [...(ruleSet.ok ? [] : ruleSet.error), ...(policies.ok ? [] : policies.error)]);
  throw new CommandError(exitCode.problems, 'the rules have problems');
}

const scaffold = (id: string): string => `# A detector: what to look for, what must stand beside it, and proof that it works.
id: ${id}
version: 1
title: { ja: 社員番号, en: Employee number }
entity: employee_number
maturity: stable
patterns:
  - name: plain
    regex: 'E[0-9]{6}'
    boundary: alnum
    confidence: 0.5
context:
  words: [社員番号, 従業員番号]
  within: 20
  raises_to: 0.95
examples:
  match:
    - 社員番号：E123456
    - 従業員番号 E000001 の件
    - '社員番号 E654321'
  no_match:
    - 部品 XE123456
    - 社員番号 E12345
    - 社員番号はありません
`;
