import { defineConfig } from 'vitest/config';

/** unit: pure and quick, part of `npm run check`. slow: real servers, processes and a browser, part of `npm test`. */
export default defineConfig({
  test: {
    // One a processor: by default one processor stays idle, which of two is half.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,rules,property,contract}/**/*.test.ts'],
          testTimeout: 20_000,
          pool: 'forks',
          // Rules, lists and model are read once for all files, not once for each: half the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/{e2e,hostile,kill,web}/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          pool: 'forks',
          fileParallelism: false,
        },
      },
    ],
  },
});
