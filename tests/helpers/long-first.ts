/** The order of test files: without results of an earlier run, vitest can only guess by their sizes which of them take long. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that last longest of their kind: begun last, they would run on while all other workers have nothing to do. */
const LONG = [
  'e2e/hostile-participants.test.ts',
  'e2e/kills.test.ts',
  'e2e/publish.test.ts',
  'e2e/hls-live.test.ts',
  'e2e/render-match.test.ts',
  'browser/player.test.ts',
  'browser/engine.test.ts',
  'browser/stopped-camera.test.ts',
  'integration/mixer/content/cells.test.ts',
];
/** Whole servers with real participants go by the clock, and keep each other company, before all other kinds that run together. */
const FIRST = 'e2e';

/**
 * Within a kind as vitest orders them, but the longest at its head. Kinds that run together take turns, so that what waits for
 * media runs beside what keeps a core busy all the time.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const places = new Map<TestSpecification, number>();
    for (const kind of Map.groupBy(sorted, ({ project }) => project.name).values()) {
      for (const [index, file] of kind.entries()) places.set(file, placeOf(file, index / kind.length));
    }
    const place = (file: TestSpecification): number => places.get(file) ?? 0;
    return sorted.toSorted((a, b) => orderOf(a) - orderOf(b) || place(a) - place(b));
  }
}

function orderOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

/** @param part how much of its kind is before it, below 1 */
function placeOf({ moduleId, project }: TestSpecification, part: number): number {
  const long = LONG.findIndex((name) => moduleId.endsWith(`/tests/${name}`));
  const within = long === -1 ? part : long - LONG.length;
  if (project.name === FIRST) return within - 2 * LONG.length;
  // A process that serves many files would end whenever a file of another kind comes in between.
  return project.config.isolate ? within : within + 1;
}
