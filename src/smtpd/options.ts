/** How the SMTP side listens and what it takes. Sizes in bytes. */
export type SmtpOptions = {
  readonly listen: { readonly host: string; readonly port: number };
  readonly hostname: string;
  /** CIDR networks that may relay; everyone else gets 550 5.7.1. */
  readonly trustedNetworks: readonly string[];
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly limits: {
    readonly messageBytes: number;
    readonly recipients: number;
    readonly connections: number;
    readonly connectionsPerClient: number;
  };
};
