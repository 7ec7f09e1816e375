import { describe, expect, it } from 'vitest';
import { WireStream, configMessage, wireNumbers } from '../../../src/broadcast/wire-stream.ts';
import { UnavailableError } from '../../../src/errors.ts';
import type { CodecConfig } from '../../../src/media/codec.ts';
import type { Stream } from '../../../src/media/stream.ts';
import { type Frame, decodeFrame } from '../../../src/protocol/frame.ts';
import {
  PPS,
  SOUND,
  SPS,
  WALL_START,
  picture,
  pictureConfig,
  pictureStream,
  settle,
  sound,
  soundStream,
} from './program-stream.ts';

/** Frames of a wire stream, as a receiver reads them, and whether it has ended. */
function read<C extends CodecConfig>(stream: Stream<C>) {
  const state: { frames: Frame[]; ended: boolean; failure: unknown } = { frames: [], ended: false, failure: undefined };
  const reader = stream.subscribe({ label: 'test', limits: { maxItems: 9999, maxBytes: 2 ** 30 }, onOverflow: 'fail' });
  void (async () => {
    try {
      for await (const { data } of reader) {
        const frame = decodeFrame(data);
        if (typeof frame === 'string') throw new Error(frame);
        state.frames.push(frame);
      }
    } catch (error) {
      state.failure = error;
    }
    state.ended = true;
  })();
  return state;
}

