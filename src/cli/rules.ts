import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { builtInRules } from '../adapters/rules-fs/index.ts';
import { loadOrganisation } from '../config/index.ts';
import { builtInOrigin, type Problem } from '../core/index.ts';
import { checkExamples, findSlowRules, ruleBudget, testRules } from '../detect/index.ts';
import { testPolicies } from '../policy/index.ts';
import { compilePack, type CompiledPack } from './compile-pack.ts';
import { defaultConfig, loadOrExit, type SharedOptions } from './context.ts';
import { CommandError, exitCode, usageError } from './exit.ts';
import { listRules, tableOfRules } from './list-rules.ts';
import { noticesOf } from './rule-notices.ts';
import { detectorScaffold, policyScaffold } from './rule-scaffolds.ts';
import { counted, printProblems, terminal } from './terminal.ts';

const examplesSeeds = 50;

/** `rules test|lint|new|list`: the detectors and policies in force. */
export function addRuleCommands(program: Command): void {
  const rules = program.command('rules').description('detectors and policies / ルール');
  rules
    .command('lint')
    .description(`schema, patterns, ids, speed (${ruleBudget} ms of CPU for a megabyte); problems as file:line:col`)
    .action((_: object, command: Command) => lint(compile(command)));
  rules
    .command('test')
    .description(`runs every example, numbers made anew with ${examplesSeeds} seeds`)
    .action((_: object, command: Command) => testExamples(compile(command, true)));
  rules
    .command('list')
    .description('all rules in force, and where each comes from')
    .option('--json', 'as JSON')
    .action((options: { readonly json?: boolean }, command: Command) => {
      const all = listRules(compile(command));
      terminal.out(options.json === true ? JSON.stringify(all) : tableOfRules(all));
    });
  addNewCommand(rules);
}

function lint(pack: CompiledPack & { readonly notices: readonly Problem[] }): void {
  const { ruleSet, notices } = pack;
  const unusable = checkExamples(ruleSet);
  if (unusable.length > 0) {
    printProblems(terminal, unusable);
    throw new CommandError(exitCode.problems, `${counted(unusable.length, 'example')} cannot be run`);
  }
  const { problems, slowest } = findSlowRules(ruleSet, ruleBudget, cpuTimeOf);
  if (problems.length > 0) {
    printProblems(terminal, problems);
    throw new CommandError(exitCode.problems, `${counted(problems.length, 'rule')} too slow`);
  }
  printProblems(terminal, notices);
  if (slowest !== null)
    terminal.note(`slowest: ${slowest.id}, ${slowest.cost.toFixed(0)} ms of CPU for a megabyte of text (limit ${ruleBudget})`);
  terminal.note(`${census(pack)}: no problems${notices.length === 0 ? '' : `, ${counted(notices.length, 'notice')}`}`);
}

function testExamples(pack: CompiledPack): void {
  const { failures: ofRules, mended } = testRules(pack.ruleSet, { seeds: examplesSeeds });
  const ofPolicies = testPolicies(pack.policies).failures;
  // An example fails with one seed or with all fifty: its place and the first text are what helps.
  const failing = [...Map.groupBy(ofRules, ({ rule, kind, example }) => [rule, kind, example].join('\0')).values()].flatMap((all) =>
    all.slice(0, 1),
  );
  printProblems(terminal, failing);
  printProblems(terminal, mended);
  printProblems(
    terminal,
    ofPolicies.map((failure) => ({ ...failure, message: `${failure.rule}: ${failure.message}` })),
  );
  const count = failing.length + ofPolicies.length;
  if (count > 0) throw new CommandError(exitCode.problems, `${counted(count, 'example')} failed`);
  terminal.note(`${census(pack)}: every example holds`);
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
      const kind = isPolicy ? 'policies' : 'detectors';
      if (existsSync(join(builtInRules, kind, id)))
        throw usageError(
          `\`${id}\` is a shipped rule; take another id, or change it by a file that says \`extends: ${id}\` (rules/README.md)`,
        );
      const folder = join(options.dir, kind, id);
      if (existsSync(folder)) throw new CommandError(exitCode.problems, `${folder} exists already`);
      mkdirSync(folder, { recursive: true });
      const file = join(folder, isPolicy ? 'policy.yaml' : 'rule.yaml');
      writeFileSync(file, isPolicy ? policyScaffold(id) : detectorScaffold(id));
      terminal.note(`${file} written; name ${options.dir} under rules.dirs, then run \`sekisho rules test\``);
    });
}

/** How many rules and examples were looked at, the site's own apart: that its files were read at all is what it wants to know. */
function census({ ruleSet, policies }: CompiledPack): string {
  const rules = [
    ...ruleSet.rules.map(({ origin, source: { examples } }) => ({
      kind: 'detector',
      isShipped: origin === builtInOrigin,
      examples: examples.match.length + examples.no_match.length,
    })),
    ...policies.policies.map(({ id, examples }) => ({
      kind: 'policy',
      isShipped: policies.sources.get(id)?.origin === builtInOrigin,
      examples: examples.length,
    })),
  ];
  return [true, false]
    .map((isShipped) => {
      const all = rules.filter((rule) => rule.isShipped === isShipped);
      const of = (kind: string): number => all.filter((rule) => rule.kind === kind).length;
      const examples = all.reduce((sum, rule) => sum + rule.examples, 0);
      const counts = [counted(of('detector'), 'detector'), counted(of('policy'), 'policy', 'policies'), counted(examples, 'example')];
      return `${isShipped ? 'shipped' : 'site'}: ${counts.join(', ')}`;
    })
    .join('; ');
}

function compile(command: Command, withSandbox = false): CompiledPack & { readonly notices: readonly Problem[] } {
  const loaded = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());
  const pack = compilePack(loaded, withSandbox);
  if (pack.ok) return { ...pack.value, notices: noticesOf(pack.value, loadOrganisation(loaded).organisation) };
  printProblems(terminal, pack.error);
  throw new CommandError(exitCode.problems, 'the rules have problems');
}
