/** Places the packets of an isolated track on the timeline of a recording: pure. */
import type { IsolatedPacket } from './isolated-tracks.ts';
import type { RecordingTimeline, TimelinePiece } from '../recordings/recording-timeline.ts';

/** A packet with its place. */
export interface PlacedPacket {
  /** Microseconds of the recording, whole, rising. */
  readonly us: number;
  /** Where it ends, or the piece of the recording that it lies in. */
  readonly endUs: number;
  readonly packet: IsolatedPacket;
}

/** What the pictures before a piece may be, so that its first one can be decoded. */
const MAX_HIDDEN = { packets: 3000, bytes: 64 * 1024 * 1024 };
/** Longest step between pictures that are only there to be decoded, microseconds: hundreds of them pass in no time. */
const HIDDEN_STEP_US = 10;

/** Takes the packets of one track in order. */
export class TimelinePlacer {
  readonly #timeline: RecordingTimeline;
  readonly #maxHidden: typeof MAX_HIDDEN;
  /** Pictures that lie in no piece, without which the next one cannot be decoded. */
  #hidden: IsolatedPacket[] = [];
  #hiddenBytes = 0;
  /** Too much was hidden: nothing can be decoded before the next key frame. */
  #broken = false;
  #lastUs = -1;

  constructor(timeline: RecordingTimeline, maxHidden = MAX_HIDDEN) {
    this.#timeline = timeline;
    this.#maxHidden = maxHidden;
  }

  /**
   * What is to be written next. A picture inside of a piece brings those before the piece with it that it needs: they pass in
   * no time at the piece's beginning.
   */
  place(packet: IsolatedPacket): PlacedPacket[] {
    const { framerate, pieces } = this.#timeline;
    const frame = (packet.ms * framerate) / 1000;
    const piece = pieces.find(({ from, to }) => frame >= from && frame < to);
    const sound = packet.config.codec === 'opus';
    if (!sound && packet.keyframe) this.#forget();
    if (!piece) {
      if (!sound) this.#hide(packet);
      return [];
    }
    if (this.#broken) return [];
    const us = this.#usOf(piece, frame);
    const placed = [...this.#placeHidden(piece, us), this.#placeAt(packet, piece, us)];
    this.#forget();
    return placed;
  }

  /** Whether everything from this time on lies behind the recording. */
  isOver(ms: number): boolean {
    const { framerate, pieces } = this.#timeline;
    const frame = (ms * framerate) / 1000;
    return pieces.every(({ to }) => frame >= to);
  }

  #placeHidden(piece: TimelinePiece, untilUs: number): PlacedPacket[] {
    const count = this.#hidden.length;
    const startUs = this.#usOf(piece, piece.from);
    const stepUs = Math.min(HIDDEN_STEP_US, Math.floor((untilUs - startUs) / Math.max(1, count)));
    return this.#hidden.map((packet, index) =>
      this.#placeAt({ ...packet, durationMs: 0 }, piece, startUs + index * stepUs),
    );
  }

  #placeAt(packet: IsolatedPacket, piece: TimelinePiece, us: number): PlacedPacket {
    this.#lastUs = Math.max(us, this.#lastUs + 1);
    const endUs = Math.max(
      this.#lastUs,
      Math.min(us + Math.round(packet.durationMs * 1000), this.#usOf(piece, piece.to)),
    );
    return { us: this.#lastUs, endUs, packet };
  }

  #usOf({ from, outputFrame }: TimelinePiece, frame: number): number {
    return Math.round(((outputFrame + frame - from) * 1e6) / this.#timeline.framerate);
  }

  #hide(packet: IsolatedPacket): void {
    if (this.#broken) return;
    this.#hidden.push(packet);
    this.#hiddenBytes += packet.data.byteLength;
    if (this.#hidden.length <= this.#maxHidden.packets && this.#hiddenBytes <= this.#maxHidden.bytes) return;
    this.#forget();
    this.#broken = true;
  }

  #forget(): void {
    this.#hidden = [];
    this.#hiddenBytes = 0;
    this.#broken = false;
  }
}
