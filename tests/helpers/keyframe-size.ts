import { frameContents } from '../../src/media/h264.ts';

/**
 * Size in pixels when `annexb` can start a stream (an SPS and an IDR slice), else undefined; with several SPS the largest.
 * @throws MediaFormatError as `frameContents`.
 */
export function keyframeSize(annexb: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const { sps, idr } = frameContents(annexb);
  return sps && idr ? { width: sps.width, height: sps.height } : undefined;
}
