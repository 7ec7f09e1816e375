import { beforeEach, describe, expect, it } from 'vitest';
import { CallBook, JOIN_MS, type Moment, RETURN_MS } from '../../../src/calls/call-book.ts';
import type { Call } from '../../../src/calls/call.ts';

let book: CallBook;
let made = 0;

beforeEach(() => {
  book = new CallBook(1);
  made = 0;
});

const at = (ms: number): Moment => ({ wallMs: 1_000_000 + ms, monotonicMs: ms });
const person = (id: string) => ({ id, name: id.toUpperCase() });

function place(from: string, to: string, talk?: string, reachable = true) {
  made += 1;
  const id = `c${made}`;
  return book.place({ id, talk: talk ?? id, from: person(from), to: person(to), reachable }, at(0));
}

const states = (calls: readonly Call[]) => calls.map(({ id, state }) => `${id} ${state}`);

/** Ann and Bob in one room. */
function talking(): void {
  place('ann', 'bob');
  book.apply('c1', 'accept', at(0));
  book.joined('c1', 'ann');
  book.joined('c1', 'bob');
}

describe('placing a call', () => {
  it('rings who is there', () => {
    expect(place('ann', 'bob')).toMatchObject({ kind: 'made', call: { state: 'ringing', offline: false } });
  });

  it('ends at once for who is not there, and keeps nobody engaged', () => {
    expect(place('ann', 'bob', undefined, false)).toMatchObject({
      kind: 'made',
      call: { state: 'no_answer', offline: true },
    });
    expect(book.of('ann')).toEqual([]);
    expect(book.talks).toEqual([]);
  });

  it('is busy for who rings, is rung or talks', () => {
    place('ann', 'bob');
    expect(place('eve', 'ann')).toMatchObject({ kind: 'made', call: { state: 'busy' } });
    expect(place('eve', 'bob')).toMatchObject({ kind: 'made', call: { state: 'busy' } });
    book.apply('c1', 'accept', at(0));
    expect(place('eve', 'bob')).toMatchObject({ kind: 'made', call: { state: 'busy' } });
    expect(book.of('eve')).toEqual([]);
  });

  it('is refused to who is engaged already, and allowed again afterwards', () => {
    place('ann', 'bob');
    expect(place('ann', 'eve')).toEqual({ kind: 'refused', reason: 'engaged' });
    book.apply('c1', 'decline', at(0));
    expect(place('ann', 'eve')).toMatchObject({ kind: 'made', call: { state: 'ringing' } });
  });

  it('takes as many conversations at once as it is told, and not one more', () => {
    book = new CallBook(2);
    expect(place('ann', 'bob').kind).toBe('made');
    expect(place('ann', 'eve').kind).toBe('made');
    expect(place('ann', 'dan')).toEqual({ kind: 'refused', reason: 'engaged' });
  });

  it('is refused to oneself', () => {
    expect(place('ann', 'ann')).toEqual({ kind: 'refused', reason: 'self' });
  });

  it('is the same call when it is placed twice', () => {
    place('ann', 'bob');
    expect(place('ann', 'bob')).toMatchObject({ kind: 'again', call: { id: 'c1' } });
  });

  it('answers the other’s call when both call each other at once', () => {
    place('ann', 'bob');
    expect(place('bob', 'ann')).toMatchObject({ kind: 'crossed', call: { id: 'c1', state: 'ringing' } });
    expect(book.of('ann')).toHaveLength(1);
  });
});

describe('what crosses', () => {
  it.each([
    ['cancel', 'accept', 'cancelled'],
    ['accept', 'cancel', 'accepted'],
    ['decline', 'cancel', 'declined'],
    ['unanswered', 'accept', 'no_answer'],
    ['accept', 'unanswered', 'accepted'],
  ] as const)('of %s and then %s only the first counts', (first, second, state) => {
    place('ann', 'bob');
    expect(states(book.apply('c1', first, at(0)))).toEqual([`c1 ${state}`]);
    expect(book.apply('c1', second, at(0))).toEqual([]);
  });

  it('is over for both when who called hangs up before anybody has come', () => {
    place('ann', 'bob');
    book.apply('c1', 'accept', at(0));
    expect(states(book.apply('c1', 'hang-up', at(0)))).toEqual(['c1 ended']);
    expect(book.talks).toEqual([]);
    expect(book.isTalking('bob')).toBe(false);
  });
});

