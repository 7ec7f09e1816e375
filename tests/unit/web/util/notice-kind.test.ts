import { describe, expect, it } from 'vitest';
import type { ChatEntry } from '../../../../src/protocol/chat.ts';
import { type NoticeReader, noticeKind } from '../../../../web/util/notice-kind.ts';

const READER: NoticeReader = { self: 'me', name: 'Aiko', hidden: true, watching: false };

function entry(text: string, more: Partial<ChatEntry> = {}): ChatEntry {
  return { id: 'm1', rev: 1, at: 0, author: { id: 'bo', name: 'Bo', role: 'host' }, text, ...more };
}

describe('what a person is notified of', () => {
  it('is everything of others while the page is in the background', () => {
    expect(noticeKind(entry('Hello'), READER)).toBe('message');
    expect(noticeKind(entry('Hello @aiko'), READER)).toBe('mention');
    expect(noticeKind(entry('Psst', { to: { id: 'me', name: 'Aiko' } }), READER)).toBe('private');
    expect(noticeKind(entry('Mine', { author: { id: 'me', name: 'Aiko', role: 'host' } }), READER)).toBeUndefined();
  });

  it('is what is for them alone while the page is there and the chat is not', () => {
    const reader = { ...READER, hidden: false };
    expect(noticeKind(entry('Hello'), reader)).toBeUndefined();
    expect(noticeKind(entry('Hello @aiko'), reader)).toBe('mention');
    expect(noticeKind(entry('Hello @aiko'), { ...reader, watching: true })).toBeUndefined();
  });

  it('is never a change of something that was there', () => {
    expect(noticeKind(entry('@Aiko', { edited: true }), READER)).toBeUndefined();
    expect(noticeKind(entry('', { deleted: true }), READER)).toBeUndefined();
  });
});
