import type { CharSet } from './char-set.ts';
import type { Lines } from './line.ts';
import { anything, longestLength } from './number-shape.ts';
import type { CompiledRule, Program } from './compiled-rule.ts';
import { mostSigns, signBit, toSignTable, type SignTable } from './sign-table.ts';

/** Of each program: digits, the fewest side by side as a mask of lengths, digits between narrow and wide joints, masks of the shape, signs. */
const fieldsOfProgram = 9;

/**
 * Which patterns can match in a line, by what was noted of it in one pass: its digits, the most of them side by side, and which of the characters
 * stand in it that patterns need. Everything else would have to look at the text again for each of the patterns.
 */
export class PatternSearch {
  readonly signs: SignTable;
  readonly #programs: readonly Program[];
  readonly #needs: Int32Array;
  /** From here on the programs count only in a table's columns and beside label cells. */
  readonly #firstInTables: number;

  constructor(rules: readonly CompiledRule[]) {
    // Rules that need few digits first: a line with fewer ends the search.
    const programs = rules
      .toSorted((a, b) => a.minDigits - b.minDigits)
      .flatMap((rule) => rule.patterns.map((pattern): Program => ({ rule, pattern })));
    const anywhere = programs.filter(({ pattern }) => !pattern.rule.column_only);
    this.#programs = [...anywhere, ...programs.filter(({ pattern }) => pattern.rule.column_only)];
    this.#firstInTables = anywhere.length;
    const sets = chooseSets(this.#programs);
    this.signs = toSignTable(sets);
    const bitOf = new Map(sets.map((set, index) => [nameOf(set), signBit(index)]));
    this.#needs = Int32Array.from(
      this.#programs.flatMap(({ rule, pattern: { needs, shape } }) => {
        const bits = needs.sets.flatMap((set) => bitOf.get(nameOf(set)) ?? []);
        return [
          Math.max(rule.minDigits, needs.digits),
          needs.run === 0 ? 0 : -1 << Math.min(needs.run, longestLength),
          shape.joints === 'narrow' ? shape.digits : 0,
          shape.joints === null ? 0 : shape.digits,
          shape.firstLengths,
          shape.lastLengths,
          shape.firstDigits,
          bits.reduce((sum, { low }) => sum | low, 0),
          bits.reduce((sum, { high }) => sum | high, 0),
        ];
      }),
    );
  }

  /** The next program from the `index`th on that can match in the line; -1 when there is none. */
  next(lines: Lines, line: number, index: number, inTables: boolean): number {
    const needs = this.#needs;
    const end = inTables ? this.#programs.length : this.#firstInTables;
    if (index >= end) return -1;
    const digits = lines.digits(line);
    const narrow = lines.narrowDigits(line);
    const wide = lines.wideDigits(line);
    const lengths = lines.runLengths(line);
    const firsts = lines.firstDigits(line);
    const low = lines.low(line);
    const high = lines.high(line);
    for (let at = index, place = index * fieldsOfProgram; at < end; at += 1, place += fieldsOfProgram) {
      if ((needs[place] ?? 0) > digits || (needs[place + 2] ?? 0) > narrow || (needs[place + 3] ?? 0) > wide) continue;
      if (((needs[place + 7] ?? 0) & ~low) !== 0 || ((needs[place + 8] ?? 0) & ~high) !== 0) continue;
      const run = needs[place + 1] ?? 0;
      if (run !== 0 && (run & lengths) === 0) continue;
      if (!fits(needs[place + 4] ?? 0, lengths) || !fits(needs[place + 5] ?? 0, lengths) || !fits(needs[place + 6] ?? 0, firsts)) continue;
      return at;
    }
    return -1;
  }

  program(index: number): Program | undefined {
    return this.#programs[index];
  }
}

/** True when one of the wanted bits is there; every bit wanted means none is. */
const fits = (wanted: number, there: number): boolean => wanted === anything || (wanted & there) !== 0;

/** As many sets as there are bits: each pattern's smallest first, then each one's next. */
function chooseSets(programs: readonly Program[]): readonly CharSet[] {
  const chosen = new Map<string, CharSet>();
  const longest = Math.max(0, ...programs.map(({ pattern: { needs } }) => needs.sets.length));
  for (let rank = 0; rank < longest; rank += 1) {
    for (const { pattern } of programs) {
      const set = pattern.needs.sets[rank];
      if (set !== undefined && chosen.size < mostSigns) chosen.set(nameOf(set), set);
    }
  }
  return [...chosen.values()];
}

const nameOf = (set: CharSet): string => JSON.stringify(set);
