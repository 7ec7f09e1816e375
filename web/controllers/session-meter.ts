/** Rates of a session, from its running totals. */
import type { FlowVerdict } from '../../src/protocol/flow/acked-rate-controller.ts';
import type { Size } from '../capture/fit-size.ts';

/** What is just now, and passed on as it is. */
interface Instant {
  readonly rttMs: number | undefined;
  /** Added to this page's clock it gives the room's, milliseconds. */
  readonly clockOffsetMs: number | undefined;
  /** From the program's clock to this screen, milliseconds: how old pictures were when they were drawn, in the mean. */
  readonly latencyMs: number | undefined;
  /** The oldest of them. */
  readonly latencyWorstMs: number | undefined;
  /** How old the freshest of them was when it arrived, milliseconds; undefined when none did, or nobody looks. */
  readonly arrivalMs: number | undefined;
  /** From a camera's picture to the socket that takes its coded frame, milliseconds. */
  readonly captureToSentMs: number | undefined;
  /** From there to the server's acknowledgement, milliseconds. */
  readonly ackMs: number | undefined;
  /** Pictures that were not made because the way was not free, since their tracks began. */
  readonly heldBack: number;
  /** How everything that is sent gets through; undefined while nothing is. */
  readonly line: FlowVerdict | undefined;
  /** How far the picture is behind the sound, milliseconds; undefined while no sound plays. */
  readonly pictureBehindMs: number | undefined;
  /** Program pictures in the decoder. */
  readonly decoding: number;
  /** Program pictures that were decoded and never shown, since the start. */
  readonly dropped: number;
  /** Sound in stock, milliseconds. */
  readonly soundMs: number | undefined;
  /** Times the sound's stock ran dry, and times it was too long and was cut, since the start. */
  readonly underruns: number;
  readonly skips: number;
  /** The camera's picture as it is sent, or else the picture of another source; undefined while none is. */
  readonly sending: Size | undefined;
  /** Everything that is sent. */
  readonly tracks: readonly SentTrack[];
  /** Where the media are worked on: beside the page, or on its own thread. */
  readonly host: 'worker' | 'page';
  /** Decoding by hardware was given up, because it held pictures back. */
  readonly softwareDecoder: boolean;
}

/** One thing that is sent. */
export interface SentTrack {
  readonly track: number;
  /** Size of the pictures. */
  readonly size?: Size;
  readonly captureToSentMs: number | undefined;
  /** Bytes since the track began. */
  readonly bytes: number;
  /** Pictures read of the source since then, whether they were sent or not; of pictures alone. */
  readonly pictures?: number;
}

/** Totals since the start, and what is just now. */
export interface SessionTotals extends Instant {
  readonly atMs: number;
  readonly framesSent: number;
  readonly bytesSent: number;
  readonly framesShown: number;
  readonly framesReceived: number;
  /** Bytes of the program's frames, sound and picture, without their headers. */
  readonly bytesReceived: number;
}

/** Per second, over the time between two calls. */
export interface SessionStats extends Instant {
  readonly sentFps: number;
  /** Bit/s, as `receivedBitrate` is. */
  readonly sentBitrate: number;
  readonly shownFps: number;
  readonly receivedFps: number;
  readonly receivedBitrate: number;
}

/** Remembers the totals of the call before. */
export class SessionMeter {
  #before: SessionTotals | undefined;

  /** Undefined on the first call: a rate needs two. */
  take(totals: SessionTotals): SessionStats | undefined {
    const { atMs, framesSent, bytesSent, framesShown, framesReceived, bytesReceived, ...instant } = totals;
    const before = this.#before;
    this.#before = totals;
    if (!before || atMs <= before.atMs) return undefined;
    const seconds = (atMs - before.atMs) / 1000;
    // What recorders sent is counted from nought again when one of them is gone.
    const rate = (now: number, then: number): number => Math.max(0, now - then) / seconds;
    return {
      ...instant,
      sentFps: rate(framesSent, before.framesSent),
      sentBitrate: rate(bytesSent, before.bytesSent) * 8,
      shownFps: rate(framesShown, before.framesShown),
      receivedFps: rate(framesReceived, before.framesReceived),
      receivedBitrate: rate(bytesReceived, before.bytesReceived) * 8,
    };
  }
}
