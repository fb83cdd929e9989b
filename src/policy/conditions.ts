import { z } from 'zod';
import type { RecipientKind } from '../match/index.ts';

const count = z.number().int().positive();
const names = z.array(z.string().min(1)).min(1);

/** Kinds of POLICY.md, and two names for several of them. */
const recipientKinds = [
  'internal',
  'partner',
  'customer',
  'partner_none',
  'customer_domain',
  'unknown',
  'external',
  'outside',
] as const satisfies readonly (RecipientKind | 'external' | 'outside')[];
const recipientKind = z.enum(recipientKinds);

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const;
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as "22:00", in quotes');
const hours = z.strictObject({ from: clock, to: clock });
const window = z
  .strictObject({
    days: z
      .array(z.enum(days))
      .min(1)
      .optional()
      .describe('days on which the hours begin; `holiday` is a Japanese public holiday or 29 December to 3 January, and no weekday then'),
    hours: hours.optional().describe('Japan time, `to` not included; 22:00 to 06:00 runs over midnight'),
  })
  .describe('when the mail was taken in, by the clock and calendar of Japan');

/** Conditions that any policy may set; all of them must hold. Those on recipients choose the recipients the policy is about. */
const general = {
  recipient: z
    .union([recipientKind, z.array(recipientKind).min(1)])
    .default('external')
    .describe(
      'which recipients: one kind or a list. external: all but internal and partners that may receive all; outside: all but internal; unknown: registered nowhere',
    ),
  recipient_domain: names.optional().describe('recipients at these domains; `.example.jp` adds sub-domains'),
  recipient_address: names.optional().describe('these recipients'),
  sender: names.optional().describe('mail from these addresses or domains (envelope, From or Sender; for `deliver` all of them)'),
  sender_group: names.optional().describe('mail from members of these `organisation.groups`'),
  department: names.optional().describe('mail from people of these departments of the staff file'),
  attachments: z
    .strictObject({
      at_least: count.optional(),
      types: names.optional().describe('as the content says (`application/zip`, `image/*`), or the ending of the name (`.zip`)'),
      encrypted: z.boolean().optional(),
    })
    .optional()
    .describe('files attached, those inside archives included; at least one that is so, or as many as `at_least` says'),
  size: z.strictObject({ at_least: count }).optional().describe('bytes of the whole mail'),
  automatic: z.boolean().optional().describe('null sender or Auto-Submitted: auto-replies, reports, batch jobs'),
  schedule: z
    .union([window, z.array(window).min(1)])
    .optional()
    .describe('one span of time, or a list of which one must fit'),
  persons: z.strictObject({ at_least: count }).optional().describe('distinct persons with a personal attribute, signatures not counted'),
  addresses: z.strictObject({ at_least: count }).optional().describe('external addresses in To and Cc'),
  parties: z.strictObject({ at_least: count }).optional().describe('parties that these belong to'),
  fresh: z.strictObject({ at_least: count }).optional().describe('of these, addresses that stood in no mail that is answered'),
  types: names
    .optional()
    .describe(
      "kinds of personal data in the mail, a site's own among them. sensitive_pii: only these; without it all delicate numbers and all types of the site's rules",
    ),
  reasons: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('only recipients that another policy has one of these reasons about; with `deliver` the reasons that do not count'),
  severities: z
    .array(z.enum(['high', 'medium', 'low']))
    .min(1)
    .optional()
    .describe('the same by severity'),
};

const strengths = z.array(z.enum(['strong', 'medium', 'weak']));
/** Conditions that one reason alone understands. */
const special = {
  strength: strengths.optional().describe('wrong_customer: how surely the content is about the customer'),
  addressee_strength: strengths
    .optional()
    .describe("wrong_customer: the same, where an attachment's file name or addressee line names the customer"),
  own_company: z.enum(['hold', 'deliver']).optional().describe("bulk_pii: a list of the recipient's own people"),
  own_number_severity: z
    .enum(['high', 'medium', 'low'])
    .optional()
    .describe("sensitive_pii: severity when the number is the recipient's own"),
};

export const conditions = z.strictObject({ ...general, ...special });
export type Conditions = z.infer<typeof conditions>;
export type Window = z.infer<typeof window>;
export type Day = (typeof days)[number];

/** A general condition that a policy sets, with its value in words of the rule file: why a reason applies. Never text of the mail. */
export type Ground = { readonly condition: keyof typeof general; readonly value: string };

/** What a policy asks of mail and recipients, in the order of the table of conditions. */
export function groundsOf(when: Conditions): readonly Ground[] {
  return (Object.keys(general) as (keyof typeof general)[]).flatMap((condition): readonly Ground[] => {
    const given = when[condition];
    return given === undefined ? [] : [{ condition, value: wordValue(given) }];
  });
}

function wordValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordValue).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const { from, to, at_least: least, ...others } = value as Readonly<Record<string, unknown>>;
  const spans = from === undefined ? [] : [`${wordValue(from)}–${wordValue(to)}`];
  const thresholds = least === undefined ? [] : [`≥ ${wordValue(least)}`];
  const rest = Object.entries(others).map(([key, inner]) => (inner === true ? key : inner === false ? `not ${key}` : wordValue(inner)));
  return [...rest, ...spans, ...thresholds].join(' ');
}
