/** Gives the program back to a room's participants: one picture for all, to each the sound without their own. */
import type { H264Config, OpusConfig } from '../media/codec.ts';
import type { Stream } from '../media/stream.ts';
import type { FlowPatience } from '../protocol/flow/acked-rate-controller.ts';
import { PROGRAM_TRACK, type Quality } from '../protocol/messages.ts';
import type { Clock } from '../util/clock.ts';
import { LowRendition, type LowSource } from './low-rendition.ts';
import type { ReceiverSocket } from './outlet.ts';
import { QualityPolicy } from './quality-policy.ts';
import { Receiver, pump, subscribe } from './receiver.ts';
import { Viewer } from './viewer.ts';
import { WireStream } from './wire-stream.ts';

/** What the broadcaster needs of the room's mixer. */
export interface ProgramSource extends LowSource {
  readonly video: Stream<H264Config>;
  returnSound(participantId: string): Stream<OpusConfig> | undefined;
  setListening(participantId: string, listens: boolean): void;
}

interface Listener {
  readonly wire: WireStream<OpusConfig>;
  readonly receiver: Receiver<OpusConfig>;
}

const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Pictures that are a quarter of a second late make room for newer ones. */
const PICTURE_PATIENCE: FlowPatience = { shutMs: 250, openMs: 100, maxBufferedBytes: MAX_BUFFERED_BYTES };
/** Sound is dropped to the live edge: what waits longer is heard too late to be an answer. */
const SOUND_PATIENCE: FlowPatience = { shutMs: 300, openMs: 100, maxBufferedBytes: MAX_BUFFERED_BYTES };
/** The small rendition has the odd configuration ids. */
const FULL_NUMBERING = { firstSeq: 0, firstConfigId: 0, configIdStep: 2 };

/** One per live room. */
export class Broadcaster {
  readonly #source: ProgramSource;
  readonly #clock: Clock;
  readonly #video: WireStream<H264Config>;
  readonly #low: LowRendition;
  readonly #viewers = new Map<string, Viewer>();
  readonly #listeners = new Map<string, Listener>();
  #skippedByGone = 0;

  constructor(source: ProgramSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
    this.#video = new WireStream(source.video, 'video', FULL_NUMBERING);
    this.#low = new LowRendition(source);
    void pump(
      subscribe(this.#video.stream, 'rendition review'),
      ({ keyframe, pts }) => keyframe && this.#low.review(pts),
      // Whoever watches is told; there is nobody else to review for.
      () => undefined,
    );
  }

  /** Pictures that receivers skipped because their line was too slow; never falls. */
  get skipped(): number {
    let sum = this.#skippedByGone;
    for (const receiver of this.#viewers.values()) sum += receiver.skipped;
    return sum;
  }

  /** Sends the program's picture to this socket from now on; replaces an earlier one of the participant. */
  showTo(participantId: string, socket: ReceiverSocket): void {
    const policy = this.#viewers.get(participantId)?.policy ?? new QualityPolicy();
    this.#hide(participantId);
    const { stream } = this.#video;
    const viewer = new Viewer({
      label: `picture for ${participantId}`,
      full: stream,
      low: this.#low.stream,
      socket,
      track: PROGRAM_TRACK.video,
      patience: PICTURE_PATIENCE,
      clock: this.#clock,
      policy,
      onUse: (used) => this.#low.setUsed(participantId, used),
    });
    this.#viewers.set(participantId, viewer);
  }

  /** What the participant wants to see; it holds until they are removed. */
  setQuality(participantId: string, quality: Quality): void {
    this.#viewers.get(participantId)?.ask(quality);
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
      patience: SOUND_PATIENCE,
      clock: this.#clock,
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
    this.#low.close();
    this.#video.close();
  }

  #hide(participantId: string): void {
    const viewer = this.#viewers.get(participantId);
    if (!viewer) return;
    this.#viewers.delete(participantId);
    viewer.close();
    this.#skippedByGone += viewer.skipped;
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
