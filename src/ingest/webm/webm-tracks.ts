/** What a WebM or Matroska file says of the tracks in it. */
import { parseAvcC } from '../../media/h264.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import { type Element, elements, unsigned } from './ebml.ts';

/** A picture; its size is what the file claims. */
export interface WebmPicture {
  readonly number: number;
  readonly codec: 'h264' | 'vp8';
  readonly width: number;
  readonly height: number;
  /** H.264 alone: AVCDecoderConfigurationRecord with lengths of 4 bytes; without one the frames are Annex B, as Chrome writes them. */
  readonly description?: Uint8Array;
}

/** A sound in Opus. */
export interface WebmSound {
  readonly number: number;
  readonly channels: 1 | 2;
}

/** At least one of them. */
export interface WebmTracks {
  readonly picture?: WebmPicture;
  readonly sound?: WebmSound;
}

const ID = {
  entry: 0xae,
  number: 0xd7,
  codec: 0x86,
  private: 0x63a2,
  encodings: 0x6d80,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  audio: 0xe1,
  channels: 0x9f,
} as const;
const MAX_EDGE = 16384;
/** Some recorders number tracks at random. */
const MAX_NUMBER = 2 ** 32;

/**
 * Reads the body of a `Tracks` element.
 * @throws MediaFormatError when it holds anything but at most one picture (H.264 or VP8) and one sound (Opus).
 */
export function parseTracks(body: Uint8Array): WebmTracks {
  let picture: WebmPicture | undefined;
  let sound: WebmSound | undefined;
  for (const { id, body: entry } of elements(body)) {
    if (id !== ID.entry) continue;
    const fields = elements(entry);
    if (find(fields, ID.encodings)) throw new MediaFormatError('The WebM file is compressed or encrypted');
    const codec = text(find(fields, ID.codec));
    if (codec === 'A_OPUS' && !sound) sound = parseSound(fields);
    else if ((codec === 'V_VP8' || codec === 'V_MPEG4/ISO/AVC') && !picture) picture = parsePicture(fields, codec);
    else throw new MediaFormatError('The WebM file holds more than one H.264 or VP8 picture and one Opus sound');
  }
  if (!picture && !sound) throw new MediaFormatError('The WebM file has no tracks');
  if (picture?.number === sound?.number) throw new MediaFormatError('Two tracks of the WebM file have one number');
  return { ...(picture && { picture }), ...(sound && { sound }) };
}

function parsePicture(fields: readonly Element[], codec: string): WebmPicture {
  const video = elements(find(fields, ID.video) ?? new Uint8Array(0));
  const size = { width: edge(find(video, ID.width)), height: edge(find(video, ID.height)) };
  const number = numberOf(fields);
  if (codec === 'V_VP8') return { number, codec: 'vp8', ...size };
  const description = find(fields, ID.private)?.slice();
  if (!description) return { number, codec: 'h264', ...size };
  if (parseAvcC(description).nalLengthSize !== 4) {
    throw new MediaFormatError('The H.264 of the WebM file has lengths of other than 4 bytes');
  }
  return { number, codec: 'h264', ...size, description };
}

function parseSound(fields: readonly Element[]): WebmSound {
  const audio = elements(find(fields, ID.audio) ?? new Uint8Array(0));
  const channels = unsigned(find(audio, ID.channels) ?? Uint8Array.of(1));
  if (channels !== 1 && channels !== 2)
    throw new MediaFormatError('The sound of the WebM file has more than two channels');
  return { number: numberOf(fields), channels };
}

function numberOf(fields: readonly Element[]): number {
  const number = unsigned(find(fields, ID.number) ?? new Uint8Array(0));
  if (number === 0 || number >= MAX_NUMBER) throw new MediaFormatError('A track of the WebM file has no proper number');
  return number;
}

function edge(body: Uint8Array | undefined): number {
  const value = unsigned(body ?? new Uint8Array(0));
  if (value === 0 || value > MAX_EDGE) throw new MediaFormatError('The picture of the WebM file has no proper size');
  return value;
}

function find(fields: readonly Element[], id: number): Uint8Array | undefined {
  return fields.find((field) => field.id === id)?.body;
}

function text(body: Uint8Array | undefined): string {
  return new TextDecoder('latin1').decode(body?.subarray(0, 64)).replace(/\0+$/, '');
}
