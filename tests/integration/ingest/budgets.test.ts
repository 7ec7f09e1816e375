import { describe, expect, it } from 'vitest';
import type { FrameHeader } from '../../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../../src/protocol/messages.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { VP8_DELTA, h264Frame, vp8Key } from '../../unit/ingest/coded-pictures.ts';
import { Door, collect, frameOf, heardOut } from './door.ts';

const OPUS: ConfigMessage = { type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 };
type Config<Codec> = Extract<ConfigMessage, { readonly codec: Codec }>;
const VP8: Config<'vp8'> = { type: 'config', track: 0, id: 0, codec: 'vp8', width: 320, height: 180, framerate: 30 };
const H264: Config<'h264'> = { ...VP8, codec: 'h264', codecString: 'avc1.42E01F' };
const SOUND = Buffer.from([0xf8, 1, 2, 3]);

/** Somebody with a published track 0, and the clock's time in their frames. */
async function publisher(door: Door, config: ConfigMessage, token = 'participant') {
  const { control, welcome } = await door.join(token);
  const kind = config.codec === 'opus' ? 'audio' : 'video';
  control.say({ type: 'publish', track: 0, kind, source: 'file' });
  control.say(config);
  await heardOut(control);
  const send = (payload: Uint8Array, header: Partial<FrameHeader> = {}): void => {
    const captureUs = door.clock.monotonicMs() * 1000;
    control.socket.send(frameOf(kind, payload, { captureUs, ...header }));
  };
  return { control, id: welcome.participant, send, packets: collect(door.stream(welcome.participant, 0)) };
}

function errors(socket: TestSocket) {
  return socket.messages.flatMap((message) => (message.type === 'error' ? [message] : []));
}

/** Calls `each` every `stepMs`, each time when the server has dealt with the time before. */
async function during(door: Door, control: TestSocket, ms: number, stepMs: number, each: () => void): Promise<void> {
  for (let at = 0; at < ms; at += stepMs) {
    each();
    await heardOut(control);
    door.clock.advance(stepMs);
  }
}

describe('a thousand frames a second', () => {
  it('are thinned out, and end the connection after ten seconds; nobody else notices', async () => {
    const door = await Door.open();
    const ana = await publisher(door, OPUS, 'ana');
    const mallory = await publisher(door, VP8);
    let second = 0;
    const flood = (): void => {
      for (let count = 0; count < 500; count += 1) mallory.send(vp8Key(320, 180));
      for (let count = 0; count < 25; count += 1) ana.send(SOUND, { seq: (second += 1), captureUs: second * 20_000 });
    };
    await during(door, mallory.control, 10_000, 500, flood);
    expect(errors(mallory.control).map(({ code, track }) => [code, track])).toEqual([
      ['rate_limited', 0],
      ['rate_limited', 0],
    ]);
    expect(mallory.packets.length).toBeLessThanOrEqual(70 * 12);
    mallory.send(vp8Key(320, 180));
    await heardOut(mallory.control);
    for (let count = 0; count < 500; count += 1) mallory.send(vp8Key(320, 180));
    const sentence = 'Track 0 was beyond 70 frames and 8000 kbit a second for 10 s; send less.';
    expect(await mallory.control.closed).toEqual({ code: 4429, reason: sentence });
    expect(errors(mallory.control).at(-1)).toEqual({ type: 'error', code: 'rate_limited', message: sentence });
    await heardOut(ana.control);
    expect(ana.packets).toHaveLength(500);
    expect(errors(ana.control)).toEqual([]);
  });

  it('are forgiven when they pause', async () => {
    const door = await Door.open();
    const { control, send } = await publisher(door, VP8);
    for (let turn = 0; turn < 6; turn += 1) {
      await during(door, control, 3000, 1000, () => {
        for (let count = 0; count < 200; count += 1) send(vp8Key(320, 180));
      });
      door.clock.advance(2001);
    }
    await heardOut(control);
    expect(new Set(errors(control).map(({ code }) => code))).toEqual(new Set(['rate_limited']));
  });

  it('of no track at all end the connection, too', async () => {
    const door = await Door.open({ limits: { maxTracks: 1 } });
    const { control, send } = await publisher(door, OPUS);
    const flood = (): void => {
      for (let count = 0; count < 500; count += 1) send(SOUND, { track: 7 });
    };
    await during(door, control, 10_000, 500, flood);
    expect(errors(control)).toEqual([]);
    flood();
    expect(await control.closed).toMatchObject({ code: 4429, reason: expect.stringContaining('not published') });
  });
});

