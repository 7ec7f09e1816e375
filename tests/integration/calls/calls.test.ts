import { describe, expect, it, vi } from 'vitest';
import { RETURN_MS } from '../../../src/calls/call-book.ts';
import { CallStore } from '../../../src/calls/call-store.ts';
import { ContactsRig } from './contacts-rig.ts';

const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 20_000 });

/** Ann and Bob with a tab each, in the room of their call. */
async function talking(rig: ContactsRig) {
  const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
  ann.say({ type: 'call', to: 'bob' });
  const { call } = await bob.heard('ring');
  bob.say({ type: 'accept', call });
  const { room = '' } = await ann.call('accepted', ({ token }) => token !== undefined);
  await bob.call('accepted', ({ token }) => token !== undefined);
  rig.enter(room, 'ann', 'bob');
  return { ann, bob, call, room };
}

describe('a call', () => {
  it('rings on all tabs, and brings who calls and the tab that answers into a room for the two', async () => {
    const rig = await ContactsRig.open();
    const [ann, annToo, bob, bobToo] = [
      await rig.tab('ann'),
      await rig.tab('ann'),
      await rig.tab('bob'),
      await rig.tab('bob'),
    ];
    ann.say({ type: 'call', to: 'bob', key: 'k1' });
    const ringing = await ann.call('ringing');
    expect(ringing).toMatchObject({ key: 'k1', to: { id: 'bob', name: 'Bob' } });
    expect(await bob.heard('ring')).toMatchObject({ call: ringing.call, from: { id: 'ann', name: 'Ann' } });
    await bobToo.heard('ring');
    expect((await annToo.call('ringing')).call).toBe(ringing.call);
    bobToo.say({ type: 'accept', call: ringing.call });
    const { room = '', token } = await ann.call('accepted', (message) => message.token !== undefined);
    expect(token).toBe(`${room} Ann host`);
    expect((await bobToo.call('accepted', (message) => message.token !== undefined)).token).toBe(
      `${room} Bob participant`,
    );
    expect(rig.rooms.get(room)?.title).toBe('Ann and Bob');
    await bob.call('accepted');
    for (const other of [bob, annToo]) {
      await other.settled();
      expect(other.messages.filter((message) => message.type === 'call' && message.token !== undefined)).toEqual([]);
    }
  });

  it('is over for both when one has left and does not come back, and its room is gone', async () => {
    const rig = await ContactsRig.open();
    const { ann, room, call } = await talking(rig);
    rig.calls.left(room, 'bob');
    rig.clock.advance(RETURN_MS);
    await ann.call('ended');
    await soon(() => expect(rig.rooms.size).toBe(0));
    await soon(async () => {
      const calls = (await rig.store.list('ann', { limit: 5 })).map(({ id, state }) => [id, state]);
      expect(calls).toEqual([[call, 'ended']]);
      expect(rig.events.map(({ type }) => type)).toEqual(['call.rang', 'call.accepted', 'call.ended']);
    });
  });

  it('is over at once when who has left hangs up', async () => {
    const rig = await ContactsRig.open();
    const { ann, bob, room, call } = await talking(rig);
    rig.calls.left(room, 'ann');
    ann.say({ type: 'cancel', call });
    await bob.call('ended');
    await soon(() => expect(rig.rooms.size).toBe(0));
  });

  it('is over when somebody deletes its room', async () => {
    const rig = await ContactsRig.open();
    const { ann, bob, room } = await talking(rig);
    rig.calls.roomGone(room);
    await Promise.all([ann.call('ended'), bob.call('ended')]);
  });

  it('takes a third into the same room', async () => {
    const rig = await ContactsRig.open();
    const { ann, call, room } = await talking(rig);
    const eve = await rig.tab('eve');
    ann.say({ type: 'add', call, user: 'eve' });
    const ring = await eve.heard('ring');
    expect(ring).toMatchObject({ from: { id: 'ann' }, others: [{ id: 'bob', name: 'Bob' }] });
    eve.say({ type: 'accept', call: ring.call });
    expect(await eve.call('accepted', ({ token }) => token !== undefined)).toMatchObject({
      room,
      token: `${room} Eve participant`,
    });
    rig.enter(room, 'eve');
    rig.calls.left(room, 'bob');
    rig.clock.advance(RETURN_MS);
    await ann.call('ended', (message) => message.call === call);
    expect(rig.rooms.size).toBe(1);
  });

  it.each([
    ['decline', 'bob', 'declined', false],
    ['cancel', 'ann', 'cancelled', true],
  ] as const)('can be ended by %s, on all tabs', async (type, who, state, missed) => {
    const rig = await ContactsRig.open();
    const tabs = [await rig.tab('ann'), await rig.tab('bob'), await rig.tab('bob')] as const;
    tabs[0].say({ type: 'call', to: 'bob' });
    const { call } = await tabs[2].heard('ring');
    tabs[who === 'ann' ? 0 : 1].say({ type, call });
    await Promise.all(tabs.map((tab) => tab.call(state)));
    await soon(async () => expect(await rig.store.missedCount('bob')).toBe(missed ? 1 : 0));
    await soon(() => expect(rig.clock.pending).toBe(4));
  });

  it('is missed when nobody answers, and both are told', async () => {
    const rig = await ContactsRig.open();
    const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
    ann.say({ type: 'call', to: 'bob' });
    await bob.heard('ring');
    rig.clock.advance(9999);
    await ann.settled();
    expect(ann.messages.filter((message) => message.type === 'call')).toHaveLength(1);
    rig.clock.advance(1);
    await Promise.all([ann.call('no_answer'), bob.call('no_answer')]);
    expect(await bob.heard('missed')).toEqual({ type: 'missed', count: 1 });
    bob.say({ type: 'seen' });
    await bob.heard('missed', ({ count }) => count === 0);
    expect(await rig.store.list('bob', { limit: 5, missed: true })).toMatchObject([{ missed: true, seen: true }]);
  });

  it('does not ring who is not there, who finds it missed when they come', async () => {
    const rig = await ContactsRig.open();
    const ann = await rig.tab('ann');
    ann.say({ type: 'call', to: 'bob' });
    expect(await ann.call('no_answer')).toMatchObject({ offline: true });
    expect(await (await rig.tab('bob')).heard('welcome')).toMatchObject({ missed: 1, calls: [] });
  });

  it('is busy for whoever is in another', async () => {
    const rig = await ContactsRig.open();
    const { bob } = await talking(rig);
    const eve = await rig.tab('eve');
    eve.say({ type: 'call', to: 'bob' });
    await eve.call('busy');
    expect(await bob.heard('missed')).toEqual({ type: 'missed', count: 1 });
  });

  it('brings both together who call each other at once', async () => {
    const rig = await ContactsRig.open();
    const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
    ann.say({ type: 'call', to: 'bob' });
    bob.say({ type: 'call', to: 'ann', key: 'k2' });
    const [first, second] = await Promise.all(
      [ann, bob].map((tab) => tab.call('accepted', ({ token }) => token !== undefined)),
    );
    expect(first?.room).toBe(second?.room);
    expect(rig.rooms.size).toBe(1);
  });

  it('tells who accepts too late how it ended, and goes on', async () => {
    const rig = await ContactsRig.open();
    const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
    ann.say({ type: 'call', to: 'bob' });
    const { call } = await bob.heard('ring');
    ann.say({ type: 'cancel', call });
    await ann.call('cancelled');
    bob.say({ type: 'accept', call });
    await bob.call('cancelled');
    await bob.heard('error', ({ code }) => code === 'call_over');
    expect(rig.rooms.size).toBe(0);
  });

  it('leaves no room behind when it is taken back while that is being made', async () => {
    const rig = await ContactsRig.open();
    const { promise: made, resolve: make } = Promise.withResolvers<void>();
    rig.made = made;
    const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
    ann.say({ type: 'call', to: 'bob' });
    const { call } = await bob.heard('ring');
    bob.say({ type: 'accept', call });
    await ann.call('accepted');
    ann.say({ type: 'cancel', call });
    await Promise.all([ann.call('ended'), bob.call('ended')]);
    make();
    await soon(async () => {
      expect(rig.rooms.size).toBe(0);
      expect(await rig.store.unfinished()).toEqual([]);
    });
  });

  it('fails with the reason when there is no room to be had', async () => {
    const rig = await ContactsRig.open();
    rig.full = true;
    const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
    ann.say({ type: 'call', to: 'bob' });
    bob.say({ type: 'accept', call: (await bob.heard('ring')).call });
    await Promise.all([ann, bob].map((tab) => tab.call('failed')));
    expect(await ann.heard('error')).toMatchObject({ code: 'too_many_rooms' });
  });

  it('rings nobody any more when the tab that called has gone', async () => {
    const rig = await ContactsRig.open();
    const [ann, annToo, bob] = [await rig.tab('ann'), await rig.tab('ann'), await rig.tab('bob')];
    ann.say({ type: 'call', to: 'bob' });
    await bob.heard('ring');
    ann.cut();
    await Promise.all([annToo.call('cancelled'), bob.call('cancelled')]);
  });

  it('rings a page that is loaded again', async () => {
    const rig = await ContactsRig.open();
    const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
    ann.say({ type: 'call', to: 'bob' });
    const { call } = await bob.heard('ring');
    await bob.close();
    expect((await (await rig.tab('bob')).heard('ring')).call).toBe(call);
  });
});

