import { describe, expect, it } from 'vitest';
import { ToldEvents } from '../../../../src/recorder/archive/told-events.ts';
import { RecordingTimeline } from '../../../../src/recorder/recordings/recording-timeline.ts';
import type { SessionEvent } from '../../../../src/recorder/session/session-events.ts';

/** Recorded from second 100 to 110, and from 120 to 130. */
const TIMELINE = new RecordingTimeline(
  [
    { from: 3000, to: 3300, outputFrame: 0 },
    { from: 3600, to: 3900, outputFrame: 360 },
  ],
  30,
);

const playout = (ms: number, participant = 'ana'): SessionEvent => ({ type: 'playout', ms, participant, delayMs: ms });
const speaking = (ms: number): SessionEvent => ({ type: 'speaking', ms, participants: ['ana'] });
const chat = (ms: number): SessionEvent => ({ type: 'chat', ms, id: `${ms}`, participant: 'a', name: 'A', text: 'x' });

function told(events: readonly SessionEvent[], limits?: { ofType: number; inAll: number }) {
  const chosen = new ToldEvents(TIMELINE, limits);
  for (const event of events) chosen.add(event);
  return { events: chosen.all(), leftOut: chosen.leftOut };
}

describe('the events that are told of a recording', () => {
  it('are all that happened in it and around it, but for what did not hold any more when it began, or held only after it', () => {
    const left: SessionEvent = { type: 'left', ms: 70, participant: 'ben' };
    const kept = [left, playout(80), speaking(90), playout(95, 'ben'), chat(96), playout(105_000), speaking(115_000)];
    const after = [chat(131_000)];
    const passed = [playout(1), playout(60), speaking(2), playout(3, 'ben')];
    const all = [...passed, ...kept, playout(130_000), speaking(140_000), ...after].sort((a, b) => a.ms - b.ms);
    expect(told(all)).toEqual({ events: [...kept, ...after], leftOut: 0 });
  });

  it('are so many of one type, and so many in all', () => {
    const many = [101_000, 102_000, 103_000].map((ms) => playout(ms));
    const chats = [104_000, 105_000].map(chat);
    expect(told([...many, ...chats], { ofType: 3, inAll: 5 })).toEqual({ events: [...many, ...chats], leftOut: 0 });
    expect(told([...many, ...chats], { ofType: 2, inAll: 5 })).toEqual({
      events: [...many.slice(0, 2), ...chats],
      leftOut: 1,
    });
    expect(told([...many, ...chats], { ofType: 3, inAll: 4 })).toEqual({
      events: [...many, ...chats.slice(0, 1)],
      leftOut: 1,
    });
  });
});
