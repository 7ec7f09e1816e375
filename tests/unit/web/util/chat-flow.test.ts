import { describe, expect, it } from 'vitest';
import type { ChatEntry } from '../../../../src/protocol/chat.ts';
import type { FileView } from '../../../../src/protocol/files.ts';
import { chatFlow } from '../../../../web/util/chat-flow.ts';

const by = { id: 'bo', name: 'Bo', role: 'host' } as const;
const entry = (at: number): ChatEntry => ({ id: `m${at}`, rev: at, at, author: by, text: '' });
const file = (at: number): FileView => {
  return { id: `f${at}`, name: 'a', type: '', size: 1, received: 1, by, at, complete: true };
};
const ids = (entries: number[], files: number[], hasEarlier: boolean): string[] =>
  chatFlow(entries.map(entry), files.map(file), hasEarlier).map(({ id }) => id);

describe('messages and files of a room', () => {
  it('stand in the order of their times', () => {
    expect(ids([2, 4], [1, 3, 5], false)).toEqual(['file f1', 'm2', 'file f3', 'm4', 'file f5']);
    expect(ids([], [1], false)).toEqual(['file f1']);
  });

  it('are without files that belong further up, while that is not shown', () => {
    expect(ids([2, 4], [1, 3], true)).toEqual(['m2', 'file f3', 'm4']);
  });
});
