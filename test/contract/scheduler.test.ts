import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { clockSystem } from '../../src/adapters/clock-system/index.ts';
import { createLocalScheduler } from '../../src/adapters/scheduler-local/index.ts';
import { instant, type Instant, type MessageId } from '../../src/core/index.ts';
import type { Scheduler } from '../../src/gateway/index.ts';

const id = (name: string): MessageId => name as MessageId;
const soon = (milliseconds: number): Instant => instant(clockSystem.now() + milliseconds);
const until = async (condition: () => boolean): Promise<void> => {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > 5000) throw new Error('did not happen');
    await sleep(5);
  }
};

describe.each([{ name: 'local', create: (concurrency: number) => createLocalScheduler({ concurrency, clock: clockSystem }) }])(
  'Scheduler: $name',
  ({ create }) => {
    let scheduler: Scheduler;
    afterEach(() => scheduler.stop());

    it('runs ids at their time, in the order of time, not before start', async () => {
      scheduler = create(1);
      const ran: string[] = [];
      const times = new Map(
        [
          ['c', 60],
          ['a', -5],
          ['b', 30],
        ].map(([name, at]) => [name as string, soon(at as number)]),
      );
      for (const [name, at] of times) scheduler.at(id(name), at);
      await sleep(10);
      expect(ran).toEqual([]);
      scheduler.start(async (next) => {
        expect(clockSystem.now()).toBeGreaterThanOrEqual(times.get(next) ?? Infinity);
        ran.push(next);
      });
      await until(() => ran.length === 3);
      expect(ran).toEqual(['a', 'b', 'c']);
    });

    it('keeps the earlier of two times and runs once', async () => {
      scheduler = create(4);
      const ran: string[] = [];
      scheduler.start(async (next) => void ran.push(next));
      scheduler.at(id('a'), soon(60_000));
      scheduler.at(id('a'), soon(20));
      scheduler.at(id('a'), soon(40_000));
      await until(() => ran.length === 1);
      await sleep(50);
      expect(ran).toEqual(['a']);
    });

    it('never runs an id twice at once, and honours a time set during a run after it', async () => {
      scheduler = create(4);
      let running = 0;
      let runs = 0;
      scheduler.start(async (next) => {
        running += 1;
        runs += 1;
        expect(running).toBe(1);
        if (runs < 5) scheduler.at(next, soon(0));
        await sleep(15);
        running -= 1;
      });
      scheduler.at(id('a'), soon(0));
      await until(() => runs === 5 && running === 0);
      await sleep(40);
      expect(runs).toBe(5);
    });

    it('runs no more at once than allowed, and all of them in the end', async () => {
      scheduler = create(3);
      let running = 0;
      let most = 0;
      const ran = new Set<string>();
      scheduler.start(async (next) => {
        most = Math.max(most, (running += 1));
        await sleep(2);
        running -= 1;
        ran.add(next);
      });
      for (let index = 0; index < 50; index += 1) scheduler.at(id(`m${index}`), soon(index % 7));
      await until(() => ran.size === 50);
      expect(most).toBe(3);
    });

    it('goes on after a run that failed', async () => {
      scheduler = create(1);
      const ran: string[] = [];
      scheduler.start(async (next) => {
        ran.push(next);
        if (next === 'bad') throw new Error('fails');
      });
      scheduler.at(id('bad'), soon(0));
      scheduler.at(id('good'), soon(1));
      await until(() => ran.length === 2);
      expect(ran).toEqual(['bad', 'good']);
    });

    it('stop waits for the running one and begins no other', async () => {
      scheduler = create(1);
      const ended: string[] = [];
      scheduler.start(async (next) => {
        await sleep(30);
        ended.push(next);
      });
      scheduler.at(id('a'), soon(0));
      scheduler.at(id('b'), soon(0));
      await sleep(15);
      await scheduler.stop();
      expect(ended).toEqual(['a']);
      await sleep(50);
      expect(ended).toEqual(['a']);
    });
  },
);
