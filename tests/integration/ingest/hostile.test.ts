import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { H264Config } from '../../../src/media/codec.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import { Door, frameOf, heardOut } from './door.ts';
import { RawPeer, rawFrame } from './raw-peer.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 20_000, interval: 1 };

/** A close frame with 1008. */
const POLICY_VIOLATION = '\u0088\u0002\u0003\u00f0';

let samples: MediaSamples;
let picture: Sample<H264Config>;

beforeAll(async () => {
  samples = new MediaSamples();
  picture = await samples.h264({ frames: 2 });
});
afterAll(() => samples.close());

it('a message comes in as many pieces as packets make of the largest, and in none more', async () => {
  // 2048 bytes at most: four packets, and sixteen more.
  const door = await Door.open({ limits: { maxFrameBytes: 1000, maxTextBytes: 1000 } });
  const peer = await door.peer();
  await peer.upgrade('/ws?room=demo');
  door.trickle(rawFrame(0x81, Buffer.alloc(20, 'x')));
  await peer.until('bad_message');
  expect(peer.heard).not.toContain(POLICY_VIOLATION);
  door.trickle(rawFrame(0x81, Buffer.alloc(21, 'x')));
  await peer.until(POLICY_VIOLATION);
});

const number = fc.oneof(fc.integer({ min: -1, max: 20 }), fc.double(), fc.constantFrom(65535, 2 ** 32 - 1, 2 ** 53));
const word = fc.oneof(
  fc.constantFrom('video', 'audio', 'mic', 'camera', 'h264', 'vp8', 'opus', 'participant', 'ana', 'avc1.42E01F', ''),
  fc.string(),
);
const value = fc.oneof(number, word, fc.boolean(), fc.constant(null));
const type = fc.constantFrom(
  'hello',
  'attach',
  'publish',
  'unpublish',
  'config',
  'ack',
  'keyframe',
  'ping',
  'state',
  'quality',
  'welcome',
  '__proto__',
);
/** Messages that fit more often than chance would have it. */
const message = fc.oneof(
  fc.record(
    {
      type,
      version: fc.constantFrom(1, 2),
      token: fc.constantFrom('participant', 'ana', 'viewer', 'nobody'),
      ticket: word,
      resume: word,
      track: fc.oneof(fc.integer({ min: 0, max: 3 }), number),
      id: fc.oneof(fc.integer({ min: 0, max: 2 }), number),
      kind: fc.constantFrom('video', 'audio'),
      source: fc.constantFrom('mic', 'camera', 'file'),
      codec: fc.constantFrom('h264', 'vp8', 'opus', 'aac'),
      codecString: word,
      width: number,
      height: number,
      framerate: number,
      sampleRate: fc.constantFrom(48000, 44100),
      channels: fc.constantFrom(1, 2, 3),
      seq: number,
      bytes: number,
      receivedMs: number,
      sentMs: number,
      state: fc.constantFrom('live', 'muted', 'paused', 'gone'),
      quality: fc.constantFrom('auto', 'low', 'high'),
      name: word,
    },
    { requiredKeys: ['type', 'track', 'id', 'version'] },
  ),
  fc.dictionary(fc.string(), value),
);
const text = fc.oneof(
  { weight: 5, arbitrary: message.map((fields) => JSON.stringify(fields)) },
  fc.string(),
  fc.json(),
);
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  // Key frames with something changed in them.
  fc.record({ at: fc.nat(400), byte: fc.nat(255) }).map(({ at, byte }) => {
    const data = Uint8Array.from(picture.packets[0]?.data ?? []);
    data[at] = byte;
    return data;
  }),
);
const frame = fc.oneof(
  fc
    .record({
      kind: fc.constantFrom('video', 'audio'),
      payload,
      keyframe: fc.boolean(),
      endOfTrack: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
      track: fc.integer({ min: 0, max: 4 }),
      seq: fc.nat(2 ** 32 - 1),
      captureUs: fc.oneof(fc.integer({ min: 0, max: 2 ** 53 - 1 }), fc.nat(60_000_000)),
      durationUs: fc.nat(2 ** 32 - 1),
      configId: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ kind, payload, ...header }) => frameOf(kind, payload, header)),
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
);
type Step = { readonly say: string } | { readonly send: Uint8Array } | { readonly wait: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: text.map((say) => ({ say })) },
  { weight: 4, arbitrary: frame.map((send) => ({ send })) },
  { weight: 1, arbitrary: fc.nat(3000).map((wait) => ({ wait })) },
);
const conversation = fc.record({
  hello: fc.boolean(),
  publish: fc.boolean(),
  steps: fc.array(step, { maxLength: 25 }),
  end: fc.constantFrom('close', 'terminate', 'bye', 'bye again'),
});

