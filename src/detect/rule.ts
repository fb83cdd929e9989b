import { z } from 'zod';
import { layeredJsonSchema } from '../core/index.ts';
import { canonicalForms } from './canonical.ts';
import { validators } from './validators/validators.ts';

const words = z.array(z.string().min(1)).min(1);
const confidence = z.number().gt(0).max(1);
const localized = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });

const patternSchema = z
  .strictObject({
    name: z.string().min(1).describe('Names the pattern in test reports.'),
    regex: z
      .string()
      .min(1)
      .describe('RE2 syntax, over normalized text, within one line. A group named `value` narrows the finding to it.'),
    boundary: z
      .enum(['digit', 'alnum', 'kana', 'none'])
      .describe('What may not stand directly before or after the finding. RE2 has no look-around, so the engine checks the neighbours.'),
    confidence: confidence.describe('Without any context. Below 0.5 a detection is a candidate only and is no finding.'),
    column_only: z.boolean().default(false).describe('True: only a column header or a label cell is context for this pattern.'),
    not_near: words
      .optional()
      .describe('Words up to 300 characters before, across lines, that veto this pattern (dial-ins of an online meeting).'),
    validator: z.enum(validatorNames()).optional().describe('Overrides the rule’s validator for this pattern.'),
  })
  .readonly();

const contextSchema = z
  .strictObject({
    words: words.describe('Words near the value that say what it is.'),
    within: z.int().min(1).max(300).describe('How many characters before or after the value a word may stand.'),
    same_line: z.boolean().default(true).describe('False: words in the lines before and after count too, within the same distance.'),
    after: z.boolean().default(true).describe('False: only words before the value count.'),
    suffixes: words.optional().describe('Words directly after the value (3月7日生まれ); other numbers may follow.'),
    columns: words.optional().describe('Further words that count as the header of a table column or as the label cell to the left.'),
    raises_to: confidence.describe('The confidence of a value with context.'),
    required: z.boolean().default(false).describe('True: without context there is no detection at all.'),
  })
  .readonly();

const vetoSchema = z
  .strictObject({
    words: words.describe('Labels directly before the value, or its column header, that say it is something else.'),
    within: z.int().min(1).max(300).default(16),
    followed_by: words.optional().describe('What stands directly after something else: a unit, a PIN, the codes of a one-tap dial-in.'),
    any_label: z.boolean().default(false).describe('True: any other …番号, …No., …ID or …コード directly before the value vetoes too.'),
  })
  .readonly();

const examplesSchema = z
  .strictObject({
    match: z.array(z.string().min(1)).min(3).describe('Texts in which the rule must find something. {{macros}} are generated.'),
    no_match: z.array(z.string().min(1)).min(3).describe('Texts in which it must find nothing; at least one a near miss.'),
    todo_match: z.array(z.string().min(1)).optional().describe('Known misses; reported, never failing.'),
    todo_no_match: z.array(z.string().min(1)).optional().describe('Known false hits; reported, never failing.'),
  })
  .readonly();

const prefilterSchema = z.strictObject({
  min_digits: z.int().min(1).max(20).optional().describe('Fewer digits in a line: no pattern is tried.'),
  any_of: words.optional().describe('None of these strings in a line: no pattern is tried.'),
});

const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, as the folder is named'),
  version: z.int().min(1).describe('Raise it with every change.'),
  title: localized,
  entity: z
    .string()
    .regex(/^[a-z0-9]+(?:_[a-z0-9]+)*$/, 'lower-case words joined by underscores')
    .describe('The type of the findings: my_number, phone, … or a word of your own.'),
  maturity: z
    .enum(['sandbox', 'incubating', 'stable', 'deprecated'])
    .describe('sandbox: off. incubating: candidates only. stable: decides. deprecated: off, see successor.'),
  successor: z.string().optional().describe('The id of the rule that replaces a deprecated one.'),
  references: z.array(z.url()).optional(),
  prefilter: prefilterSchema.readonly().default({}),
  patterns: z.array(patternSchema).min(1).readonly(),
  validator: z.enum(validatorNames()).optional().describe('Is the matched text really such a value?'),
  canonical: z.enum(canonicalNames()).default('text').describe('How the value is spelled for comparison.'),
  context: contextSchema.optional(),
  veto: vetoSchema.optional(),
  examples: examplesSchema,
});

/** One `rules/detectors/<id>/rule.yaml`. */
export const ruleSchema = rule
  .refine((value) => value.maturity !== 'deprecated' || value.successor !== undefined, {
    path: ['successor'],
    message: 'is missing: a deprecated rule names its successor',
  })
  .refine((value) => value.context !== undefined || value.patterns.some((pattern) => pattern.confidence >= 0.5), {
    path: ['patterns'],
    message: 'never find anything: without `context` at least one needs a confidence of 0.5 or more',
  });

const texts = z.array(z.string().min(1));

/** A `rule.yaml` that says `extends`: what it does not say it takes over from the rule named. */
export const ruleOverrideSchema = rule.partial().extend({
  id: rule.shape.id,
  extends: z.string().describe('The id of the rule to take everything from that is not said here; its own id changes the built-in rule.'),
  context: contextSchema.unwrap().partial().nullable().optional().describe('Keys given replace; null takes the context away.'),
  veto: vetoSchema.unwrap().partial().nullable().optional(),
  validator: rule.shape.validator.nullable(),
  prefilter: prefilterSchema.nullable().optional(),
  examples: z.strictObject({ match: texts, no_match: texts, todo_match: texts, todo_no_match: texts }).partial().optional(),
  add: z
    .strictObject({
      references: z.array(z.url()),
      prefilter: z.strictObject({ any_of: words }),
      patterns: z.array(patternSchema),
      context: z.strictObject({ words, suffixes: words, columns: words }).partial(),
      veto: z.strictObject({ words, followed_by: words }).partial(),
      examples: z.strictObject({ match: texts, no_match: texts, todo_match: texts, todo_no_match: texts }).partial(),
    })
    .partial()
    .optional()
    .describe('Appended to the lists taken over.'),
});

export type Rule = z.infer<typeof ruleSchema>;
export type RulePattern = Rule['patterns'][number];

function validatorNames(): readonly [string, ...string[]] {
  return Object.keys(validators) as [string, ...string[]];
}

function canonicalNames(): readonly [string, ...string[]] {
  return Object.keys(canonicalForms) as [string, ...string[]];
}

/** The JSON Schema of a rule file (`rules/rule.schema.json`), for editors. */
export function ruleJsonSchema(): object {
  return layeredJsonSchema(ruleSchema, ruleOverrideSchema);
}
