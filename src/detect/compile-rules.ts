import { createHash } from 'node:crypto';
import RE2 from 're2';
import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import { err, ok, type Result, type RuleId } from '../core/index.ts';
import { normalize } from '../normalize/index.ts';
import { canonicalForms } from './canonical.ts';
import type { CompiledPattern, CompiledRule, RuleProblem, RuleSet } from './rule-set.ts';
import { lowerCase } from './line.ts';
import { ruleSchema, type Rule, type RulePattern } from './rule.ts';
import { toWordList } from './word-list.ts';
import { checkDigitValidators, validators } from './validators/validators.ts';

/** The rule pack's own semantic version: major may newly hold mail, minor is new or wider, patch is fewer false hits. */
const packVersion = '1.0.0';
/** RE2 builds the set's automaton as texts need it and starts it anew when it outgrows this. */
const patternSetBytes = 64 * 1024 * 1024;

export type RuleFile = { readonly path: string; readonly text: string };

/**
 * Rule files (`<id>/rule.yaml`, as text) → the rule set that runs, or every problem with its file, line and column.
 * An unknown key, a wrong type, a regex that RE2 refuses, a missing example, an id unlike its folder or used twice: each is a problem.
 */
export function compileRules(files: readonly RuleFile[]): Result<RuleSet, readonly RuleProblem[]> {
  const problems: RuleProblem[] = [];
  const byId = new Map<string, CompiledRule>();
  for (const file of files) {
    const read = readRule(file);
    if (!read.ok) {
      problems.push(...read.error);
      continue;
    }
    const earlier = byId.get(read.value.id);
    if (earlier === undefined) byId.set(read.value.id, read.value);
    else problems.push({ file: file.path, line: 1, column: 1, message: `id \`${read.value.id}\` is taken by ${earlier.file}` });
  }
  if (problems.length > 0) return err(problems);
  const rules = [...byId.values()].filter(({ source }) => source.maturity === 'stable' || source.maturity === 'incubating');
  return ok(toRuleSet(rules, versionOf(files)));
}

function toRuleSet(rules: readonly CompiledRule[], version: string): RuleSet {
  const programs = rules.flatMap((rule) => rule.patterns.map((pattern) => ({ rule, pattern })));
  const set = new RE2.Set(
    programs.map(({ pattern }) => pattern.rule.regex),
    'u',
    { maxMem: patternSetBytes },
  );
  const everyProgram = [...programs.keys()];
  const digitless = rules.filter(({ minDigits }) => minDigits === 0);
  return {
    version,
    rules,
    programs,
    matching: (line) => matchSet(set, line, everyProgram),
    fewestDigits: Math.min(...rules.filter(({ minDigits, anyOf }) => minDigits > 0 || anyOf.isEmpty).map(({ minDigits }) => minDigits)),
    digitlessWords: toWordList(digitless.flatMap(({ source }) => spell(source.prefilter.any_of))),
    headerWords: toWordList(
      rules.flatMap(({ source: { context, veto } }) => [context?.words, context?.columns, veto?.words].flatMap(spellWords)),
    ),
  };
}

function versionOf(files: readonly RuleFile[]): string {
  const hash = createHash('sha256');
  // Ids, not paths: the same rules are the same version wherever they are installed.
  const texts = files.map(({ path, text }) => `${folderOf(path)}\0${text}\0`);
  for (const text of texts.toSorted()) hash.update(text);
  return `${packVersion}+${hash.digest('hex').slice(0, 12)}`;
}

/** The set's answer; every program when its automaton needs more memory than it may have: slower, and nothing is missed. */
function matchSet(set: { match(text: string): number[] }, line: string, everyProgram: readonly number[]): readonly number[] {
  try {
    return set.match(line);
  } catch {
    return everyProgram;
  }
}

