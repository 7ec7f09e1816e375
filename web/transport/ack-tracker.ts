/** What arrived of each track, told to the sender in regular acknowledgements. */
import type { AckMessage } from '../../src/protocol/messages.ts';

interface Received {
  seq: number;
  bytes: number;
  receivedMs: number;
  fresh: boolean;
}

/** Bytes of payload are counted per track from the start of the connection. */
export class AckTracker {
  readonly #tracks = new Map<number, Received>();

  /** A frame of `track` arrived at `nowMs` of the receiver's monotonic clock. */
  note(track: number, seq: number, bytes: number, nowMs: number): void {
    const before = this.#tracks.get(track);
    this.#tracks.set(track, { seq, bytes: (before?.bytes ?? 0) + bytes, receivedMs: nowMs, fresh: true });
  }

  /** One message for each track that received something since the last call. */
  take(): AckMessage[] {
    const acks: AckMessage[] = [];
    for (const [track, received] of this.#tracks) {
      if (!received.fresh) continue;
      received.fresh = false;
      acks.push({ type: 'ack', track, seq: received.seq, bytes: received.bytes, receivedMs: received.receivedMs });
    }
    return acks;
  }
}
