import { describe, expect, it } from 'vitest';
import { MAX_WATCHED_USERS } from '../../../../src/protocol/limits.ts';
import { PeopleList } from '../../../../web/controllers/people-list.ts';

const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `u${from + at}`, name: `Person ${from + at}` }));

describe('the list of people', () => {
  it('grows page by page, to as many as presence is told of', async () => {
    const list = new PeopleList(
      async (_words, cursor = '0') => {
        const from = Number(cursor);
        return { items: people(from, 150), next: String(from + 150) };
      },
      () => undefined,
    );
    await list.load();
    expect([list.people?.length, list.hasMore]).toEqual([150, true]);
    await list.more();
    expect([list.people?.length, list.hasMore]).toEqual([MAX_WATCHED_USERS, false]);
  });

  it('takes no answer to what was asked before', async () => {
    const answers: Array<() => void> = [];
    const list = new PeopleList(
      (_words, cursor) =>
        new Promise((resolve) => answers.push(() => resolve({ items: people(cursor === undefined ? 0 : 9, 1) }))),
      () => undefined,
    );
    const asked = [list.load(), list.load('9')];
    for (const answer of answers.toReversed()) answer();
    await Promise.all(asked);
    expect(list.people?.map(({ id }) => id)).toEqual(['u9']);
  });

  it('keeps what it has, and says why more did not come', async () => {
    let fails = false;
    const list = new PeopleList(
      async () => {
        if (fails) throw new Error('No line.');
        return { items: people(0, 2) };
      },
      () => undefined,
    );
    await list.load();
    fails = true;
    await list.load();
    expect(list.people).toHaveLength(2);
    expect(list.error).toEqual(new Error('No line.'));
  });
});
