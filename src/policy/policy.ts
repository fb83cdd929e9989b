import { z } from 'zod';
import { layeredJsonSchema, type FilePlace, type Step } from '../core/index.ts';
import { reasonCodes } from './verdict.ts';

const bilingual = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });
const count = z.number().int().positive();

/** What each reason's condition may be told; all thresholds of POLICY.md stand in rule files. */
const conditions = z.strictObject({
  recipient: z
    .enum(['external', 'outside', 'unknown'])
    .default('external')
    .describe('external: all but internal and partners that may receive all; outside: all but internal; unknown: registered nowhere'),
  strength: z
    .array(z.enum(['strong', 'medium', 'weak']))
    .optional()
    .describe('how surely the content is about the customer'),
  addressee_strength: z
    .array(z.enum(['strong', 'medium', 'weak']))
    .optional()
    .describe("the same, where an attachment's file name or addressee line names the customer"),
  persons: z.strictObject({ at_least: count }).optional(),
  addresses: z.strictObject({ at_least: count }).optional(),
  parties: z.strictObject({ at_least: count }).optional(),
  fresh: z.strictObject({ at_least: count }).optional().describe('addresses that stood in no mail that is answered'),
  own_company: z.enum(['hold', 'deliver']).optional().describe("a list of the recipient's own people"),
  own_number_severity: z.enum(['high', 'medium', 'low']).optional().describe("severity when the number is the recipient's own"),
  types: z
    .array(z.string())
    .optional()
    .describe(
      "sensitive_pii: only these kinds of data, a site's own among them; without it all delicate numbers and all types of the site's rules",
    ),
});
export type Conditions = z.infer<typeof conditions>;

const example = z.strictObject({ facts: z.record(z.string(), z.unknown()), holds: z.boolean(), about: z.string().optional() });

/** A policy file, `policies/ID/policy.yaml`. */
export const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, as the folder is named'),
  version: z.number().int().positive().describe('Raise it with every change.'),
  title: bilingual,
  reason: z.enum(reasonCodes).describe('The code that scripts and the audit log see; it decides which facts are looked at.'),
  severity: z.enum(['high', 'medium', 'low']).describe('How carefully a release is made.'),
  phase: z.enum(['self_check', 'approval']).default('approval').describe('self_check: the sender is asked first; approval: an approver.'),
  action: z.enum(['hold', 'monitor', 'off']).default('hold').describe('monitor: recorded, never the reason of a hold'),
  when: conditions,
  examples: z.array(example).min(2).describe('Facts of a mail and whether it is held; `rules test` runs them.'),
});
export type Policy = z.infer<typeof policySchema>;

/** A `policy.yaml` that says `extends`: what it does not say it takes over from the policy named. */
export const policyOverrideSchema = policySchema.partial().extend({
  id: policySchema.shape.id,
  extends: z
    .string()
    .describe('The id of the policy to take everything from that is not said here; its own id changes the built-in policy.'),
  when: conditions.partial().optional().describe('Conditions given replace; the others stay.'),
  examples: z.array(example).optional(),
  add: z
    .strictObject({
      when: z
        .strictObject({ types: z.array(z.string()), strength: conditions.shape.strength, addressee_strength: conditions.shape.strength })
        .partial(),
      examples: z.array(example),
    })
    .partial()
    .optional()
    .describe('Appended to the lists taken over.'),
});

/** The JSON Schema of a policy file (`rules/policy.schema.json`), for editors. */
export function policyJsonSchema(): object {
  return layeredJsonSchema(policySchema, policyOverrideSchema);
}

/** The file a policy came from, and where its values are written. */
export type PolicySource = {
  readonly file: string;
  readonly origin: string | null;
  readonly extends: string | null;
  readonly placeOf: (path: readonly Step[]) => FilePlace;
};
export type PolicySet = {
  /** The pack's version, + and the first 12 hex digits of SHA-256 over the files: equal versions decide equally. */
  readonly version: string;
  readonly policies: readonly Policy[];
  readonly sources: ReadonlyMap<string, PolicySource>;
};

/** What the site sets beside the rule files. */
export type PolicySettings = {
  readonly mode: 'enforce' | 'monitor';
  readonly split: boolean;
  readonly unscannable: 'hold' | 'deliver';
  /** File types that may be unreadable. */
  readonly allowTypes: readonly string[];
};
