/** Steps of an archive that take little time: the film is made, the others have nothing to add. */
import type { ArchiveStepMakers } from '../../src/recorder/archive/archive-finish.ts';
import type { ArchiveStep } from '../../src/recorder/archive/archive-step.ts';
import { filmStep } from '../../src/recorder/archive/steps/film.ts';

const nothing: ArchiveStep = async () => ({ files: [] });

/** For the worker, or for `finishArchive`. */
export const filmOnly: ArchiveStepMakers = {
  film: filmStep,
  tracks: nothing,
  texts: nothing,
  pictures: nothing,
  vod: nothing,
};
