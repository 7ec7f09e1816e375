/** The small rendition of the program as receivers share it: ordered from the mixer while any of them needs it, and a little longer. */
import type { H264Config } from '../media/codec.ts';
import type { Stream } from '../media/stream.ts';
import { WireStream } from './wire-stream.ts';

/** Where it comes from: the room's mixer. */
export interface LowSource {
  readonly low: Stream<H264Config>;
  /** It costs an encoder. */
  setLowWanted(wanted: boolean): void;
}

/** Seconds that it continues without a user: a line at the limit must not start and end encoders all the time. */
const LINGER_S = 10;
/** Far from the numbers of the full rendition: an acknowledgement of one cannot be taken for one of the other. */
const FIRST_SEQ = 2 ** 31;

/** Owned by the broadcaster. */
export class LowRendition {
  readonly #source: LowSource;
  readonly #wire: WireStream<H264Config>;
  readonly #users = new Set<string>();
  #wanted = false;
  /** Program frame at which nobody used it any more. */
  #idleSince: number | undefined;

  constructor(source: LowSource) {
    this.#source = source;
    this.#wire = new WireStream(source.low, 'video', { firstSeq: FIRST_SEQ, firstConfigId: 1, configIdStep: 2 });
  }

  get stream(): Stream<H264Config> {
    return this.#wire.stream;
  }

  /** Whether this participant needs it. */
  setUsed(participantId: string, used: boolean): void {
    if (used) this.#users.add(participantId);
    else this.#users.delete(participantId);
    this.#idleSince = undefined;
    if (used) this.#setWanted(true);
  }

  /** Called now and then with the frame that the program has reached. */
  review(frame: number): void {
    if (this.#users.size > 0) return;
    this.#idleSince ??= frame;
    if (frame - this.#idleSince >= LINGER_S * this.stream.timescale) this.#setWanted(false);
  }

  close(): void {
    this.#users.clear();
    this.#setWanted(false);
    this.#wire.close();
  }

  #setWanted(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#source.setLowWanted(wanted);
  }
}
