import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src/hls/date-ranges.ts';
import { Captions } from '../../../src/hls/captions.ts';
import { wallTime } from '../../../src/media/timestamp.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { ProgramNotes } from '../../../src/server/program-notes.ts';

const START = Date.UTC(2026, 0, 2);

function setUp(options: { captions?: boolean } = {}) {
  const limits = { maxParticipants: 5, maxTracksPerParticipant: 3 };
  const room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(START), limits });
  const noted: (Note & { readonly at: number })[] = [];
  const said: unknown[] = [];
  let now = 0;
  const notes = new ProgramNotes({
    room,
    now: () => wallTime(START + now),
    stream: {
      captions: options.captions === false ? undefined : new Captions(),
      note: (note, at) => void noted.push({ ...note, at: at - START }),
      caption: (text, at, seconds) => void said.push([text, at - START, seconds]),
    },
  });
  return { room, notes, noted, said, advance: (ms: number) => void (now += ms) };
}

describe('ProgramNotes', () => {
  it('tell the title at the beginning and each time it changes', () => {
    const { room, noted, advance } = setUp();
    advance(500);
    room.title = 'Great Hall';
    room.title = 'Great Hall';
    room.recordingMark = 'recording';
    expect(noted).toEqual([
      { kind: 'title', title: 'Hall', at: 0 },
      { kind: 'title', title: 'Great Hall', at: 500 },
    ]);
  });

  it('tell who has the floor, not that nobody has it, and nobody twice', () => {
    const { room, noted, advance } = setUp();
    const id = 'ana';
    room.join(createParticipant(id, 'Ana'));
    for (const speaker of [undefined, id, undefined, id]) {
      advance(100);
      room.speaking = { participants: [], speaker };
    }
    expect(noted.slice(1)).toEqual([{ kind: 'speaker', name: 'Ana', participant: id, at: 200 }]);
  });

  it('tell markers and captions at the moment they come', () => {
    const { notes, noted, said, advance } = setUp();
    advance(1500.5);
    expect(notes.mark('Point two').getTime()).toBe(START + 1501);
    expect(notes.caption('Hello', 4).getTime()).toBe(START + 1501);
    expect(noted[1]).toEqual({ kind: 'marker', label: 'Point two', at: 1500.5 });
    expect(said).toEqual([['Hello', 1500.5, 4]]);
  });

  it('refuse captions that no player was told of', () => {
    expect(() => setUp({ captions: false }).notes.caption('Hello', 4)).toThrow(
      expect.objectContaining({ code: 'captions_off', status: 409 }),
    );
  });

  it('tell nothing once they are closed', () => {
    const { room, notes, noted } = setUp();
    notes.close();
    room.title = 'Other';
    room.speaking = { participants: [], speaker: 'p' };
    expect(noted).toHaveLength(1);
  });
});
