import { describe, expect, it } from 'vitest';
import { mayBeKept } from '../../../src/room/consent.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';

const limits = { maxParticipants: 5, maxTracksPerParticipant: 2 };

function createRoom(): Room {
  return new Room({ id: 'demo', title: 'Demo', createdAt: new Date(0), limits });
}

describe('consent', () => {
  it('is nobody’s to give where people are only told', () => {
    for (const consent of [true, false, undefined]) expect(mayBeKept('notice', { consent })).toBe(true);
  });

  it('counts only when it was given where people are asked', () => {
    expect(mayBeKept('ask', { consent: true })).toBe(true);
    for (const consent of [false, undefined]) expect(mayBeKept('ask', { consent })).toBe(false);
  });

  it('decides who is withheld, but only while a recording runs', () => {
    const room = createRoom();
    const people = [true, false, undefined].map((consent, index) =>
      Object.assign(createParticipant(`p${index}`, 'Somebody'), { consent }),
    );
    for (const one of people) room.join(one);
    const withheld = () => people.map((one) => one.withheld);
    room.consentRule = 'ask';
    expect(withheld()).toEqual([false, false, false]);
    room.recordingMark = 'recording';
    expect(withheld()).toEqual([false, true, true]);
    room.consentRule = 'notice';
    expect(withheld()).toEqual([false, false, false]);
    room.consentRule = 'ask';
    room.recordingMark = 'off';
    expect(withheld()).toEqual([false, false, false]);
  });

  it('may be given and taken back at any time', () => {
    const room = createRoom();
    room.consentRule = 'ask';
    room.recordingMark = 'recording';
    const ana = createParticipant('ana', 'Ana');
    room.join(ana);
    expect(ana.withheld).toBe(true);
    room.change(ana, { consent: true });
    expect(ana.withheld).toBe(false);
    room.change(ana, { consent: false });
    expect(ana.withheld).toBe(true);
  });

  it('withholds people before anybody is told that the room is recorded', () => {
    const room = createRoom();
    room.consentRule = 'ask';
    room.join(createParticipant('ana', 'Ana'));
    const heard: string[] = [];
    room.events.on('participantChanged', ({ participant, change }) =>
      heard.push(`${participant.id} ${JSON.stringify(change)}`),
    );
    room.events.on('changed', () => heard.push(`recording ${room.recording}`));
    room.recordingMark = 'recording';
    expect(heard).toEqual(['ana {"withheld":true}', 'recording true']);
  });
});
