/** Carries one track's packets to the mixer process. */
import type { VideoConfig } from '../media/codec.ts';
import type { StreamReader } from '../media/stream-reader.ts';
import type { Track } from '../room/track.ts';
import type { ToMixer } from './link-messages.ts';
import type { LinkMedia } from './link.ts';

// The link is local and fast; what waits here waits for a mixer process that hangs.
const LIMITS = { maxItems: 600, maxBytes: 16 * 1024 * 1024 };

/** Where a feed goes: a run of the mixer process. */
export interface FeedTarget {
  send(message: ToMixer): void;
  sendMedia(media: LinkMedia): void;
}

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

  start(target: FeedTarget): void {
    this.stop();
    const { label } = this.track.stream;
    const reader = this.track.stream.subscribe({
      label: `mixer ${label}`,
      limits: LIMITS,
      onOverflow: 'drop-to-keyframe',
    });
    this.#reader = reader;
    // A stream that ends with a failure is no news here: whoever ended it removes the track as well.
    this.#pump(reader, target).catch(() => {});
  }

  stop(): void {
    this.#reader?.close();
    this.#reader = undefined;
  }

  async #pump(reader: StreamReader, target: FeedTarget): Promise<void> {
    let known: unknown;
    let configId = 0;
    for await (const packet of reader) {
      if (packet.config !== known) {
        known = packet.config;
        configId += 1;
        if (this.track.kind === 'video') {
          target.send({ type: 'config', track: this.number, id: configId, config: packet.config as VideoConfig });
        }
      }
      target.sendMedia({
        channel: this.number,
        pts: packet.pts,
        keyframe: packet.keyframe,
        config: configId,
        data: packet.data,
      });
    }
  }
}
