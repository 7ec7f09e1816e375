import { describe, expect, it } from 'vitest';
import { ConflictError, LimitError } from '../../../src/errors.ts';
import { type Participant, createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { keptOutEntry } from '../../helpers/kept-out.ts';
import { createTrack, type Track } from '../../../src/room/track.ts';

const limits = { maxParticipants: 3, maxTracksPerParticipant: 2 };

function createRoom(): Room {
  return new Room({ id: 'demo', title: 'Demo', createdAt: new Date('2026-01-01T00:00:00Z'), limits });
}

function person(id: string): Participant {
  return createParticipant(id, id);
}

function camera(number: number): Track {
  return createTrack(number, 'video', 'camera', `test.${number}`);
}

/** Everything the room reports from now on. */
function record(room: Room): string[] {
  const heard: string[] = [];
  room.events.on('joined', ({ id }) => heard.push(`joined ${id}`));
  room.events.on('left', ({ id }) => heard.push(`left ${id}`));
  room.events.on('participantChanged', ({ change }) => heard.push(`renamed ${change.name}`));
  room.events.on('trackAdded', ({ participant, track }) => heard.push(`added ${participant.id}/${track.number}`));
  room.events.on('trackRemoved', ({ participant, track }) => heard.push(`removed ${participant.id}/${track.number}`));
  room.events.on('changed', () => heard.push(`changed ${room.title} ${room.recording}`));
  room.events.on('ended', () => heard.push('ended'));
  return heard;
}

describe('Room', () => {
  it('keeps people in the order they joined', () => {
    const room = createRoom();
    for (const id of ['c', 'a', 'b']) room.join(person(id));
    room.leave('a');
    room.join(person('a'));
    expect(room.participants.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(room.find('b')?.name).toBe('b');
    expect(room.find('z')).toBeUndefined();
  });

  it('holds as many people as allowed, and not one more', () => {
    const room = createRoom();
    for (const id of ['a', 'b', 'c']) room.join(person(id));
    expect(() => room.join(person('d'))).toThrow(LimitError);
    expect(() => room.join(person('d'))).toThrow(expect.objectContaining({ code: 'room_full', closeCode: 1013 }));
    expect(room.participants).toHaveLength(3);
    room.leave('a');
    expect(() => room.join(person('d'))).not.toThrow();
  });

  it('refuses whoever was removed, and nobody else', () => {
    const room = createRoom();
    room.join(person('a'));
    room.keptOut.add(keptOutEntry('a'));
    room.leave('a');
    expect(() => room.join(person('a'))).toThrow(expect.objectContaining({ code: 'removed', closeCode: 4403 }));
    expect(() => room.join(person('b'))).not.toThrow();
    room.keptOut.add(keptOutEntry('a', { kind: 'banned' }));
    const newer = { issuedAt: new Date(1000) };
    expect(() => room.join(person('a'), newer)).toThrow(expect.objectContaining({ code: 'banned', closeCode: 4403 }));
  });

  it('numbers hands in the order in which they went up', () => {
    const room = createRoom();
    const [a, b] = [person('a'), person('b')];
    room.join(a);
    room.join(b);
    room.setHand(b, true);
    room.setHand(a, true);
    room.setHand(b, true);
    expect([a.hand, b.hand]).toEqual([2, 1]);
    room.setHand(b, false);
    room.setHand(b, true);
    expect([a.hand, b.hand]).toEqual([2, 3]);
  });

  it('reports joining and leaving once', () => {
    const room = createRoom();
    const heard = record(room);
    room.join(person('a'));
    room.leave('a');
    room.leave('a');
    room.leave('nobody');
    expect(heard).toEqual(['joined a', 'left a']);
  });

  it('takes as many tracks as allowed, and not one more', () => {
    const room = createRoom();
    const ann = person('ann');
    room.join(ann);
    room.addTrack(ann, camera(0));
    room.addTrack(ann, camera(1));
    expect(() => room.addTrack(ann, camera(2))).toThrow(
      expect.objectContaining({ code: 'too_many_tracks', closeCode: 4429 }),
    );
    expect([...ann.tracks.keys()]).toEqual([0, 1]);
  });

  it('refuses a track number that is in use, and leaves the first one alone', () => {
    const room = createRoom();
    const ann = person('ann');
    const first = camera(0);
    room.join(ann);
    room.addTrack(ann, first);
    expect(() => room.addTrack(ann, camera(0))).toThrow(ConflictError);
    expect(ann.tracks.get(0)).toBe(first);
    expect(first.stream.closed).toBe(false);
  });

  it('closes the stream of a track that ends, and reports it once', () => {
    const room = createRoom();
    const ann = person('ann');
    const track = camera(0);
    room.join(ann);
    room.addTrack(ann, track);
    const heard = record(room);
    room.removeTrack(ann, 0);
    room.removeTrack(ann, 0);
    expect(track.stream.closed).toBe(true);
    expect(heard).toEqual(['removed ann/0']);
  });

  it('ends the tracks of somebody who leaves before they are gone', () => {
    const room = createRoom();
    const ann = person('ann');
    room.join(ann);
    room.addTrack(ann, camera(0));
    room.addTrack(ann, createTrack(1, 'audio', 'mic', 'test.mic'));
    const heard = record(room);
    room.leave('ann');
    expect(heard).toEqual(['removed ann/0', 'removed ann/1', 'left ann']);
  });

  it('reports a new name, a new title and the recording state when they change', () => {
    const room = createRoom();
    const ann = person('ann');
    room.join(ann);
    const heard = record(room);
    room.change(ann, { name: 'Anne' });
    room.title = 'Talk';
    room.recordingMark = 'recording';
    room.recordingMark = 'recording';
    room.recordingMark = 'off';
    expect(heard).toEqual(['renamed Anne', 'changed Talk false', 'changed Talk true', 'changed Talk false']);
  });

  it('keeps somebody silenced who comes back as the same person, until a host thinks better of it', () => {
    const room = createRoom();
    room.join(person('ann'));
    room.change(room.find('ann') as Participant, { silenced: true });
    room.leave('ann');
    room.join(person('ann'));
    room.join(person('bob'));
    expect(room.participants.map(({ id, silenced }) => [id, silenced])).toEqual([
      ['ann', true],
      ['bob', false],
    ]);
    room.change(room.find('ann') as Participant, { silenced: false });
    room.leave('ann');
    room.join(person('ann'));
    expect(room.find('ann')?.silenced).toBe(false);
  });

  it('reports how it is arranged, who speaks and what hosts should know', () => {
    const room = createRoom();
    const heard: unknown[] = [];
    room.events.on('arranged', () => heard.push(room.layout.policy, room.annotation.clock));
    room.events.on('imageChanged', (slot) => heard.push(slot, room.image(slot)?.byteLength));
    room.events.on('speaking', (speaking) => heard.push(speaking));
    room.events.on('notice', ({ code }) => heard.push(code));
    room.layout = { ...room.layout, policy: 'single' };
    room.annotation = { ...room.annotation, clock: false };
    room.setImage('logo', new Uint8Array(3));
    room.setImage('logo', undefined);
    const speaking = { participants: ['ann'], speaker: 'ann' };
    room.speaking = speaking;
    room.events.emit('notice', { code: 'program_degraded', message: 'Slow.' });
    expect(room.speaking).toBe(speaking);
    expect(heard).toEqual([
      'single',
      true,
      'single',
      false,
      'logo',
      3,
      'logo',
      undefined,
      speaking,
      'program_degraded',
    ]);
  });

  it('sends everybody away when it ends, once, and lets nobody in afterwards', () => {
    const room = createRoom();
    room.join(person('a'));
    room.join(person('b'));
    const heard = record(room);
    room.end();
    room.end();
    expect(heard).toEqual(['ended', 'left a', 'left b']);
    expect(room.ended).toBe(true);
    expect(() => room.join(person('c'))).toThrow(expect.objectContaining({ code: 'room_ended' }));
  });
});
