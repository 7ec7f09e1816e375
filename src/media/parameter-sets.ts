/** Parameter sets in front of H.264 key frames, for readers that do not take up another init segment. Browser-safe. */
import { joinBytes } from './bytes.ts';
import { u32 } from './fmp4-boxes.ts';
import { parseAvcC } from './h264.ts';

const IDR = 5;
const SPS = 7;
const PPS = 8;
const DELIMITER = 9;
/** Slices, whole or in partitions, have the types 1 to 5. */
const isSlice = (type: number): boolean => type >= 1 && type <= IDR;

/**
 * SPS and PPS of a configuration record, with 4-byte lengths.
 * @throws MediaFormatError when the record is malformed
 */
export function parameterSetsOf(description: Uint8Array): Uint8Array {
  const { sps, pps } = parseAvcC(description);
  return joinBytes([...sps, ...pps].flatMap((unit) => [u32(unit.length), unit]));
}

/**
 * A key frame that can be decoded by itself: `sets` before its slices, unless it has its own. All units have 4-byte lengths; what
 * a frame with wrong lengths holds is not looked for.
 */
export function withParameterSets(keyframe: Uint8Array, sets: Uint8Array): Uint8Array {
  const view = new DataView(keyframe.buffer, keyframe.byteOffset, keyframe.byteLength);
  let has = 0;
  /** A delimiter stays first in its picture (ITU-T H.264 section 7.4.1.2.3). */
  let from = 0;
  for (let at = 0; at + 4 < keyframe.length; ) {
    const type = view.getUint8(at + 4) & 0x1f;
    if (isSlice(type)) break;
    at += 4 + view.getUint32(at);
    if (type === DELIMITER && from === 0) from = Math.min(at, keyframe.length);
    if (type === SPS) has |= 1;
    if (type === PPS) has |= 2;
  }
  return has === 3 ? keyframe : joinBytes([keyframe.subarray(0, from), sets, keyframe.subarray(from)]);
}
