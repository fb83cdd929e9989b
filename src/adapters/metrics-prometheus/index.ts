import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricName, Metrics, StoreStats } from '../../gateway/index.ts';

/** Counters of the gateway in Prometheus text form; `stats` is asked at each scrape for what the store holds, `isStale` whether changed rules have errors. */
export function createMetrics(stats: () => Promise<StoreStats>, isStale: () => boolean): Metrics & { text(): Promise<string> } {
  const registers = [new Registry()];
  const help: Record<MetricName, readonly [string, readonly string[]]> = {
    messages_accepted: ['Messages answered 250', []],
    messages_rejected: ['Messages refused during SMTP', ['code']],
    messages_delivered: ['Messages that the policy let pass', []],
    messages_held: ['Messages held', ['severity']],
    messages_returned: ['Messages that a policy gave back to their senders', []],
    policy_actions: ['Policies that spoke, by what they do (monitor: only recorded) and reason', ['action', 'reason']],
    recipients_relayed: ['Recipients handed to the next hop', []],
    recipients_deferred: ['Delivery attempts put off', []],
    recipients_bounced: ['Recipients refused for good', []],
    inspections_failed: ['Inspections that ended as a hold', []],
    holds_decided: ['Decisions on holds', ['decision']],
    reloads: ['Times that changed rules, staff and customers were read', ['outcome']],
  };
  const counters = new Map(
    Object.entries(help).map(([name, [text, labelNames]]) => [
      name,
      new Counter({ name: `sekisho_${name}_total`, help: text, labelNames: [...labelNames], registers }),
    ]),
  );
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
  const histograms = {
    accept_seconds: new Histogram({ name: 'sekisho_accept_seconds', help: 'From the end of DATA to the answer', buckets, registers }),
    inspection_seconds: new Histogram({ name: 'sekisho_inspection_seconds', help: 'Time of one inspection', buckets, registers }),
    delivery_seconds: new Histogram({
      name: 'sekisho_delivery_seconds',
      help: 'Time of one hand-over to the next hop',
      buckets,
      registers,
    }),
  };
  const gauge = (name: string, text: string): Gauge => new Gauge({ name: `sekisho_${name}`, help: text, registers });
  const gauges = {
    waiting: gauge('inspection_queue', 'Messages waiting for inspection'),
    queued: gauge('delivery_queue', 'Messages waiting for delivery'),
    held: gauge('held', 'Messages held'),
    oldestDueSeconds: gauge('oldest_due_seconds', 'Age of the oldest work that is due'),
    bytesOnDisk: gauge('store_bytes', 'Bytes of the store on disk'),
    freeBytes: gauge('free_bytes', 'Free bytes on the disk of the store'),
  } satisfies Record<keyof StoreStats, Gauge>;
  const stale = gauge('rules_reload_failed', '1 while the rules, staff or customers on disk have errors and older ones stay in force');
  return {
    count: (name, labels = {}, by = 1) => counters.get(name)?.inc({ ...labels }, by),
    observe: (name, seconds) => histograms[name].observe(seconds),
    async text() {
      const now = await stats();
      for (const [name, instrument] of Object.entries(gauges)) instrument.set(now[name as keyof StoreStats]);
      stale.set(isStale() ? 1 : 0);
      return registers[0]?.metrics() ?? '';
    },
  };
}
