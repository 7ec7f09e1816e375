import { describe, expect, it } from 'vitest';
import { layoutSchema } from '../../../src/layout/layout.ts';
import type { NewSessionEvent } from '../../../src/recorder/session/live-session.ts';
import { createParticipant, type Participant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { createTrack, type Track } from '../../../src/room/track.ts';
import { SessionEventsFeed } from '../../../src/server/session-events-feed.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

interface SetUp {
  readonly room: Room;
  readonly ana: Participant;
  readonly clock: FakeClock;
  readonly feed: SessionEventsFeed;
  /** What was written since it was asked last. */
  readonly take: () => NewSessionEvent[];
}

function setUp(prepare: (room: Room, ana: Participant) => void = () => {}, resumed = false): SetUp {
  const limits = { maxParticipants: 5, maxTracksPerParticipant: 3 };
  const room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  const ana = createParticipant('a', 'Ana', 'host');
  prepare(room, ana);
  const clock = new FakeClock();
  const written: NewSessionEvent[] = [];
  const feed = new SessionEventsFeed({ room, clock, resumed, events: { write: (event) => void written.push(event) } });
  return { room, ana, clock, feed, take: () => written.splice(0) };
}

const joined = (_: Room, ana: Participant): void => _.join(ana);

describe('the events of a session', () => {
  it('begin with how everything stands', () => {
    const { take, room } = setUp((room, ana) => {
      room.join(ana);
      room.addTrack(ana, createTrack(0, 'audio', 'mic', 'sound'));
      const screen = createTrack(2, 'video', 'screen', 'picture');
      room.addTrack(ana, screen);
      room.setTrackState(ana, screen, 'paused');
      room.change(ana, { silenced: true, gainDb: -3, detached: true });
      room.speaking = { participants: ['a'], speaker: 'a' };
    });
    expect(take()).toEqual([
      { type: 'title', title: 'Hall' },
      { type: 'layout', layout: room.layout },
      { type: 'annotation', annotation: room.annotation },
      { type: 'joined', participant: 'a', name: 'Ana', role: 'host' },
      { type: 'connection', participant: 'a', connected: false },
      { type: 'loudness', participant: 'a', silenced: true, gainDb: -3 },
      { type: 'track-added', participant: 'a', track: 0, kind: 'audio', source: 'mic' },
      { type: 'track-added', participant: 'a', track: 2, kind: 'video', source: 'screen' },
      { type: 'track-state', participant: 'a', track: 2, state: 'paused' },
      { type: 'speaking', participants: ['a'], speaker: 'a' },
    ]);
  });

  it('tell what was written, and what became of it', () => {
    const { take, room } = setUp(joined);
    take();
    const entry = { id: 'm1', rev: 1, at: 0, author: { id: 'a', name: 'Ana', role: 'host' }, text: 'Helo' } as const;
    room.events.emit('chat', entry);
    room.events.emit('chat', { ...entry, rev: 2, text: 'Hello', edited: true });
    room.events.emit('chat', { ...entry, rev: 3, text: '', deleted: true });
    const chat = { type: 'chat', id: 'm1', participant: 'a', name: 'Ana' } as const;
    expect(take()).toEqual(['Helo', 'Hello', ''].map((text) => ({ ...chat, text })));
  });

  it('say first that the session goes on, where it was cut off', () => {
    expect(setUp(joined, true).take().slice(0, 2)).toEqual([
      { type: 'program', state: 'resumed' },
      { type: 'title', title: 'Hall' },
    ]);
  });

  it('follow people: their coming and going, names, loudness, connections and tracks', () => {
    const { room, ana, take } = setUp();
    take();
    room.join(ana);
    const mic = createTrack(0, 'audio', 'mic', 'sound');
    room.addTrack(ana, mic);
    room.setTrackState(ana, mic, 'muted');
    room.change(ana, { name: 'Ana B.' });
    room.change(ana, { gainDb: 6 });
    room.change(ana, { detached: true });
    room.change(ana, { consent: false });
    room.change(ana, { avatar: new Uint8Array(3) });
    room.leave('a');
    expect(take()).toEqual([
      { type: 'joined', participant: 'a', name: 'Ana', role: 'host' },
      { type: 'track-added', participant: 'a', track: 0, kind: 'audio', source: 'mic' },
      { type: 'track-state', participant: 'a', track: 0, state: 'muted' },
      { type: 'renamed', participant: 'a', name: 'Ana B.' },
      { type: 'loudness', participant: 'a', silenced: false, gainDb: 6 },
      { type: 'connection', participant: 'a', connected: false },
      { type: 'consent', participant: 'a', given: false },
      { type: 'track-removed', participant: 'a', track: 0 },
      { type: 'left', participant: 'a' },
    ]);
  });

  it('tell title, layout and annotation when they are others', () => {
    const { room, take } = setUp();
    take();
    room.title = 'Great Hall';
    room.title = 'Great Hall';
    room.recordingMark = 'recording';
    const layout = layoutSchema.parse({ more: false });
    room.layout = layout;
    expect(take()).toEqual([
      { type: 'title', title: 'Great Hall' },
      { type: 'layout', layout },
    ]);
  });

  it('tell who speaks at once, but no more often than four times a second, and how it stands in the end', () => {
    const { room, clock, take } = setUp();
    take();
    const speak = (...participants: string[]): void => {
      room.speaking = { participants, speaker: participants[0] };
    };
    speak('a');
    for (const people of [['b'], ['a', 'b'], [], ['b']]) {
      clock.advance(50);
      speak(...people);
    }
    expect(take()).toEqual([{ type: 'speaking', participants: ['a'], speaker: 'a' }]);
    clock.advance(49);
    expect(take()).toEqual([]);
    clock.advance(1);
    expect(take()).toEqual([{ type: 'speaking', participants: ['b'], speaker: 'b' }]);
    clock.advance(5000);
    room.speaking = { participants: [], speaker: undefined };
    room.speaking = { participants: [], speaker: undefined };
    clock.advance(5000);
    expect(take()).toEqual([{ type: 'speaking', participants: [] }]);
  });

  it('tell by how much the program is behind somebody, when that has changed', () => {
    const { feed, take } = setUp();
    take();
    const mic = createTrack(0, 'audio', 'mic', 'sound');
    const camera = createTrack(1, 'video', 'camera', 'picture');
    const screen = createTrack(2, 'video', 'screen', 'picture');
    const age = (participant: string, track: Track, ms: number) => ({ participant, track, ms });
    feed.ages([
      age('a', camera, 116),
      age('a', mic, 100),
      age('b', screen, 300),
      age('b', camera, 80),
      age('c', mic, 5001),
    ]);
    feed.ages([age('a', mic, 107.9), age('b', camera, 72)]);
    expect(take()).toEqual([
      { type: 'playout', participant: 'a', delayMs: 100 },
      { type: 'playout', participant: 'b', delayMs: 80 },
      { type: 'playout', participant: 'b', delayMs: 72 },
    ]);
  });

  it('hold moments with a name', () => {
    const { feed, take } = setUp();
    take();
    feed.mark('The question', undefined);
    feed.mark('The answer', 'r1');
    expect(take()).toEqual([
      { type: 'marker', label: 'The question' },
      { type: 'marker', label: 'The answer', recording: 'r1' },
    ]);
  });

  it('end with the feed, which leaves no timer behind', () => {
    const { room, ana, clock, feed, take } = setUp();
    room.speaking = { participants: ['a'], speaker: 'a' };
    take();
    feed.close();
    room.join(ana);
    room.title = 'Another';
    room.speaking = { participants: [], speaker: undefined };
    clock.advance(1000);
    expect([take(), clock.pending]).toEqual([[], 0]);
  });
});