describe('whatever a peer says and sends', () => {
  it('the server goes on, and nothing is left of them', async () => {
    const door = await Door.open();
    const idle = door.clock.pending;
    await fc.assert(
      fc.asyncProperty(conversation, async ({ hello, publish, steps, end }) => {
        const control = await door.socket();
        if (hello) control.say({ type: 'hello', version: 1, token: 'participant' });
        if (publish) {
          control.say({ type: 'publish', track: 0, kind: 'video', source: 'camera' });
          const size = { width: 320, height: 180, framerate: 30 };
          control.say({ type: 'config', track: 0, id: 0, codec: 'h264', codecString: 'avc1.42E01F', ...size });
        }
        for (const each of steps) {
          if ('say' in each) control.socket.send(each.say);
          else if ('send' in each) control.socket.send(each.send);
          else door.clock.advance(each.wait);
        }
        if (end === 'close') control.socket.close(1000);
        else if (end === 'terminate') control.socket.terminate();
        else control.socket.send('{"type":"bye"}');
        if (end === 'bye again') control.socket.send('{"type":"bye"}');
        // Who never said hello is sent away; who was cut is forgotten.
        await vi.waitFor(() => {
          door.clock.advance(1000);
          expect(control.socket.readyState).toBe(control.socket.CLOSED);
        }, WAIT);
        await vi.waitFor(() => {
          door.clock.advance(1000);
          expect(door.clock.pending).toBe(idle);
        }, WAIT);
        expect(door.ingest.participants).toBe(0);
        expect(door.room.participants).toEqual([]);
      }),
      { numRuns: 150 },
    );
    const after = await door.join();
    await heardOut(after.control);
  });

  it('as bare bytes after the handshake, the server goes on, and nothing is left of it', async () => {
    const door = await Door.open();
    const idle = door.clock.pending;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 4 }), async (chunks) => {
        const peer = new RawPeer();
        await peer.connect(door.port);
        expect(await peer.upgrade('/ws?room=demo')).toBe(101);
        for (const chunk of chunks) peer.socket.write(chunk);
        peer.socket.end();
        await vi.waitFor(() => {
          door.clock.advance(1000);
          expect(door.clock.pending).toBe(idle);
        }, WAIT);
        peer.socket.destroy();
      }),
      { numRuns: 100 },
    );
    expect(door.ingest.participants).toBe(0);
    await door.join();
  });

  it('as an HTTP request that asks for a WebSocket, the server goes on', async () => {
    const door = await Door.open();
    const path = fc.oneof(
      fc.webPath({ size: 'small' }),
      fc.webQueryParameters().map((query) => `/ws?${query}`),
      fc.string({
        unit: fc.constantFrom('/', '.', '%', '?', '#', '[', ']', ':', '@', 'a', '\\', '&', '='),
        minLength: 1,
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        path,
        fc.constantFrom('', 'null', 'http://[', '//', 'https://a.b:99999'),
        async (target, Origin) => {
          const peer = new RawPeer();
          await peer.connect(door.port);
          const status = await peer.upgrade(target, { Origin });
          expect([101, 400, 403, 404]).toContain(status);
          peer.socket.destroy();
        },
      ),
      { numRuns: 200 },
    );
    await door.join();
  });
});
