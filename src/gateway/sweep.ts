import { later } from '../core/index.ts';
import type { Clock, Log, Scheduler, Store } from './ports.ts';

const everySeconds = 2;
const limit = 2000;
const eraseEverySeconds = 3600;

/** Fills the timetable from the store: at the start with everything left over, then with what other processes decided meanwhile. */
export function createSweeper(deps: {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly log: Log;
  readonly retentionSeconds: number;
}): {
  start(): Promise<void>;
  stop(): void;
} {
  let timer: NodeJS.Timeout | null = null;
  let lastErased = 0;
  const sweep = async (): Promise<void> => {
    try {
      const now = deps.clock.now();
      for (const id of await deps.store.due(now, limit)) deps.scheduler.at(id, now);
      if (now - lastErased > eraseEverySeconds * 1000) {
        lastErased = now;
        await deps.store.eraseBodies(later(now, -deps.retentionSeconds), 1000);
      }
    } catch (cause) {
      deps.log.error('sweep.failed', {}, cause);
    }
  };
  return {
    async start() {
      await sweep();
      timer = setInterval(() => void sweep(), everySeconds * 1000);
    },
    stop() {
      if (timer !== null) clearInterval(timer);
    },
  };
}
