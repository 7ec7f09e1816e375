/** Carries one track's packets to the mixer process. */
import type { VideoConfig } from '../media/codec.ts';
import type { StreamReader } from '../media/stream-reader.ts';
import type { Track } from '../room/track.ts';
import type { MixerChild } from './mixer-child.ts';

// The link is local and fast; what waits here waits for a mixer process that hangs.
const LIMITS = { maxItems: 600, maxBytes: 16 * 1024 * 1024 };

/** Restarted for each mixer process; a new run begins with the newest key frame group. */
export class TrackFeed {
  /** The track's number in the mixer process. */
  readonly number: number;
  readonly track: Track;
  #reader: StreamReader | undefined;

  constructor(number: number, track: Track) {
    this.number = number;
    this.track = track;
  }

  start(child: MixerChild): void {
    this.stop();
    const { label } = this.track.stream;
    const reader = this.track.stream.subscribe({
      label: `mixer ${label}`,
      limits: LIMITS,
      onOverflow: 'drop-to-keyframe',
    });
    this.#reader = reader;
    void this.#pump(reader, child);
  }

  stop(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  async #pump(reader: StreamReader, child: MixerChild): Promise<void> {
    let known: unknown;
    let configId = 0;
    for await (const packet of reader) {
      if (packet.config !== known) {
        known = packet.config;
        configId += 1;
        if (this.track.kind === 'video') {
          child.send({ type: 'config', track: this.number, id: configId, config: packet.config as VideoConfig });
        }
      }
      child.sendMedia({
        channel: this.number,
        pts: packet.pts,
        keyframe: packet.keyframe,
        config: configId,
        data: packet.data,
      });
    }
  }
}
