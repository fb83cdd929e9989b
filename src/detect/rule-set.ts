import type RE2 from 're2';
import type { RuleId } from '../core/index.ts';
import type { EntityType } from './detection.ts';
import type { Rule, RulePattern } from './rule.ts';

/** A pattern with its RE2 program (global, so that one `exec` after another walks a line). */
export type CompiledPattern = {
  readonly rule: RulePattern;
  readonly regex: RE2;
  isValid(value: string): boolean;
  readonly provesByCheckDigit: boolean;
  readonly notNear: readonly string[];
};

/** A rule ready to run. Word lists are normalized as the text is. */
export type CompiledRule = {
  readonly id: RuleId;
  readonly entity: EntityType;
  readonly source: Rule;
  readonly file: string;
  readonly minDigits: number;
  readonly anyOf: readonly string[];
  readonly patterns: readonly CompiledPattern[];
  readonly context: {
    readonly words: readonly string[];
    readonly columns: readonly string[];
    readonly suffixes: readonly string[];
    readonly within: number;
    readonly sameLine: boolean;
    readonly after: boolean;
    readonly raisesTo: number;
    readonly required: boolean;
  } | null;
  readonly veto: {
    readonly words: readonly string[];
    readonly within: number;
    readonly followedBy: readonly string[];
    readonly anyLabel: boolean;
  };
  canonical(value: string): string;
};

/** All rules that run (sandbox and deprecated ones are left out), with a pattern of the words that make a line a table's header. */
export type RuleSet = {
  /** `1.0.0+` and the first 12 hex digits of SHA-256 over the files: equal versions detect equally. */
  readonly version: string;
  readonly rules: readonly CompiledRule[];
  readonly headerWords: RegExp;
};

/** What is wrong with a rule file, and where; line and column count from 1. */
export type RuleProblem = { readonly file: string; readonly line: number; readonly column: number; readonly message: string };
