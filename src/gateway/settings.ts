/** What the story needs to know of the site. Durations in seconds. */
export type GatewaySettings = {
  /** Our name in Received, bounces and notices. */
  readonly hostname: string;
  /** Where people open the web UI, without a slash at the end. */
  readonly publicUrl: string;
  /** monitor: everything is delivered, the verdict is only recorded. */
  readonly mode: 'enforce' | 'monitor';
  /** Deliver to the clear recipients, hold for the rest. */
  readonly split: boolean;
  /** Bodies are erased this long after the last recipient is settled. */
  readonly retentionSeconds: number;
  /** Bodies just accepted that are kept in memory for inspection and delivery; 0 where another process does these. */
  readonly cacheBytes: number;
};
