import { describe, expect, it, onTestFinished } from 'vitest';
import type { Moderator } from '../../../src/api/moderation-port.ts';
import { Database } from '../../../src/database/database.ts';
import type { EventDraft } from '../../../src/events/event.ts';
import { nullLogger } from '../../../src/logger.ts';
import { BanStore, banMigrations } from '../../../src/room/ban-store.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { createTrack } from '../../../src/room/track.ts';
import { RoomModeration } from '../../../src/server/room-moderation.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const HOST: Moderator = { person: { id: 'invite', name: '', role: 'host' }, tokenId: 't-host' };
const ADMIN: Moderator = { person: { id: 'admin', name: 'admin', role: 'admin' } };

async function setUp() {
  const clock = new FakeClock();
  const database = await Database.open({
    path: ':memory:',
    migrations: [...roomMigrations, ...banMigrations],
    log: nullLogger,
  });
  onTestFinished(() => database.close());
  const stored = { id: 'hall', title: 'Hall', createdAt: new Date(0), tokenVersion: 1, settings: defaultSettings() };
  await new RoomStore(database, nullLogger).insert(stored);
  const limits = { maxParticipants: 9, maxTracksPerParticipant: 3 };
  const newRoom = (): Room => new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  const room = newRoom();
  const people = Object.fromEntries(
    ['hanna', 'ana', 'bob'].map((id) => {
      const one = createParticipant(id, id.toUpperCase(), id === 'hanna' ? 'host' : 'participant');
      return [id, Object.assign(one, { clientKey: `key-${id}`, tokenId: id === 'hanna' ? 't-host' : 't-guests' })];
    }),
  );
  for (const one of Object.values(people)) room.join(one);
  const events: EventDraft[] = [];
  const told: string[] = [];
  room.events.on('told', ({ participant, what, by }) => told.push(`${participant.id} ${what} ${by ?? '-'}`));
  const ended: string[] = [];
  const moderate = (of: Room): RoomModeration =>
    new RoomModeration({
      rooms: {
        room: (id) => (id === 'hall' ? of : undefined),
        expel: (_id, participant) => of.leave(participant),
        endSession: async (_id, reason) => void ended.push(reason),
      },
      store: new BanStore(database),
      events: { record: (draft) => void events.push(draft) },
      clock,
    });
  const person = (id: string) => {
    const found = people[id];
    if (!found) throw new Error('Nobody');
    return found;
  };
  return { clock, room, newRoom, moderate, moderation: moderate(room), person, events, told, ended };
}

const summary = ({ type, actor, subject }: EventDraft): string => `${type} ${actor?.name} > ${subject?.name ?? '-'}`;

