/** Gives the program back to a room's participants: one picture for all, to each the sound without their own. */
import type { H264Config, OpusConfig } from '../media/codec.ts';
import type { Stream } from '../media/stream.ts';
import { PROGRAM_TRACK } from '../protocol/messages.ts';
import { Receiver, type ReceiverSocket } from './receiver.ts';
import { WireStream } from './wire-stream.ts';

/** What the broadcaster needs of the room's mixer. */
export interface ProgramSource {
  readonly video: Stream<H264Config>;
  returnSound(participantId: string): Stream<OpusConfig> | undefined;
  setListening(participantId: string, listens: boolean): void;
}

interface Listener {
  readonly wire: WireStream<OpusConfig>;
  readonly receiver: Receiver<OpusConfig>;
}

/** A quarter of a second of pictures may be under way, plus the 100 ms between acknowledgements and a round trip. */
const MAX_VIDEO_IN_FLIGHT_MS = 500;
const MAX_AUDIO_IN_FLIGHT = 50;

/** One per live room. */
export class Broadcaster {
  readonly #source: ProgramSource;
  readonly #video: WireStream<H264Config>;
  readonly #viewers = new Map<string, Receiver<H264Config>>();
  readonly #listeners = new Map<string, Listener>();
  #skippedByGone = 0;

  constructor(source: ProgramSource) {
    this.#source = source;
    this.#video = new WireStream(source.video, 'video');
  }

  /** Pictures that receivers skipped because their line was too slow; never falls. */
  get skipped(): number {
    let sum = this.#skippedByGone;
    for (const receiver of this.#viewers.values()) sum += receiver.skipped;
    return sum;
  }

  /** Sends the program's picture to this socket from now on; replaces an earlier one of the participant. */
  showTo(participantId: string, socket: ReceiverSocket): void {
    this.#hide(participantId);
    const { stream } = this.#video;
    const receiver = new Receiver({
      label: `picture for ${participantId}`,
      stream,
      socket,
      track: PROGRAM_TRACK.video,
      maxInFlight: Math.ceil((stream.timescale * MAX_VIDEO_IN_FLIGHT_MS) / 1000),
    });
    this.#viewers.set(participantId, receiver);
  }

  /** Sends the participant's mix-minus to this socket from now on; replaces an earlier one. */
  soundTo(participantId: string, socket: ReceiverSocket): void {
    this.#silence(participantId);
    const stream = this.#source.returnSound(participantId);
    if (!stream) return;
    const wire = new WireStream(stream, 'audio');
    const receiver = new Receiver({
      label: `sound for ${participantId}`,
      stream: wire.stream,
      socket,
      track: PROGRAM_TRACK.audio,
      maxInFlight: MAX_AUDIO_IN_FLIGHT,
    });
    this.#listeners.set(participantId, { wire, receiver });
    this.#source.setListening(participantId, true);
  }

  /** The peer's decoder lost its way: the newest key frame group goes out again. */
  refresh(participantId: string): void {
    this.#viewers.get(participantId)?.restart();
  }

  /** Nothing more to this participant. */
  remove(participantId: string): void {
    this.#hide(participantId);
    this.#silence(participantId);
  }

  close(): void {
    for (const id of new Set([...this.#viewers.keys(), ...this.#listeners.keys()])) this.remove(id);
    this.#video.close();
  }

  #hide(participantId: string): void {
    const receiver = this.#viewers.get(participantId);
    if (!receiver) return;
    this.#viewers.delete(participantId);
    receiver.close();
    this.#skippedByGone += receiver.skipped;
  }

  #silence(participantId: string): void {
    const listener = this.#listeners.get(participantId);
    if (!listener) return;
    this.#listeners.delete(participantId);
    listener.receiver.close();
    listener.wire.close();
    this.#source.setListening(participantId, false);
  }
}
