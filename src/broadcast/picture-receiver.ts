/** The program's picture on its way to one participant: the full rendition, or the small one while their line is slow. */
import type { H264Config } from '../media/codec.ts';
import type { Packet } from '../media/packet.ts';
import type { Stream } from '../media/stream.ts';
import type { StreamReader } from '../media/stream-reader.ts';
import type { Quality } from '../protocol/messages.ts';
import { Outlet, type OutletOptions } from './outlet.ts';
import type { QualityPolicy, RenditionName } from './quality-policy.ts';
import { lostMessage, pump, subscribe } from './receiver.ts';

/** Options of a picture receiver. Both streams count program frames of the same rate. */
export interface PictureReceiverOptions extends OutletOptions {
  readonly label: string;
  readonly full: Stream<H264Config>;
  readonly low: Stream<H264Config>;
  /** Outlives the receiver: it knows the line. */
  readonly policy: QualityPolicy;
  /** Told when this receiver begins and ceases to need the small rendition. */
  readonly onUse: (used: boolean) => void;
}

/** The small rendition may lag the full one by this many seconds; older packets are left over from an earlier use. */
const MAX_LAG_S = 0.5;
/** After this many seconds without a packet the small rendition is no longer waited for. */
const SILENCE_S = 3;

/** Always reads the full stream, for its key frames and as a clock; switches renditions at key frames. Runs until `close`. */
export class PictureReceiver {
  readonly #options: PictureReceiverOptions;
  readonly #outlet: Outlet<H264Config>;
  #full: StreamReader<H264Config> | undefined;
  #low: StreamReader<H264Config> | undefined;
  #current: RenditionName = 'full';
  /** Program frame of the newest packet of the current rendition. */
  #lastFrame = 0;

  constructor(options: PictureReceiverOptions) {
    this.#options = options;
    this.#outlet = new Outlet(options);
    this.#openFull();
  }

  /** Frames this peer did not get. */
  get skipped(): number {
    return this.#outlet.skipped;
  }

  /** For the receiver that takes this one's place. */
  get policy(): QualityPolicy {
    return this.#options.policy;
  }

  /** What the client wants; takes effect at the next key frame. */
  ask(quality: Quality): void {
    this.#options.policy.ask(quality);
    this.#follow(this.#lastFrame);
  }

  /** Sends the newest key frame group again and goes on from there: the answer to a lost decoder. */
  restart(): void {
    if (this.#current === 'full') this.#openFull();
    else this.#openLow();
  }

  close(): void {
    this.#full?.close();
    this.#closeLow();
  }

  #openFull(): void {
    const { full, label, socket, track } = this.#options;
    this.#full?.close();
    this.#full = subscribe(full, label);
    this.#outlet.restart(full.latest);
    void pump(
      this.#full,
      (packet) => this.#onFull(packet),
      (error) => socket.send(lostMessage(error, track)),
    );
  }

  #openLow(): void {
    const { low, label } = this.#options;
    this.#low?.close();
    this.#low = subscribe(low, label);
    if (this.#current === 'low') this.#outlet.restart(low.latest);
    void pump(
      this.#low,
      (packet) => this.#onLow(packet),
      () => {
        // The stream goes silent, which `#onFull` handles.
      },
    );
  }

  #closeLow(): void {
    if (!this.#low) return;
    this.#low.close();
    this.#low = undefined;
    this.#options.onUse(false);
  }

  #onFull(packet: Packet<H264Config>): void {
    const wanted = this.#follow(packet.pts);
    if (this.#current === 'low') {
      const silent = packet.pts - this.#lastFrame > SILENCE_S * this.#options.full.timescale;
      if (!packet.keyframe || (wanted === 'low' && !silent)) return;
      this.#switchTo('full');
      if (wanted === 'full') this.#closeLow();
    }
    this.#forward(packet);
  }

  #onLow(packet: Packet<H264Config>): void {
    if (this.#current === 'full') {
      const lag = this.#lastFrame - packet.pts;
      if (!packet.keyframe || lag > MAX_LAG_S * this.#options.low.timescale) return;
      if (this.#follow(this.#lastFrame) === 'full') return;
      this.#switchTo('low');
    }
    this.#forward(packet);
  }

  /** Orders the small rendition as soon as it is wanted. */
  #follow(frame: number): RenditionName {
    const wanted = this.#options.policy.wanted(this.#seconds(frame));
    if (wanted === 'low' && !this.#low) {
      this.#options.onUse(true);
      this.#openLow();
    }
    if (wanted === 'full' && this.#current === 'full') this.#closeLow();
    return wanted;
  }

  #switchTo(rendition: RenditionName): void {
    this.#current = rendition;
    this.#outlet.switched();
  }

  #forward(packet: Packet<H264Config>): void {
    this.#lastFrame = packet.pts;
    if (this.#outlet.forward(packet)) this.#options.policy.trouble(this.#seconds(packet.pts));
  }

  #seconds(frame: number): number {
    return frame / this.#options.full.timescale;
  }
}
