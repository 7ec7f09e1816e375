import { describe, expect, it } from 'vitest';
import { decodeFrame, type FrameHeader } from '../../../../src/protocol/frame.ts';
import type { ClientMessage, PublishMessage } from '../../../../src/protocol/messages.ts';
import { OutgoingTrack, type TrackSocket } from '../../../../web/transport/outgoing-track.ts';
import { nowMs } from '../../../../web/util/monotonic.ts';

const H264 = { codec: 'h264', codecString: 'avc1.42E01F', width: 640, height: 352, framerate: 30 } as const;

function setUp(publication: PublishMessage = { type: 'publish', track: 1, kind: 'video', source: 'camera' }) {
  const messages: ClientMessage[] = [];
  const headers: FrameHeader[] = [];
  const wishes = { keyframes: 0, refused: '' };
  const socket: TrackSocket = {
    bufferedAmount: 0,
    sendMessage: (message) => messages.push(message),
    sendFrame: (message) => {
      const frame = decodeFrame(message);
      if (typeof frame !== 'string') headers.push(frame.header);
    },
  };
  const track = new OutgoingTrack(publication, {
    keyframe: () => {
      wishes.keyframes += 1;
    },
    target: () => undefined,
    refused: (message) => {
      wishes.refused = message;
    },
  });
  const send = (keyframe: boolean): boolean =>
    track.send({ keyframe, captureUs: 1, durationUs: 33_333, level: 0, muted: false, payload: new Uint8Array(10) });
  return { track, socket, messages, headers, wishes, send };
}

describe('OutgoingTrack', () => {
  it('sends nothing without a connection or a configuration', () => {
    const { track, socket, send, headers } = setUp();
    expect(send(true)).toBe(false);
    track.attach(socket);
    expect(send(true)).toBe(false);
    track.configure(H264);
    expect(send(true)).toBe(true);
    expect(headers).toHaveLength(1);
  });

  it('begins with a key frame after each configuration, under its id', () => {
    const { track, socket, send, headers, messages } = setUp();
    track.attach(socket);
    track.configure(H264);
    expect(send(false)).toBe(false);
    expect(send(true)).toBe(true);
    track.configure({ ...H264, width: 320, height: 176 });
    expect(send(false)).toBe(false);
    expect(send(true)).toBe(true);
    expect(headers.map(({ configId, seq }) => [configId, seq])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(messages.map((message) => message.type === 'config' && message.id)).toEqual([1, 2]);
  });

  it('repeats its configuration after a reconnect, asks for a key frame and marks the break', () => {
    const { track, socket, send, headers, messages, wishes } = setUp();
    track.attach(socket);
    track.configure(H264);
    send(true);
    track.detach();
    expect(track.mayEncode).toBe(false);
    track.attach(socket);
    expect(wishes.keyframes).toBe(2);
    expect(messages).toHaveLength(2);
    expect(messages[1]).toEqual(messages[0]);
    expect(send(false)).toBe(false);
    send(true);
    send(false);
    expect(headers.map(({ discontinuity, seq }) => [discontinuity, seq])).toEqual([
      [false, 0],
      [true, 1],
      [false, 2],
    ]);
  });

  it('holds back while too much is not acknowledged', () => {
    const { track, socket } = setUp();
    track.attach(socket);
    track.configure(H264);
    track.flow.target({ width: 640, height: 352, framerate: 30, maxBitrate: 800_000 }, nowMs());
    const payload = new Uint8Array(200_000);
    track.send({ keyframe: true, captureUs: 1, durationUs: 1, level: 0, muted: false, payload });
    expect(track.mayEncode).toBe(false);
    track.flow.acked(0, 1, nowMs());
    expect(track.mayEncode).toBe(true);
  });

  it('sends no sound that its line would keep waiting', () => {
    const { track, socket, headers } = setUp({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
    const say = (): boolean =>
      track.send({
        keyframe: true,
        captureUs: 1,
        durationUs: 20_000,
        level: 0,
        muted: false,
        payload: new Uint8Array(80),
      });
    let held = 0;
    track.attach({
      ...socket,
      get bufferedAmount() {
        return held;
      },
    });
    track.configure({ codec: 'opus', sampleRate: 48000, channels: 1 });
    held = 64 * 1024;
    expect(say()).toBe(true);
    held += 1;
    expect(say()).toBe(false);
    held = 0;
    expect(say()).toBe(true);
    expect(headers.map(({ seq }) => seq)).toEqual([0, 1]);
  });

  it('passes on why the server ended it', () => {
    const { track, socket, wishes } = setUp();
    track.attach(socket);
    track.remark = 'The picture cannot be decoded.';
    track.refuse();
    expect(wishes.refused).toBe('The picture cannot be decoded.');
    expect(track.attached).toBe(false);
  });

  it('says at once that its sender muted it, and again on each connection', () => {
    const { track, socket, messages } = setUp();
    track.state = 'live';
    track.state = 'muted';
    expect(messages).toEqual([]);
    track.attach(socket);
    const muted = { type: 'state', track: 1, state: 'muted' };
    expect(messages).toEqual([muted]);
    track.state = 'muted';
    track.detach();
    track.attach(socket);
    track.state = 'live';
    expect(messages).toEqual([muted, muted, { ...muted, state: 'live' }]);
  });
});
