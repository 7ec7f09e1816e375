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
  'integration/mixer/content/series.test.ts',
  'integration/mixer/content/fidelity.test.ts',
  'integration/recorder/storage/upload-job.test.ts',
  'integration/database/postgres.test.ts',
];
/** The order of kinds that run together: whoever waits for media longest begins, and the shortest files fill the end. */
const TURNS = ['repo', 'unit', 'e2e', 'browser', 'integration'];

/**
 * Within a kind as vitest orders them, but the longest at its head. The files of a kind stand together: a process that serves many
 * of them ends whenever a file of another kind comes in between.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => orderOf(a) - orderOf(b) || turnOf(a) - turnOf(b) || lengthOf(a) - lengthOf(b));
  }
}

function orderOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function turnOf({ project }: TestSpecification): number {
  return TURNS.indexOf(project.name);
}

/** Place among the longest, else behind them all. */
function lengthOf({ moduleId }: TestSpecification): number {
  const long = LONG.findIndex((name) => moduleId.endsWith(`/tests/${name}`));
  return long === -1 ? LONG.length : long;
}
