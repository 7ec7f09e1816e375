/** The still pictures that people upload for a room: its logo and background, and everybody's own. */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import type { ImageSlot, ProgramOptions } from './link-messages.ts';
import { type RgbaImage, decodeStill } from './still-image.ts';
import { StillQueue } from './still-queue.ts';

/** Options of a room's queue. */
export interface RoomStillsOptions {
  readonly program: Pick<ProgramOptions, 'width' | 'height'>;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  /** What the slot shows from now on; undefined: nothing. */
  readonly onImage: (slot: ImageSlot, image: RgbaImage | undefined) => void;
}

/** Pixels; the largest disc of an avatar takes less. */
const AVATAR_EDGE = 256;

/** A queue that decodes each picture as large as it can be shown. */
export function roomStills({ program, spawn, clock, log, onImage }: RoomStillsOptions): StillQueue {
  return new StillQueue({
    decode: (slot, data) => {
      const [maxWidth, maxHeight] = imageSize(slot, program);
      return decodeStill({ spawn, clock, log, data, maxWidth, maxHeight });
    },
    onImage,
    onFailure: (slot, error) => log.warn('a still picture is not shown', { slot, reason: String(error) }),
  });
}

/** Largest useful width and height, pixels: a logo takes half the program at most; a background is scaled again later. */
function imageSize(slot: ImageSlot, { width, height }: RoomStillsOptions['program']): [number, number] {
  if (typeof slot === 'number') return [AVATAR_EDGE, AVATAR_EDGE];
  return slot === 'logo' ? [width / 2, height / 2] : [2 * width, 2 * height];
}