describe('WireStream', () => {
  it('makes each picture one message on track 16, in Annex B, with its parameter sets in key frames', async () => {
    const source = pictureStream();
    const wire = new WireStream(source, 'video');
    const heard = read(wire.stream);
    const config = pictureConfig();
    source.write(picture(config, 60, true));
    source.write(picture(config, 61, false));
    await settle();
    expect(heard.frames.map(({ header }) => header)).toEqual([
      {
        kind: 'video',
        keyframe: true,
        discontinuity: false,
        endOfTrack: false,
        muted: false,
        track: 16,
        seq: 0,
        captureUs: (WALL_START + 2000) * 1000,
        durationUs: 33_333,
        configId: 0,
        level: 0,
      },
      expect.objectContaining({
        keyframe: false,
        seq: 1,
        captureUs: Math.round((WALL_START + (61 * 1000) / 30) * 1000),
      }),
    ]);
    const start = [0, 0, 0, 1];
    expect([...(heard.frames[0]?.payload ?? [])]).toEqual([
      ...start,
      ...SPS,
      ...start,
      ...PPS,
      ...start,
      0x65,
      60,
      0x99,
    ]);
    expect([...(heard.frames[1]?.payload ?? [])]).toEqual([...start, 0x41, 61, 0x99]);
  });

  it('says how long each picture is shown, also when it stands for two', async () => {
    const source = pictureStream();
    const heard = read(new WireStream(source, 'video').stream);
    const config = pictureConfig();
    source.write(picture(config, 60, true));
    source.write({ ...picture(config, 61, false), duration: 2 });
    await settle();
    expect(heard.frames.map(({ header }) => header.durationUs)).toEqual([33_333, 66_667]);
    expect(heard.frames.map(({ header }) => header.seq)).toEqual([0, 1]);
  });

  it('counts from where it is told to, so that two renditions are never mixed up', async () => {
    const source = pictureStream();
    const numbering = { firstSeq: 2 ** 32 - 1, firstConfigId: 65_535, configIdStep: 2 };
    const heard = read(new WireStream(source, 'video', numbering).stream);
    source.write(picture(pictureConfig(), 0, true));
    source.write(picture(pictureConfig(), 1, true));
    await settle();
    expect(heard.frames.map(({ header }) => [header.seq, header.configId])).toEqual([
      [2 ** 32 - 1, 65_535],
      [0, 1],
    ]);
  });

  it('makes each sound one message on track 17', async () => {
    const source = soundStream();
    const wire = new WireStream(source, 'audio');
    const heard = read(wire.stream);
    source.write(sound(3));
    await settle();
    expect(heard.frames[0]?.header).toMatchObject({
      kind: 'audio',
      track: 17,
      seq: 0,
      durationUs: 20_000,
      captureUs: (WALL_START + 60) * 1000,
    });
    expect([...(heard.frames[0]?.payload ?? [])]).toEqual([0xfc, 3]);
  });

  it('counts configurations by identity, modulo 2^16', async () => {
    const source = soundStream();
    const wire = new WireStream(source, 'audio');
    const heard = read(wire.stream);
    for (let index = 0; index < 65_537; index += 1) {
      source.write(sound(index, { ...SOUND }));
      if (index % 500 === 0) await settle();
    }
    await settle();
    const ids = heard.frames.map(({ header }) => header.configId);
    expect(ids.slice(0, 3)).toEqual([0, 1, 2]);
    expect(ids.slice(-2)).toEqual([65_535, 0]);
  });

  it('gives a newcomer the newest group of pictures, also one that began before the first of them came', async () => {
    const source = pictureStream();
    const config = pictureConfig();
    for (let frame = 0; frame < 1000; frame += 1) source.write(picture(config, frame, frame === 0));
    const wire = new WireStream(source, 'video');
    await settle();
    const late = read(wire.stream);
    await settle();
    expect(late.frames).toHaveLength(1000);
    expect(late.frames[0]?.header).toMatchObject({ keyframe: true, seq: 0 });
  });

  it('ends with its source, after everything in it', async () => {
    const source = pictureStream();
    const heard = read(new WireStream(source, 'video').stream);
    source.write(picture(pictureConfig(), 0, true));
    source.close();
    await settle();
    expect(heard).toMatchObject({ ended: true, failure: undefined });
    expect(heard.frames).toHaveLength(1);
  });

  it('lets go of its source when it is closed', async () => {
    const source = pictureStream();
    const wire = new WireStream(source, 'video');
    const heard = read(wire.stream);
    wire.close();
    source.write(picture(pictureConfig(), 0, true));
    await settle();
    expect(heard).toMatchObject({ ended: true, frames: [] });
  });

  it('passes on why its source broke off', async () => {
    const source = pictureStream();
    const heard = read(new WireStream(source, 'video').stream);
    source.close(new UnavailableError('lost', 'The mixer is lost; wait.'));
    await settle();
    expect(heard.failure).toMatchObject({ code: 'lost' });
  });

  it('ends with a reason when a picture cannot be read', async () => {
    const source = pictureStream();
    const heard = read(new WireStream(source, 'video').stream);
    source.write({ ...picture(pictureConfig(), 0, true), data: Uint8Array.from([0, 0, 9, 9, 1]) });
    await settle();
    expect(heard).toMatchObject({ ended: true, failure: { code: expect.any(String) } });
  });
});

describe('configMessage', () => {
  it('describes picture and sound on their tracks', () => {
    expect(configMessage(pictureConfig(), 7)).toEqual({
      type: 'config',
      track: 16,
      id: 7,
      codec: 'h264',
      codecString: 'avc1.42E01F',
      width: 1280,
      height: 720,
      framerate: 30,
    });
    expect(configMessage(SOUND, 0)).toEqual({
      type: 'config',
      track: 17,
      id: 0,
      codec: 'opus',
      sampleRate: 48000,
      channels: 2,
    });
  });
});

describe('wireNumbers', () => {
  it('reads from the middle of a larger buffer', async () => {
    const source = soundStream();
    const wire = new WireStream(source, 'audio');
    source.write(sound(0));
    source.write(sound(1, { ...SOUND }));
    await settle();
    const message = wire.stream.latest?.data ?? new Uint8Array(0);
    const larger = new Uint8Array(message.length + 10);
    larger.set(message, 5);
    expect(wireNumbers(larger.subarray(5, 5 + message.length))).toEqual({ seq: 1, configId: 1 });
  });
});
