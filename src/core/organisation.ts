/** One of the organisation's own people, as the staff file names them. */
export type StaffMember = {
  readonly name: string;
  readonly nameKana: string;
  readonly email: string;
  readonly department: string;
  readonly managerEmail: string | null;
};

/** An outside organisation that is known. `all` may receive any customer's data (of `client`, when set); `none` is a known outsider. */
export type Partner = {
  readonly matches: { readonly domain: string } | { readonly address: string };
  readonly name: string;
  readonly mayReceive: 'all' | 'none';
  readonly client: string | null;
};

/** The organisation that runs the gateway, as sekisho.yaml describes it. */
export type Organisation = {
  readonly name: string;
  /** `example.jp` exactly, `.example.jp` with its sub-domains (POLICY.md, "Whom it goes to"). */
  readonly internalDomains: readonly string[];
  readonly phones: readonly string[];
  readonly addresses: readonly string[];
  readonly bankAccounts: readonly string[];
  readonly staff: readonly StaffMember[];
  /** Shared mailboxes and their members. */
  readonly mailboxes: ReadonlyMap<string, readonly string[]>;
  /** Named sets of senders: addresses and departments. Policies name them in `sender_group`. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly partners: readonly Partner[];
  /** Domains shared by unrelated parties: `.ac.jp`, `.lg.jp`, groups, hospitals. */
  readonly sharedDomains: readonly string[];
};
