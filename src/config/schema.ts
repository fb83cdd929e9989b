import { z } from 'zod';
import { defaultThreshold } from '../detect/index.ts';

const listenAddress = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$/, 'must be HOST:PORT, for example 127.0.0.1:2525 (port 0 takes a free one)');
const domain = z.string().regex(/^\.?[^\s@]+$/, 'must be a domain such as example.co.jp, or .example.co.jp to add its sub-domains');
const cidr = z.string().regex(/^[0-9a-fA-F:.]+(\/\d{1,3})?$/, 'must be a network such as 192.0.2.0/24 or 2001:db8::/32');
const certificate = z.strictObject({
  cert: z.string().describe('PEM file with the certificate chain'),
  key: z.string().describe('PEM file with the private key'),
});

const staffMember = z.strictObject({
  name: z.string(),
  name_kana: z.string().default(''),
  kana: z.string().optional().describe('the same as name_kana'),
  email: z.string(),
  department: z.string().default(''),
  manager_email: z.string().optional(),
});

const partner = z
  .strictObject({
    domain: domain.optional(),
    address: z.string().optional(),
    name: z.string().default(''),
    may_receive: z.enum(['all', 'none']).describe('all: any customer data may go there; none: a known outsider'),
    client: z.string().optional().describe('with all: only data of this client (column `client` of the customer table)'),
  })
  .refine((value) => (value.domain === undefined) !== (value.address === undefined), 'a partner is named by either `domain` or `address`');

const organisation = z.strictObject({
  name: z.string().default('').describe('name of the organisation, as it stands in letterheads'),
  internal_domains: z.array(domain).default([]).describe('own mail domains; `.example.jp` adds sub-domains'),
  phones: z.array(z.string()).default([]).describe('own telephone numbers: never evidence against a mail'),
  addresses: z.array(z.string()).default([]).describe('own postal addresses'),
  bank_accounts: z.array(z.string()).default([]).describe('own accounts, as printed on invoices'),
  staff: z
    .union([z.string(), z.array(staffMember)])
    .optional()
    .describe('CSV file with name,name_kana,email,department,manager_email, or the list itself'),
  mailboxes: z.record(z.string(), z.array(z.string())).default({}).describe('shared mailboxes and their members'),
  groups: z
    .record(z.string(), z.array(z.string()))
    .default({})
    .describe('sender groups that policies name in `sender_group`: addresses and departments of the staff file'),
  partners: z.array(partner).default([]).describe('outside organisations that are known'),
  shared_domains: z.array(domain).default([]).describe('domains that unrelated parties share: .ac.jp, .lg.jp, groups, hospitals'),
});

const query = z
  .strictObject({
    sqlite: z.string().optional().describe('SQLite file; opened for reading only'),
    postgres: z
      .string()
      .regex(
        /^postgres(?:ql)?:\/\/[^:@/]*(?:@|$|[^@]*$)/,
        'must hold no password: write the whole URL into a file and name it as postgres_file, or set PGPASSWORD',
      )
      .optional()
      .describe('postgres://user@host/database without a password, which PGPASSWORD gives'),
    postgres_file: z.string().optional().describe('file that holds the whole postgres:// URL, readable by us alone'),
    sql: z
      .string()
      .min(1, 'must hold a SELECT statement')
      .describe('SELECT with columns named as in a CSV file, or as `columns` maps them'),
    every_minutes: z.number().min(1).default(60).describe('how often a running gateway asks'),
  })
  .refine(
    ({ sqlite, postgres, postgres_file }) => [sqlite, postgres, postgres_file].filter((one) => one !== undefined).length === 1,
    'a query names one of `sqlite`, `postgres`, `postgres_file`',
  );

