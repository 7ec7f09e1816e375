/** The unit that travels between stages. */
import type { CodecConfig } from './codec.ts';
import type { Pts, WallTime } from './timestamp.ts';

/**
 * One coded frame. `pts` and `duration` are ticks of the stream's timescale, `wallTime` is when its content was captured.
 * Packets of one configuration share one `config` object: a reader sees a change by identity.
 * `data` is never written to after the packet exists; readers share it.
 */
export interface Packet<C extends CodecConfig = CodecConfig> {
  readonly data: Uint8Array;
  readonly pts: Pts;
  readonly duration: number;
  readonly wallTime: WallTime;
  /** Decodable on its own. Always true for sound. */
  readonly keyframe: boolean;
  readonly config: C;
}