describe('a restart of the server', () => {
  it('that cannot read its calls leaves no timer behind', async () => {
    const rig = await ContactsRig.open();
    await rig.stop();
    vi.spyOn(rig.store, 'unfinished').mockRejectedValueOnce(new Error('The disk is broken'));
    await expect(rig.start()).rejects.toThrow('The disk is broken');
    expect(rig.clock.pending).toBe(0);
  });

  it('has nobody ring for ever: who was called finds it missed', async () => {
    const rig = await ContactsRig.open();
    const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
    ann.say({ type: 'call', to: 'bob' });
    const { call } = await bob.heard('ring');
    // As after a kill: nothing was told, nothing written.
    const killed = rig.calls;
    await rig.start();
    expect(await rig.store.list('bob', { limit: 1 })).toMatchObject([{ id: call, state: 'no_answer', missed: true }]);
    expect(rig.calls.of('ann')).toEqual([]);
    await killed.close();
  });

  it('leaves those who talk in their room while they come back, and clears away the rooms of others', async () => {
    const rig = await ContactsRig.open();
    const { room, call } = await talking(rig);
    rig.rooms.set(room, { title: 'Ann and Bob', people: [] });
    await rig.stop();
    await rig.start();
    expect(rig.calls.of('ann')).toMatchObject([{ call, state: 'accepted' }]);
    rig.enter(room, 'ann', 'bob');
    rig.clock.advance(200_000);
    expect(rig.rooms.has(room)).toBe(true);
    for (const one of await rig.store.list('ann', { limit: 1 })) await rig.store.change({ ...one, state: 'ended' });
    await rig.stop();
    await rig.start();
    expect(rig.rooms.size).toBe(0);
  });
});

