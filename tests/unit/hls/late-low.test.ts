import { describe, expect, it } from 'vitest';
import { LiveStream } from '../../../src/hls/live-stream.ts';
import type { IndexWishes } from '../../../src/hls/offer.ts';
import { Packager } from '../../../src/hls/packager.ts';
import { streamTimes } from '../../../src/hls/profile.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { FPS, UNIT, WALL_START, pictureConfig, soundConfig, unitsBefore } from './packager-rig.ts';

/** Frames of a part and of a segment. */
const [PART, SEGMENT] = [15, 60];
const NOTHING = new URLSearchParams();

/** A room whose viewers may choose: pictures, sound, and small pictures when a test has some. */
class Room {
  readonly stream = new LiveStream({
    sessionId: 'abc',
    originWallMs: WALL_START,
    times: streamTimes('standard', FPS, SEGMENT / FPS),
    windowSegments: 6,
    dvrSegments: 6,
    orderedBitrate: 0,
    captions: false,
    abr: { framerate: FPS, low: { width: 320, height: 180, kbit: 150 } },
    source: { readSegment: () => Promise.resolve(undefined) },
    clock: new FakeClock(),
  });
  readonly #packager = new Packager({
    framerate: FPS,
    partFrames: PART,
    segmentFrames: SEGMENT,
    onPart: (part, tracks) => this.stream.add(part, tracks),
  });
  #frame = 0;
  #picture = pictureConfig();
  readonly #sound = soundConfig();
  readonly #low = pictureConfig(1);

  /** The next frames; every second one has a small picture if there is a small encoder. */
  frames(count: number, low: boolean): void {
    for (const end = this.#frame + count; this.#frame < end; this.#frame += 1) {
      const frame = this.#frame;
      const at = wallTime(WALL_START + (frame * 1000) / FPS);
      const common = { data: new Uint8Array(8), wallTime: at };
      for (let unit = unitsBefore(frame); unit < unitsBefore(frame + 1); unit += 1) {
        const sound = { pts: pts(unit * UNIT), duration: UNIT, keyframe: true, config: this.#sound };
        this.#packager.audio({ ...common, ...sound });
      }
      const picture = { ...common, pts: pts(frame), keyframe: frame % SEGMENT === 0 };
      if (low && frame % 2 === 0) this.stream.addLow({ ...picture, duration: 2, config: this.#low });
      this.#packager.video({ ...picture, duration: 1, config: this.#picture });
    }
  }

  /** Another encoder of the full picture begins: a discontinuity. */
  breakOff(): void {
    this.#picture = pictureConfig();
  }

  /** Playlists that the index offers; undefined when there is no index. */
  offered(wishes: IndexWishes = {}): string[] | undefined {
    const { status, body } = this.stream.multivariant(wishes);
    return status === 200 ? [...String(body).matchAll(/(\w+)\.m3u8$/gm)].map(([, name = '']) => name) : undefined;
  }

  async status(file: string): Promise<number> {
    return (await this.stream.get(file, NOTHING)).status;
  }

  async text(file: string): Promise<string> {
    return String((await this.stream.get(file, NOTHING)).body);
  }
}

describe('a small picture', () => {
  it('that is in time is offered with the first index', () => {
    const room = new Room();
    room.frames(2 * SEGMENT, true);
    // The packager gives a part when its sound is there, which one more frame brings.
    room.frames(1, true);
    expect(room.offered()).toEqual(['video', 'low']);
  });

  it('that never comes is waited for a segment and a part, and the rest is there without it', async () => {
    const room = new Room();
    room.frames(2 * SEGMENT + 1, false);
    expect(room.offered()).toBeUndefined();
    // Whoever can go back in time has no choice anyway.
    expect(room.offered({ dvr: true })).toEqual(['dvr']);
    const playlists = ['live.m3u8', 'video.m3u8', 'audio.m3u8', 'low.m3u8'];
    expect(await Promise.all(playlists.map((file) => room.status(file)))).toEqual([200, 200, 200, 404]);
    expect(await room.text('video.m3u8')).not.toContain('low.m3u8');
    room.frames(SEGMENT, false);
    expect(room.offered()).toBeUndefined();
    room.frames(PART, false);
    expect(room.offered()).toEqual(['video']);
    expect(String(room.stream.multivariant({}).body)).toContain('URI="abc/audio.m3u8"');
    room.stream.end();
    expect(room.offered()).toEqual(['video']);
    expect(await room.status('low.m3u8')).toBe(404);
  });

  it('that was promised is listed from the beginning, and reported while it can be played', async () => {
    const room = new Room();
    const promised = { promised: true };
    const index = (): string => String(room.stream.multivariant(promised).body);
    const isReported = async (): Promise<boolean> => (await room.text('audio.m3u8')).includes('URI="low.m3u8"');
    room.frames(2 * SEGMENT + 1, false);
    expect(room.offered(promised)).toEqual(['video', 'low']);
    expect(index()).toContain('DATA-ID="gridcast.low",VALUE="missing"');
    const [full, small] = [...index().matchAll(/STREAM-INF:BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+),(\S*)/g)];
    expect(small?.[3]).toMatch(/^CODECS="avc1.*,mp4a.*",RESOLUTION=320x180,FRAME-RATE=15.000,AUDIO="sound"$/);
    expect(Number(small?.[1])).toBeLessThan(Number(full?.[1]));
    expect(Number(small?.[2])).toBeLessThanOrEqual(Number(small?.[1]));
    expect([await room.status('low.m3u8'), await isReported()]).toEqual([404, false]);
    room.frames(3 * SEGMENT, true);
    expect(index()).toContain('DATA-ID="gridcast.low",VALUE="there"');
    expect([await room.status('low.m3u8'), await isReported()]).toEqual([200, true]);
    room.frames(2 * SEGMENT + PART, false);
    expect(room.offered(promised)).toEqual(['video', 'low']);
    expect(index()).toContain('DATA-ID="gridcast.low",VALUE="missing"');
    expect([await room.status('low.m3u8'), await isReported()]).toEqual([200, false]);
    // Who asks for the way back has no choice, and others are told nothing of it.
    expect(room.offered({ promised: true, dvr: true })).toEqual(['dvr']);
    expect(String(room.stream.multivariant({}).body)).not.toContain('SESSION-DATA');
  });

  it('that comes late is offered once two of its segments are whole, with the numbers of the rest', async () => {
    const room = new Room();
    room.frames(SEGMENT, false);
    room.breakOff();
    room.frames(3 * SEGMENT, false);
    room.frames(SEGMENT + 1, true);
    expect([room.offered(), await room.status('low.m3u8')]).toEqual([['video'], 404]);
    room.frames(SEGMENT, true);
    expect(room.offered()).toEqual(['video', 'low']);
    const [low, video] = [await room.text('low.m3u8'), await room.text('video.m3u8')];
    expect(low).toContain('#EXT-X-MEDIA-SEQUENCE:4\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n');
    expect(low).not.toContain('#EXT-X-GAP');
    expect(video).toContain('#EXT-X-RENDITION-REPORT:URI="low.m3u8"');
  });

  it('that fails is not offered to those who come then, and is again once two of its segments are whole', async () => {
    const room = new Room();
    room.frames(3 * SEGMENT + 1, true);
    expect(room.offered()).toEqual(['video', 'low']);
    room.frames(2 * SEGMENT + PART, false);
    expect(room.offered()).toEqual(['video']);
    // Those who play it are told what is missing.
    expect(await room.text('low.m3u8')).toContain('#EXT-X-GAP');
    room.frames(SEGMENT - PART - 1, false);
    room.frames(SEGMENT + 1, true);
    expect(room.offered()).toEqual(['video']);
    room.frames(SEGMENT, true);
    expect(room.offered()).toEqual(['video', 'low']);
  });
});
