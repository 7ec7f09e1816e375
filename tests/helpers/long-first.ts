/** The order of test files: without results of an earlier run, vitest can only guess by their sizes which of them take long. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Short files of tests that last longest of their kind: begun last, they would run on while all other workers have nothing to do. */
const LONG = ['e2e/kills.test.ts', 'e2e/publish.test.ts', 'e2e/hls-live.test.ts', 'e2e/render-match.test.ts'];

/** As vitest orders them, but those that last longest at the head of their kind. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => orderOf(a) - orderOf(b) || Number(isLong(b)) - Number(isLong(a)));
  }
}

function orderOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function isLong({ moduleId }: TestSpecification): boolean {
  return LONG.some((name) => moduleId.endsWith(`/tests/${name}`));
}
