import { describe, expect, it, vi } from 'vitest';
import type { HopObserver } from '../../../src/room/hop-times.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { type PictureDelay, Room } from '../../../src/room/room.ts';
import { createTrack } from '../../../src/room/track.ts';
import { DelayWatch } from '../../../src/server/delay-watch.ts';

function watch() {
  const limits = { maxParticipants: 3, maxTracksPerParticipant: 6 };
  const room = new Room({ id: 'demo', title: 'Demo', createdAt: new Date(0), limits });
  const ana = createParticipant('ana', 'Ana');
  room.join(ana);
  const tracks = {
    screen: createTrack(2, 'video', 'screen', 'screen'),
    camera: createTrack(1, 'video', 'camera', 'camera'),
    mic: createTrack(0, 'audio', 'mic', 'mic'),
  };
  const hops = {
    observeHop: vi.fn<HopObserver['observeHop']>(),
    observePage: vi.fn<HopObserver['observePage']>(),
  };
  const told: (readonly PictureDelay[])[] = [];
  room.events.on('delays', (delays) => told.push(delays));
  return { ana, tracks, hops, told, delays: new DelayWatch(room, hops) };
}

describe('the watch over delays', () => {
  it('takes the way to the server off the age in the program', () => {
    const { tracks, hops, delays } = watch();
    tracks.camera.transitMs = 12;
    delays.ages([
      { participant: 'ana', track: tracks.camera, ms: 92 },
      { participant: 'ana', track: tracks.mic, ms: 92 },
    ]);
    expect(hops.observeHop.mock.calls).toEqual([['ingest_program', 'picture', 80]]);
  });

  it('tells the room the true delay of cameras, once the sender has told their clock', () => {
    const { ana, tracks, told, delays } = watch();
    const ages = [tracks.screen, tracks.camera, tracks.mic].map((track, index) => ({
      participant: 'ana',
      track,
      ms: 90.4 + index,
    }));
    delays.ages(ages);
    expect(told).toEqual([]);
    ana.clockAheadMs = 30;
    delays.ages(ages);
    delays.ages([]);
    delays.ages([]);
    expect(told).toEqual([[{ id: 'ana', programMs: 121 }], []]);
  });

  it.each([
    [5000, 1],
    [5001, 0],
  ])('takes a picture %i ms old for late or for held', (ms, told) => {
    const rig = watch();
    rig.ana.clockAheadMs = 0;
    rig.delays.ages([{ participant: 'ana', track: rig.tracks.camera, ms }]);
    expect(rig.told).toHaveLength(told);
  });
});
