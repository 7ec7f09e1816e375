/** A recorder's WebM on its way in: chunks of a file become the same frames as those that come one by one. */
import { ProtocolError } from '../../errors.ts';
import type { OpusConfig, VideoConfig } from '../../media/codec.ts';
import { avcToAnnexb } from '../../media/h264.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import type { FrameHeader } from '../../protocol/frame.ts';
import { ContainerClock } from './container-clock.ts';
import { opusDurationUs } from './opus-duration.ts';
import { type WebmBlock, WebmReader, type WebmReaderLimits } from './webm-reader.ts';
import type { WebmTracks } from './webm-tracks.ts';

/** What the sender says of a file beforehand. */
export interface ContainerConfig {
  readonly codec: 'webm';
  /** Pictures a second, as far as there are any. */
  readonly framerate: number;
  /** The track that the file's sound belongs to, when the file comes on the track of its picture. */
  readonly sound?: number;
}

/** A frame out of a file, with the sender's clock as its time, microseconds. */
export interface ContainerFrame {
  readonly captureUs: number;
  readonly durationUs: number;
  readonly keyframe: boolean;
  readonly payload: Uint8Array;
}

/** Where the frames go. */
export interface ContainerSinks {
  /** Undefined when this track is no picture. */
  readonly picture: ((frame: ContainerFrame, config: VideoConfig) => void) | undefined;
  /** Undefined when there is no such track. */
  readonly sound: ((frame: ContainerFrame, config: OpusConfig) => void) | undefined;
}

/** Decoders look at the parameter sets themselves. */
const CODEC_STRING = 'avc1.42E01F';
/** As in a frame of its own; each unit costs memory before anybody looks at it. */
const MAX_UNITS = 1000;

interface File {
  readonly reader: WebmReader;
  readonly clock: ContainerClock;
  readonly announced: ContainerConfig;
  /** Made once for each file: whoever comes behind sees a change by identity. */
  picture?: VideoConfig;
  sound?: OpusConfig;
}

/** One for each track that files come on; owned by the track's ingest. */
export class ContainerIngest {
  readonly #limits: WebmReaderLimits;
  #file: File | undefined;
  #next = 0;

  constructor(limits: WebmReaderLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a chunk; false when it continues nothing, and only a new file helps.
   * @throws ProtocolError `bad_container`, `bad_frame`.
   */
  take(header: FrameHeader, chunk: Uint8Array, announced: ContainerConfig, sinks: ContainerSinks): boolean {
    if (header.keyframe) {
      this.#file = { reader: new WebmReader(this.#limits), clock: new ContainerClock(), announced };
    } else if (header.seq !== this.#next || this.#file?.announced !== announced) {
      this.#file = undefined;
    }
    this.#next = (header.seq + 1) % 2 ** 32;
    const file = this.#file;
    if (!file) return false;
    try {
      const blocks = file.reader.push(chunk);
      if (file.reader.tracks) describe(file, file.reader.tracks);
      for (const block of blocks) file.clock.observe(endOf(block), header.captureUs);
      for (const block of blocks) deliver(file, block, sinks);
    } catch (error) {
      this.#file = undefined;
      throw error instanceof MediaFormatError ? new ProtocolError('bad_container', error.message) : error;
    }
    return true;
  }

  /** A chunk was lost: the rest of its file is of no use. */
  broken(): void {
    this.#file = undefined;
  }
}

function describe(file: File, { picture, sound }: WebmTracks): void {
  if (picture && !file.picture) {
    const { width, height } = picture;
    const form = { width, height, framerate: file.announced.framerate };
    file.picture =
      picture.codec === 'vp8'
        ? { codec: 'vp8', codecString: 'vp8', ...form }
        : { codec: 'h264', format: 'annexb', codecString: CODEC_STRING, ...form };
  }
  if (sound) file.sound ??= { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: sound.channels };
}

/** A recorder cannot hand out a sound before its end. */
function endOf({ kind, timeUs, data }: WebmBlock): number {
  return kind === 'audio' ? timeUs + opusDurationUs(data) : timeUs;
}

function deliver(file: File, block: WebmBlock, sinks: ContainerSinks): void {
  const { timeUs, keyframe, data } = block;
  const captureUs = Math.max(0, Math.round(file.clock.map(timeUs)));
  if (block.kind === 'audio') {
    const durationUs = opusDurationUs(data);
    if (file.sound) sinks.sound?.({ captureUs, durationUs, keyframe: true, payload: data }, file.sound);
  } else if (file.picture) {
    const durationUs = Math.round(1_000_000 / file.announced.framerate);
    const description = file.reader.tracks?.picture?.description;
    const payload = description ? annexb(data, keyframe ? description : undefined) : data;
    sinks.picture?.({ captureUs, durationUs, keyframe, payload }, file.picture);
  }
}

/** @param description of key frames alone: its parameter sets come first. */
function annexb(data: Uint8Array, description: Uint8Array | undefined): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let units = 0;
  for (let at = 0; at + 4 <= data.length; at += 4 + view.getUint32(at)) {
    units += 1;
    if (units > MAX_UNITS) throw new ProtocolError('bad_frame', `A frame has more than ${MAX_UNITS} NAL units.`);
  }
  return avcToAnnexb(data, description);
}
