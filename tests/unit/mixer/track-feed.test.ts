import { describe, expect, it, vi } from 'vitest';
import { UnavailableError } from '../../../src/errors.ts';
import type { OpusConfig, VideoConfig } from '../../../src/media/codec.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import type { LinkMedia } from '../../../src/mixer/link.ts';
import type { ToMixer } from '../../../src/mixer/link-messages.ts';
import { type FeedTarget, TrackFeed } from '../../../src/mixer/track-feed.ts';
import { type AudioTrack, type VideoTrack, createTrack } from '../../../src/room/track.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const VP8: VideoConfig = { codec: 'vp8', codecString: 'vp8', width: 320, height: 180, framerate: 30 };
const OPUS: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 1 };

/** A mixer process that writes down what it gets: configurations by id, frames as `config:pts`, key frames with a star. */
class Target implements FeedTarget {
  readonly got: string[] = [];

  send(message: ToMixer): void {
    this.got.push(message.type === 'config' ? `config ${message.id} of ${message.track}` : message.type);
  }

  sendMedia({ channel, config, pts, keyframe }: LinkMedia): void {
    this.got.push(`${channel}/${config}:${pts}${keyframe ? '*' : ''}`);
  }

  async gets(count: number): Promise<string[]> {
    await vi.waitFor(() => {
      if (this.got.length < count) throw new Error(`It got ${this.got.length} instead of ${count}`);
    }, WAIT);
    return this.got;
  }
}

function video(): { track: VideoTrack; write: (time: number, keyframe?: boolean, config?: VideoConfig) => void } {
  const track = createTrack(0, 'video', 'camera', 'camera') as VideoTrack;
  const write = (time: number, keyframe = false, config = VP8): void => {
    const data = Uint8Array.of(time);
    track.stream.write({ data, pts: pts(time), duration: 1, wallTime: wallTime(0), keyframe, config });
  };
  return { track, write };
}

describe('TrackFeed', () => {
  it('sends a configuration before its first frame, and each once', async () => {
    const { track, write } = video();
    const [feed, target] = [new TrackFeed(7, track), new Target()];
    feed.start(target);
    write(1, true);
    write(2);
    write(3, true, { ...VP8, width: 640 });
    write(4, false, { ...VP8, width: 320 });
    expect(await target.gets(7)).toEqual([
      'config 1 of 7',
      '7/1:1*',
      '7/1:2',
      'config 2 of 7',
      '7/2:3*',
      'config 3 of 7',
      '7/3:4',
    ]);
    feed.stop();
  });

  it('begins each run with the newest key frame, and leaves the one before', async () => {
    const { track, write } = video();
    const [feed, first, second] = [new TrackFeed(7, track), new Target(), new Target()];
    for (const [time, keyframe] of [[1, true], [2], [3, true], [4]] as Array<[number, boolean?]>) write(time, keyframe);
    feed.start(first);
    expect(await first.gets(3)).toEqual(['config 1 of 7', '7/1:3*', '7/1:4']);
    feed.start(second);
    write(5);
    expect(await second.gets(4)).toEqual(['config 1 of 7', '7/1:3*', '7/1:4', '7/1:5']);
    expect(first.got).toHaveLength(3);
    feed.stop();
    write(6);
    track.stream.close();
    expect(second.got).toHaveLength(4);
  });

  it('sends sound without a configuration: Opus says what it is', async () => {
    const track = createTrack(1, 'audio', 'mic', 'mic') as AudioTrack;
    const [feed, target] = [new TrackFeed(8, track), new Target()];
    feed.start(target);
    const packet = { data: Uint8Array.of(1), duration: 20_000, wallTime: wallTime(0), keyframe: true, config: OPUS };
    track.stream.write({ ...packet, pts: pts(20_000) });
    expect(await target.gets(1)).toEqual(['8/1:20000*']);
    feed.stop();
  });

  it('ends quietly when its stream ends with a failure', async () => {
    const { track, write } = video();
    const [feed, target] = [new TrackFeed(7, track), new Target()];
    feed.start(target);
    write(1, true);
    track.stream.close(new UnavailableError('gone', 'The sender is gone; wait for it to come back.'));
    expect(await target.gets(2)).toEqual(['config 1 of 7', '7/1:1*']);
    feed.stop();
  });
});
