import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { H264Config, OpusConfig, Vp8Config } from '../../../src/media/codec.ts';
import type { ConfigMessage } from '../../../src/protocol/messages.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { Door, collect, frameOf, heardOut } from './door.ts';

const OPUS = { type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 } as const;
const VP8 = { type: 'config', track: 0, id: 0, codec: 'vp8', width: 320, height: 180, framerate: 30 } as const;
const SOUND = Buffer.from([0xf8, 1, 2, 3]);
/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

let samples: MediaSamples;
let h264: Sample<H264Config>;
let vp8: Sample<Vp8Config>;
let opus: Sample<OpusConfig>;

beforeAll(async () => {
  samples = new MediaSamples();
  [h264, vp8, opus] = await Promise.all([
    samples.h264({ frames: 6, gopFrames: 3 }),
    samples.vp8({ frames: 3 }),
    samples.opus({ seconds: 0.2, channels: 2 }),
  ]);
});
afterAll(() => samples.close());

function h264Message(track = 0, id = 0): ConfigMessage {
  const { codecString, width, height, framerate } = h264.config;
  return { type: 'config', track, id, codec: 'h264', codecString, width, height, framerate };
}

/** Bytes of a sample's frame. */
function payload(sample: Sample<unknown>, index: number): Uint8Array {
  const packet = sample.packets[index];
  if (!packet) throw new Error(`The sample has no frame ${index}`);
  return packet.data;
}

/** Somebody with a published track 0. */
async function publisher(door: Door, kind: 'video' | 'audio', config: ConfigMessage) {
  const { control, welcome } = await door.join();
  control.say({ type: 'publish', track: 0, kind, source: 'file' });
  control.say(config);
  await control.heard('published');
  await heardOut(control);
  return { control, welcome, packets: collect(door.stream(welcome.participant, 0)) };
}

function errors(socket: TestSocket) {
  return socket.messages.flatMap((message) => (message.type === 'error' ? [message] : []));
}