describe('pictures without a key frame', () => {
  it('are told of after 3 s, with requests all the while, and end their track after 15 s', async () => {
    const door = await Door.open();
    const { control, id, send, packets } = await publisher(door, VP8);
    const delta = (): void => send(VP8_DELTA, { keyframe: false });
    await during(door, control, 3000, 500, delta);
    expect(errors(control)).toEqual([]);
    expect(control.messages.filter(({ type }) => type === 'keyframe')).toHaveLength(6);
    await during(door, control, 12_000, 500, delta);
    expect(new Set(errors(control).map(({ code, ended }) => `${code} ${ended}`))).toEqual(
      new Set(['no_keyframe undefined']),
    );
    expect(door.room.find(id)?.tracks.size).toBe(1);
    delta();
    await control.heard('error', ({ ended }) => ended === true);
    expect(errors(control).at(-1)).toMatchObject({ code: 'no_keyframe', track: 0, ended: true });
    expect(door.room.find(id)?.tracks.size).toBe(0);
    expect(packets).toEqual([]);
    control.say({ type: 'publish', track: 0, kind: 'video', source: 'camera' });
    await control.until(() => (control.messages.filter(({ type }) => type === 'published')[1] ? true : undefined));
  });

  it('are forgotten with the first key frame, and after a pause', async () => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, VP8);
    const delta = (): void => send(VP8_DELTA, { keyframe: false });
    await during(door, control, 14_000, 1000, delta);
    send(vp8Key(64, 64));
    await heardOut(control);
    expect(packets).toHaveLength(1);
    // Another configuration needs another key frame.
    control.say(VP8);
    await during(door, control, 4000, 1000, delta);
    door.clock.advance(15_000);
    delta();
    await heardOut(control);
    expect(errors(control).every(({ ended }) => ended === undefined)).toBe(true);
    expect(door.room.participants[0]?.tracks.size).toBe(1);
  });

  it('need no flag on the one that begins the stream', async () => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, VP8);
    send(vp8Key(64, 64), { keyframe: false });
    send(VP8_DELTA, { keyframe: false });
    await heardOut(control);
    expect(packets.map(({ keyframe }) => keyframe)).toEqual([true, false]);
  });
});

describe('a stream that is not what it was said to be', () => {
  it('of another size is taken as it is, and its sender told once', async () => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, VP8);
    for (let count = 0; count < 3; count += 1) send(vp8Key(1920, 1080));
    await heardOut(control);
    expect(packets.map(({ config }) => config)).toEqual(
      packets.map(() => expect.objectContaining({ codec: 'vp8', width: 1920, height: 1080 })),
    );
    expect(new Set(packets.map(({ config }) => config)).size).toBe(1);
    expect(errors(control)).toEqual([
      { type: 'error', code: 'wrong_size', track: 0, message: expect.stringContaining('says 320x180') },
    ]);
  });

  it.each([
    ['h264', 'VP8', H264, vp8Key(64, 64), 'is no H.264'],
    ['vp8', 'H.264', VP8, h264Frame('key', { columns: 4, rows: 4 }), 'is no VP8'],
  ] as const)('%s that is %s ends the connection', async (_, __, config, payload, sentence) => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, config);
    send(payload);
    expect(await control.closed).toEqual({ code: 4400, reason: expect.stringContaining(sentence) });
    expect(errors(control)[0]?.code).toBe('bad_keyframe');
    expect(packets).toEqual([]);
  });

  it('of 8K hides neither behind a missing flag nor behind cropping', async () => {
    const door = await Door.open();
    const plain = await publisher(door, VP8);
    plain.send(vp8Key(7680, 4320), { keyframe: false });
    expect(await plain.control.closed).toMatchObject({ code: 4413 });
    const cropped = await publisher(door, H264);
    cropped.send(h264Frame('key', { columns: 480, rows: 270, cropX: 7616, cropY: 4256 }));
    expect(await cropped.control.closed).toMatchObject({ code: 4413 });
    expect(errors(cropped.control)[0]?.code).toBe('resolution_limit');
  });

  it('of 1x1 and odd sizes is taken', async () => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, VP8);
    for (const [width, height] of [
      [1, 1],
      [3, 5],
      [1919, 1],
    ] as const) {
      send(vp8Key(width, height));
    }
    await heardOut(control);
    expect(packets.map(({ config }) => ('width' in config ? [config.width, config.height] : []))).toEqual([
      [1, 1],
      [3, 5],
      [1919, 1],
    ]);
  });

  it('with a configuration that never comes is told of', async () => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, VP8);
    await during(door, control, 3000, 500, () => send(vp8Key(64, 64), { configId: 9 }));
    expect(errors(control)).toEqual([]);
    send(vp8Key(64, 64), { configId: 9 });
    await heardOut(control);
    expect(errors(control)).toEqual([
      { type: 'error', code: 'unknown_config', track: 0, message: expect.stringContaining('configuration 9') },
    ]);
    expect(packets).toEqual([]);
  });
});