function readRule(file: RuleFile): Result<CompiledRule, readonly RuleProblem[]> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines });
  const at = (offset: number, message: string): RuleProblem => {
    const { line, col } = lines.linePos(offset);
    return { file: file.path, line, column: col, message };
  };
  if (document.errors.length > 0) return err(document.errors.map((error) => at(error.pos[0], error.message.split('\n')[0] ?? error.code)));
  const parsed = ruleSchema.safeParse(document.toJS());
  if (!parsed.success) {
    return err(
      parsed.error.issues.flatMap((issue) => {
        const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null];
        return keys.map((key) => at(offsetOf(document, issue.path, key), key === null ? describe(issue) : `unknown key \`${key}\``));
      }),
    );
  }
  const rule = parsed.data;
  const problems = [...idProblems(rule, file.path), ...regexProblems(rule)];
  if (problems.length > 0) return err(problems.map(({ path, message }) => at(offsetOf(document, path, null), message)));
  return ok(compileRule(rule, file.path));
}

function describe(issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return issue.path.length === 0 ? issue.message : `\`${issue.path.map(String).join('.')}\`: ${issue.message}`;
}

const folderOf = (path: string): string => path.split(/[/\\]/).at(-2) ?? '';

type PathProblem = { readonly path: readonly PropertyKey[]; readonly message: string };

function idProblems(rule: Rule, path: string): readonly PathProblem[] {
  const folder = folderOf(path);
  return folder === rule.id ? [] : [{ path: ['id'], message: `id \`${rule.id}\` is not its folder's name \`${folder}\`` }];
}

function regexProblems(rule: Rule): readonly PathProblem[] {
  return rule.patterns.flatMap((pattern, index) => {
    try {
      const regex = toRegex(pattern);
      if (!regex.test('')) return [];
      return [{ path: ['patterns', index, 'regex'], message: 'matches the empty text' }];
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'refused';
      return [{ path: ['patterns', index, 'regex'], message: `RE2: ${reason}` }];
    }
  });
}

/** Where in the file the value at `path` (or its key `key`) stands; the nearest node above it when it is missing. */
function offsetOf(document: Document, path: readonly PropertyKey[], key: string | null): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (key !== null && depth === path.length && isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.range) return node.range[0];
  }
  return 0;
}

function toRegex(pattern: RulePattern): RE2 {
  return new RE2(pattern.regex, 'gu');
}

function compileRule(rule: Rule, file: string): CompiledRule {
  const { context, veto, prefilter } = rule;
  return {
    id: rule.id as RuleId,
    entity: rule.entity,
    title: rule.title,
    maturity: rule.maturity,
    source: rule,
    file,
    minDigits: prefilter.min_digits ?? 0,
    anyOf: toWordList(spell(prefilter.any_of)),
    patterns: rule.patterns.map((pattern) => compilePattern(pattern, rule)),
    context:
      context === undefined
        ? null
        : {
            words: toWordList(spellWords(context.words)),
            columns: toWordList(spellWords([...context.words, ...(context.columns ?? [])])),
            suffixes: toWordList(spellWords(context.suffixes)),
            within: context.within,
            sameLine: context.same_line,
            after: context.after,
            raisesTo: context.raises_to,
            required: context.required,
          },
    veto: {
      words: toWordList(spellWords(veto?.words)),
      within: veto?.within ?? 0,
      followedBy: spellWords(veto?.followed_by),
      anyLabel: veto?.any_label ?? false,
    },
    canonical: canonicalForms[rule.canonical] ?? ((value) => value),
  };
}

function compilePattern(pattern: RulePattern, rule: Rule): CompiledPattern {
  const name = pattern.validator ?? rule.validator;
  const isValid = name === undefined ? undefined : validators[name];
  return {
    rule: pattern,
    regex: toRegex(pattern),
    isValid: isValid ?? (() => true),
    provesByCheckDigit: name !== undefined && checkDigitValidators.has(name),
    notNear: toWordList(spellWords(pattern.not_near)),
  };
}

/** Words as they stand in the lines they are looked up in: normalized. */
function spell(words: readonly string[] | undefined): readonly string[] {
  return (words ?? []).map((word) => normalize(word).text);
}

/** The same for text in lower case. */
function spellWords(words: readonly string[] | undefined): readonly string[] {
  return spell(words).map(lowerCase);
}
