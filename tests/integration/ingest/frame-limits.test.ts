import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Door, frameOf, heardOut } from './door.ts';
import { OPUS, SOUND, TrackSamples, VP8, errors, payload, publisher } from './fed-track.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

let samples: TrackSamples;

beforeAll(async () => {
  samples = await TrackSamples.make();
});
afterAll(() => samples.close());

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
    const { control, packets } = await publisher(door, 'video', samples.h264Message());
    control.socket.send(data);
    expect(await control.closed).toEqual({ code: 4400, reason: expect.stringContaining(sentence) });
    expect(errors(control)).toEqual([{ type: 'error', code, message: expect.stringContaining(sentence) }]);
    expect(packets).toEqual([]);
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
  });

  it('a codec does not fit its track', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'video', samples.h264Message());
    control.say(OPUS);
    expect(await control.closed).toEqual({ code: 4400, reason: 'Track 0 is video; opus does not fit.' });
  });

  it('VP8 is announced and H.264 comes', async () => {
    const door = await Door.open();
    const { control } = await publisher(door, 'video', VP8);
    control.socket.send(frameOf('video', payload(samples.h264, 0)));
    expect((await control.closed).reason).toContain('is no VP8');
  });
});

describe('a limit', () => {
  it('of picture bytes holds at n and ends the connection at n + 1', async () => {
    const frame = payload(samples.h264, 0);
    const door = await Door.open({ limits: { maxFrameBytes: frame.byteLength } });
    const { control, packets } = await publisher(door, 'video', samples.h264Message());
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
    const inside = await publisher(door, 'video', samples.h264Message());
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

  it('of text messages grows by what came while the server stood still', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    // Less what may pass until the next look at the clock.
    door.clock.standStill(10_100);
    for (let index = 0; index < 1200; index += 1) control.say({ type: 'ping', sentMs: index });
    await control.heard('pong', ({ sentMs }) => sentMs === 1199);
    expect(errors(control)).toEqual([]);
    control.say({ type: 'ping', sentMs: 0 });
    expect(await control.heard('error')).toMatchObject({ code: 'rate_limited' });
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
      const config = codec === 'h264' ? { ...samples.h264Message(), ...claim } : { ...VP8, ...claim };
      const { control, packets } = await publisher(door, 'video', config);
      control.socket.send(frameOf('video', payload(codec === 'h264' ? samples.h264 : samples.vp8, 0)));
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
    const { control, packets } = await publisher(door, 'video', samples.h264Message());
    const send = (seq: number, key: boolean) =>
      control.socket.send(
        frameOf('video', payload(samples.h264, key ? 0 : 1), { seq, keyframe: key, captureUs: seq * 1000 }),
      );
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

  it('of frames a second counts what was held up for ten seconds by when it was captured', async () => {
    const door = await Door.open();
    const { control, packets } = await publisher(door, 'audio', OPUS);
    const send = (seq: number, captureUs: number) => control.socket.send(frameOf('audio', SOUND, { seq, captureUs }));
    send(0, 0);
    await heardOut(control);
    door.clock.standStill(10_000);
    for (let seq = 1; seq <= 500; seq += 1) send(seq, seq * 20_000);
    await heardOut(control);
    expect(packets).toHaveLength(501);
    expect(errors(control)).toEqual([]);
    // The burst is left, and no more of it.
    for (let seq = 501; seq < 640; seq += 1) send(seq, 10_000_000);
    await heardOut(control);
    expect(packets).toHaveLength(640);
    expect(errors(control)).toEqual([]);
    send(640, 10_000_000);
    await heardOut(control);
    expect(packets).toHaveLength(640);
    expect(errors(control)).toMatchObject([{ code: 'rate_limited' }]);
  });

  it('of bits a second holds over two seconds', async () => {
    const frame = payload(samples.h264, 0);
    const kbit = Math.ceil((frame.byteLength * 8) / 1000);
    const door = await Door.open({ limits: { maxVideoKbit: kbit, maxFrameBytes: frame.byteLength } });
    const { control, packets } = await publisher(door, 'video', samples.h264Message());
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

/** A correct frame with one byte changed. */
function frameWith(offset: number, value: number): Uint8Array {
  const frame = frameOf('video', Buffer.alloc(10));
  frame[offset] = value;
  return frame;
}
