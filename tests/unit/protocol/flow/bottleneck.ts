/** A line with a rate, a way, restlessness and cuts, and a camera behind it that does what the controller says. */
import { seededRandom } from '../../../../bench/content/random.ts';
import { AckedRateController, type FlowLimit } from '../../../../src/protocol/flow/acked-rate-controller.ts';
import type { PictureTarget } from '../../../../src/protocol/flow/quality-ladder.ts';

/** How the line is now; a test changes it as it goes. */
export interface Line {
  /** Bits a second. */
  rate: number;
  /** One way, milliseconds. */
  delayMs: number;
  /** Each message is delayed by up to so much more, and none overtakes another. */
  jitterMs: number;
  /** Nothing moves while it is true. */
  cut: boolean;
}

interface Message {
  readonly kind: 'picture' | 'sound';
  readonly seq: number;
  readonly bytes: number;
  readonly keyframe: boolean;
  readonly sentMs: number;
  left: number;
  readonly restMs: number;
}

interface Arrival {
  readonly message: Message;
  readonly atMs: number;
}

interface Ack {
  readonly seq: number;
  readonly receivedMs: number;
  readonly atMs: number;
}

/** What came out at the other end. */
export interface Delivered {
  readonly kind: 'picture' | 'sound';
  readonly keyframe: boolean;
  readonly atMs: number;
  /** On the way, milliseconds. */
  readonly tookMs: number;
}

const SOUND_BYTES = 110;
const SOUND_EVERY_MS = 20;
const ACK_EVERY_MS = 100;
const KEYFRAME_EVERY_MS = 4000;
/** How much larger a key frame is than the others. */
const KEYFRAME_FACTOR = 5;
/** Clocks of the two sides have nothing in common. */
const RECEIVER_ORIGIN_MS = 1_234_567;

/** Runs in steps of a millisecond of made-up time. */
export class Bottleneck {
  readonly controller = new AckedRateController();
  readonly line: Line = { rate: 10e6, delayMs: 5, jitterMs: 0, cut: false };
  readonly delivered: Delivered[] = [];
  /** Every change of what the encoder is told, with its time. */
  readonly targets: (PictureTarget & { readonly atMs: number })[] = [];
  limit: FlowLimit = { width: 1280, height: 720, framerate: 30, maxBitrate: 1_500_000 };
  /** Share of its target that the encoder uses. */
  usage = 1;
  restarts = 0;
  nowMs = 50_000;
  /** Most bytes that waited for the line since it was set. */
  mostQueued = 0;
  readonly #random: () => number;
  #queue: Message[] = [];
  #queued = 0;
  #arrivals: Arrival[] = [];
  #acks: Ack[] = [];
  #newest: { readonly seq: number; readonly receivedMs: number } | undefined;
  #seq = 0;
  #nextFrameMs = 0;
  #keyframeMs = Number.NEGATIVE_INFINITY;

  constructor(seed = 1) {
    this.#random = seededRandom(seed);
  }

  get target(): PictureTarget {
    return this.controller.target(this.limit, this.nowMs);
  }

  /** Bytes that wait for the line. */
  get queued(): number {
    return this.#queued;
  }

  run(ms: number): void {
    for (let step = 0; step < ms; step += 1) this.#step();
  }

  /** What arrived after `fromMs`. */
  since(fromMs: number, kind: Delivered['kind']): Delivered[] {
    return this.delivered.filter((message) => message.kind === kind && message.atMs >= fromMs);
  }

  #step(): void {
    this.nowMs += 1;
    this.#capture();
    if (this.nowMs % SOUND_EVERY_MS === 0) this.#enqueue('sound', this.nowMs, SOUND_BYTES, false);
    this.#transmit();
    this.#arrive();
    this.#acknowledge();
  }

  #capture(): void {
    const { target } = this;
    const last = this.targets.at(-1);
    if (!last || last.bitrate !== target.bitrate) this.targets.push({ ...target, atMs: this.nowMs });
    if (this.nowMs < this.#nextFrameMs) return;
    this.#nextFrameMs = Math.max(this.#nextFrameMs + 1000 / target.framerate, this.nowMs);
    if (!this.controller.mayEncode(0, this.nowMs)) return;
    const restart = this.controller.takeRestart();
    if (restart) this.restarts += 1;
    const keyframe = restart || this.nowMs - this.#keyframeMs >= KEYFRAME_EVERY_MS;
    if (keyframe) this.#keyframeMs = this.nowMs;
    const perGroup = (KEYFRAME_EVERY_MS / 1000) * target.framerate;
    const average = (this.usage * target.bitrate) / 8 / target.framerate;
    const delta = (average * perGroup) / (perGroup - 1 + KEYFRAME_FACTOR);
    const bytes = Math.round(delta * (keyframe ? KEYFRAME_FACTOR : 0.8 + 0.4 * this.#random()));
    this.controller.sent(this.#seq, bytes, keyframe, this.nowMs);
    this.#enqueue('picture', this.#seq, bytes, keyframe);
    this.#seq += 1;
  }

  #enqueue(kind: Message['kind'], seq: number, bytes: number, keyframe: boolean): void {
    const restMs = this.line.delayMs + this.line.jitterMs * this.#random();
    this.#queue.push({ kind, seq, bytes, keyframe, sentMs: this.nowMs, left: bytes, restMs });
    this.#queued += bytes;
    this.mostQueued = Math.max(this.mostQueued, this.#queued);
  }

  #transmit(): void {
    if (this.line.cut) return;
    let room = this.line.rate / 8000;
    while (room > 0 && this.#queue[0]) {
      const message = this.#queue[0];
      const part = Math.min(room, message.left);
      message.left -= part;
      this.#queued -= part;
      room -= part;
      if (message.left > 1e-6) return;
      this.#queue.shift();
      this.#arrivals.push({ message, atMs: this.nowMs + message.restMs });
    }
  }

  /** In order, as TCP delivers. */
  #arrive(): void {
    while (this.#arrivals[0] && this.#arrivals[0].atMs <= this.nowMs && !this.line.cut) {
      const { message } = this.#arrivals.shift() as Arrival;
      const { kind, keyframe, sentMs } = message;
      this.delivered.push({ kind, keyframe, atMs: this.nowMs, tookMs: this.nowMs - sentMs });
      if (kind === 'sound') continue;
      this.#newest = { seq: message.seq, receivedMs: this.nowMs + RECEIVER_ORIGIN_MS };
      if (keyframe) this.#sendAck();
    }
  }

  #acknowledge(): void {
    if (this.nowMs % ACK_EVERY_MS === 0) this.#sendAck();
    while (this.#acks[0] && this.#acks[0].atMs <= this.nowMs && !this.line.cut) {
      const { seq, receivedMs } = this.#acks.shift() as Ack;
      this.controller.acked(seq, receivedMs, this.nowMs);
    }
  }

  #sendAck(): void {
    if (!this.#newest) return;
    const atMs = this.nowMs + this.line.delayMs + this.line.jitterMs * this.#random();
    this.#acks.push({ ...this.#newest, atMs });
    this.#newest = undefined;
  }
}

/** The value that `share` of them do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
