/** A program stream as wire messages: each is built once and shared by all receivers, with the hub's own replay and limits. */
import { AppError, UnavailableError, messageOf } from '../errors.ts';
import type { H264Config, OpusConfig } from '../media/codec.ts';
import { avcToAnnexb } from '../media/h264.ts';
import type { Packet } from '../media/packet.ts';
import { Stream } from '../media/stream.ts';
import type { StreamReader } from '../media/stream-reader.ts';
import { FRAME_HEADER_BYTES, encodeFrame } from '../protocol/frame.ts';
import { PROGRAM_TRACK, type ServerMessage } from '../protocol/messages.ts';

/** The longest group of pictures: 10 s at 60 per second, twice. */
const REPLAY = { maxItems: 1200, maxBytes: 16 * 1024 * 1024 };
/**
 * Of whoever reads a program: a whole replayed group, and some seconds on top. Reading is synchronous work of
 * microseconds; whoever lets this overflow is a stalled event loop.
 */
export const PROGRAM_READER_LIMITS = { maxItems: REPLAY.maxItems + 900, maxBytes: 2 * REPLAY.maxBytes };
const SEQ_OFFSET = 4;
const CONFIG_OFFSET = 20;

/** What the program consists of on the wire. */
export type ProgramConfig = H264Config | OpusConfig;

/** How a wire stream counts; renditions that share a track must not be taken for one another. */
export interface WireNumbering {
  readonly firstSeq: number;
  readonly firstConfigId: number;
  readonly configIdStep: number;
}

const PLAIN: WireNumbering = { firstSeq: 0, firstConfigId: 0, configIdStep: 1 };

/** `stream`'s packets carry whole messages as data. Ends with its source, and for the same reason. */
export class WireStream<C extends ProgramConfig> {
  readonly stream: Stream<C>;
  readonly #reader: StreamReader<C>;
  readonly #numbering: WireNumbering;
  #config: C | undefined;
  #configId: number;
  #seq: number;

  constructor(source: Stream<C>, kind: 'video' | 'audio', numbering = PLAIN) {
    this.#numbering = numbering;
    this.#configId = numbering.firstConfigId - numbering.configIdStep;
    this.#seq = numbering.firstSeq;
    const { label, timescale } = source;
    this.stream = new Stream<C>({ label: `${label}.wire`, timescale, ...(kind === 'video' && { replay: REPLAY }) });
    this.#reader = source.subscribe({
      label: `wire ${label}`,
      limits: PROGRAM_READER_LIMITS,
      onOverflow: 'drop-to-keyframe',
    });
    void this.#pump(kind, timescale);
  }

  close(): void {
    this.#reader.close();
  }

  async #pump(kind: 'video' | 'audio', timescale: number): Promise<void> {
    try {
      for await (const packet of this.#reader) {
        this.stream.write({ ...packet, data: this.#encode(packet, kind, timescale) });
      }
      this.stream.close();
    } catch (error) {
      // The source broke off, or its encoder wrote what is no H.264.
      this.stream.close(
        error instanceof AppError ? error : new UnavailableError('program_lost', messageOf(error), error),
      );
    }
  }

  #encode(packet: Packet<C>, kind: 'video' | 'audio', timescale: number): Uint8Array {
    const { config, keyframe, duration, wallTime } = packet;
    if (config !== this.#config) {
      this.#config = config;
      this.#configId = (this.#configId + this.#numbering.configIdStep) & 0xffff;
    }
    const seq = this.#seq;
    this.#seq = (this.#seq + 1) >>> 0;
    const header = {
      kind,
      keyframe,
      discontinuity: false,
      endOfTrack: false,
      muted: false,
      track: PROGRAM_TRACK[kind],
      seq,
      captureUs: Math.round(wallTime * 1000),
      durationUs: Math.round((duration * 1_000_000) / timescale),
      configId: this.#configId,
      level: 0,
    };
    return encodeFrame(header, payloadOf(packet));
  }
}

/** Sequence number and config id of a message that this module made. */
export function wireNumbers(message: Uint8Array): { readonly seq: number; readonly configId: number } {
  const view = new DataView(message.buffer, message.byteOffset, FRAME_HEADER_BYTES);
  return { seq: view.getUint32(SEQ_OFFSET, true), configId: view.getUint16(CONFIG_OFFSET, true) };
}

/** The `config` message that comes before the first frame with this config id. */
export function configMessage(config: ProgramConfig, id: number): ServerMessage {
  if (config.codec === 'opus') {
    const { codec, sampleRate, channels } = config;
    return { type: 'config', track: PROGRAM_TRACK.audio, id, codec, sampleRate, channels };
  }
  const { codec, codecString, width, height, framerate } = config;
  return { type: 'config', track: PROGRAM_TRACK.video, id, codec, codecString, width, height, framerate };
}

/** Receivers get Annex B with parameter sets in each key frame: they can join at any of them. */
function payloadOf(packet: Packet<ProgramConfig>): Uint8Array {
  const { config, keyframe, data } = packet;
  return config.codec === 'h264' ? avcToAnnexb(data, keyframe ? config.description : undefined) : data;
}
