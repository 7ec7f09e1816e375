import { describe, expect, it, vi } from 'vitest';
import { MAX_WATCHED_USERS } from '../../../src/protocol/limits.ts';
import { ContactsRig } from './contacts-rig.ts';

const users = (count: number) => Array.from({ length: count }, (_, at) => `u${at}`);

describe('the door of contacts', () => {
  it('greets who has signed in, and tells those who watch', async () => {
    const rig = await ContactsRig.open();
    const ann = await rig.tab('ann');
    expect(await ann.heard('welcome')).toEqual({
      type: 'welcome',
      version: 1,
      user: { id: 'ann', name: 'Ann' },
      missed: 0,
      calls: [],
      ringSeconds: 10,
    });
    ann.say({ type: 'watch', users: ['bob'] });
    await ann.heard('presence', ({ state }) => state === 'offline');
    const bob = await rig.tab('bob');
    await ann.heard('presence', ({ state }) => state === 'online');
    bob.say({ type: 'away', on: true });
    await ann.heard('presence', ({ state }) => state === 'away');
    rig.calls.joined('a-room', 'bob');
    await ann.heard('presence', ({ state }) => state === 'in-call');
  });

  it('tells all tabs once of however many changes of the people', async () => {
    const rig = await ContactsRig.open();
    const tabs = [await rig.tab('ann'), await rig.tab('bob')];
    for (let person = 0; person < 3; person += 1) rig.door.peopleChanged();
    rig.clock.advance(500);
    for (const tab of tabs) {
      await tab.heard('people');
      tab.say({ type: 'watch', users: ['nobody'] });
      await tab.heard('presence');
      expect(tab.messages.filter(({ type }) => type === 'people')).toHaveLength(1);
    }
    rig.door.peopleChanged();
    rig.clock.advance(500);
    await vi.waitFor(() => expect(tabs[0]?.messages.filter(({ type }) => type === 'people')).toHaveLength(2), {
      timeout: 9000,
    });
  });

  it.each([
    ['bad', 4401],
    ['guest', 4403],
  ])('closes with the reason for the token "%s"', async (token, code) => {
    const peer = (await ContactsRig.open()).peer();
    await peer.opened();
    peer.say({ type: 'hello', version: 1, token });
    expect(await peer.closed).toMatchObject({ code });
  });

  it('refuses pages of other sites, and takes its own', async () => {
    const rig = await ContactsRig.open();
    expect(await rig.peer({ Origin: 'https://evil.example' }).refused()).toBe(403);
    await rig.peer({ Origin: rig.url }).opened();
  });

  it('refuses one socket more than an address may have', async () => {
    const rig = await ContactsRig.open();
    const peers = users(8).map(() => rig.peer());
    await Promise.all(peers.map((peer) => peer.opened()));
    expect(await rig.peer().refused()).toBe(503);
  });

  it('counts those behind a proxy of this machine each for themselves', async () => {
    const rig = await ContactsRig.open();
    const from = (client: string) => rig.peer({ 'X-Forwarded-For': client });
    for (const client of ['203.0.113.7', '203.0.113.8']) {
      await Promise.all(users(8).map(() => from(client).opened()));
      expect(await from(client).refused()).toBe(503);
    }
  });

  it('refuses one tab more than a person may have', async () => {
    const rig = await ContactsRig.open();
    for (const user of ['ann', 'ann', 'ann']) await rig.tab(user);
    const fourth = rig.peer();
    await fourth.opened();
    fourth.say({ type: 'hello', version: 1, token: 'ann' });
    expect(await fourth.closed).toMatchObject({ code: 4429 });
  });

  it('waits for a hello only so long', async () => {
    const rig = await ContactsRig.open();
    const peer = rig.peer();
    await peer.opened();
    await rig.tab('ann');
    rig.clock.advance(5000);
    expect(await peer.closed).toMatchObject({ code: 4408 });
  });

  it.each([
    ['anything else first', JSON.stringify({ type: 'away', on: true }), 4400],
    ['bytes', new Uint8Array(3), 4400],
    ['more text than fits', `{"type":"hello","token":"${'x'.repeat(17_000)}"}`, 4413],
  ])('closes on %s', async (_what, data, code) => {
    const peer = (await ContactsRig.open()).peer();
    await peer.opened();
    peer.raw(data);
    expect(await peer.closed).toMatchObject({ code });
  });

  it('takes a list of as many people as it says, and not one more', async () => {
    const ann = await (await ContactsRig.open()).tab('ann');
    ann.say({ type: 'watch', users: users(MAX_WATCHED_USERS) });
    await ann.heard('presence', ({ user }) => user === `u${MAX_WATCHED_USERS - 1}`);
    ann.say({ type: 'watch', users: users(MAX_WATCHED_USERS + 1) });
    await ann.heard('error', ({ code }) => code === 'bad_message');
  });

  it.each([
    [80, 4400],
    [81, 1008],
  ])('closes on %i bytes of nonsense that come one by one', async (bytes, code) => {
    const rig = await ContactsRig.open();
    const peer = rig.peer();
    await peer.opened();
    // A frame of text of at most 125 bytes, masked with zeros.
    const frame = (text: string) =>
      Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
    for (let count = 0; count < 10; count += 1) rig.trickle(frame('x'.repeat(bytes)));
    expect((await peer.closed).code).toBe(code);
  });

  it('tells who says too much, and closes when they do not listen', async () => {
    const ann = await (await ContactsRig.open()).tab('ann');
    for (let at = 0; at < 60; at += 1) ann.say({ type: 'away', on: false });
    expect(await ann.closed).toMatchObject({ code: 4400 });
    expect(ann.messages).toContainEqual(expect.objectContaining({ type: 'error', code: 'rate_limited' }));
  });

  it('ends the tabs of a session that was ended', async () => {
    const rig = await ContactsRig.open();
    const [ann, bob] = [await rig.tab('ann'), await rig.tab('bob')];
    rig.door.revoke('session-ann');
    expect(await ann.closed).toMatchObject({ code: 4401 });
    rig.door.expel('bob');
    expect(await bob.closed).toMatchObject({ code: 4401 });
  });

  it.each([
    ['their session', (rig: ContactsRig) => rig.door.revoke('session-ann')],
    ['their account', (rig: ContactsRig) => rig.door.expel('ann')],
  ])('greets nobody who loses %s while it looks up what they have missed', async (_what, end) => {
    const rig = await ContactsRig.open();
    const { promise: found, resolve: find } = Promise.withResolvers<number>();
    const looking = vi.spyOn(rig.store, 'missedCount').mockReturnValueOnce(found);
    const peer = rig.peer();
    await peer.opened();
    peer.say({ type: 'hello', version: 1, token: 'ann' });
    await vi.waitFor(() => expect(looking).toHaveBeenCalledOnce(), { timeout: 9000 });
    end(rig);
    find(0);
    expect(await peer.closed).toMatchObject({ code: 4401 });
    expect(peer.messages.map(({ type }) => type)).toEqual(['error']);
    expect(rig.presence.of('ann')).toBe('offline');
  });

  it('has twenty wishes of a tab under way, and refuses one more until they are done', async () => {
    const rig = await ContactsRig.open();
    const ann = await rig.tab('ann');
    const { promise: marked, resolve: mark } = Promise.withResolvers<void>();
    const marking = vi.spyOn(rig.store, 'markSeen').mockReturnValue(marked);
    for (let count = 0; count < 20; count += 1) ann.say({ type: 'seen' });
    await vi.waitFor(() => expect(marking).toHaveBeenCalledTimes(20), { timeout: 9000 });
    expect(ann.messages.some(({ type }) => type === 'error')).toBe(false);
    ann.say({ type: 'seen' });
    expect(await ann.heard('error')).toMatchObject({ code: 'rate_limited' });
    expect(marking).toHaveBeenCalledTimes(20);
    mark();
    await vi.waitFor(() => expect(ann.messages.filter(({ type }) => type === 'missed')).toHaveLength(20), {
      timeout: 9000,
    });
    ann.say({ type: 'seen' });
    await vi.waitFor(() => expect(marking).toHaveBeenCalledTimes(21), { timeout: 9000 });
  });

  it('leaves no timer behind', async () => {
    const rig = await ContactsRig.open();
    await rig.tab('ann');
    await rig.stop();
    expect(rig.clock.pending).toBe(0);
  });
});