const customers = z
  .strictObject({
    file: z
      .string()
      .optional()
      .describe('customer table as CSV (UTF-8 or CP932); large ones are better imported, see `sekisho customers import`'),
    query: query.optional().describe('customer table from a database, asked on a schedule'),
    columns: z.record(z.string(), z.string()).default({}).describe('our column name: header in your file'),
    id_pattern: z.string().optional().describe('regular expression (RE2) of a customer id, for example C[0-9]{4}'),
    allow_list: z
      .string()
      .optional()
      .describe('CSV file of addresses accepted by `sekisho allow` (default: allow/allow-list.csv in store.dir); they count as registered'),
    propose_after: z
      .number()
      .int()
      .min(1)
      .default(2)
      .describe('an address is proposed for a record after so many released holds of different mails'),
    max_age_hours: z.number().positive().default(24).describe('older customer data are warned about on each hold'),
  })
  .refine(({ file, query }) => file === undefined || query === undefined, 'customers come from `file` or from `query`, not from both');

const limits = z.strictObject({
  message_bytes: z.number().int().positive().default(52_428_800),
  recipients: z.number().int().positive().default(1000),
  connections: z.number().int().positive().default(500),
  connections_per_client: z.number().int().positive().default(50),
});

const smtp = z.strictObject({
  listen: listenAddress.default('127.0.0.1:2525'),
  hostname: z.string().optional().describe("name in the greeting and in Received; the machine's own by default"),
  trusted_networks: z.array(cidr).default(['127.0.0.0/8', '::1/128']).describe('networks that may relay through us'),
  tls: certificate.optional().describe('offers STARTTLS'),
  limits: limits.prefault({}),
});

const nextHop = z.union([
  z.strictObject({ capture: z.string().describe('writes each mail as ID.eml into this folder instead of relaying it') }),
  z.strictObject({
    host: z.string().default('127.0.0.1'),
    port: z.number().int().min(1).max(65_535).default(25),
    tls: z.enum(['none', 'opportunistic', 'required', 'verified']).default('opportunistic'),
  }),
]);

const web = z.strictObject({
  listen: listenAddress.default('127.0.0.1:8025'),
  public_url: z.string().optional().describe('address that people open, for the links in notices'),
  tls: certificate.optional(),
  trusted_proxies: z.array(cidr).default([]).describe('reverse proxies that end TLS before us'),
});

/** sekisho.yaml (INTERFACES.md). Every key is optional; an unknown key is an error. */
export const configSchema = z.strictObject({
  mode: z.enum(['enforce', 'monitor']).default('enforce').describe('monitor: deliver everything, record what would have been held'),
  organisation: organisation.prefault({}),
  customers: customers.prefault({}),
  smtp: smtp.prefault({}),
  next_hop: nextHop.default({ host: '127.0.0.1', port: 25, tls: 'opportunistic' }),
  web: web.prefault({}),
  store: z.strictObject({ kind: z.enum(['embedded']).default('embedded'), dir: z.string().default('var') }).prefault({}),
  rules: z
    .strictObject({
      dirs: z.array(z.string()).default([]).describe('folders with further rules; the built-in pack always loads'),
      disable: z.array(z.string()).default([]).describe('ids of rules to leave out'),
      watch: z
        .boolean()
        .default(true)
        .describe('changed rules, staff and customers come into force by themselves; false: only after SIGHUP'),
    })
    .prefault({}),
  detection: z
    .strictObject({
      name_threshold: z
        .number()
        .min(0.05)
        .max(0.95)
        .default(defaultThreshold)
        .describe('how likely a doubtful name must be; a lower one finds more names, rightly or wrongly'),
    })
    .prefault({}),
  policy: z
    .strictObject({
      split: z.boolean().default(false).describe('deliver to the clear recipients, hold for the rest'),
      unscannable: z.enum(['hold', 'deliver']).default('hold').describe('what could not be read'),
      allow_types: z.array(z.string()).default([]).describe('file types that may be unreadable, for example application/x-7z-compressed'),
    })
    .prefault({}),
  inspection: z
    .strictObject({
      threads: z.number().int().min(1).max(64).default(2),
      seconds: z.number().positive().default(60).describe('a longer inspection ends as a hold'),
      memory_mb: z.number().int().min(64).default(512).describe('of one inspection thread'),
    })
    .prefault({}),
  retention: z.strictObject({ body_days: z.number().positive().default(30).describe('bodies after the decision') }).prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') }).prefault({}),
});

/** What the file says, defaults filled in. */
export type Config = z.infer<typeof configSchema>;
