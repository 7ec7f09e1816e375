import { describe, expect, it } from 'vitest';
import { ConflictError, UnavailableError } from '../../../src/errors.ts';
import { nullLogger } from '../../../src/logger.ts';
import { Room } from '../../../src/room/room.ts';
import { AutoRecording } from '../../../src/server/auto-recording.ts';

const limits = { maxParticipants: 5, maxTracksPerParticipant: 2 };

function stage(start: () => Promise<unknown>) {
  const room = new Room({ id: 'demo', title: 'Demo', createdAt: new Date(0), limits });
  const notices: string[] = [];
  room.events.on('notice', ({ code, message }) => notices.push(`${code}: ${message}`));
  return { room, notices, auto: new AutoRecording({ start, log: nullLogger }) };
}

describe('a room that is recorded by itself', () => {
  it('says so before anything of its session is made', async () => {
    const { room, notices, auto } = stage(() => Promise.resolve());
    auto.prepare(room, true);
    expect(room.recording).toBe(true);
    await auto.begin(room);
    expect(room.recording).toBe(true);
    expect(notices).toEqual([]);
  });

  it('goes on unrecorded and tells its hosts when the disk is too full', async () => {
    const { room, notices, auto } = stage(() =>
      Promise.reject(new UnavailableError('disk_floor', 'The disk is full.')),
    );
    auto.prepare(room, true);
    await auto.begin(room);
    expect(room.recording).toBe(false);
    expect(notices).toEqual([
      expect.stringContaining('auto_recording_failed: This session is not recorded: The disk is full.'),
    ]);
  });

  it('does not try without a log to record', () => {
    let started = 0;
    const { room, notices, auto } = stage(async () => {
      started += 1;
    });
    auto.prepare(room, true);
    auto.giveUp(room);
    expect([room.recording, started, notices.length]).toEqual([false, 0, 1]);
  });

  it('leaves a recording alone that somebody else has started', async () => {
    const { room, notices, auto } = stage(() => Promise.reject(new ConflictError('already_recording', 'It runs.')));
    auto.prepare(room, true);
    await auto.begin(room);
    expect(room.recording).toBe(true);
    expect(notices).toEqual([]);
  });
});
