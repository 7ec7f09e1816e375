import { defineConfig } from 'vitest/config';
import { TallyReporter } from './tests/helpers/tally-reporter.ts';

/** One kind of test: a folder under tests/, its patience, and how many files of it run at the same time. */
interface Kind {
  readonly name: string;
  /** Kinds of the same order run together, lower orders first. */
  readonly order: number;
  readonly workers: number;
  /** Seconds for one test, and for one hook. */
  readonly seconds: number;
}

// Integration tests start FFmpeg and Redis, e2e and browser tests whole servers: two cores carry no more of them at once.
const kinds: readonly Kind[] = [
  { name: 'unit', order: 0, workers: 2, seconds: 10 },
  { name: 'repo', order: 0, workers: 2, seconds: 20 },
  { name: 'integration', order: 1, workers: 2, seconds: 60 },
  { name: 'e2e', order: 2, workers: 1, seconds: 120 },
  { name: 'browser', order: 3, workers: 1, seconds: 120 },
];

export default defineConfig({
  test: {
    reporters: ['default', new TallyReporter()],
    allowOnly: false,
    coverage: { include: ['src/**/*.ts'] },
    projects: kinds.map(({ name, order, workers, seconds }) => ({
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        environment: 'node',
        maxWorkers: workers,
        testTimeout: seconds * 1000,
        hookTimeout: seconds * 1000,
        retry: 0,
        sequence: { groupOrder: order },
      },
    })),
  },
});
