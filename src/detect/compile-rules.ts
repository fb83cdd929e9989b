import RE2 from 're2';
import {
  err,
  layerRules,
  ok,
  versionOfRules,
  type LayeredRule,
  type Problem,
  type Result,
  type RuleFile,
  type RuleId,
} from '../core/index.ts';
import { normalize } from '../normalize/index.ts';
import { toBoundedRegex, toCore } from './bounded-regex.ts';
import { canonicalForms } from './canonical.ts';
import type { CompiledPattern, CompiledRule } from './compiled-rule.ts';
import type { RuleSet } from './rule-set.ts';
import { lowerCase } from './line.ts';
import { anyShape, shapeOf, type NumberShape } from './number-shape.ts';
import { parsePattern } from './parse-pattern.ts';
import { needsOf, type PatternNeeds } from './pattern-needs.ts';
import { PatternSearch } from './pattern-search.ts';
import { ruleOverrideSchema, ruleSchema, type Rule, type RulePattern } from './rule.ts';
import { toWordList } from './word-list.ts';
import { checkDigitValidators, digitsOfValidator, validators } from './validators/validators.ts';

export type CompileOptions = {
  /** Ids left out; their rules may still be extended. */
  readonly disable?: readonly string[];
  /** True: sandbox rules run too, as `rules test` does. */
  readonly withSandbox?: boolean;
};

/**
 * Rule files (`<id>/rule.yaml`, as text, in the order of their origins) → the rule set that runs, or every problem with its file, line and
 * column. An unknown key, a wrong type, a regex that RE2 refuses, a missing example, an id unlike its folder or used twice: each is a problem.
 */
export function compileRules(files: readonly RuleFile[], options: CompileOptions = {}): Result<RuleSet, readonly Problem[]> {
  const layered = layerRules(files, { full: ruleSchema, override: ruleOverrideSchema });
  if (!layered.ok) return layered;
  const kept = layered.value.filter(({ id }) => options.disable?.includes(id) !== true);
  const problems = kept.flatMap(regexProblems);
  if (problems.length > 0) return err(problems);
  const runs = ({ value: { maturity } }: LayeredRule<Rule>): boolean =>
    maturity === 'stable' || maturity === 'incubating' || (maturity === 'sandbox' && options.withSandbox === true);
  const compile = (layer: LayeredRule<Rule>): CompiledRule => compileRule(layer);
  return ok(toRuleSet(kept.filter(runs).map(compile), kept.filter((layer) => !runs(layer)).map(compile), versionOfRules(kept)));
}

function toRuleSet(rules: readonly CompiledRule[], resting: readonly CompiledRule[], version: string): RuleSet {
  return {
    version,
    rules,
    resting,
    search: new PatternSearch(rules),
    headerWords: toWordList(
      rules.flatMap(({ source: { context, veto } }) => [context?.words, context?.columns, veto?.words].flatMap(spellWords)),
    ),
  };
}

/** What RE2 refuses, and what would match everywhere. */
function regexProblems({ value: { patterns }, placeOf }: LayeredRule<Rule>): readonly Problem[] {
  return patterns.flatMap((pattern, index) => {
    const message = judgeRegex(pattern);
    return message === null ? [] : [{ ...placeOf(['patterns', index, 'regex']), message }];
  });
}

function judgeRegex(pattern: RulePattern): string | null {
  try {
    if (toRegex(pattern).test(''))
      return 'matches the empty text, so it would match everywhere; make a part of it obligatory (`+` instead of `*`)';
    return null;
  } catch (error) {
    // The flags are the binding's, not the rule's.
    const refusal = error instanceof Error ? error.message.replace('(?m)', '') : 'refused';
    return `RE2: ${refusal}${hintFor(pattern.regex, refusal)}`;
  }
}

function hintFor(regex: string, refusal: string): string {
  if (/\(\?<?[=!]/.test(regex))
    return '. RE2 has no look-around: say with `boundary: digit | alnum | kana` what may not stand beside the value, and with a group `(?P<value>…)` which part is the value';
  if (refusal.includes('repetition size')) return '. RE2 repeats at most 1000 times, and repeats inside each other multiply';
  if (/\\[1-9]/.test(regex)) return '. RE2 has no back-references: write the alternatives out';
  return '';
}

function toRegex(pattern: RulePattern): RE2 {
  return new RE2(pattern.regex, 'gmu');
}

function compileRule({ value: rule, files: [file], extends: from, replaces, placeOf }: LayeredRule<Rule>): CompiledRule {
  const { context, veto, prefilter } = rule;
  return {
    id: rule.id as RuleId,
    entity: rule.entity,
    title: rule.title,
    maturity: rule.maturity,
    source: rule,
    file: file.path,
    origin: file.origin ?? null,
    extends: from,
    replaces,
    placeOf,
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

/** A validator may want more digits than its patterns. */
const withDigits = (shape: NumberShape, digits: number): NumberShape => ({ ...shape, digits: Math.max(shape.digits, digits) });

/** Of a pattern that only RE2 can read. */
const needless: PatternNeeds = { sets: [], digits: 0, run: 0 };

function compilePattern(pattern: RulePattern, rule: Rule): CompiledPattern {
  const name = pattern.validator ?? rule.validator;
  const isValid = name === undefined ? undefined : validators[name];
  const parsed = parsePattern(pattern.regex);
  const bounded = parsed === null ? null : toBoundedRegex(parsed);
  return {
    rule: pattern,
    regex: bounded ?? toRegex(pattern),
    isBounded: bounded !== null,
    core: parsed === null ? null : toCore(parsed),
    needs: parsed === null ? needless : needsOf(parsed),
    shape: parsed === null ? anyShape : withDigits(shapeOf(parsed, pattern.boundary), digitsOfValidator[name ?? ''] ?? 0),
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
