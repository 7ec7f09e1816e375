/** Sends the program back to a room's participants: one picture for all, and to each the sound without their own. */
import type { H264Config, OpusConfig } from '../media/codec.ts';
import type { Stream } from '../media/stream.ts';
import type { FlowPatience } from '../protocol/flow/acked-rate-controller.ts';
import { PROGRAM_TRACK, type Quality } from '../protocol/messages.ts';
import type { Clock } from '../util/clock.ts';
import { LowRendition, type LowSource } from './low-rendition.ts';
import type { ReceiverSocket } from './outlet.ts';
import { QualityPolicy } from './quality-policy.ts';
import { Receiver, pump, subscribe } from './receiver.ts';
import { PictureReceiver } from './picture-receiver.ts';
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
/** Pictures a quarter of a second late are skipped in favour of newer ones. */
const PICTURE_PATIENCE: FlowPatience = { shutMs: 250, openMs: 100, maxBufferedBytes: MAX_BUFFERED_BYTES };
/** Sound is dropped to the live edge: any later, and people can no longer talk to one another. */
const SOUND_PATIENCE: FlowPatience = { shutMs: 300, openMs: 100, maxBufferedBytes: MAX_BUFFERED_BYTES };
/** The small rendition has the odd configuration ids. */
const FULL_NUMBERING = { firstSeq: 0, firstConfigId: 0, configIdStep: 2 };

/** One per live room. */
export class Broadcaster {
  readonly #source: ProgramSource;
  readonly #clock: Clock;
  readonly #video: WireStream<H264Config>;
  readonly #low: LowRendition;
  readonly #pictures = new Map<string, PictureReceiver>();
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
      // Each receiver reports the lost program itself.
      () => undefined,
    );
  }

  /** Pictures that receivers skipped because their line was too slow; never decreases. */
  get skipped(): number {
    let sum = this.#skippedByGone;
    for (const receiver of this.#pictures.values()) sum += receiver.skipped;
    return sum;
  }

  /** Sends the program's picture to this socket from now on; replaces an earlier one of the participant. */
  showTo(participantId: string, socket: ReceiverSocket): void {
    const policy = this.#pictures.get(participantId)?.policy ?? new QualityPolicy();
    this.#hide(participantId);
    const { stream } = this.#video;
    const receiver = new PictureReceiver({
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
    this.#pictures.set(participantId, receiver);
  }

  /** What the participant wants to see; remembered until they are removed. */
  setQuality(participantId: string, quality: Quality): void {
    this.#pictures.get(participantId)?.ask(quality);
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

  /** Sends the newest key frame group again, for a peer whose decoder failed. */
  refresh(participantId: string): void {
    this.#pictures.get(participantId)?.restart();
  }

  /** Sends nothing more to this participant. */
  remove(participantId: string): void {
    this.#hide(participantId);
    this.#silence(participantId);
  }

  close(): void {
    for (const id of new Set([...this.#pictures.keys(), ...this.#listeners.keys()])) this.remove(id);
    this.#low.close();
    this.#video.close();
  }

  #hide(participantId: string): void {
    const receiver = this.#pictures.get(participantId);
    if (!receiver) return;
    this.#pictures.delete(participantId);
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