describe('a track', () => {
  it('brings H.264 into its stream: bytes, key frames, configuration, times on our clock', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', h264Message());
    door.clock.advance(1000);
    for (const [seq, { data, keyframe }] of h264.packets.entries()) {
      const captureUs = 77_000_000 + seq * 33_333;
      control.socket.send(frameOf('video', data, { seq, keyframe, captureUs, durationUs: 33_333 }));
    }
    await heardOut(control);
    expect(packets.map(({ data }) => Buffer.from(data))).toEqual(h264.packets.map(({ data }) => Buffer.from(data)));
    expect(packets.map(({ keyframe }) => keyframe)).toEqual([true, false, false, true, false, false]);
    expect(packets.map(({ pts }) => pts)).toEqual([0, 1, 2, 3, 4, 5].map((index) => 1_000_000 + index * 33_333));
    expect(packets.map(({ duration }) => duration)).toEqual(packets.map(() => 33_333));
    expect(packets.map(({ wallTime }) => Math.round(wallTime - door.clock.wallMs()))).toEqual([
      0, 33, 67, 100, 133, 167,
    ]);
    expect(new Set(packets.map(({ config }) => config)).size).toBe(1);
    expect(packets[0]?.config).toEqual({ ...h264.config });
  });

  it('brings VP8 into its stream', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', VP8);
    for (const [seq, { data, keyframe }] of vp8.packets.entries()) {
      control.socket.send(frameOf('video', data, { seq, keyframe, captureUs: seq * 33_333 }));
    }
    await heardOut(control);
    expect(packets.map(({ keyframe }) => keyframe)).toEqual([true, false, false]);
    expect(packets[0]?.config).toEqual(vp8.config);
  });

  it('brings Opus into its stream, every packet a key frame whatever the flags say', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'audio', { ...OPUS, channels: 2 });
    for (const [seq, { data }] of opus.packets.entries()) {
      control.socket.send(frameOf('audio', data, { seq, captureUs: seq * 20_000 }));
    }
    await heardOut(control);
    expect(packets).toHaveLength(opus.packets.length);
    expect(packets.every(({ keyframe }) => keyframe)).toBe(true);
    expect(packets[0]?.config).toEqual({ codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 2 });
  });

  it('takes its frames on the picture socket as well', async () => {
    const door = await Door.open();
    const { control, welcome, packets } = await publisher(door, 'video', h264Message());
    const video = await door.attach(welcome.ticket);
    video.socket.send(frameOf('video', payload(h264, 0)));
    await heardOut(control, video);
    expect(packets).toHaveLength(1);
  });

  it('counts as traffic with all its bytes, used or not', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'audio', OPUS);
    const before = { ...door.ingest.traffic };
    control.socket.send(frameOf('audio', SOUND));
    control.socket.send(frameOf('audio', SOUND, { track: 9 }));
    await heardOut(control);
    expect(door.ingest.traffic).toEqual({ received: before.received + 2 * (24 + SOUND.length), sent: before.sent });
  });

  it('begins with a key frame, and asks for one at most every half second', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', h264Message());
    const delta = frameOf('video', payload(h264, 1), { keyframe: false });
    const asked = () => control.messages.filter(({ type }) => type === 'keyframe').length;
    control.socket.send(delta);
    control.socket.send(delta);
    await heardOut(control);
    expect(asked()).toBe(1);
    door.clock.advance(499);
    control.socket.send(delta);
    await heardOut(control);
    expect(asked()).toBe(1);
    door.clock.advance(1);
    control.socket.send(delta);
    await heardOut(control);
    expect(asked()).toBe(2);
    expect(control.messages).toContainEqual({ type: 'keyframe', track: 0 });
    expect(packets).toEqual([]);
  });

  it('passes the wishes of the mixer on to its sender', async () => {
    const door = await Door.open();
    const { control, welcome } = await publisher(door, 'video', h264Message());
    const { events } = door.room.find(welcome.participant)?.tracks.get(0) ?? {};
    const target = { width: 640, height: 360, framerate: 30, maxBitrate: 900_000 };
    events?.emit('target', target);
    events?.emit('keyframeWanted', undefined);
    expect(await control.heard('target')).toEqual({ type: 'target', track: 0, ...target });
    await control.heard('keyframe');
  });

  it('that the mixer refuses ends with the reason, and may be published again', async () => {
    const door = await Door.open();
    const { control, welcome } = await publisher(door, 'video', h264Message());
    const track = door.room.find(welcome.participant)?.tracks.get(0);
    track?.events.emit('refused', { code: 'decode_failed', message: 'It cannot be decoded.' });
    expect(await control.heard('error')).toEqual({
      type: 'error',
      code: 'decode_failed',
      message: 'It cannot be decoded.',
      track: 0,
      ended: true,
    });
    expect(track?.stream.closed).toBe(true);
    control.say({ type: 'publish', track: 0, kind: 'video', source: 'camera' });
    await heardOut(control);
    // The old track's last word is not about the new one.
    track?.events.emit('refused', { code: 'decode_failed', message: 'It cannot be decoded.' });
    await heardOut(control);
    expect(door.stream(welcome.participant, 0).closed).toBe(false);
  });

  it('ends with unpublish, and with a frame that says so', async () => {
    const door = await Door.open();
    const { control, welcome, packets } = await publisher(door, 'audio', OPUS);
    const first = door.stream(welcome.participant, 0);
    control.socket.send(frameOf('audio', SOUND, { endOfTrack: true }));
    await heardOut(control);
    expect(packets).toHaveLength(1);
    expect(first.closed).toBe(true);
    control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
    await heardOut(control);
    const second = door.stream(welcome.participant, 0);
    control.say({ type: 'unpublish', track: 0 });
    control.say({ type: 'unpublish', track: 0 });
    control.socket.send(frameOf('audio', SOUND));
    await heardOut(control);
    expect(second.closed).toBe(true);
    expect(errors(control)).toEqual([]);
    const rosters = control.messages.filter((message) => message.type === 'roster');
    expect(rosters.map(({ participants }) => participants[0]?.tracks.length)).toEqual([0, 1, 0, 1, 0]);
  });

  it('is acknowledged every 100 ms while frames come', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'audio', OPUS);
    const acks = () => control.messages.filter((message) => message.type === 'ack');
    control.socket.send(frameOf('audio', SOUND, { seq: 4_294_967_294 }));
    control.socket.send(frameOf('audio', SOUND, { seq: 4_294_967_295 }));
    await heardOut(control);
    door.clock.advance(100);
    await heardOut(control);
    expect(acks()).toEqual([{ type: 'ack', track: 0, seq: 4_294_967_295, bytes: 8, receivedMs: 0 }]);
    door.clock.advance(500);
    await heardOut(control);
    expect(acks()).toHaveLength(1);
    control.socket.send(frameOf('audio', SOUND, { seq: 0 }));
    await heardOut(control);
    door.clock.advance(100);
    await heardOut(control);
    expect(acks()[1]).toEqual({ type: 'ack', track: 0, seq: 0, bytes: 12, receivedMs: 600 });
  });

  it('is acknowledged at once for a key frame of a picture', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'video', h264Message());
    control.socket.send(frameOf('video', payload(h264, 0), { seq: 5 }));
    await heardOut(control);
    const acks = control.messages.filter((message) => message.type === 'ack');
    expect(acks).toEqual([{ type: 'ack', track: 0, seq: 5, bytes: payload(h264, 0).byteLength, receivedMs: 0 }]);
  });

  it('of another configuration waits for its key frame', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', h264Message());
    control.socket.send(frameOf('video', payload(h264, 0), { seq: 0 }));
    control.say(h264Message(0, 1));
    control.socket.send(frameOf('video', payload(h264, 1), { seq: 1, keyframe: false }));
    control.socket.send(frameOf('video', payload(h264, 2), { seq: 2, keyframe: false, configId: 1 }));
    control.socket.send(frameOf('video', payload(h264, 3), { seq: 3, configId: 1 }));
    await heardOut(control);
    expect(packets.map(({ data }) => data.byteLength)).toEqual(
      [0, 1, 3].map((index) => payload(h264, index).byteLength),
    );
    expect(control.messages).toContainEqual({ type: 'keyframe', track: 0 });
  });

  it('with an unknown configuration is dropped up to a key frame with a known one', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', h264Message());
    control.socket.send(frameOf('video', payload(h264, 0), { configId: 9 }));
    control.socket.send(frameOf('video', payload(h264, 1), { keyframe: false }));
    control.socket.send(frameOf('video', payload(h264, 3)));
    await heardOut(control);
    expect(packets).toHaveLength(1);
  });

  it('remembers the newest 8 configurations', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'audio', OPUS);
    for (let id = 1; id <= 7; id += 1) control.say({ ...OPUS, id });
    // Said again, it is the newest.
    control.say(OPUS);
    control.say({ ...OPUS, id: 8 });
    for (const configId of [0, 1, 2, 8])
      control.socket.send(frameOf('audio', SOUND, { configId, captureUs: configId }));
    await heardOut(control);
    expect(packets).toHaveLength(3);
  });
});

