import { describe, expect, it } from 'vitest';
import { Door, heardOut, type Member } from './door.ts';

const KEY = 'k'.repeat(22);

function rosterOf({ control }: Member) {
  const last = control.messages.findLast(({ type }) => type === 'roster');
  return last?.type === 'roster' ? last.participants : [];
}

describe('a hand', () => {
  it('goes up for everybody to see, in its order, and down again', async () => {
    const door = await Door.open();
    const [ana, bob] = [await door.join('ana'), await door.join()];
    bob.control.say({ type: 'hand', raised: true });
    await heardOut(bob.control);
    ana.control.say({ type: 'hand', raised: true });
    await heardOut(ana.control);
    expect(rosterOf(ana).map(({ hand }) => hand)).toEqual([2, 1]);
    bob.control.say({ type: 'hand', raised: false });
    await heardOut(bob.control);
    await ana.control.heard('roster', ({ participants }) => participants[1]?.hand === undefined);
    expect(door.recorded.map(({ type, subject }) => `${type} ${subject?.name}`)).toEqual([
      'participant.hand_raised Guest',
      'participant.hand_raised Ana',
      'participant.hand_lowered Guest',
    ]);
  });

  it('may go up and down six times at once, and not once more', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    const flip = (times: number): void => {
      for (let index = 0; index < times; index += 1) control.say({ type: 'hand', raised: index % 2 === 0 });
    };
    flip(6);
    await heardOut(control);
    expect(control.messages.some(({ type }) => type === 'error')).toBe(false);
    flip(1);
    expect((await control.heard('error')).code).toBe('rate_limited');
    expect(door.room.find(welcome.participant)?.hand).toBeUndefined();
    door.clock.advance(2001);
    flip(1);
    await heardOut(control);
    expect(door.room.find(welcome.participant)?.hand).toBe(4);
  });
});

describe('a reaction', () => {
  it('reaches everybody, five at once from one person and not one more', async () => {
    const door = await Door.open();
    const [ana, bob] = [await door.join('ana'), await door.join()];
    for (let index = 0; index < 6; index += 1) bob.control.say({ type: 'react', emoji: '👏' });
    expect((await bob.control.heard('error')).code).toBe('rate_limited');
    await heardOut(bob.control);
    await heardOut(ana.control);
    const heard = ana.control.messages.filter(({ type }) => type === 'reaction');
    expect(heard).toHaveLength(5);
    expect(heard[0]).toEqual({ type: 'reaction', participant: bob.welcome.participant, emoji: '👏' });
    expect(door.recorded).toEqual([]);
  });

  it('of a whole room is told thirty times at once, and not once more', async () => {
    const door = await Door.open();
    const watcher = await door.join('host');
    for (let person = 0; person < 6; person += 1) {
      const { control } = await door.join();
      for (let index = 0; index < 5; index += 1) control.say({ type: 'react', emoji: '🎉' });
      await heardOut(control);
      expect(control.messages.some(({ type }) => type === 'error')).toBe(false);
    }
    const late = await door.join();
    late.control.say({ type: 'react', emoji: '🎉' });
    expect((await late.control.heard('error')).code).toBe('rate_limited');
    await heardOut(watcher.control);
    expect(watcher.control.messages.filter(({ type }) => type === 'reaction')).toHaveLength(30);
  });

  it('is one of a few signs, and nothing else', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    control.socket.send(JSON.stringify({ type: 'react', emoji: '<b>' }));
    expect((await control.heard('error')).code).toBe('bad_message');
  });
});

