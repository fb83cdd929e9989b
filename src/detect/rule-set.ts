import type { CompiledRule } from './compiled-rule.ts';
import type { EntityType } from './detection.ts';
import type { PatternSearch } from './pattern-search.ts';
import type { Rule } from './rule.ts';
import type { WordList } from './word-list.ts';

/** All rules that run, and those that rest. */
export type RuleSet = {
  /** The pack's version, + and the first 12 hex digits of SHA-256 over the files: equal versions detect equally. */
  readonly version: string;
  readonly rules: readonly CompiledRule[];
  /** Sandbox and deprecated rules: they compile and do nothing. */
  readonly resting: readonly CompiledRule[];
  /** Every pattern of every rule that runs. */
  readonly search: PatternSearch;
  /** The words that make a line a table's header. */
  readonly headerWords: WordList;
};

/** What the rules call a type of finding: the title of the first rule that finds it. */
export function titleOfType({ rules }: RuleSet, type: EntityType): Rule['title'] | null {
  return rules.find(({ entity }) => entity === type)?.title ?? null;
}
