import { describe, expect, it } from 'vitest';
import { type Interruption, Interruptions } from '../../../../src/recorder/recordings/interruptions.ts';
import type { Recording } from '../../../../src/recorder/recordings/recording-view.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const GRACE_MS = 30_000;

function interruption(room: string, session = `s-${room}`): Interruption {
  const recording: Recording = {
    id: `r-${room}`,
    room,
    title: room,
    session,
    state: 'recording',
    startedAt: new Date(0),
    ranges: [{ from: 0, to: 30, endedBy: 'interruption' }],
    framerate: 30,
  };
  const form = { framerate: 30, width: 320, height: 180, segmentFrames: 60, partFrames: 15 };
  const info = { version: 1, id: session, room, title: room, originWallMs: 1, ...form } as const;
  const log = { index: { inits: new Map(), parts: [] }, nextFrame: 30, nextSegment: 1, nextGeneration: 1, cutBytes: 0 };
  return { recording, session: { info, log, firstFrame: 30 }, stopped: [], endedAt: new Date(1000) };
}

function waiting(...rooms: string[]) {
  const clock = new FakeClock();
  const expired: string[] = [];
  const onExpired = (gone: Interruption): void => void expired.push(gone.recording.id);
  const interruptions = new Interruptions({ graceMs: GRACE_MS, clock, onExpired });
  for (const room of rooms) interruptions.add(interruption(room));
  return { clock, expired, interruptions };
}

describe('Interruptions', () => {
  it('wait for exactly the time of grace, and then are told of', () => {
    const { clock, expired, interruptions } = waiting('one');
    clock.advance(GRACE_MS - 1);
    expect(expired).toEqual([]);
    expect(interruptions.waitsFor('s-one')).toBe(true);
    clock.advance(1);
    expect(expired).toEqual(['r-one']);
    expect(interruptions.waitsFor('s-one')).toBe(false);
    expect(interruptions.take('one')).toBeUndefined();
  });

  it('are taken once, by whoever comes first into their own room, and do not expire any more', () => {
    const { clock, expired, interruptions } = waiting('one', 'two');
    expect(interruptions.take('three')).toBeUndefined();
    expect(interruptions.take('one')?.info.id).toBe('s-one');
    expect(interruptions.take('one')).toBeUndefined();
    clock.advance(10 * GRACE_MS);
    expect(expired).toEqual(['r-two']);
    expect(clock.pending).toBe(0);
  });

  it('say of their recordings that these were interrupted, and of no other', () => {
    const { interruptions } = waiting('one');
    const { recording } = interruption('one');
    expect(interruptions.problemOf(recording)).toMatchObject({ code: 'interrupted' });
    expect(interruptions.problemOf({ ...recording, id: 'r-later' })).toBeUndefined();
  });

  it('can be dropped, but not while their session is being opened', async () => {
    const { clock, interruptions } = waiting('one', 'two');
    expect(interruptions.drop('r-nobody')).toBeUndefined();
    expect(interruptions.drop('r-one')?.recording.id).toBe('r-one');
    await interruptions.opening('r-two');
    interruptions.take('two');
    expect(interruptions.drop('r-two')).toBeUndefined();
    const opened = interruptions.opening('r-two');
    interruptions.close();
    await opened;
    expect(clock.pending).toBe(0);
  });
});
