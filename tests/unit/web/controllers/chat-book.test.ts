import { describe, expect, it } from 'vitest';
import type { ChatEntry } from '../../../../src/protocol/chat.ts';
import { ChatBook, MAX_REMEMBERED } from '../../../../web/controllers/chat-book.ts';
import { saidProblem } from '../../../../web/util/problem.ts';

function entry(rev: number, more: Partial<ChatEntry> = {}): ChatEntry {
  return {
    id: `m${rev}`,
    rev,
    at: rev * 1000,
    author: { id: 'bo', name: 'Bo', role: 'host' },
    text: `${rev}`,
    ...more,
  };
}

const texts = (book: ChatBook): string[] => book.entries.map(({ text }) => text);

describe('a chat as one knows it', () => {
  it('has each message once and in order, however often and late it comes', () => {
    const book = new ChatBook();
    book.take([entry(2), entry(3)], 'me', false);
    book.take([entry(3), entry(4)], 'me', true);
    book.take([entry(1)], 'me', false);
    expect(texts(book)).toEqual(['1', '2', '3', '4']);
    expect([book.rev, book.unread]).toEqual([4, 1]);
  });

  it('takes the newest form of a message, and no older one after it', () => {
    const book = new ChatBook();
    book.take([entry(1), entry(2)], 'me', false);
    book.take([entry(5, { id: 'm1', at: 1000, text: 'new', edited: true })], 'me', true);
    book.take([entry(1)], 'me', true);
    expect(texts(book)).toEqual(['new', '2']);
    expect(book.unread).toBe(0);
  });

  it('leaves out the change of a message from before all that it knows', () => {
    const book = new ChatBook();
    book.take([entry(10)], 'me', false);
    book.take([entry(11, { id: 'old', at: 1, text: 'changed' })], 'me', true);
    expect(texts(book)).toEqual(['10']);
    expect(book.rev).toBe(11);
  });

  it('counts what others write as new, until it is read', () => {
    const book = new ChatBook();
    const own = { id: 'me', name: 'Me', role: 'participant' } as const;
    book.take([entry(1), entry(2, { author: own }), entry(3, { deleted: true, text: '' })], 'me', true);
    expect(book.unread).toBe(1);
    book.read();
    expect(book.unread).toBe(0);
  });

  it('keeps what is on its way until it is taken, and says why it was not', () => {
    const book = new ChatBook();
    book.send({ key: 'k1', text: 'One', replyTo: undefined });
    book.send({ key: 'k2', text: 'Two', replyTo: undefined });
    book.refuse('k1', saidProblem('Wait.', 'chat_slow'));
    book.settle('k2');
    expect(book.pending).toMatchObject([{ key: 'k1', problem: { detail: 'Wait.' } }]);
    book.send({ key: 'k1', text: 'One', replyTo: undefined });
    expect(book.pending).toMatchObject([{ key: 'k1', problem: undefined }]);
  });

  it('remembers ten thousand messages, and not one more', () => {
    const book = new ChatBook();
    book.take(
      Array.from({ length: MAX_REMEMBERED + 1 }, (_, index) => entry(index + 1)),
      'me',
      false,
    );
    expect([book.entries.length, book.entries[0]?.text]).toEqual([MAX_REMEMBERED, '2']);
    expect(book.find('m1')).toBeUndefined();
  });
});
