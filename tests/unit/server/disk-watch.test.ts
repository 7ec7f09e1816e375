import { expect, it } from 'vitest';
import type { DiskProblem } from '../../../src/recorder/session/disk-problem.ts';
import { Room, type RoomNotice } from '../../../src/room/room.ts';
import { DiskWatch } from '../../../src/server/disk-watch.ts';
import { Emitter } from '../../../src/util/emitter.ts';

const FULL: DiskProblem = { code: 'disk_full', reason: 'ENOSPC' };

function watched() {
  const limits = { maxParticipants: 5, maxTracksPerParticipant: 2 };
  const room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  const events = new Emitter<{ problem: DiskProblem | undefined }>();
  const log: { events: typeof events; failed: DiskProblem | undefined } = { events, failed: undefined };
  const written: string[] = [];
  const notices: string[] = [];
  room.events.on('notice', ({ code }: RoomNotice) => notices.push(code));
  const watch = new DiskWatch(room, {
    log,
    events: { write: (event) => void written.push(event.type === 'disk' ? event.state : event.type) },
  });
  const fail = (problem: DiskProblem | undefined): void => {
    log.failed = problem;
    events.emit('problem', problem);
  };
  return { room, watch, written, notices, fail };
}

it('tells hosts when the disk cannot keep what is recorded, and when it can again', () => {
  const { room, written, notices, fail } = watched();
  room.recordingMark = 'recording';
  fail(FULL);
  fail({ code: 'disk_failed', reason: 'EIO' });
  fail(undefined);
  expect(notices).toEqual(['disk_full', 'disk_failed', 'disk_writes']);
  expect(written).toEqual(['full', 'full', 'writes']);
});

it('tells nobody while nothing is recorded, but whoever begins to', () => {
  const { room, written, notices, fail } = watched();
  fail(FULL);
  room.title = 'Another';
  expect(notices).toEqual([]);
  expect(written).toEqual(['full']);
  room.recordingMark = 'recording';
  room.title = 'And another';
  expect(notices).toEqual(['disk_full']);
  room.recordingMark = 'off';
  fail(undefined);
  expect(notices).toEqual(['disk_full']);
});

it('listens to nothing once it is closed', () => {
  const { room, watch, written, notices, fail } = watched();
  watch.close();
  room.recordingMark = 'recording';
  fail(FULL);
  expect([written, notices]).toEqual([[], []]);
});
