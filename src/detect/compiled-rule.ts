import type { FilePlace, ReplacedRule, RuleId, Step } from '../core/index.ts';
import type { EntityType } from './detection.ts';
import type { NumberShape } from './number-shape.ts';
import type { PatternNeeds } from './pattern-needs.ts';
import type { Rule, RulePattern } from './rule.ts';
import type { WordList } from './word-list.ts';

/** A pattern with its program (RE2's, or V8's for a bounded one; global, so that one `exec` after another walks a line). */
export type CompiledPattern = {
  readonly rule: RulePattern;
  readonly regex: RegExp;
  /** True: V8's program, whose only group is `value`. */
  readonly isBounded: boolean;
  /** A part of every match that is looked for first, when that is quicker. */
  readonly core: RegExp | null;
  readonly needs: PatternNeeds;
  readonly shape: NumberShape;
  readonly isValid: (value: string) => boolean;
  readonly provesByCheckDigit: boolean;
  readonly notNear: WordList;
};

/** A rule ready to run. Word lists are normalized as the text is. */
export type CompiledRule = {
  readonly id: RuleId;
  readonly entity: EntityType;
  readonly title: Rule['title'];
  readonly maturity: Rule['maturity'];
  readonly source: Rule;
  readonly file: string;
  /** The pack or folder it came from, as `RuleFile.origin` says. */
  readonly origin: string | null;
  readonly extends: string | null;
  readonly replaces: ReplacedRule | null;
  /** Where a value of `source` is written; for a rule with `extends` that may be another file. */
  readonly placeOf: (path: readonly Step[]) => FilePlace;
  readonly minDigits: number;
  readonly anyOf: WordList;
  readonly patterns: readonly CompiledPattern[];
  readonly context: {
    readonly words: WordList;
    readonly columns: WordList;
    readonly suffixes: WordList;
    readonly within: number;
    readonly sameLine: boolean;
    readonly after: boolean;
    readonly raisesTo: number;
    readonly required: boolean;
  } | null;
  readonly veto: { readonly words: WordList; readonly within: number; readonly followedBy: readonly string[]; readonly anyLabel: boolean };
  canonical(value: string): string;
};

/** A pattern and the rule it belongs to. */
export type Program = { readonly rule: CompiledRule; readonly pattern: CompiledPattern };
