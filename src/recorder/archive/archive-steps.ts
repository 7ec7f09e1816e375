/** Which function makes which step of an archive. */
import type { ArchiveStepMakers } from './archive-finish.ts';
import { filmStep } from './steps/film.ts';
import { picturesStep } from './steps/pictures.ts';
import { textsStep } from './steps/texts.ts';
import { tracksStep } from './steps/tracks.ts';
import { vodStep } from './steps/vod.ts';

/** All of them. */
export const archiveSteps: ArchiveStepMakers = {
  film: filmStep,
  tracks: tracksStep,
  texts: textsStep,
  pictures: picturesStep,
  vod: vodStep,
};
