/** What the archive needs to know of an init segment. */
import { type Box, findBox, walkBoxes } from '../../media/fmp4-reader.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import { parameterSetsOf } from '../../media/parameter-sets.ts';

/** One track; `timescale` in ticks per second. */
interface TrackInfo {
  readonly id: number;
  readonly timescale: number;
}

/** The two tracks of the program. */
export interface InitInfo {
  /** `parameterSets`: SPS and PPS with 4-byte lengths, as they may stand before a key frame. */
  readonly video: TrackInfo & { readonly parameterSets: Uint8Array };
  readonly audio: TrackInfo;
}

// Fields of the sample entries before their boxes (ISO/IEC 14496-12 section 12.1.3).
const VISUAL_ENTRY_BYTES = 78;

/** @throws MediaFormatError when it is no init segment with one H.264 and one sound track. */
export function readInitInfo(init: Uint8Array): InitInfo {
  const moov = findBox(init, 'moov');
  const tracks = [...walkBoxes(moov ?? new Uint8Array(0))].filter((box) => box.type === 'trak');
  const video = tracks.find((track) => handlerOf(track) === 'vide');
  const audio = tracks.find((track) => handlerOf(track) === 'soun');
  if (!video || !audio) throw new MediaFormatError('The init segment does not hold one picture and one sound track');
  return { video: { ...trackInfo(video), parameterSets: parameterSets(video) }, audio: trackInfo(audio) };
}

function trackInfo(track: Box): TrackInfo {
  return { id: fieldAfterTimes(track, 'tkhd'), timescale: fieldAfterTimes(track, 'mdia', 'mdhd') };
}

/** Both headers start alike: version, flags, two times of 32 or 64 bits, then the field. */
function fieldAfterTimes(track: Box, ...path: string[]): number {
  const body = findBox(track.body, ...path);
  if (!body || body.length < 24) throw new MediaFormatError(`The init segment has a short ${path.at(-1)} box`);
  return view(body).getUint32(body[0] === 1 ? 20 : 12);
}

function handlerOf(track: Box): string {
  const body = findBox(track.body, 'mdia', 'hdlr');
  return body && body.length >= 12 ? String.fromCharCode(...body.subarray(8, 12)) : '';
}

function parameterSets(track: Box): Uint8Array {
  const descriptions = findBox(track.body, 'mdia', 'minf', 'stbl', 'stsd');
  const entry = descriptions && findBox(descriptions.subarray(8), 'avc1');
  const record = entry && findBox(entry.subarray(VISUAL_ENTRY_BYTES), 'avcC');
  if (!record) throw new MediaFormatError('The init segment holds no H.264 configuration');
  return parameterSetsOf(record);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
