import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameContents, splitNalUnits } from '../../../src/media/h264.ts';
import type { H264Config, OpusConfig, Vp8Config } from '../../../src/media/codec.ts';
import { type FrameHeader, encodeFrame } from '../../../src/protocol/frame.ts';
import type { ClientMessage } from '../../../src/protocol/messages.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { block, cluster, concat, webmHeader } from '../../helpers/webm-builder.ts';
import { Door, collect, frameOf, heardOut } from './door.ts';

const WEBM = { type: 'config', track: 1, id: 0, codec: 'webm', framerate: 30, sound: 0 } as const;
const NO_FILE = 'No file began for 15 s, and chunks without its beginning are of no use; begin a new one when asked.';

let samples: MediaSamples;
let h264: Sample<H264Config>;
let vp8: Sample<Vp8Config>;
let opus: Sample<OpusConfig>;

beforeAll(async () => {
  samples = new MediaSamples();
  [h264, vp8, opus] = await Promise.all([
    samples.h264({ frames: 6, gopFrames: 3 }),
    samples.vp8({ frames: 6 }),
    samples.opus({ seconds: 0.2 }),
  ]);
});
afterAll(() => samples.close());

/** A chunk's message; what is left out is the first of a file on track 1. */
function chunk(payload: Uint8Array, header: Partial<FrameHeader> = {}): Uint8Array {
  const flags = { keyframe: (header.seq ?? 0) === 0, discontinuity: false, endOfTrack: false, muted: false };
  const numbers = { track: 1, seq: 0, captureUs: 0, durationUs: 0, configId: 0, level: 0 };
  return encodeFrame({ kind: 'container', ...flags, ...numbers, ...header }, payload);
}

/** Frame `index` of a picture as track 1 of a file, at 33 ms a frame. */
function pictureBlock(sample: Sample<unknown>, index: number): Uint8Array {
  const packet = sample.packets[index];
  if (!packet) throw new Error(`The sample has no frame ${index}`);
  return block(1, index * 33, packet.data, packet.keyframe ? 0x80 : 0);
}

function vp8Start(): Uint8Array {
  return concat(webmHeader({ picture: { codec: 'V_VP8' } }), cluster(0));
}

/** Somebody with a sound as track 0 and a picture as track 1. */
async function publisher(door: Door, config: ClientMessage = WEBM) {
  const { control, welcome } = await door.join();
  control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
  control.say({ type: 'publish', track: 1, kind: 'video', source: 'camera' });
  control.say(config);
  await control.heard('published', ({ track }) => track === 1);
  await heardOut(control);
  const sound = collect(door.stream(welcome.participant, 0));
  return { control, sound, picture: collect(door.stream(welcome.participant, 1)) };
}

function errors(socket: TestSocket) {
  return socket.messages.flatMap((message) => (message.type === 'error' ? [message] : []));
}

