import { z } from 'zod';
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
  types: z.array(z.string()).optional().describe('only these kinds of data'),
});
export type Conditions = z.infer<typeof conditions>;

const example = z.strictObject({ facts: z.record(z.string(), z.unknown()), holds: z.boolean(), about: z.string().optional() });

/** A policy file, `policies/ID/policy.yaml`. */
export const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.number().int().positive(),
  title: bilingual,
  reason: z.enum(reasonCodes),
  severity: z.enum(['high', 'medium', 'low']),
  phase: z.enum(['self_check', 'approval']).default('approval'),
  action: z.enum(['hold', 'monitor', 'off']).default('hold').describe('monitor: recorded, never the reason of a hold'),
  when: conditions,
  examples: z.array(example).min(2),
});
export type Policy = z.infer<typeof policySchema>;
export type PolicySet = { readonly version: string; readonly policies: readonly Policy[] };

/** What the site sets beside the rule files. */
export type PolicySettings = {
  readonly mode: 'enforce' | 'monitor';
  readonly split: boolean;
  readonly unscannable: 'hold' | 'deliver';
  /** File types that may be unreadable. */
  readonly allowTypes: readonly string[];
};