describe('a conversation', () => {
  it('is over when one of two has left and did not come back', () => {
    talking();
    book.left('c1', 'bob', at(0));
    expect(book.expire('c1', at(RETURN_MS - 1))).toEqual([]);
    expect(states(book.expire('c1', at(RETURN_MS)))).toEqual(['c1 ended']);
    expect(book.talks).toEqual([]);
  });

  it('goes on when who left comes back in time', () => {
    talking();
    book.left('c1', 'bob', at(0));
    book.joined('c1', 'bob');
    expect(book.expire('c1', at(RETURN_MS))).toEqual([]);
    expect(book.isTalking('bob')).toBe(true);
  });

  it('is over at once when who left hangs up', () => {
    talking();
    book.left('c1', 'bob', at(0));
    expect(states(book.apply('c1', 'hang-up', at(1)))).toEqual(['c1 ended']);
    expect(book.talks).toEqual([]);
  });

  it('is over when somebody accepted and nobody came', () => {
    place('ann', 'bob');
    book.apply('c1', 'accept', at(0));
    book.joined('c1', 'bob');
    expect(book.expire('c1', at(JOIN_MS - 1))).toEqual([]);
    expect(states(book.expire('c1', at(JOIN_MS)))).toEqual(['c1 ended']);
  });

  it('takes a third, and goes on between the others when one leaves', () => {
    talking();
    expect(place('ann', 'eve', 'c1')).toMatchObject({ kind: 'made', call: { state: 'ringing', talk: 'c1' } });
    book.apply('c2', 'accept', at(0));
    book.joined('c1', 'eve');
    book.left('c1', 'bob', at(0));
    expect(states(book.expire('c1', at(RETURN_MS)))).toEqual(['c1 ended']);
    expect(book.members('c1')).toEqual(['ann', 'eve']);
    book.left('c1', 'ann', at(RETURN_MS));
    expect(states(book.expire('c1', at(2 * RETURN_MS)))).toEqual(['c2 ended']);
    expect(book.talks).toEqual([]);
  });

  it('waits for a third who is rung when one of two leaves', () => {
    talking();
    place('ann', 'eve', 'c1');
    book.left('c1', 'bob', at(0));
    book.expire('c1', at(RETURN_MS));
    expect(book.talks).toEqual(['c1']);
    expect(states(book.apply('c2', 'decline', at(RETURN_MS)))).toEqual(['c2 declined']);
    expect(book.talks).toEqual([]);
  });

  it('takes nobody in for who is not part of it, and nobody twice', () => {
    talking();
    expect(place('eve', 'dan', 'c1')).toEqual({ kind: 'refused', reason: 'not_in_talk' });
    expect(place('ann', 'bob', 'c1')).toEqual({ kind: 'refused', reason: 'already_there' });
  });

  it('counts guests who came by a link', () => {
    talking();
    book.joined('c1', 'p-guest');
    book.left('c1', 'bob', at(0));
    expect(states(book.expire('c1', at(RETURN_MS)))).toEqual(['c1 ended']);
    expect(book.talks).toEqual(['c1']);
  });

  it('ends with its room, and with it whoever is being rung', () => {
    talking();
    place('ann', 'eve', 'c1');
    expect(states(book.end('c1', at(0)))).toEqual(['c1 ended', 'c2 cancelled']);
    expect(book.of('ann')).toEqual([]);
  });

  it('goes on after a restart when both come back', () => {
    talking();
    const [call] = book.of('ann');
    const next = new CallBook(1);
    if (call) next.restore(call, at(0));
    next.joined('c1', 'ann');
    next.joined('c1', 'bob');
    expect(next.expire('c1', at(JOIN_MS))).toEqual([]);
    expect(next.talks).toEqual(['c1']);
  });
});
