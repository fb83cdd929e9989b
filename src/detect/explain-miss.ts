import type { NormalizedText } from '../normalize/index.ts';
import { isBounded } from './check-boundary.ts';
import type { Detection } from './detection.ts';
import { Lines } from './line.ts';
import { plainSigns } from './sign-table.ts';
import { valueOf } from './match-lines.ts';
import type { CompiledPattern, CompiledRule } from './compiled-rule.ts';

/** Why the rule found nothing in a text in which it should have: the first hurdle that the nearest match did not take, in one clause. */
export function explainMiss(rule: CompiledRule, text: NormalizedText, detections: readonly Detection[]): string {
  const candidate = detections.find((detection) => detection.rule === rule.id);
  if (candidate !== undefined) {
    const pattern = candidate.because?.pattern ?? '';
    return `pattern \`${pattern}\` matches, but nothing raises it above confidence ${candidate.confidence}${wordsOf(rule)}`;
  }
  const lines = new Lines(text.text, plainSigns);
  const texts = Array.from({ length: lines.count }, (_, line) => lines.textOf(line));
  const hurdles = rule.patterns.flatMap((pattern) => texts.map((line) => hurdleOf(pattern, line)));
  const highest = hurdles.toSorted((a, b) => b.height - a.height)[0];
  if (highest === undefined || highest.height === 0) return `no pattern matches the normalized text ${JSON.stringify(text.text)}`;
  if (highest.height < cleared) return highest.why;
  const other = detections.find((detection) => detection.rule !== rule.id);
  if (other !== undefined) return `${highest.why}, but \`${other.rule}\` is surer of it or finds a longer text`;
  return `${highest.why}, but it is vetoed, stands in a web address, or lacks the context that it needs${wordsOf(rule)}`;
}

const wordsOf = ({ context, source }: CompiledRule): string =>
  context === null
    ? ''
    : ` (context words, within ${context.within} characters: ${(source.context?.words ?? []).slice(0, 5).join(', ')} …)`;

type Hurdle = { readonly height: number; readonly why: string };
const cleared = 3;

function hurdleOf(pattern: CompiledPattern, line: string): Hurdle {
  const { regex, rule, isValid } = pattern;
  regex.lastIndex = 0;
  const match = regex.exec(line);
  regex.lastIndex = 0;
  if (match === null) return { height: 0, why: '' };
  const value = valueOf(pattern, match);
  const start = match.index + match[0].lastIndexOf(value);
  const named = `pattern \`${rule.name}\` matches \`${value}\``;
  if (!isBounded(line, start, start + value.length, rule.boundary))
    return { height: 1, why: `${named}, but what stands beside it makes it a piece of something longer (boundary: ${rule.boundary})` };
  if (!isValid(value)) return { height: 2, why: `${named}, but the validator refuses it` };
  return { height: cleared, why: named };
}
