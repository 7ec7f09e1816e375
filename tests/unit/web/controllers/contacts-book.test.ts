import { beforeEach, describe, expect, it } from 'vitest';
import type { CallState } from '../../../../src/protocol/contacts.ts';
import { ContactsBook } from '../../../../web/controllers/contacts-book.ts';

const [ann, bob, eve] = ['ann', 'bob', 'eve'].map((id) => ({ id, name: id })) as [Person, Person, Person];
type Person = { readonly id: string; readonly name: string };

let book: ContactsBook;

beforeEach(() => {
  book = new ContactsBook();
  book.apply({ type: 'welcome', version: 1, user: ann, missed: 2, calls: [], ringSeconds: 45 });
});

const told = (state: CallState, from: Person, to: Person, more: object = {}) =>
  book.apply({ type: 'call', call: 'c1', state, from, to, ...more });

describe('what a page of contacts knows', () => {
  it('rings with a call that comes in, until it is answered anywhere', () => {
    book.apply({ type: 'ring', call: 'c1', from: bob, others: [eve] });
    expect(book.ringing).toEqual({ call: 'c1', kind: 'incoming', person: bob, others: [eve] });
    told('accepted', bob, ann);
    expect(book.ringing).toBeUndefined();
    expect(book.running).toBe('c1');
  });

  it('knows which of its own calls runs', () => {
    told('ringing', ann, bob);
    expect(book.runs('c1')).toBe(false);
    told('accepted', ann, bob);
    expect([book.runs('c1'), book.runs('c2')]).toEqual([true, false]);
    told('ended', ann, bob);
    expect(book.runs('c1')).toBe(false);
  });

  it('goes to the room only in the tab that is told the way', () => {
    told('ringing', ann, bob);
    expect(told('accepted', ann, bob)).toBeUndefined();
    expect(told('accepted', ann, bob, { room: 'r', token: 't' })).toEqual({ call: 'c1', room: 'r', token: 't' });
  });

  it.each([
    ['declined', false],
    ['busy', false],
    ['no_answer', true],
    ['failed', false],
  ] as const)('says of its own call that it was %s, until that was read', (state, offline) => {
    told('ringing', ann, bob);
    told(state, ann, bob, { offline });
    expect(book.ringing).toBeUndefined();
    expect(book.outcome).toEqual({ person: bob, state, offline });
    book.dismiss();
    expect(book.outcome).toBeUndefined();
  });

  it.each(['cancelled', 'ended'] as const)('says nothing of its own call that is %s', (state) => {
    told('ringing', ann, bob);
    told(state, ann, bob);
    expect([book.ringing, book.outcome]).toEqual([undefined, undefined]);
  });

  it('says nothing of a call that came in and went', () => {
    book.apply({ type: 'ring', call: 'c1', from: bob, others: [] });
    told('no_answer', bob, ann);
    expect([book.ringing, book.outcome]).toEqual([undefined, undefined]);
  });

  it('puts a call that comes in before its own', () => {
    told('ringing', ann, bob);
    book.apply({ type: 'ring', call: 'c2', from: eve, others: [] });
    expect(book.ringing?.call).toBe('c2');
  });

  it('rings no more once the line is cut, and what the server does not name afterwards is over', () => {
    book.apply({ type: 'ring', call: 'c1', from: bob, others: [] });
    told('accepted', ann, bob);
    book.apply({ type: 'presence', user: 'bob', state: 'online' });
    book.apply({ type: 'ring', call: 'c3', from: eve, others: [] });
    book.cut();
    expect(book.ringing).toBeUndefined();
    expect(book.presenceOf('bob')).toBe('offline');
    book.apply({ type: 'welcome', version: 1, user: ann, missed: 0, calls: [], ringSeconds: 45 });
    expect(book.running).toBeUndefined();
  });

  it('tells why a wish was refused, but not that it came too late', () => {
    book.apply({ type: 'error', code: 'call_over', message: 'This call is over.' });
    expect(book.trouble).toBeUndefined();
    book.apply({ type: 'error', code: 'call_engaged', message: 'You are in a call already.' });
    expect(book.trouble).toMatchObject({ code: 'api.call_engaged', detail: 'You are in a call already.' });
  });

  it('knows when there may be other people: when it is told, and when it was away', () => {
    const greet = () => book.apply({ type: 'welcome', version: 1, user: ann, missed: 0, calls: [], ringSeconds: 45 });
    const before = book.people;
    book.apply({ type: 'people' });
    expect(book.people).toBe(before + 1);
    book.cut();
    greet();
    expect(book.people).toBe(before + 2);
  });

  it('counts missed calls as it is told', () => {
    const before = book.history;
    book.apply({ type: 'missed', count: 3 });
    expect(book.missed).toBe(3);
    expect(book.history).toBeGreaterThan(before);
  });
});
