import type { Instant, MessageId } from '../../core/index.ts';
import type { Clock, Scheduler } from '../../gateway/index.ts';
import { Heap } from './heap.ts';

/** A timer longer than this would sleep through a step of the wall clock. */
const longestSleep = 30_000;

/** At most `concurrency` runs at once. Runs whose promise rejects are over like others: the store still says what is due. */
export function createLocalScheduler(options: { readonly concurrency: number; readonly clock: Clock }): Scheduler {
  return new LocalScheduler(options.concurrency, options.clock);
}

class LocalScheduler implements Scheduler {
  readonly #concurrency: number;
  readonly #clock: Clock;
  readonly #heap = new Heap();
  /** The time that counts for each id; a heap entry with another time is an old one. */
  readonly #times = new Map<MessageId, Instant>();
  readonly #running = new Map<MessageId, Promise<void>>();
  #run: ((id: MessageId) => Promise<void>) | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(concurrency: number, clock: Clock) {
    this.#concurrency = concurrency;
    this.#clock = clock;
  }

  at(id: MessageId, when: Instant): void {
    const known = this.#times.get(id);
    if (known !== undefined && known <= when) return;
    this.#times.set(id, when);
    // While it runs, its time only waits in `times`: it enters the heap when the run is over.
    if (!this.#running.has(id)) this.#heap.add({ id, when });
    this.#wake();
  }

  start(run: (id: MessageId) => Promise<void>): void {
    this.#run = run;
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#run = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await Promise.all(this.#running.values());
  }

  /** Sets the one timer to the first entry; always by a timer, so that `at` returns before anything runs. */
  #wake(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const first = this.#first();
    if (this.#run === null || first === null || this.#running.size >= this.#concurrency) return;
    const sleep = Math.min(longestSleep, Math.max(0, first.when - this.#clock.now()));
    this.#timer = setTimeout(() => this.#runDue(), sleep);
  }

  #runDue(): void {
    for (;;) {
      const first = this.#first();
      const run = this.#run;
      if (run === null || first === null || this.#running.size >= this.#concurrency || first.when > this.#clock.now()) break;
      this.#heap.removeFirst();
      this.#times.delete(first.id);
      this.#running.set(first.id, this.#runOne(run, first.id));
    }
    this.#wake();
  }

  async #runOne(run: (id: MessageId) => Promise<void>, id: MessageId): Promise<void> {
    try {
      await run(id);
    } catch {
      // The gateway's `run` logs its own failures; here one bad message must not stop the timetable.
    } finally {
      this.#running.delete(id);
      const again = this.#times.get(id);
      if (again !== undefined) this.#heap.add({ id, when: again });
      this.#wake();
    }
  }

  #first(): { readonly id: MessageId; readonly when: Instant } | null {
    for (;;) {
      const first = this.#heap.first();
      if (first === null || (this.#times.get(first.id) === first.when && !this.#running.has(first.id))) return first;
      this.#heap.removeFirst();
    }
  }
}