describe('a picture that changes its size all the time', () => {
  it('is taken once a second and five times at once; after ten seconds of more its track ends', async () => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, VP8);
    let width = 100;
    const change = (): void => send(vp8Key((width += 1), 100));
    for (let count = 0; count < 6; count += 1) change();
    await heardOut(control);
    // The first is no change.
    expect(packets).toHaveLength(6);
    expect(errors(control).map(({ code }) => code)).toEqual(['wrong_size']);
    await during(door, control, 10_000, 100, change);
    expect(packets.length).toBeLessThanOrEqual(6 + 10);
    expect(packets.length).toBeGreaterThanOrEqual(6 + 9);
    expect(new Set(errors(control).map(({ code }) => code))).toEqual(new Set(['wrong_size', 'resize_limit']));
    change();
    change();
    await control.heard('error', ({ ended }) => ended === true);
    expect(errors(control).at(-1)).toMatchObject({ code: 'resize_limit', track: 0, ended: true });
  });

  it('may do so once a second for ever', async () => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, { ...VP8, width: 110, height: 100 });
    let width = 100;
    await during(door, control, 60_000, 1000, () => send(vp8Key(100 + ((width += 1) % 2), 100)));
    expect(packets).toHaveLength(60);
    expect(errors(control)).toEqual([]);
  });
});

describe('the decode budget', () => {
  const size = { width: 1000, height: 1000 };
  const limits = { maxRoomMegapixels: 100 };

  it('refuses the track that is too much, up to the last pixel, and takes it once there is room', async () => {
    const door = await Door.open({ limits });
    const config = { ...VP8, ...size, framerate: 50 };
    const [ana, ben] = [await publisher(door, config, 'ana'), await publisher(door, config)];
    for (const { send, control, packets } of [ana, ben]) {
      send(vp8Key(1000, 1000));
      await heardOut(control);
      expect(packets).toHaveLength(1);
    }
    const tiny = { ...VP8, width: 1, height: 1, framerate: 1 };
    const mallory = await publisher(door, tiny, 'host');
    mallory.send(vp8Key(1, 1));
    const told = await mallory.control.heard('error');
    expect(told).toMatchObject({ code: 'decode_budget', track: 0, ended: true });
    expect(told.message).toMatch(/100\.0 million pixels a second together/);
    for (const { send, control, packets } of [ana, ben]) {
      send(VP8_DELTA, { keyframe: false });
      await heardOut(control);
      expect(packets).toHaveLength(2);
      expect(errors(control)).toEqual([]);
    }
    ben.control.say({ type: 'unpublish', track: 0 });
    await heardOut(ben.control);
    mallory.control.say({ type: 'publish', track: 0, kind: 'video', source: 'camera' });
    mallory.control.say(tiny);
    await heardOut(mallory.control);
    mallory.send(vp8Key(1, 1));
    await heardOut(mallory.control);
    expect(door.room.participants.at(-1)?.tracks.size).toBe(1);
  });

  it('is given back by whoever leaves', async () => {
    const door = await Door.open({ limits });
    const config = { ...VP8, ...size, framerate: 50 };
    for (let turn = 0; turn < 4; turn += 1) {
      const { control, send, packets } = await publisher(door, config);
      send(vp8Key(1000, 1000));
      await heardOut(control);
      expect(packets).toHaveLength(1);
      control.say({ type: 'bye' });
      await control.closed;
    }
  });

  it.each([
    [37, undefined],
    [40, 'decode_budget'],
  ])('believes an announcement of 30 frames a second when %i come: %s', async (framerate, code) => {
    const door = await Door.open({ limits: { maxRoomMegapixels: 62 } });
    const { control, send } = await publisher(door, { ...VP8, ...size });
    send(vp8Key(1000, 1000));
    await during(door, control, 11_000, 1000, () => {
      for (let count = 0; count < framerate; count += 1) send(VP8_DELTA, { keyframe: false });
    });
    expect(errors(control)[0]?.code).toBe(code);
  });

  it('counts the frames that come, not the ones that were announced', async () => {
    const door = await Door.open({ limits });
    const slow = { ...VP8, ...size, framerate: 1 };
    const { control, send } = await publisher(door, slow);
    send(vp8Key(1000, 1000));
    await during(door, control, 10_000, 1000, () => {
      for (let count = 0; count < 60; count += 1) send(VP8_DELTA, { keyframe: false });
    });
    expect(errors(control)).toEqual([]);
    send(VP8_DELTA, { keyframe: false });
    expect(await control.heard('error')).toMatchObject({
      code: 'decode_budget',
      ended: true,
      message: expect.stringMatching(/one participant may have 50\.0 million .* yours have 60\./),
    });
  });
});

describe('capture times that leap with every frame', () => {
  it('are told of, and end the connection after ten seconds', async () => {
    const door = await Door.open();
    const { control, send, packets } = await publisher(door, OPUS);
    let hours = 20;
    const leap = (): void => {
      send(SOUND, { captureUs: hours * 3_600_000_000 });
      hours = (hours + 10) % 23;
    };
    leap();
    await during(door, control, 10_000, 1000, leap);
    expect(errors(control).map(({ code, track }) => [code, track])).toEqual([
      ['time_jump', 0],
      ['time_jump', 0],
    ]);
    expect(packets).toHaveLength(11);
    leap();
    expect(await control.closed).toMatchObject({ code: 4429, reason: expect.stringContaining('leapt for 10 s') });
    expect(errors(control).at(-1)?.code).toBe('time_jump');
  });
});