describe('a host who asks', () => {
  it('is heard by the one who is asked, who is heard again once they agree', async () => {
    const door = await Door.open();
    const [host, ana, bob] = [await door.join('host', { name: 'Hanna' }), await door.join('ana'), await door.join()];
    const person = door.room.find('ana');
    if (!person) throw new Error('Nobody');
    door.room.change(person, { silenced: true });
    host.control.say({ type: 'ask-unmute', participant: 'ana' });
    const by = { id: host.welcome.participant, name: 'Hanna' };
    expect(await ana.control.heard('asked')).toEqual({ type: 'asked', what: 'unmute', by });
    // Nobody is heard before they have agreed.
    expect(person.silenced).toBe(true);
    ana.control.say({ type: 'answer', what: 'unmute', accepted: true });
    await heardOut(ana.control);
    expect(person.silenced).toBe(false);
    await heardOut(bob.control);
    expect(bob.control.messages.some(({ type }) => type === 'asked')).toBe(false);
    expect(door.recorded.map(({ type, actor, subject }) => `${type} ${actor?.name} > ${subject?.name}`)).toEqual([
      'participant.asked_to_unmute Hanna > Ana',
      'participant.unmute_accepted Ana > Ana',
    ]);
  });

  it('lets nobody speak who declines, who was not asked, or who answers too late', async () => {
    const door = await Door.open();
    const [host, ana] = [await door.join('host'), await door.join('ana')];
    const person = door.room.find('ana');
    if (!person) throw new Error('Nobody');
    door.room.change(person, { silenced: true });
    const answer = async (accepted: boolean): Promise<void> => {
      ana.control.say({ type: 'answer', what: 'unmute', accepted });
      await heardOut(ana.control);
      expect(person.silenced).toBe(true);
    };
    const ask = async (what: 'ask-unmute' | 'ask-video'): Promise<void> => {
      host.control.say({ type: what, participant: 'ana' });
      await heardOut(host.control);
    };
    await answer(true);
    await ask('ask-unmute');
    await answer(false);
    await answer(true);
    await ask('ask-video');
    await answer(true);
    await ask('ask-unmute');
    // In steps, so that their line is known to live.
    for (let step = 0; step < 13; step += 1) {
      door.clock.advance(10_000);
      await Promise.all([heardOut(ana.control), heardOut(host.control)]);
    }
    await answer(true);
  });

  it('is a host, asks somebody who is there, and ten people at once but not one more', async () => {
    const door = await Door.open();
    const [host, ana] = [await door.join('host'), await door.join('ana')];
    ana.control.say({ type: 'ask-video', participant: host.welcome.participant });
    expect((await ana.control.heard('error')).code).toBe('host_only');
    host.control.say({ type: 'ask-video', participant: 'nobody' });
    expect((await host.control.heard('error')).code).toBe('participant_not_found');
    for (let index = 0; index < 11; index += 1) host.control.say({ type: 'ask-video', participant: 'ana' });
    await host.control.heard('error', ({ code }) => code === 'rate_limited');
    await heardOut(ana.control);
    expect(ana.control.messages.filter(({ type }) => type === 'asked')).toHaveLength(10);
  });
});

describe('somebody who is banned', () => {
  it('is known by their browser, whatever invite they come with', async () => {
    const door = await Door.open();
    const { welcome } = await door.join('participant', { identity: KEY });
    const { clientKey, tokenId } = door.room.find(welcome.participant) ?? {};
    expect([typeof clientKey, tokenId]).toEqual(['string', undefined]);
    const about = { id: 'b', participant: welcome.participant, name: 'Guest', by: 'Hanna', at: new Date(0) };
    door.room.keptOut.add({ ...about, kind: 'banned', clientKey });
    door.ingest.kick('demo', welcome.participant);
    const again = await door.socket();
    again.say({ type: 'hello', version: 1, token: 'host', identity: KEY });
    expect((await again.heard('error')).code).toBe('banned');
    expect((await again.closed).code).toBe(4403);
    // The secret itself is kept nowhere, and told to nobody.
    expect(clientKey).not.toContain(KEY);
    const other = await door.join('participant', { identity: 'o'.repeat(22) });
    expect(JSON.stringify(rosterOf(other))).not.toContain(clientKey);
  });
});

describe('a clip', () => {
  it('is told to everybody in the room, with its length and who kept it', async () => {
    const door = await Door.open();
    const people = [await door.join('host'), await door.join('ana')];
    door.room.events.emit('clipped', { seconds: 30, newest: true, by: 'Hanna' });
    door.room.events.emit('clipped', { seconds: 12.5, newest: false, by: undefined });
    for (const { control } of people) {
      await heardOut(control);
      expect(control.messages.filter(({ type }) => type === 'clip')).toEqual([
        { type: 'clip', seconds: 30, newest: true, by: 'Hanna' },
        { type: 'clip', seconds: 12.5 },
      ]);
    }
  });
});