describe('a track is refused, and nothing else, when', () => {
  it.each([
    [6, 7],
    [2, 3],
  ])('%i are published already', async (maxTracks, tried) => {
    const door = await Door.open({ limits: { maxTracks } });
    const { control, welcome } = await door.join();
    for (let track = 0; track < tried; track += 1) {
      control.say({ type: 'publish', track, kind: 'audio', source: 'mic' });
      // Nobody need wait for the answer.
      control.say({ ...OPUS, track });
      control.socket.send(frameOf('audio', SOUND, { track }));
    }
    await heardOut(control);
    expect(door.room.find(welcome.participant)?.tracks.size).toBe(maxTracks);
    expect(errors(control)[0]).toMatchObject({
      code: 'too_many_tracks',
      track: maxTracks,
      message: expect.stringContaining(`at most ${maxTracks}`),
    });
  });

  it('the number is taken', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'audio', OPUS);
    control.say({ type: 'publish', track: 0, kind: 'video', source: 'camera' });
    expect(await control.heard('error')).toMatchObject({ code: 'track_exists', track: 0 });
    await heardOut(control);
  });

  it('tracks are announced more often than anybody needs', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    for (let index = 0; index < 21; index += 1) {
      control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
      control.say({ type: 'unpublish', track: 0 });
    }
    await heardOut(control);
    expect(control.messages.filter(({ type }) => type === 'published')).toHaveLength(20);
    expect(errors(control)).toEqual([
      { type: 'error', code: 'rate_limited', track: 0, message: expect.stringContaining('tracks') },
    ]);
    door.clock.advance(1000);
    control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
    await heardOut(control);
    expect(control.messages.filter(({ type }) => type === 'published')).toHaveLength(21);
    expect(errors(control)).toHaveLength(1);
  });

  it('pictures that the mixer gave up are announced again and again', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    const publish = async (): Promise<void> => {
      control.say({ type: 'publish', track: 0, kind: 'video', source: 'camera' });
      await heardOut(control);
    };
    const giveUp = async (code: string): Promise<void> => {
      door.room.find(welcome.participant)?.tracks.get(0)?.events.emit('refused', { code, message: 'No.' });
      await heardOut(control);
    };
    // What a host forbids costs no decoders.
    for (const code of ['video_stopped', ...Array.from({ length: 9 }, () => 'decode_failed')]) {
      await publish();
      await giveUp(code);
      door.clock.advance(1);
    }
    await publish();
    const limited = (): string[] =>
      errors(control).flatMap(({ code, message }) => (code === 'rate_limited' ? [message] : []));
    expect(limited()).toEqual([]);
    await giveUp('decode_failed');
    await publish();
    expect(limited()).toEqual(['Too many of your pictures could not be decoded; publish again in 20 s.']);
    // Sound costs none.
    control.say({ type: 'publish', track: 1, kind: 'audio', source: 'mic' });
    await heardOut(control);
    expect(door.room.find(welcome.participant)?.tracks.get(1)?.kind).toBe('audio');
    door.clock.advance(20_000);
    await publish();
    expect(limited()).toHaveLength(1);
    expect(door.room.find(welcome.participant)?.tracks.get(0)?.kind).toBe('video');
  });

  it('a configuration crosses its end', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'audio', OPUS);
    control.say({ type: 'unpublish', track: 0 });
    control.say({ ...OPUS, id: 1 });
    await heardOut(control);
    expect(errors(control)).toEqual([
      { type: 'error', code: 'unknown_track', track: 0, message: expect.stringContaining('publish it first') },
    ]);
  });
});