describe('limits', () => {
  it('take as many calls a minute as they say, and not one more', async () => {
    const rig = await ContactsRig.open({ ringsPerMinute: 3 });
    const ann = await rig.tab('ann');
    for (const key of ['k1', 'k2', 'k3', 'k4']) ann.say({ type: 'call', to: 'bob', key });
    expect(await ann.heard('error')).toMatchObject({ code: 'too_many_attempts', key: 'k4', retryAfter: 20 });
    expect(await rig.store.list('bob', { limit: 9 })).toHaveLength(3);
    rig.clock.advance(20_000);
    ann.say({ type: 'call', to: 'bob', key: 'k5' });
    await ann.call('no_answer', ({ key }) => key === 'k5');
  });

  it('keep as many calls of one person as they say', async () => {
    const rig = await ContactsRig.open();
    const base = {
      talk: 't',
      to: { id: 'bob', name: 'Bob' },
      state: 'no_answer',
      offline: true,
      startedMs: 1,
    } as const;
    const store = new CallStore(rig.database, 3);
    for (const id of ['a', 'b', 'c', 'd'])
      await store.insert({ ...base, id, from: { id: 'ann', name: 'Ann' } }, undefined);
    await store.insert({ ...base, id: 'e', from: { id: 'eve', name: 'Eve' } }, undefined);
    expect((await store.list('bob', { limit: 9 })).map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b']);
  });

  it.each([
    ['nobody', 'user_not_found'],
    ['ann', 'call_self'],
  ])('refuse a call to %s with %s', async (to, code) => {
    const ann = await (await ContactsRig.open()).tab('ann');
    ann.say({ type: 'call', to, key: 'k' });
    expect(await ann.heard('error')).toMatchObject({ code, key: 'k' });
  });

  it('let nobody answer, take back or add to the calls of others', async () => {
    const rig = await ContactsRig.open();
    const { call } = await talking(rig);
    const eve = await rig.tab('eve');
    for (const type of ['accept', 'decline', 'cancel'] as const) eve.say({ type, call });
    eve.say({ type: 'add', call, user: 'dan' });
    await eve.settled();
    expect(eve.messages.flatMap((message) => (message.type === 'error' ? [message.code] : []))).toEqual(
      Array(4).fill('call_over'),
    );
    expect(rig.calls.of('ann')).toMatchObject([{ state: 'accepted' }]);
  });
});