describe('RoomModeration', () => {
  it('tells people what was done to them, and records who did it', async () => {
    const { moderation, events, told, room, person } = await setUp();
    room.setHand(person('ana'), true);
    const change = { muted: true, name: 'Anna', hand: false, gain: -6 } as const;
    expect(moderation.change('hall', 'ana', change, HOST)).toMatchObject({ name: 'Anna', muted: true, gain: -6 });
    expect(told).toEqual(['ana renamed HANNA', 'ana muted HANNA', 'ana hand-lowered HANNA']);
    expect(events.map(summary)).toEqual([
      'participant.renamed HANNA > Anna',
      'participant.muted HANNA > Anna',
      'participant.loudness_changed HANNA > Anna',
      'participant.hand_lowered HANNA > Anna',
    ]);
    expect(events[0]).toMatchObject({ room: 'hall', data: { before: 'ANA', name: 'Anna' } });
    expect(person('ana')).toMatchObject({ hand: undefined, silenced: true, gainDb: -6 });
    expect(() => moderation.change('hall', 'zoe', { gain: 1 }, HOST)).toThrow(expect.objectContaining({ status: 404 }));
    // The same again is no news.
    moderation.change('hall', 'ana', change, HOST);
    expect(events).toHaveLength(4);
    expect(told).toHaveLength(3);
  });

  it('names no host when it is not known which of several it was, and none in what admins do', async () => {
    const { moderation, events, told } = await setUp();
    moderation.change('hall', 'ana', { muted: true }, { ...HOST, tokenId: 't-guests' });
    moderation.change('hall', 'ana', { muted: false }, ADMIN);
    expect(told).toEqual(['ana muted -', 'ana unmuted -']);
    expect(events.map(({ actor }) => actor?.role)).toEqual(['host', 'admin']);
  });

  it('ends every picture of somebody, and says why', async () => {
    const { moderation, room, person, told, events } = await setUp();
    const [sound, camera, screen] = [
      createTrack(0, 'audio', 'mic', 'a'),
      createTrack(1, 'video', 'camera', 'b'),
      createTrack(2, 'video', 'screen', 'c'),
    ];
    const refused: string[] = [];
    for (const track of [sound, camera, screen]) {
      room.addTrack(person('ana'), track);
      track.events.on('refused', ({ code, message }) => {
        refused.push(`${track.number} ${code}`);
        expect(message).toContain('stopped your video');
        room.removeTrack(person('ana'), track.number);
      });
    }
    const view = moderation.change('hall', 'ana', { stopVideo: true }, HOST);
    expect(refused).toEqual(['1 video_stopped', '2 video_stopped']);
    expect(view.tracks.map(({ track }) => track)).toEqual([0]);
    expect(told).toEqual(['ana video-stopped HANNA']);
    moderation.change('hall', 'bob', { stopVideo: true }, HOST);
    expect(events.map(summary)).toEqual(['participant.video_stopped HANNA > ANA']);
  });

  it('keeps out whom a host removes until a newer invite, also after a restart', async () => {
    const { moderation, moderate, newRoom, room, clock, events } = await setUp();
    await moderation.remove('hall', 'ana', HOST);
    expect(room.find('ana')).toBeUndefined();
    expect(events.map(summary)).toEqual(['participant.removed HANNA > ANA']);
    const next = newRoom();
    await moderate(next).load();
    const at = clock.wallMs();
    expect(next.keptOut.reason({ id: 'ana', issuedAt: new Date(at - 1000) })).toBe('removed');
    expect(next.keptOut.reason({ id: 'ana', issuedAt: new Date(at + 1000) })).toBeUndefined();
    expect(next.keptOut.reason({ id: 'another', clientKey: 'key-ana' })).toBeUndefined();
  });

  it('keeps out whom a host bans, also after a restart, until the ban is lifted', async () => {
    const { moderation, moderate, newRoom, room, events } = await setUp();
    const ban = await moderation.ban('hall', 'ana', HOST);
    expect(ban).toMatchObject({ participant: 'ana', name: 'ANA', by: 'HANNA' });
    expect(room.find('ana')).toBeUndefined();
    expect(JSON.stringify(moderation.bans('hall'))).not.toContain('key-ana');
    const next = newRoom();
    const later = moderate(next);
    await later.load();
    expect(next.keptOut.reason({ id: 'another', clientKey: 'key-ana' })).toBe('banned');
    expect(later.bans('hall')).toEqual([ban]);
    await later.unban('hall', ban.id, HOST);
    expect(next.keptOut.reason({ id: 'ana' })).toBeUndefined();
    const last = newRoom();
    await moderate(last).load();
    expect(last.keptOut.bans).toEqual([]);
    await expect(later.unban('hall', ban.id, HOST)).rejects.toMatchObject({ code: 'ban_not_found', status: 404 });
    expect(events.map(({ type }) => type)).toEqual(['participant.banned', 'participant.unbanned']);
  });

  it('lowers all hands, and mutes everybody but hosts', async () => {
    const { moderation, room, person, told } = await setUp();
    for (const id of ['bob', 'hanna']) room.setHand(person(id), true);
    expect(moderation.lowerHands('hall', HOST)).toBe(2);
    expect(moderation.lowerHands('hall', HOST)).toBe(0);
    room.change(person('bob'), { silenced: true });
    expect(moderation.muteAll('hall', true, HOST)).toBe(1);
    expect(room.participants.map(({ silenced }) => silenced)).toEqual([false, true, true]);
    expect(moderation.muteAll('hall', false, HOST)).toBe(2);
    expect(told).toEqual(['bob hand-lowered HANNA', 'ana muted HANNA', 'ana unmuted HANNA', 'bob unmuted HANNA']);
  });

  it('ends the session for everybody, and tells how many there were', async () => {
    const { moderation, ended, events } = await setUp();
    await moderation.end('hall', HOST);
    expect(ended).toEqual(['A host has ended this for everybody.']);
    expect(events).toMatchObject([{ type: 'room.ended_for_all', room: 'hall', data: { people: 3 } }]);
    await expect(moderation.end('cellar', HOST)).rejects.toMatchObject({ code: 'room_not_found' });
  });
});
