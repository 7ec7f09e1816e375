import { describe, expect, it } from 'vitest';
import type { ClientMessage, ServerMessage } from '../../../../src/protocol/messages.ts';
import { LASTED_MS, MOST_TRIES } from '../../../../src/protocol/second-try.ts';
import type { TrackSocket } from '../../../../web/transport/outgoing-track.ts';
import { PublishedTracks } from '../../../../web/transport/published-tracks.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const CAMERA = { track: 1, kind: 'video', source: 'camera' } as const;
const ANN = { id: 'p1', name: 'Ann', role: 'participant', muted: false, connected: true } as const;

/** A page with a camera, and what it hears of a server. */
function setUp() {
  const clock = new FakeClock();
  const sent: ClientMessage[] = [];
  const waits: number[] = [];
  const refused: string[] = [];
  let lasted = 0;
  let keyframes = 0;
  const tracks = new PublishedTracks(
    () => clock.monotonicMs(),
    (ms, fn) => clock.after(ms, fn),
  );
  const socket: TrackSocket = {
    bufferedAmount: 0,
    sendMessage: (message) => sent.push(message),
    sendFrame: () => undefined,
  };
  const connect = (): void => tracks.connected({ control: socket, video: socket }, 'p1');
  connect();
  const track = tracks.publish(CAMERA, {
    keyframe: () => {
      keyframes += 1;
    },
    target: () => undefined,
    refused: (why) => refused.push(why),
    waits: ({ waitMs }) => waits.push(waitMs),
    lasts: () => {
      lasted += 1;
    },
  });
  track.configure({ codec: 'vp8', width: 640, height: 360, framerate: 30 });
  const answer = (): unknown => tracks.receive({ type: 'published', track: 1 });
  answer();
  return {
    clock,
    tracks,
    track,
    waits,
    refused,
    connect,
    answer,
    get lasted() {
      return lasted;
    },
    get keyframes() {
      return keyframes;
    },
    announcements: () => sent.filter(({ type }) => type === 'publish').length,
    configurations: () => sent.filter(({ type }) => type === 'config').length,
    /** The server gives the track up. */
    end(code = 'decode_failed'): void {
      tracks.receive({ type: 'error', code, message: 'It was too much.', track: 1, ended: true });
      tracks.receive({ type: 'roster', participants: [{ ...ANN, tracks: [] }] });
    },
  };
}

describe('a camera that the server gave up', () => {
  it('is announced again after 10 s, with its configuration and a key frame', () => {
    const page = setUp();
    expect([page.announcements(), page.configurations(), page.keyframes]).toEqual([1, 1, 1]);
    page.end();
    expect(page.track.attached).toBe(false);
    expect(page.waits).toEqual([10_000]);
    page.clock.advance(9999);
    expect(page.announcements()).toBe(1);
    page.clock.advance(1);
    expect(page.announcements()).toBe(2);
    page.answer();
    expect(page.track.attached).toBe(true);
    expect([page.configurations(), page.keyframes]).toEqual([2, 2]);
    expect(page.refused).toEqual([]);
  });

  it('has recovered once it has lasted a minute, and then counts anew', () => {
    const page = setUp();
    page.end();
    page.clock.advance(10_000);
    page.answer();
    page.clock.advance(LASTED_MS - 1);
    expect(page.lasted).toBe(0);
    page.clock.advance(1);
    expect(page.lasted).toBe(1);
    page.end();
    expect(page.waits).toEqual([10_000, 10_000]);
  });

  it('is refused for good after six tries in a row', () => {
    const page = setUp();
    for (let index = 0; index <= MOST_TRIES; index += 1) {
      page.clock.advance(30_000);
      page.end();
      page.clock.advance(60_000);
      page.answer();
    }
    expect(page.waits).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
    expect(page.refused).toEqual(['The server got nothing to show or to play out of what this browser sent.']);
    expect(page.announcements()).toBe(1 + MOST_TRIES);
    expect(page.clock.pending).toBe(0);
  });

  it.each(['video_stopped', 'too_expensive', 'decode_budget'])('is refused at once for "%s"', (code) => {
    const page = setUp();
    page.end(code);
    expect(page.waits).toEqual([]);
    expect(page.refused).toHaveLength(1);
  });

  it('waits longer when the server wants to hear of it later', () => {
    const page = setUp();
    page.end();
    page.clock.advance(10_000);
    const late: ServerMessage = { type: 'error', code: 'rate_limited', message: 'Later.', track: 1 };
    page.tracks.receive(late);
    expect(page.waits).toEqual([10_000, 20_000]);
    expect(page.refused).toEqual([]);
    page.clock.advance(20_000);
    expect(page.announcements()).toBe(3);
  });

  it('is announced by the next connection, and not a second time', () => {
    const page = setUp();
    page.end();
    page.tracks.disconnected();
    expect(page.clock.pending).toBe(0);
    page.clock.advance(60_000);
    expect(page.announcements()).toBe(1);
    page.connect();
    page.answer();
    page.clock.advance(20_000);
    expect(page.announcements()).toBe(2);
    expect(page.track.attached).toBe(true);
  });

  it('stays off when its person has switched it off meanwhile', () => {
    const page = setUp();
    page.end();
    page.tracks.unpublish(page.track);
    page.clock.advance(60_000);
    expect(page.announcements()).toBe(1);
    expect(page.clock.pending).toBe(0);
  });

  it('is refused where nobody can wait for it, as a sound', () => {
    const page = setUp();
    const refused: string[] = [];
    page.tracks.publish(
      { track: 0, kind: 'audio', source: 'mic' },
      { keyframe: () => undefined, target: () => undefined, refused: (why) => refused.push(why) },
    );
    page.tracks.receive({ type: 'published', track: 0 });
    page.tracks.receive({ type: 'error', code: 'decode_failed', message: 'No.', track: 0, ended: true });
    page.tracks.receive({ type: 'roster', participants: [{ ...ANN, tracks: [] }] });
    expect(refused).toHaveLength(1);
  });
});
