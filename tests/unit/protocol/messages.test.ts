import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotationSchema } from '../../../src/layout/annotation.ts';
import { layoutSchema } from '../../../src/layout/layout.ts';
import { MAX_PARTICIPANT_TRACK, parseClientMessage, parseServerMessage } from '../../../src/protocol/messages.ts';
import { MAX_NAME_LENGTH } from '../../../src/protocol/limits.ts';

const hello = { type: 'hello', version: 1, token: 't' };

function client(message: unknown): unknown {
  return parseClientMessage(JSON.stringify(message));
}

describe('parseClientMessage', () => {
  it.each([
    [hello],
    [{ ...hello, name: 'Zoë 王', resume: 'r', receive: { video: true, audio: false } }],
    [{ type: 'attach', version: 1, ticket: 'x' }],
    [{ type: 'publish', track: 0, kind: 'video', source: 'camera' }],
    [{ type: 'unpublish', track: 15 }],
    [
      {
        type: 'config',
        track: 0,
        id: 1,
        codec: 'h264',
        codecString: 'avc1.42E01F',
        width: 640,
        height: 360,
        framerate: 30,
      },
    ],
    [{ type: 'config', track: 0, id: 1, codec: 'vp8', width: 640, height: 360, framerate: 29.97 }],
    [{ type: 'config', track: 1, id: 0, codec: 'opus', sampleRate: 48000, channels: 2 }],
    [{ type: 'ack', track: 16, seq: 4294967295, bytes: 1200, receivedMs: 12.5 }],
    [{ type: 'keyframe', track: 16 }],
    [{ type: 'ping', sentMs: 1.25 }],
    [{ type: 'state', track: 0, state: 'muted' }],
    [{ type: 'quality', quality: 'low' }],
    [{ type: 'bye' }],
  ])('understands %j', (message) => {
    expect(client(message)).toEqual(message);
  });

  it('ignores keys it does not know, so that newer clients may say more', () => {
    expect(client({ ...hello, mood: 'good' })).toEqual(hello);
  });

  it('trims a name and takes it up to its limit, and no longer', () => {
    expect(client({ ...hello, name: ` ${'n'.repeat(MAX_NAME_LENGTH)} ` })).toMatchObject({
      name: 'n'.repeat(MAX_NAME_LENGTH),
    });
    expect(client({ ...hello, name: 'n'.repeat(MAX_NAME_LENGTH + 1) })).toEqual(expect.stringContaining('"name"'));
    expect(client({ ...hello, name: '   ' })).toEqual(expect.stringContaining('"name"'));
  });

  it('takes track numbers up to the highest, and no higher', () => {
    const publish = { type: 'publish', kind: 'audio', source: 'mic' };
    expect(client({ ...publish, track: MAX_PARTICIPANT_TRACK })).toMatchObject({ track: 15 });
    expect(client({ ...publish, track: MAX_PARTICIPANT_TRACK + 1 })).toEqual(expect.stringContaining('"track"'));
  });

  it.each([
    ['', 'The message is no JSON text.'],
    ['{"type":', 'The message is no JSON text.'],
  ])('says that %j is no JSON', (text, sentence) => {
    expect(parseClientMessage(text)).toBe(sentence);
  });

  it.each([
    [{ ...hello, version: 2 }],
    [{ type: 'state', track: 16, state: 'live' }],
    [{ type: 'state', track: 0, state: 'ended' }],
    [{ type: 'quality', quality: 'high' }],
    [{ type: 'welcome' }],
    [{ type: 'config', track: 0, id: 1, codec: 'h265', width: 640, height: 360, framerate: 30 }],
    [
      {
        type: 'config',
        track: 0,
        id: 1,
        codec: 'h264',
        codecString: 'avc1.42E01',
        width: 640,
        height: 360,
        framerate: 30,
      },
    ],
    [{ type: 'config', track: 0, id: 1, codec: 'opus', sampleRate: 44100, channels: 1 }],
    [{ type: 'ack', track: 16, seq: 4294967296, bytes: 0, receivedMs: 0 }],
    [null],
    [[]],
    ['hello'],
  ])('refuses %j with a sentence', (message) => {
    expect(client(message)).toEqual(expect.stringMatching(/^The message does not fit the protocol: .+\.$/));
  });

  it('never throws at any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(typeof parseClientMessage(text)).toMatch(/^(string|object)$/);
      }),
    );
  });

  it('cannot be made to reach the prototype of anything', () => {
    parseClientMessage('{"type":"bye","__proto__":{"polluted":true}}');
    expect('polluted' in {}).toBe(false);
  });
});

describe('parseServerMessage', () => {
  it.each([
    [
      {
        type: 'welcome',
        participant: 'p1',
        room: { id: 'demo', title: 'Demo' },
        resume: 'r',
        resumeMs: 30000,
        ticket: 't',
        limits: { maxFrameBytes: 1, maxMessageBytes: 2, maxTracks: 3 },
      },
    ],
    [{ type: 'target', track: 0, width: 640, height: 360, framerate: 30, maxBitrate: 600000 }],
    [
      {
        type: 'roster',
        participants: [
          {
            id: 'p1',
            name: 'Ann',
            role: 'host',
            muted: true,
            connected: false,
            tracks: [{ track: 1, kind: 'video', source: 'camera', state: 'paused' }],
          },
        ],
      },
    ],
    [
      {
        type: 'layout',
        layout: layoutSchema.parse({ policy: 'custom', regions: [{ x: 0, y: 0, width: 1, height: 0.5 }] }),
        annotation: annotationSchema.parse({ lowerThird: { title: 'Ann', text: 'على' } }),
        program: { width: 1280, height: 720 },
      },
    ],
    [{ type: 'speaking', participants: [] }],
    [{ type: 'speaking', participants: ['p1', 'p2'], speaker: 'p1' }],
    [{ type: 'notice', code: 'degraded', message: 'The machine is busy.' }],
    [{ type: 'error', code: 'decode_failed', message: 'It cannot be decoded.', track: 3, ended: true }],
    [{ type: 'pong', sentMs: 1, receivedMs: 2, repliedMs: 3 }],
    [{ type: 'error', code: 'too_large', message: 'The frame is too large.', track: 3 }],
    [{ type: 'keyframe', track: 0 }],
  ])('understands %j', (message) => {
    expect(parseServerMessage(JSON.stringify(message))).toEqual(message);
  });

  it('refuses a layout that is none', () => {
    const message = { type: 'layout', layout: { policy: 'pile' }, annotation: {}, program: { width: 1, height: 1 } };
    expect(parseServerMessage(JSON.stringify(message))).toEqual(expect.stringContaining('"layout.policy"'));
  });

  it('refuses what only a client says', () => {
    expect(parseServerMessage(JSON.stringify(hello))).toEqual(expect.stringContaining('does not fit the protocol'));
  });
});
