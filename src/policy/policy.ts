import { z } from 'zod';
import { layeredJsonSchema, nearestName, type FilePlace, type ReplacedRule, type Step } from '../core/index.ts';
import { conditions } from './conditions.ts';
import { reasonCodes, type Approver, type ReasonCode } from './verdict.ts';

const bilingual = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });

const siteReason = '^site\\.[a-z0-9_]+$';
const reason = z
  .string()
  .superRefine((code, context) => {
    if ((reasonCodes as readonly string[]).includes(code) || new RegExp(siteReason).test(code)) return;
    const near = nearestName(code, reasonCodes);
    const hint = near === null ? `; known are ${reasonCodes.join(', ')}` : `; did you mean \`${near}\`?`;
    const message = code.startsWith('site.')
      ? 'is not right: a reason of your own is `site.` and lower-case letters, digits and underscores'
      : `is no reason that there is, and one of your own begins with \`site.\`${hint}`;
    context.addIssue({ code: 'custom', message });
  })
  .transform((code) => code as ReasonCode)
  .meta({ anyOf: [{ enum: reasonCodes }, { pattern: siteReason }] })
  .describe('The code that scripts and the audit log see; it decides which facts are looked at. `site.NAME`: the conditions alone decide.');

const approver = z
  .union([
    z.literal('sender_manager'),
    z
      .strictObject({ department: z.string().min(1).optional(), user: z.string().min(3).optional() })
      .refine(({ department, user }) => (department === undefined) !== (user === undefined), 'needs either `department` or `user`'),
  ])
  .transform((given): Approver => {
    if (given === 'sender_manager') return given;
    return given.user === undefined ? { department: given.department ?? '' } : { user: given.user.toLowerCase() };
  })
  .describe(
    "who decides or is told: `department: NAME` (its approvers), `user: ADDRESS`, or `sender_manager`; else the sender's department",
  );

const example = z.strictObject({
  facts: z.record(z.string(), z.unknown()),
  holds: z.boolean().optional().describe('whether the policy fires on these facts'),
  fires: z.boolean().optional().describe('the same, in a policy that holds nothing'),
  about: z.string().optional(),
});

const shape = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, as the folder is named'),
  version: z.number().int().positive().describe('Raise it with every change.'),
  title: bilingual.describe('What people read: in the web UI, in reports, and the sender whose mail is rejected.'),
  reason,
  severity: z.enum(['high', 'medium', 'low']).describe('How carefully a release is made.'),
  phase: z.enum(['self_check', 'approval']).default('approval').describe('self_check: the sender is asked first; approval: an approver.'),
  action: z
    .enum(['hold', 'reject', 'delay', 'notify', 'tag', 'deliver', 'monitor', 'off'])
    .default('hold')
    .describe(
      'hold: kept for a decision; reject: goes back to the sender at once; delay: goes out after `delay_minutes`; notify: goes out, the approver is told; tag: goes out, remembered; deliver: an exception, later policies do not count; monitor: a hold that is only recorded; off: not looked at',
    ),
  delay_minutes: z.number().int().positive().max(10_080).optional().describe('with `delay`: how long the mail waits'),
  mode: z.enum(['enforce', 'monitor']).default('enforce').describe('monitor: the action is recorded, not carried out'),
  order: z.number().int().default(100).describe('lower comes first; a `deliver` policy lets pass what comes after it'),
  final: z.boolean().default(false).describe('true: no `deliver` policy lets it pass'),
  approver: approver.optional(),
  when: conditions,
  examples: z.array(example).min(2).describe('Facts of a mail and whether the policy fires; `rules test` runs them.'),
});

/** A policy file, `policies/ID/policy.yaml`. */
export const policySchema = shape.superRefine((policy, context) => {
  const complain = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
  if (policy.action === 'delay' && policy.delay_minutes === undefined)
    complain(['delay_minutes'], 'is missing: `action: delay` needs the minutes, for example `delay_minutes: 10`');
  if (policy.action === 'deliver' && policy.when.severities !== undefined)
    complain(['when', 'severities'], 'does not go with `action: deliver`; name the reasons that shall not count in `reasons`');
  for (const [index, { holds, fires }] of policy.examples.entries()) {
    if ((holds === undefined) === (fires === undefined)) complain(['examples', index], 'must say either `holds` or `fires`, true or false');
  }
});
export type Policy = z.infer<typeof policySchema>;

/** A `policy.yaml` that says `extends`: what it does not say it takes over from the policy named. */
export const policyOverrideSchema = shape.partial().extend({
  id: shape.shape.id,
  extends: z
    .string()
    .describe('The id of the policy to take everything from that is not said here; its own id changes the built-in policy.'),
  when: conditions.partial().optional().describe('Conditions given replace; the others stay.'),
  examples: z.array(example).optional(),
  add: z
    .strictObject({
      when: z
        .strictObject({
          types: z.array(z.string()),
          strength: conditions.shape.strength,
          addressee_strength: conditions.shape.addressee_strength,
          recipient_domain: conditions.shape.recipient_domain,
          recipient_address: conditions.shape.recipient_address,
          sender: conditions.shape.sender,
          sender_group: conditions.shape.sender_group,
          department: conditions.shape.department,
        })
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
  readonly replaces: ReplacedRule | null;
  readonly placeOf: (path: readonly Step[]) => FilePlace;
};
export type PolicySet = {
  /** The pack's version, + and the first 12 hex digits of SHA-256 over the files: equal versions decide equally. */
  readonly version: string;
  /** In the order they are judged in. */
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
