/** Which frames of a program its small rendition shows. Pure. */

/** Pictures a second of the small rendition, or as near to it as segments allow. */
const LOW_FRAMERATE = 15;

/**
 * Frames of the program for each small picture, while the program itself comes with every `frameStep`th: the number nearest to what is
 * wished by which a segment can be divided, so that pictures end with segments.
 * @param segmentFrames a multiple of `frameStep`
 */
export function lowFrameStep(framerate: number, segmentFrames: number, frameStep = 1): number {
  const wished = framerate / LOW_FRAMERATE;
  let nearest = frameStep;
  for (let step = frameStep; step <= segmentFrames; step += frameStep) {
    if (segmentFrames % step === 0 && Math.abs(step - wished) < Math.abs(nearest - wished)) nearest = step;
  }
  return nearest;
}
