import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LiveSession } from '../../../src/recorder/session/live-session.ts';
import { Room } from '../../../src/room/room.ts';
import { firstAskedFrame, RecordingLead } from '../../../src/server/recording-lead.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const limits = { maxParticipants: 5, maxTracksPerParticipant: 2 };

/** A session at 30 frames a second whose people hear when `hear` is called. */
function leadOf(rule: 'notice' | 'ask') {
  const clock = new FakeClock();
  const room = new Room({ id: 'demo', title: 'Demo', createdAt: new Date(0), limits });
  room.consentRule = rule;
  const heard = Promise.withResolvers<void>();
  const steps: string[] = [];
  const lead = new RecordingLead({
    room: () => room,
    told: (_room, signal) => {
      signal.addEventListener('abort', () => heard.resolve());
      return heard.promise;
    },
    pipeline: () => ({
      segmentFrames: 60,
      mixer: {
        settled: () => {
          steps.push('settled');
          return Promise.resolve();
        },
      },
    }),
    clock,
  });
  const currentFrame = (): number => {
    steps.push('frame');
    return Math.floor((clock.monotonicMs() * 30) / 1000);
  };
  const session = { roomId: 'demo', framerate: 30, currentFrame } as unknown as LiveSession;
  return { clock, lead, session, steps, hear: heard.resolve };
}

/** So many milliseconds, and everything that follows from them. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  clock.advance(ms);
  await turn();
}

describe('the lead of a recording', () => {
  it('asks for the first frame when everybody has heard', async () => {
    const { clock, lead, session, steps, hear } = leadOf('notice');
    const first = lead.firstFrame(session);
    await pass(clock, 200);
    expect(steps).toEqual([]);
    hear();
    expect(await first).toBe(6);
  });

  it('waits for a dead line for half a second and no longer', async () => {
    const { clock, lead, session, steps } = leadOf('notice');
    const first = lead.firstFrame(session);
    await pass(clock, 499);
    expect(steps).toEqual([]);
    await pass(clock, 1);
    expect(await first).toBe(15);
  });

  it('where people are asked, begins with a segment once the program is without them', async () => {
    const { clock, lead, session, steps, hear } = leadOf('ask');
    const first = lead.firstFrame(session);
    await pass(clock, 100);
    hear();
    expect(await first).toBe(60);
    expect(steps).toEqual(['settled', 'frame']);
  });
});

describe('firstAskedFrame', () => {
  it('is the first of a segment, behind the fading of those who are left out', () => {
    expect(firstAskedFrame(0, 30, 60)).toBe(60);
    expect(firstAskedFrame(57, 30, 60)).toBe(60);
    expect(firstAskedFrame(58, 30, 60)).toBe(120);
    expect(firstAskedFrame(60, 30, 60)).toBe(120);
  });
});
