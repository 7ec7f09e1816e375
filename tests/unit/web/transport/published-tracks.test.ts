import { describe, expect, it } from 'vitest';
import type { ClientMessage, ServerMessage } from '../../../../src/protocol/messages.ts';
import type { TrackSocket } from '../../../../web/transport/outgoing-track.ts';
import { PublishedTracks } from '../../../../web/transport/published-tracks.ts';

const CAMERA = { track: 1, kind: 'video', source: 'camera' } as const;
const PUBLISHED: ServerMessage = { type: 'published', track: 1 };

function socket(sent: ClientMessage[]): TrackSocket {
  return { bufferedAmount: 0, sendMessage: (message) => sent.push(message), sendFrame: () => undefined };
}

function roster(...tracks: number[]): ServerMessage {
  const entries = tracks.map((track) => ({ track, kind: 'video', source: 'camera', state: 'live' }) as const);
  const ann = { id: 'p1', name: 'Ann', role: 'participant', muted: false, connected: true } as const;
  return { type: 'roster', participants: [{ ...ann, tracks: entries }] };
}

function trackError(code: string): ServerMessage {
  return { type: 'error', code, message: `Because of ${code}.`, track: 1 };
}

function setUp() {
  const control: ClientMessage[] = [];
  const video: ClientMessage[] = [];
  const refused: string[] = [];
  const tracks = new PublishedTracks(() => 0);
  const wishes = { keyframe: () => undefined, target: () => undefined, refused: (why: string) => refused.push(why) };
  const connect = (): void => tracks.connected({ control: socket(control), video: socket(video) }, 'p1');
  return { tracks, control, video, refused, wishes, connect };
}

describe('PublishedTracks', () => {
  it('announces pictures on the picture socket and sound on the control socket, on every connection', () => {
    const { tracks, control, video, wishes, connect } = setUp();
    tracks.publish(CAMERA, wishes);
    connect();
    tracks.publish({ track: 0, kind: 'audio', source: 'mic' }, wishes);
    tracks.disconnected();
    connect();
    expect(video.map(({ type }) => type)).toEqual(['publish', 'publish']);
    expect(control.map(({ type }) => type)).toEqual(['publish', 'publish']);
  });

  it('says how what is published gets through, while anything is', () => {
    const { tracks, wishes } = setUp();
    expect(tracks.line).toBeUndefined();
    // A socket that holds more than it should.
    tracks.connected({ control: socket([]), video: { ...socket([]), bufferedAmount: 1_000_000 } }, 'p1');
    const camera = tracks.publish(CAMERA, wishes);
    tracks.receive(PUBLISHED);
    expect(tracks.line).toEqual({ verdict: 'good', ackMs: undefined, heldBack: 0 });
    expect(camera.mayEncode).toBe(false);
    expect(tracks.line?.heldBack).toBe(1);
    tracks.disconnected();
    expect(tracks.line).toBeUndefined();
  });

  it('lets frames flow from the answer until the cut', () => {
    const { tracks, wishes, connect } = setUp();
    connect();
    const track = tracks.publish(CAMERA, wishes);
    expect(track.attached).toBe(false);
    tracks.receive(PUBLISHED);
    expect(track.attached).toBe(true);
    tracks.disconnected();
    expect(track.attached).toBe(false);
  });

  it('takes a track that the server kept over a cut for published', () => {
    const { tracks, refused, wishes, connect } = setUp();
    const track = tracks.publish(CAMERA, wishes);
    connect();
    expect(tracks.receive(trackError('track_exists'))).toBe(true);
    expect(track.attached).toBe(true);
    expect(refused).toEqual([]);
  });

  it('waits for the answer to the newest announcement after a quick off and on', () => {
    const { tracks, video, refused, wishes, connect } = setUp();
    connect();
    tracks.unpublish(tracks.publish(CAMERA, wishes));
    const second = tracks.publish(CAMERA, wishes);
    expect(video.map(({ type }) => type)).toEqual(['publish', 'unpublish', 'publish']);
    tracks.receive(PUBLISHED);
    expect(second.attached).toBe(false);
    tracks.receive(roster());
    tracks.receive(PUBLISHED);
    expect(second.attached).toBe(true);
    expect(refused).toEqual([]);
  });

  it('waits for the newest answer also when an older one came while there was no track', () => {
    const { tracks, wishes, connect } = setUp();
    connect();
    tracks.unpublish(tracks.publish(CAMERA, wishes));
    tracks.receive(PUBLISHED);
    const second = tracks.publish(CAMERA, wishes);
    tracks.receive(PUBLISHED);
    expect(second.attached).toBe(true);
  });

  it('does not take the end of an older track for the answer to a newer one', () => {
    const { tracks, refused, wishes, connect } = setUp();
    connect();
    tracks.unpublish(tracks.publish(CAMERA, wishes));
    tracks.receive(PUBLISHED);
    const second = tracks.publish(CAMERA, wishes);
    tracks.receive({ ...trackError('decode_failed'), ended: true } as ServerMessage);
    tracks.receive(PUBLISHED);
    expect(second.attached).toBe(true);
    expect(refused).toEqual([]);
  });

  it('takes back what it announced after a cut when a host had stopped it meanwhile', () => {
    const { tracks, video, refused, wishes, connect } = setUp();
    connect();
    const camera = tracks.publish(CAMERA, wishes);
    tracks.receive(PUBLISHED);
    tracks.disconnected();
    connect();
    tracks.receive({ ...trackError('video_stopped'), ended: true } as ServerMessage);
    expect(refused).toEqual(['Because of video_stopped.']);
    tracks.receive(PUBLISHED);
    expect(camera.attached).toBe(false);
    expect(video.map(({ type }) => type)).toEqual(['publish', 'publish', 'unpublish']);
    // Its owner opens it again.
    const again = tracks.publish(CAMERA, wishes);
    tracks.receive(PUBLISHED);
    expect(again.attached).toBe(true);
  });

  it('says why the server refused a track', () => {
    const { tracks, refused, wishes, connect } = setUp();
    connect();
    tracks.publish(CAMERA, wishes);
    tracks.receive(trackError('too_many_tracks'));
    expect(refused).toEqual(['Because of too_many_tracks.']);
  });

  it('goes on after a remark, and ends with the reason when the roster has lost the track', () => {
    const { tracks, refused, wishes, connect } = setUp();
    connect();
    const track = tracks.publish(CAMERA, wishes);
    tracks.receive(PUBLISHED);
    tracks.receive(trackError('rate_limited'));
    tracks.receive(roster(1));
    expect(track.attached).toBe(true);
    tracks.receive(trackError('decode_failed'));
    tracks.receive(roster());
    expect(track.attached).toBe(false);
    expect(refused).toEqual(['The server got nothing to show or to play out of what this browser sent.']);
  });

  it('leaves errors alone that concern no track of ours', () => {
    const { tracks, connect } = setUp();
    connect();
    expect(tracks.receive({ type: 'error', code: 'room_full', message: 'Full.' })).toBe(false);
  });
});