describe('a connection ends with 4400 when', () => {
  it.each([
    ['a frame is too short', Buffer.alloc(23, 0x11), 'bad_frame', 'header of 24 bytes'],
    ['a frame is of another version', frameWith(0, 0x21), 'bad_frame', 'version 2'],
    ['a frame is of no known kind', frameWith(0, 0x14), 'bad_frame', 'kind 4'],
    ['a capture time is beyond 2^53', frameWith(14, 0x20), 'bad_frame', '2^53'],
    ['a frame is of the other kind', frameOf('audio', SOUND), 'wrong_kind', 'is video, the frame says audio'],
    ['a key frame is none', frameOf('video', Buffer.alloc(100, 7)), 'bad_keyframe', 'no H.264 in Annex B'],
    ['a message is garbage', Buffer.from('garbage that is long enough for a header'), 'bad_frame', 'version 6'],
  ])('%s', async (_, data, code, sentence) => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'video', h264Message());
    control.socket.send(data);
    expect(await control.closed).toEqual({ code: 4400, reason: expect.stringContaining(sentence) });
    expect(errors(control)).toEqual([{ type: 'error', code, message: expect.stringContaining(sentence) }]);
    expect(packets).toEqual([]);
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
  });

  it('a codec does not fit its track', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'video', h264Message());
    control.say(OPUS);
    expect(await control.closed).toEqual({ code: 4400, reason: 'Track 0 is video; opus does not fit.' });
  });

  it('VP8 is announced and H.264 comes', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'video', VP8);
    control.socket.send(frameOf('video', payload(h264, 0)));
    expect((await control.closed).reason).toContain('is no VP8');
  });
});

