import { describe, expect, it } from 'vitest';
import type { IsolatedPacket } from '../../../../src/recorder/tracks/isolated-tracks.ts';
import { RecordingTimeline } from '../../../../src/recorder/recordings/recording-timeline.ts';
import { type PlacedPacket, TimelinePlacer } from '../../../../src/recorder/tracks/timeline-placer.ts';

const video = { codec: 'vp8', codecString: 'vp8', width: 320, height: 180, framerate: 25 } as const;
const opus = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 1 } as const;
/** Of 50 frames a second: 1 s to 3 s, a pause with a slate of 2 s, 4 s to 5 s. */
const timeline = new RecordingTimeline(
  [
    { from: 50, to: 150, outputFrame: 0 },
    { from: 200, to: 250, outputFrame: 200 },
  ],
  50,
);

const picture = (ms: number, keyframe = false): IsolatedPacket => ({
  ms,
  durationMs: 40,
  keyframe,
  config: video,
  data: Uint8Array.of(ms % 256),
});
const sound = (ms: number): IsolatedPacket => ({ ...picture(ms, true), durationMs: 20, config: opus });

/** Time of the session, time in the recording, and end there: milliseconds. */
function places(placed: readonly PlacedPacket[]): [number, number, number][] {
  return placed.map(({ packet, us, endUs }) => [packet.ms, us / 1000, endUs / 1000]);
}

const placeAll = (
  packets: readonly IsolatedPacket[],
  placer = new TimelinePlacer(timeline),
): [number, number, number][] => places(packets.flatMap((packet) => placer.place(packet)));

describe('packets on the timeline of a recording', () => {
  it('stand at their true offset, without what lies before, between and behind the pieces', () => {
    const packets = [980, 1000, 1500, 2999.5, 3000, 3500, 3999, 4000, 4999, 5000].map(sound);
    expect(placeAll(packets)).toEqual([
      [1000, 0, 20],
      [1500, 500, 520],
      // No longer than its piece.
      [2999.5, 1999.5, 2000],
      [4000, 4000, 4020],
      [4999, 4999, 5000],
    ]);
  });

  it('bring the pictures before a piece with them that they need, in its first moment', () => {
    const packets = [picture(800, true), picture(840), picture(920), picture(960), picture(1004.5), picture(1044.5)];
    expect(placeAll(packets)).toEqual([
      [800, 0, 0],
      [840, 0.01, 0.01],
      [920, 0.02, 0.02],
      [960, 0.03, 0.03],
      [1004.5, 4.5, 44.5],
      [1044.5, 44.5, 84.5],
    ]);
  });

  it('squeeze those pictures into however little time there is', () => {
    const packets = [picture(800, true), picture(840), picture(880), picture(1000.003)];
    expect(placeAll(packets).map(([, at]) => at)).toEqual([0, 0.001, 0.002, 0.003]);
    const none = [picture(800, true), picture(840), picture(1000), picture(1040)];
    expect(placeAll(none).map(([, at]) => at)).toEqual([0, 0.001, 0.002, 40]);
  });

  it('need none of them when the piece begins with a key frame', () => {
    expect(placeAll([picture(800, true), picture(960), picture(1010, true)])).toEqual([[1010, 10, 50]]);
  });

  it('need only those of a pause after it, where the ones before it were written', () => {
    const packets = [picture(2900, true), picture(2960), picture(3100), picture(3900), picture(4010)];
    expect(placeAll(packets).map(([ms, at]) => [ms, at])).toEqual([
      [2900, 1900],
      [2960, 1960],
      [3100, 4000],
      [3900, 4000.01],
      [4010, 4010],
    ]);
  });

  it('rise, even where two come at the same microsecond', () => {
    expect(placeAll([sound(1000), sound(1000.0001), sound(1000.0002)]).map(([, at]) => at)).toEqual([0, 0.001, 0.002]);
  });

  it('wait for a key frame when too many would have to come before it', () => {
    const limits = { packets: 3, bytes: 100 };
    const before = [picture(800, true), picture(840), picture(880)];
    const behind = [picture(1010), picture(1050, true), picture(1090)];
    const all = (extra: readonly IsolatedPacket[]): number[] =>
      placeAll([...before, ...extra, ...behind], new TimelinePlacer(timeline, limits)).map(([ms]) => ms);
    expect(all([])).toEqual([800, 840, 880, 1010, 1050, 1090]);
    expect(all([picture(920)])).toEqual([1050, 1090]);
  });

  it('hide no more bytes than they may', () => {
    const large = (ms: number, bytes: number): IsolatedPacket => ({
      ...picture(ms, ms === 800),
      data: new Uint8Array(bytes),
    });
    const at = (bytes: number): number =>
      placeAll(
        [large(800, 50), large(840, bytes), picture(1010)],
        new TimelinePlacer(timeline, { packets: 9, bytes: 100 }),
      ).length;
    expect([at(50), at(51)]).toEqual([3, 0]);
  });

  it('are over behind the last piece only', () => {
    const placer = new TimelinePlacer(timeline);
    expect([0, 3500, 4999, 5000].map((ms) => placer.isOver(ms))).toEqual([false, false, false, true]);
  });
});
