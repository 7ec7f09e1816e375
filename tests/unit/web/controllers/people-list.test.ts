import { describe, expect, it, vi } from 'vitest';
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

  it('asks anew for as many as it shows when there are other people, and only then', async () => {
    let asked = 0;
    let extra = 0;
    const list = new PeopleList(
      async (_words, cursor = '0') => {
        asked += 1;
        const from = Number(cursor);
        return { items: people(from + extra, 50), next: String(from + 50) };
      },
      () => undefined,
    );
    await list.load();
    await list.more();
    list.follow(0);
    expect(asked).toBe(2);
    extra = 1000;
    list.follow(1);
    await vi.waitFor(() => expect([asked, list.people?.length, list.people?.at(-1)?.id]).toEqual([4, 100, 'u1099']), {
      timeout: 9000,
    });
  });

  it('is not held up by a refresh when somebody looks for others meanwhile', async () => {
    const list = new PeopleList(
      async (words, cursor = '0') =>
        words === 'bo'
          ? { items: people(7, 1) }
          : { items: people(Number(cursor), 50), next: String(Number(cursor) + 50) },
      () => undefined,
    );
    await list.load();
    await list.more();
    const refreshed = list.refresh();
    list.search('bo');
    const looked = list.load();
    await Promise.all([refreshed, looked]);
    expect(list.people?.map(({ id }) => id)).toEqual(['u7']);
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