describe('a limit', () => {
  it('of picture bytes holds at n and ends the connection at n + 1', async () => {
    const frame = payload(h264, 0);
    const door = await Door.open({ limits: { maxFrameBytes: frame.byteLength } });
    const { control, packets } = await publisher(door, 'video', h264Message());
    control.socket.send(frameOf('video', frame));
    await heardOut(control);
    expect(packets).toHaveLength(1);
    control.socket.send(frameOf('video', Buffer.concat([frame, Buffer.alloc(1)])));
    const sentence = `at most ${frame.byteLength} bytes; this one has ${frame.byteLength + 1}`;
    expect(await control.closed).toEqual({ code: 4413, reason: expect.stringContaining(sentence) });
    expect(errors(control)[0]?.code).toBe('frame_too_large');
  });

  it('of sound bytes holds at n and ends the connection at n + 1', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'audio', OPUS);
    control.socket.send(frameOf('audio', Buffer.alloc(8192, 1)));
    await heardOut(control);
    expect(packets).toHaveLength(1);
    control.socket.send(frameOf('audio', Buffer.alloc(8193, 1)));
    expect(await control.closed).toEqual({
      code: 4413,
      reason: expect.stringContaining('at most 8192 bytes; this one has 8193'),
    });
  });

  it('of a whole message is twice that of a frame; beyond it the socket closes with a bare 1009', async () => {
    const door = await Door.open({ limits: { maxFrameBytes: 100_000 } });
    const inside = await publisher(door, 'video', h264Message());
    inside.control.socket.send(Buffer.alloc(200_048));
    expect((await inside.control.closed).code).toBe(4400);
    const { control } = await door.join();
    control.socket.send(Buffer.alloc(200_049));
    expect(await control.closed).toEqual({ code: 1009, reason: '' });
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
  });

  it('of text bytes holds at n and ends the connection at n + 1', async () => {
    const door = await Door.open({ limits: { maxTextBytes: 200 } });
    const { control } = await door.join();
    const text = JSON.stringify({ type: 'ping', sentMs: 7 });
    control.socket.send(text.padEnd(200));
    await control.heard('pong', ({ sentMs }) => sentMs === 7);
    control.socket.send(text.padEnd(201));
    expect(await control.closed).toEqual({ code: 4413, reason: 'A text message has at most 200 bytes.' });
  });

  it('of text messages is 200 at once; the tenth beyond ends the connection', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    // The hello was the first.
    for (let index = 1; index < 200; index += 1) control.say({ type: 'ping', sentMs: index });
    await control.heard('pong', ({ sentMs }) => sentMs === 199);
    expect(errors(control)).toEqual([]);
    for (let index = 0; index < 9; index += 1) control.say({ type: 'ping', sentMs: index });
    await control.until(() => (errors(control).length === 9 ? true : undefined));
    expect(new Set(errors(control).map(({ code }) => code))).toEqual(new Set(['rate_limited']));
    door.clock.advance(1000);
    for (let index = 0; index < 100; index += 1) control.say({ type: 'ping', sentMs: 1000 + index });
    await control.heard('pong', ({ sentMs }) => sentMs === 1099);
    control.say({ type: 'ping', sentMs: 0 });
    expect(await control.closed).toEqual({ code: 4400, reason: 'Send at most 100 text messages a second.' });
  });

  it('of messages that do not fit is nine; the tenth ends the connection', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    for (let index = 0; index < 9; index += 1) control.socket.send('{');
    await heardOut(control);
    expect(errors(control).map(({ code }) => code)).toEqual(Array.from({ length: 9 }, () => 'bad_message'));
    control.socket.send('{');
    expect(await control.closed).toEqual({ code: 4400, reason: 'The message is no JSON text.' });
  });

  it.each([
    ['h264', 320 * 180, undefined],
    ['h264', 320 * 180 - 1, 4413],
    ['vp8', 320 * 180, undefined],
    ['vp8', 320 * 180 - 1, 4413],
  ] as const)(
    'of pixels of %s is read from the picture itself: %i allow 320x180 with %s',
    async (codec, maxPixels, code) => {
      const door = await Door.open({ limits: { maxPixels } });
      // Whatever is claimed.
      const claim = { width: 16, height: 16 };
      const config = codec === 'h264' ? { ...h264Message(), ...claim } : { ...VP8, ...claim };
      const { control, packets } = await publisher(door, 'video', config);
      control.socket.send(frameOf('video', payload(codec === 'h264' ? h264 : vp8, 0)));
      if (code === undefined) {
        await heardOut(control);
        expect(packets).toHaveLength(1);
      } else {
        expect(await control.closed).toEqual({ code, reason: expect.stringContaining('The picture is 320x180') });
        expect(errors(control)[0]?.code).toBe('resolution_limit');
      }
    },
  );

  it('of frames a second drops up to the next key frame, and says so once', async () => {
    const door = await Door.open({ limits: { maxFramesPerSecond: 5 } });
    const { control, packets } = await publisher(door, 'video', h264Message());
    const send = (seq: number, key: boolean) =>
      control.socket.send(frameOf('video', payload(h264, key ? 0 : 1), { seq, keyframe: key, captureUs: seq * 1000 }));
    for (let seq = 0; seq < 12; seq += 1) send(seq, seq === 0);
    await heardOut(control);
    expect(packets).toHaveLength(10);
    door.clock.advance(1000);
    send(12, false);
    send(13, true);
    send(14, false);
    await heardOut(control);
    expect(packets.slice(10).map(({ keyframe }) => keyframe)).toEqual([true, false]);
    expect(errors(control)).toEqual([
      { type: 'error', code: 'rate_limited', track: 0, message: expect.stringContaining('dropped') },
    ]);
  });

  it('of bits a second holds over two seconds', async () => {
    const frame = payload(h264, 0);
    const kbit = Math.ceil((frame.byteLength * 8) / 1000);
    const door = await Door.open({ limits: { maxVideoKbit: kbit, maxFrameBytes: frame.byteLength } });
    const { control, packets } = await publisher(door, 'video', h264Message());
    const send = async (count: number) => {
      for (let index = 0; index < count; index += 1) control.socket.send(frameOf('video', frame));
      await heardOut(control);
    };
    await send(3);
    expect(packets).toHaveLength(2);
    door.clock.advance(1000);
    await send(2);
    expect(packets).toHaveLength(3);
    expect(errors(control)[0]).toMatchObject({ code: 'rate_limited' });
  });
});

