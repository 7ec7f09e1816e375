import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/helpers/long-first.ts';
import { TallyReporter } from './tests/helpers/tally-reporter.ts';

/** One kind of test: where it is, its patience, and how many files of it run at the same time. */
interface Kind {
  readonly name: string;
  /** Its files; default: all in the folder of its name under tests/. */
  readonly files?: string;
  /** Files among these that are of another kind. */
  readonly without?: string;
  /** Kinds of the same order run together, lower orders first. */
  readonly order: number;
  readonly workers: number;
  /** Seconds for one test, and for one hook. */
  readonly seconds: number;
  /** Whether each file gets a process of its own; otherwise a worker loads the code once for all of its files. */
  readonly isolate: boolean;
}

/** Tests of what answers at sockets, which keep nothing in their modules either. */
const SOCKETS = 'tests/integration/{api,calls,ingest}/**/*.test.ts';

// Integration and e2e tests wait for media that go by the clock, and pages in a browser keep a core busy nearly all the time: taking
// turns, three files of them fill two cores. Full live pictures in a browser keep both busy alone: two such files at once would show
// almost none.
const kinds: readonly Kind[] = [
  // Modules keep no state, and nothing is mocked for longer than a test: hundreds of processes would load the same code.
  { name: 'unit', order: 0, workers: 2, seconds: 10, isolate: false },
  { name: 'repo', order: 0, workers: 2, seconds: 20, isolate: true },
  { name: 'integration', without: SOCKETS, order: 1, workers: 3, seconds: 60, isolate: true },
  // Doors and routes: a third of what their files cost is the code of the server, loaded anew for each.
  { name: 'integration-sockets', files: SOCKETS, order: 1, workers: 3, seconds: 60, isolate: false },
  { name: 'e2e', order: 1, workers: 3, seconds: 300, isolate: true },
  { name: 'browser', files: 'tests/browser/*.test.ts', order: 1, workers: 3, seconds: 120, isolate: true },
  // What a program makes up for is its own matter, but not what the tests of another file take away from it.
  { name: 'load', order: 2, workers: 1, seconds: 120, isolate: true },
  { name: 'browser-live', files: 'tests/browser/live/*.test.ts', order: 3, workers: 1, seconds: 120, isolate: true },
];

// Node's own, for the tests' processes and for the servers and mixers that they start: compiling the same sources some two
// thousand times would be a quarter of the work.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

export default defineConfig({
  test: {
    reporters: ['default', new TallyReporter()],
    allowOnly: false,
    sequence: { sequencer: LongFirst },
    coverage: { include: ['src/**/*.ts'] },
    projects: kinds.map(({ name, files, without, order, workers, seconds, isolate }) => ({
      test: {
        name,
        include: [files ?? `tests/${name}/**/*.test.ts`],
        ...(without !== undefined && { exclude: [without] }),
        environment: 'node',
        maxWorkers: workers,
        testTimeout: seconds * 1000,
        hookTimeout: seconds * 1000,
        retry: 0,
        isolate,
        restoreMocks: true,
        unstubGlobals: true,
        sequence: { groupOrder: order },
      },
    })),
  },
});
