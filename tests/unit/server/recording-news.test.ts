import { describe, expect, it } from 'vitest';
import { Room } from '../../../src/room/room.ts';
import { AutoRecording } from '../../../src/server/auto-recording.ts';
import { recordingNews } from '../../../src/server/recording-news.ts';
import { nullLogger } from '../../../src/logger.ts';

const limits = { maxParticipants: 5, maxTracksPerParticipant: 2 };
const BEFORE = { room: 'demo', session: 'before' };
const PRESENT = { room: 'demo', session: 'present' };

/** A room whose sessions come and go, and all that its people were told of recordings. */
function stage(sessionId?: string) {
  const room = new Room({ id: 'demo', title: 'Demo', createdAt: new Date(0), limits });
  const rooms = {
    room: (id: string) => (id === 'demo' ? room : undefined),
    pipeline: () => (sessionId === undefined ? undefined : { sessionId }),
  };
  const told: Array<boolean | 'paused'> = [];
  room.events.on('changed', () => told.push(room.recordingPaused ? 'paused' : room.recording));
  return { room, told, tell: recordingNews(rooms) };
}

describe('what becomes of a recording', () => {
  it('is told to its room', () => {
    const { told, tell } = stage('present');
    tell(PRESENT, 'recording');
    tell(PRESENT, 'paused');
    tell(PRESENT, 'off');
    expect(told).toEqual([true, 'paused', false]);
  });

  it('is told while nobody is there, as after a crash, and to nobody when the room is gone', () => {
    const { told, tell } = stage();
    tell(BEFORE, 'recording');
    tell({ ...BEFORE, room: 'gone' }, 'off');
    tell(BEFORE, 'off');
    expect(told).toEqual([true, false]);
  });

  it.each([
    ['is recorded by itself', true],
    ['is not recorded', false],
  ])('does not touch the mark of a next session that %s, though it ends in its midst', (_, auto) => {
    const { room, told, tell } = stage('present');
    room.recordingMark = 'recording';
    const recording = new AutoRecording({ start: async () => tell(PRESENT, 'recording'), log: nullLogger });
    recording.prepare(room, auto);
    tell(BEFORE, 'paused');
    tell(BEFORE, 'off');
    expect(room.recording).toBe(auto);
    if (auto) void recording.begin(room);
    tell(BEFORE, 'off');
    expect(told).toEqual(auto ? [true] : [true, false]);
  });

  it('of a session that is over begins nothing in the next', () => {
    const { told, tell } = stage('present');
    tell(BEFORE, 'recording');
    expect(told).toEqual([]);
  });
});