describe('capture times', () => {
  it('of one participant share one origin, so that lips and voice stay together', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    for (const track of [0, 1]) {
      control.say({ type: 'publish', track, kind: 'audio', source: 'mic' });
      control.say({ ...OPUS, track });
    }
    await heardOut(control);
    const packets = [0, 1].map((track) => collect(door.stream(welcome.participant, track)));
    door.clock.advance(50);
    control.socket.send(frameOf('audio', SOUND, { track: 0, captureUs: 9_007_199_254_000_000 }));
    await heardOut(control);
    door.clock.advance(70);
    control.socket.send(frameOf('audio', SOUND, { track: 1, captureUs: 9_007_199_254_010_000 }));
    await heardOut(control);
    expect(packets.map(([packet]) => packet?.pts)).toEqual([50_000, 60_000]);
  });

  it('that leap are told to their sender, at most every 5 s', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'audio', OPUS);
    const send = async (seconds: number) => {
      control.socket.send(frameOf('audio', SOUND, { captureUs: seconds * 1_000_000 }));
      await heardOut(control);
    };
    await send(100);
    await send(36_100);
    await send(100);
    expect(errors(control)).toEqual([
      { type: 'error', code: 'time_jump', track: 0, message: expect.stringContaining('36000.0 s') },
    ]);
    door.clock.advance(5000);
    await send(72_100);
    expect(errors(control)).toHaveLength(2);
    expect(packets.map(({ pts }) => pts)).toEqual([0, 1000, 2000, 5_000_000]);
  });
});

/** A correct frame with one byte changed. */
function frameWith(offset: number, value: number): Uint8Array {
  const frame = frameOf('video', Buffer.alloc(10));
  frame[offset] = value;
  return frame;
}