describe('a file of a recorder', () => {
  it('becomes the packets of two tracks, wherever it is cut', async () => {
    const door = await Door.open();
    const { control, picture, sound } = await publisher(door);
    const sounds = opus.packets.map(({ data }, index) => block(2, index * 20, data));
    const file = concat(
      webmHeader({ picture: { codec: 'V_VP8' }, sound: { channels: 1 } }),
      cluster(0),
      ...vp8.packets.map((_, index) => pictureBlock(vp8, index)),
      ...sounds,
    );
    door.clock.advance(1000);
    // Handed out 7.2 s after the sender's clock began; the last sound ends at 200 ms.
    for (let seq = 0; seq * 1000 < file.length; seq += 1) {
      control.socket.send(chunk(file.subarray(seq * 1000, seq * 1000 + 1000), { seq, captureUs: 7_200_000 }));
    }
    await heardOut(control);
    expect(picture.map(({ data }) => Buffer.from(data))).toEqual(vp8.packets.map(({ data }) => Buffer.from(data)));
    expect(picture.map(({ keyframe }) => keyframe)).toEqual(vp8.packets.map(({ keyframe }) => keyframe));
    expect(picture[0]?.config).toEqual(vp8.config);
    expect(new Set(picture.map(({ config }) => config)).size).toBe(1);
    expect(sound.map(({ data }) => Buffer.from(data))).toEqual(opus.packets.map(({ data }) => Buffer.from(data)));
    expect(sound[0]?.config).toEqual(opus.config);
    expect(new Set(sound.map(({ duration }) => duration))).toEqual(new Set([20_000]));
    expect(errors(control)).toEqual([]);
  });

  it('keeps its tracks in step, and takes what is over for handed out at once', async () => {
    const door = await Door.open();
    const { control, picture, sound } = await publisher(door);
    const packet = opus.packets[0]?.data ?? new Uint8Array(0);
    const head = webmHeader({ picture: { codec: 'V_VP8' }, sound: { channels: 1 } });
    control.socket.send(chunk(concat(head, cluster(0)), { captureUs: 5_000_000 }));
    control.socket.send(chunk(pictureBlock(vp8, 0), { seq: 1, captureUs: 5_030_000 }));
    control.socket.send(chunk(block(2, 0, packet), { seq: 2, captureUs: 5_040_000 }));
    control.socket.send(chunk(pictureBlock(vp8, 1), { seq: 3, captureUs: 5_090_000 }));
    control.socket.send(chunk(block(2, 33, packet), { seq: 4, captureUs: 5_100_000 }));
    await heardOut(control);
    // The first sound was over 20 ms before it came, and the first picture 30 ms: so it began at 5.02 s.
    expect((picture[1]?.pts ?? 0) - (sound[1]?.pts ?? 0)).toBe(0);
    expect(sound.map(({ pts }) => pts - (sound[0]?.pts ?? 0))).toEqual([0, 33_000]);
  });

  it('brings H.264 as Annex B, from a file with lengths and from one with start codes', async () => {
    const door = await Door.open();
    const { control, picture } = await publisher(door);
    const units = splitNalUnits(h264.packets[0]?.data ?? new Uint8Array(0));
    const [sps, pps] = [7, 8].map((type) => units.find(([first = 0]) => (first & 31) === type) ?? new Uint8Array(0));
    if (!sps || !pps) throw new Error('The sample has no parameter sets');
    const description = concat([1], sps.subarray(1, 4), [0xff, 0xe1, 0, sps.length], sps, [1, 0, pps.length], pps);
    const slices = (data: Uint8Array): Uint8Array[] => splitNalUnits(data).filter(([first = 0]) => (first & 31) < 6);
    const lengths = h264.packets.map(({ data, keyframe }, index) => {
      const avc = slices(data).flatMap((unit) => [0, 0, unit.length >> 8, unit.length & 255, ...unit]);
      return block(1, index * 33, Uint8Array.from(avc), keyframe ? 0x80 : 0);
    });
    const codec = 'V_MPEG4/ISO/AVC';
    const withLengths = webmHeader({ picture: { codec, private: description } });
    control.socket.send(chunk(concat(withLengths, cluster(0), ...lengths), { captureUs: 200_000 }));
    const startCodes = h264.packets.map((_, index) => pictureBlock(h264, index));
    const annexb = concat(webmHeader({ picture: { codec } }), cluster(0), ...startCodes);
    control.socket.send(chunk(annexb, { seq: 1, keyframe: true, captureUs: 400_000 }));
    await heardOut(control);
    expect(picture).toHaveLength(12);
    expect(picture.map(({ keyframe }) => keyframe)).toEqual([...h264.packets, ...h264.packets].map((p) => p.keyframe));
    for (const { data, keyframe, config } of picture) {
      expect(frameContents(data)).toMatchObject({ pictures: 1, idr: keyframe });
      expect(config).toMatchObject({ codec: 'h264', format: 'annexb', width: 320, height: 180, framerate: 30 });
    }
  });

  it('may hold a sound alone, on its own track', async () => {
    const door = await Door.open();
    const { control, sound } = await publisher(door, { type: 'config', track: 0, id: 4, codec: 'webm', framerate: 1 });
    const packet = opus.packets[0]?.data ?? new Uint8Array(0);
    const file = concat(webmHeader({ sound: { channels: 1 } }), cluster(0), block(2, 0, packet), new Uint8Array(0));
    control.socket.send(chunk(file, { track: 0, configId: 4 }));
    await heardOut(control);
    expect(sound).toHaveLength(1);
  });

  it('is acknowledged by its chunks', async () => {
    const door = await Door.open();
    const { control } = await publisher(door);
    const file = vp8Start();
    control.socket.send(chunk(file, { seq: 0 }));
    await heardOut(control);
    door.clock.advance(100);
    expect(await control.heard('ack')).toMatchObject({ track: 1, seq: 0, bytes: file.length });
  });

  it('is of no use behind a hole: a new one is asked for, and goes on', async () => {
    const door = await Door.open();
    const { control, picture } = await publisher(door);
    control.socket.send(chunk(concat(vp8Start(), pictureBlock(vp8, 0))));
    control.socket.send(chunk(pictureBlock(vp8, 2), { seq: 2 }));
    control.socket.send(chunk(pictureBlock(vp8, 3), { seq: 3 }));
    expect(await control.heard('keyframe')).toMatchObject({ track: 1 });
    await heardOut(control);
    expect(picture).toHaveLength(1);
    control.socket.send(chunk(concat(vp8Start(), pictureBlock(vp8, 0)), { seq: 4, keyframe: true }));
    control.socket.send(chunk(pictureBlock(vp8, 1), { seq: 5 }));
    await heardOut(control);
    expect(picture).toHaveLength(3);
  });

  it('ends with its configuration', async () => {
    const door = await Door.open();
    const { control, picture } = await publisher(door);
    control.socket.send(chunk(concat(vp8Start(), pictureBlock(vp8, 0))));
    control.say({ ...WEBM, id: 1 });
    control.socket.send(chunk(pictureBlock(vp8, 1), { seq: 1, configId: 1 }));
    expect(await control.heard('keyframe')).toMatchObject({ track: 1 });
    await heardOut(control);
    expect(picture).toHaveLength(1);
  });

  it('ends its track when none begins for 15 s', async () => {
    const door = await Door.open();
    const { control } = await publisher(door);
    for (let seq = 1; seq <= 15; seq += 1) {
      control.socket.send(chunk(Uint8Array.of(0), { seq }));
      await heardOut(control);
      door.clock.advance(1000);
    }
    expect(errors(control)).toEqual([]);
    control.socket.send(chunk(Uint8Array.of(0), { seq: 16 }));
    expect(await control.heard('error')).toMatchObject({
      code: 'no_keyframe',
      message: NO_FILE,
      track: 1,
      ended: true,
    });
  });

  it('loses its sound alone when there is no track for it', async () => {
    const door = await Door.open();
    const { control, picture, sound } = await publisher(door, { ...WEBM, sound: 7 });
    const packet = opus.packets[0]?.data ?? new Uint8Array(0);
    const head = webmHeader({ picture: { codec: 'V_VP8' }, sound: { channels: 1 } });
    control.socket.send(chunk(concat(head, cluster(0), pictureBlock(vp8, 0), block(2, 0, packet))));
    await heardOut(control);
    expect(picture).toHaveLength(1);
    expect(sound).toHaveLength(0);
    expect(errors(control)).toEqual([]);
  });

  it('pays for its frames as others do: those beyond the rate are dropped, and for 10 s of that it goes', async () => {
    const door = await Door.open();
    const { control, sound } = await publisher(door);
    const packet = opus.packets[0]?.data ?? new Uint8Array(0);
    const burst = (count: number): Uint8Array =>
      concat(...Array.from({ length: count }, (_, index) => block(2, index, packet)));
    const head = webmHeader({ picture: { codec: 'V_VP8' }, sound: { channels: 1 } });
    control.socket.send(chunk(concat(head, cluster(0), burst(140))));
    await heardOut(control);
    expect(sound).toHaveLength(140);
    expect(errors(control)).toEqual([]);
    for (let seq = 1; seq <= 11; seq += 1) {
      control.socket.send(chunk(burst(100), { seq }));
      await heardOut(control).catch(() => undefined);
      door.clock.advance(1000);
    }
    expect(errors(control)[0]).toMatchObject({ code: 'rate_limited', track: 0 });
    expect(await control.closed).toMatchObject({ code: 4429 });
  });

  it.each<[string, string, Uint8Array]>([
    ['garbage', 'bad_container', chunk(Buffer.from('There is nothing to see here'))],
    ['an MP4', 'bad_container', chunk(Buffer.from('\0\0\0 ftypiso5'))],
    [
      'H.264 whose lengths lie',
      'bad_container',
      chunk(
        concat(
          webmHeader({
            picture: {
              codec: 'V_MPEG4/ISO/AVC',
              private: Uint8Array.of(1, 0x42, 0xe0, 0x1f, 0xff, 0xe1, 0, 1, 0x67, 0),
            },
          }),
          cluster(0),
          block(1, 0, Uint8Array.of(0, 0, 0, 9, 1)),
        ),
      ),
    ],
    [
      'a frame of 1001 units',
      'bad_frame',
      chunk(
        concat(
          webmHeader({
            picture: {
              codec: 'V_MPEG4/ISO/AVC',
              private: Uint8Array.of(1, 0x42, 0xe0, 0x1f, 0xff, 0xe1, 0, 1, 0x67, 0),
            },
          }),
          cluster(0),
          block(1, 0, new Uint8Array(4 * 1001)),
        ),
      ),
    ],
    ['a key frame that is none', 'bad_keyframe', chunk(concat(vp8Start(), block(1, 0, new Uint8Array(20))))],
    ['a coded frame where a file was announced', 'wrong_kind', frameOf('video', new Uint8Array(20), { track: 1 })],
  ])('closes the connection for %s', async (_, code, message) => {
    const door = await Door.open();
    const { control } = await publisher(door);
    control.socket.send(message);
    expect(await control.closed).toMatchObject({ code: 4400 });
    expect(errors(control)[0]).toMatchObject({ code });
  });

  it('closes the connection for a file where coded frames were announced', async () => {
    const door = await Door.open();
    const config = { type: 'config', track: 1, id: 0, codec: 'vp8', width: 320, height: 180, framerate: 30 } as const;
    const { control } = await publisher(door, config);
    control.socket.send(chunk(vp8Start()));
    expect(await control.closed).toMatchObject({ code: 4400 });
    expect(errors(control)[0]).toMatchObject({ code: 'wrong_kind' });
  });
});
