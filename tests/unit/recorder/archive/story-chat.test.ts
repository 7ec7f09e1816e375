import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../../src/recorder/session/session-events.ts';
import { settledChat } from '../../../../src/recorder/archive/story-chat.ts';

function chat(ms: number, id: string, text: string): SessionEvent {
  return { ms, type: 'chat', id, participant: 'ann', name: 'Ann', text };
}

describe('the chat of a session', () => {
  it('is told as it stood in the end: each message when it was written, with its last text, and none that was deleted', () => {
    const left: SessionEvent = { ms: 5, type: 'left', participant: 'ann' };
    const events = [
      chat(1, 'a', 'Helo'),
      chat(2, 'b', 'Oops'),
      chat(3, 'a', 'Hello'),
      chat(4, 'b', ''),
      left,
      chat(6, 'c', 'Bye'),
    ];
    expect(settledChat(events)).toEqual([chat(1, 'a', 'Hello'), left, chat(6, 'c', 'Bye')]);
  });
});
