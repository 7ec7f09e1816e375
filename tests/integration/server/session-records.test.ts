import { expect, it } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { listIsolatedTracks } from '../../../src/recorder/tracks/isolated-tracks.ts';
import { readSessionEvents } from '../../../src/recorder/session/session-events.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { type AudioTrack, createTrack } from '../../../src/room/track.ts';
import { SessionRecords } from '../../../src/server/session-records.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { say } from '../../helpers/kept-room.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** One run of a server, whose session begins at 1000 on its clock: somebody comes, speaks at `ms` and is recorded. */
async function runOnce(folder: string, ms: number, brokeOffMs?: number): Promise<FakeClock> {
  const limits = { maxParticipants: 5, maxTracksPerParticipant: 3 };
  const room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  const clock = new FakeClock();
  clock.advance(1000 + ms);
  const common = { room, folder, originMs: 1000, fsyncMs: 1000, clock, log: nullLogger };
  const records = new SessionRecords({ ...common, brokeOffMs });
  const ana = createParticipant('a', 'Ana');
  room.join(ana);
  const microphone = createTrack(0, 'audio', 'mic', 'sound') as AudioTrack;
  room.addTrack(ana, microphone);
  const leave = records.keepTracks();
  say(microphone, ms);
  records.mark('here', 'r1');
  records.ages([{ participant: 'a', track: microphone, ms: 80 }]);
  leave();
  await records.written();
  expect((await listIsolatedTracks(folder)).at(-1)).toMatchObject({ fromMs: ms, lost: 0 });
  await records.close();
  return clock;
}

it('keeps events and tracks of a session, and goes on with both after its server died', async () => {
  const folder = await tempDir();
  const clocks = [await runOnce(folder, 100), await runOnce(folder, 9000, 4000)];
  const told: unknown[] = [];
  for await (const event of readSessionEvents(folder)) {
    told.push([event.type === 'program' ? event.state : event.type, event.ms]);
  }
  const run = (ms: number) =>
    ['title', 'layout', 'annotation', 'joined', 'track-added', 'marker', 'playout'].map((type) => [type, ms]);
  expect(told).toEqual([...run(100), ['interrupted', 4000], ['resumed', 9000], ...run(9000)]);
  expect((await listIsolatedTracks(folder)).map(({ id, fromMs }) => [id, fromMs])).toEqual([
    [0, 100],
    [1, 9000],
  ]);
  expect(clocks.map(({ pending }) => pending)).toEqual([0, 0]);
});
