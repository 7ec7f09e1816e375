import { describe, expect, it } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import type { MixerStats } from '../../../src/mixer/link-messages.ts';
import type { Mixer } from '../../../src/mixer/mixer.ts';
import { Room } from '../../../src/room/room.ts';
import { SessionMonitor } from '../../../src/server/session-monitor.ts';
import { Emitter } from '../../../src/util/emitter.ts';

function open() {
  const limits = { maxParticipants: 3, maxTracksPerParticipant: 2 };
  const room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  const events: Mixer['events'] = new Emitter();
  const lines: unknown[] = [];
  const log = {
    ...nullLogger,
    info: (message: string, fields = {}) => lines.push(['info', message, fields]),
    warn: (message: string, fields = {}) => lines.push(['warn', message, fields]),
  };
  const monitor = new SessionMonitor({ room, mixer: { events }, log });
  const told: unknown[] = [];
  monitor.events.on('frames', (frames) => told.push(frames));
  monitor.events.on('stepped', (steps) => told.push(steps));
  monitor.events.on('restarted', () => told.push('restarted'));
  const notices: string[] = [];
  room.events.on('notice', ({ code, message }) => notices.push(`${code}: ${message}`));
  return { room, events, lines, monitor, told, notices };
}

function stats(frames: number, change: Partial<MixerStats> = {}): MixerStats {
  return { frames, lateFrames: 0, skippedFrames: 0, tiles: 4, latenessMs: [], step: 0, encoder: 'libx264', ...change };
}

describe('the monitor of a session', () => {
  it('adds up what the mixer counts, also over its restarts', () => {
    const { events, monitor, told } = open();
    expect(monitor.health).toEqual({ step: 0, tiles: 0, frames: 0, lateFrames: 0, skippedFrames: 0, restarts: 0 });
    events.emit('stats', stats(30, { lateFrames: 2 }));
    events.emit('stats', stats(60, { lateFrames: 3, skippedFrames: 1 }));
    events.emit('restarted', { restarts: 1 });
    events.emit('stats', stats(20, { lateFrames: 1, tiles: 3, encoder: 'h264_vaapi' }));
    expect(told).toEqual([
      { made: 30, late: 2, skipped: 0 },
      { made: 30, late: 1, skipped: 1 },
      'restarted',
      { made: 20, late: 1, skipped: 0 },
    ]);
    expect(monitor.health).toEqual({
      step: 0,
      encoder: 'h264_vaapi',
      tiles: 3,
      frames: 80,
      lateFrames: 4,
      skippedFrames: 1,
      restarts: 1,
    });
  });

  it('tells log, metrics and hosts of each step, down and up again', () => {
    const { events, monitor, told, lines, notices } = open();
    events.emit('degraded', { step: 1, reason: 'late for 2 s' });
    expect(monitor.health).toMatchObject({ step: 1, reason: 'late for 2 s' });
    events.emit('degraded', { step: 2, reason: 'late for 2 s' });
    events.emit('degraded', { step: 1, reason: 'in time for 30 s' });
    events.emit('degraded', { step: 0, reason: 'in time for 30 s' });
    events.emit('degraded', { step: 0, reason: 'in time for 30 s' });
    expect(told).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 1 },
      { from: 1, to: 0 },
    ]);
    expect(lines).toEqual([
      ['warn', 'the program is made cheaper', { step: 1, reason: 'late for 2 s' }],
      ['warn', 'the program is made cheaper', { step: 2, reason: 'late for 2 s' }],
      ['info', 'the program is made better again', { step: 1, reason: 'in time for 30 s' }],
      ['info', 'the program is made better again', { step: 0, reason: 'in time for 30 s' }],
    ]);
    expect(notices).toEqual([
      'program_degraded: The server is busy: the picture of the program is a little coarser for now.',
      'program_degraded: The server is busy: the program shows half as many pictures a second for now.',
      'program_recovering: The server is busy: the picture of the program is a little coarser for now.',
      'program_restored: The server has caught up: the program is made as ordered again.',
    ]);
  });

  it('has a sentence for every step, and one for steps nobody knows yet', () => {
    const { events, notices } = open();
    for (let step = 1; step <= 6; step += 1) events.emit('degraded', { step, reason: 'x' });
    expect(new Set(notices).size).toBe(6);
    expect(notices[4]).toContain('only sound');
    expect(notices[5]).toBe('program_degraded: The program is at step 6.');
  });

  it('knows that a mixer which was started again begins with everything as ordered', () => {
    const { events, monitor, told } = open();
    events.emit('degraded', { step: 3, reason: 'late for 2 s' });
    events.emit('restarted', { restarts: 1 });
    expect(monitor.health).toMatchObject({ step: 0, reason: 'the mixer process was started again', restarts: 1 });
    expect(told.at(-1)).toEqual({ from: 3, to: 0 });
  });

  it('tells the room who speaks, and that nobody does once the mixer or the session is gone', () => {
    const { events, monitor, room } = open();
    const nobody = { participants: [], speaker: undefined };
    const ann = { participants: ['ann'], speaker: 'ann' };
    events.emit('speaking', ann);
    expect(room.speaking).toEqual(ann);
    events.emit('restarted', { restarts: 1 });
    expect(room.speaking).toEqual(nobody);
    events.emit('speaking', ann);
    monitor.close();
    expect(room.speaking).toEqual(nobody);
    events.emit('speaking', ann);
    events.emit('stats', stats(30));
    expect(room.speaking).toEqual(nobody);
    expect(monitor.health.frames).toBe(0);
  });
});
