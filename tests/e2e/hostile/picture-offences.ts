/** Sizes that nobody has, and what is no picture at all. */
import type { Sample } from '../../helpers/media-samples.ts';
import type { H264Config, Vp8Config } from '../../../src/media/codec.ts';
import {
  crumbs,
  filledTo,
  noise,
  noisyVp8,
  withHalfSlices,
  withNoisySlices,
  withShortSlices,
  withSps,
  withoutSps,
} from './bitstreams.ts';
import type { Colour } from '../../helpers/decoded-program.ts';
import type { Expected, Offence } from './offence.ts';
import { type Offender, PICTURE, SECOND } from './offender.ts';
import type { Stage } from './stage.ts';

type Picture = Sample<H264Config> | Sample<Vp8Config>;

const FUCHSIA = [255, 0, 255] as const;
const VIOLET = [104, 86, 205] as const;
const TOO_LARGE: Expected = {
  code: 'resolution_limit',
  over: 4413,
  words: /at most \d+ pixels are allowed\. Send it smaller/,
};
const NO_KEYFRAME: Expected = { code: 'bad_keyframe', over: 4400, words: /^A key frame of track 1 is no (H\.264|VP8)/ };
const UNDECODABLE: Expected = { code: 'decode_failed', over: 'track', words: /^The picture cannot be decoded/ };
const LOST: Expected = { code: 'no_keyframe', over: 'track', words: /no key frame came for 15 s.*send one when asked/ };
/** What a frame may have; see `welcome`. */
const MAX_FRAME_BYTES = 2 * 1024 * 1024;
const EIGHT_K = { width: 7680, height: 4320, frames: 1 } as const;
const LONG_GROUP = { width: 1280, height: 720, frames: 60, gopFrames: 60, slices: 1 } as const;
/** A key frame of libvpx: one pixel of violet. */
const ONE_PIXEL = Buffer.from('1002009d012a010001000bc7088585888584883f82000c0e6000fe6f1fe0cb6d8200', 'hex');

function small(stage: Stage): Promise<Sample<H264Config>> {
  return stage.samples.h264({ colour: 'fuchsia', frames: 30, gopFrames: 30 });
}

function first({ packets }: Picture): Uint8Array {
  const [packet] = packets;
  if (!packet) throw new Error('The sample is empty');
  return packet.data;
}

/** Sends these bytes, called a key frame, as what the sample is. */
function bytes(name: string, expected: Expected, make: (keyframe: Uint8Array) => Uint8Array): Offence {
  return {
    name,
    expected,
    commit: async (offender, stage) => {
      const sample = await small(stage);
      await offender.publish(sample.config);
      offender.send(make(first(sample)), { keyframe: true });
    },
  };
}

/** A picture of a size that is allowed stands in its tile like any other, whole or cut. */
function size(name: string, codec: 'h264' | 'vp8', width: number, height: number): Offence {
  return {
    name: `sends pictures of ${name}`,
    fits: ['contain', 'cover'],
    prepare: (samples) => samples[codec]({ colour: 'fuchsia', width, height, frames: 15 }),
    commit: async (offender, stage) => {
      const sample = await stage.samples[codec]({ colour: 'fuchsia', width, height, frames: 15 });
      await showsBothWays(offender, stage, sample);
    },
  };
}

/** The whole of a narrow picture is a line in its place, so that only the filled place has to have its colour. */
async function showsBothWays(offender: Offender, stage: Stage, sample: Picture, rgb: Colour = FUCHSIA): Promise<void> {
  for (const track of [PICTURE, SECOND]) {
    await offender.publish(sample.config, track);
    offender.loop(sample, () => ({ track }));
  }
  await stage.shows(offender.place(SECOND), rgb);
  const { width, height } = sample.config;
  if (Math.max(width / height, height / width) < 3) await stage.shows(offender.place(), rgb);
}

/** Frames that no decoder makes a picture of, each of them called a key frame. */
function undecodable(
  name: string,
  codec: 'h264' | 'vp8',
  make: (keyframe: Uint8Array, seed: number) => Uint8Array,
): Offence {
  return {
    name,
    expected: UNDECODABLE,
    commit: async (offender, stage) => {
      const sample = await stage.samples[codec]({ colour: 'fuchsia', frames: 30, gopFrames: 30 });
      await offender.publish(sample.config);
      offender.every(33, () => offender.send(make(first(sample), offender.sent() + 1), { keyframe: true }));
    },
  };
}

/** Frames that a decoder makes some picture of. */
function concealed(
  name: string,
  codec: 'h264' | 'vp8',
  make: (keyframe: Uint8Array, seed: number) => Uint8Array,
): Offence {
  const { commit } = undecodable(name, codec, make);
  return {
    name,
    commit: async (offender, stage) => {
      await commit(offender, stage);
      await stage.frames(150);
      if (offender.errors.length > 0) throw new Error('It was not borne with');
    },
  };
}

/** A key frame as it should be, and then something else for good. */
async function afterKeyframe(offender: Offender, stage: Stage, make: (index: number) => Uint8Array): Promise<void> {
  const sample = await small(stage);
  await offender.publish(sample.config);
  offender.send(first(sample), { keyframe: true });
  offender.every(33, () => offender.send(make(offender.sent())));
}

/** Are told at once, or are no offence at all. */
export const SIZES: readonly Offence[] = [
  {
    name: 'sends a picture of 7680x4320',
    expected: TOO_LARGE,
    prepare: (samples) => samples.h264(EIGHT_K),
    commit: async (offender, stage) => {
      const sample = await stage.samples.h264(EIGHT_K);
      await offender.publish(sample.config);
      offender.send(first(sample), { keyframe: true });
    },
  },
  bytes('crops 8192x8192 pixels to 16x16', TOO_LARGE, (keyframe) =>
    withSps(keyframe, { columns: 512, rows: 512, fields: false, crop: [0, 4088, 0, 4088] }),
  ),
  bytes('claims 65536x65536 pixels', NO_KEYFRAME, (keyframe) =>
    withSps(keyframe, { columns: 4096, rows: 4096, fields: false }),
  ),
  {
    name: 'sends pictures of 1x1',
    fits: ['contain', 'cover'],
    commit: (offender, stage) => {
      const config = { codec: 'vp8', codecString: 'vp8', width: 1, height: 1, framerate: 30 } as const;
      const packets = [{ data: ONE_PIXEL, timestampMs: 0, durationMs: 100, keyframe: true }];
      return showsBothWays(offender, stage, { config, packets }, VIOLET);
    },
  },
  size('2x2', 'h264', 2, 2),
  size('17x33', 'vp8', 17, 33),
  size('2x1000', 'h264', 2, 1000),
  size('4000x16', 'h264', 4000, 16),
];

/** What is not what it says. */
export const GARBAGE: readonly Offence[] = [
  bytes('sends noise as a key frame', NO_KEYFRAME, () => noise(5000)),
  bytes('sends a key frame without parameter sets', NO_KEYFRAME, withoutSps),
  bytes('sends a page of HTML', NO_KEYFRAME, () => Buffer.from('<!doctype html><title>Hello</title>'.repeat(50))),
  bytes('sends the head of an MP4 file', NO_KEYFRAME, () =>
    Buffer.from('0000001c66747970697336360000020069736f3669736f326d703431000000086d6f6f76', 'hex'),
  ),
  bytes(
    'sends one byte more than a frame may have',
    { code: 'frame_too_large', over: 4413, words: /at most 2097152 bytes; this one has 2097153/ },
    (keyframe) => filledTo(keyframe, MAX_FRAME_BYTES + 1),
  ),
  {
    name: 'sends as many bytes as a frame may have',
    commit: async (offender, stage) => {
      const sample = await small(stage);
      await offender.publish(sample.config);
      const place = offender.place();
      offender.send(filledTo(first(sample), MAX_FRAME_BYTES), { keyframe: true });
      offender.every(250, () => offender.send(first(sample), { keyframe: true }));
      await stage.shows(place, FUCHSIA);
    },
  },
  bytes(
    'sends two megabytes of tiny units behind a key frame',
    { code: 'bad_frame', over: 4400, words: /more than 1000 NAL units; cut pictures into fewer slices/ },
    (keyframe) => Buffer.concat([keyframe, crumbs(MAX_FRAME_BYTES - keyframe.length)]),
  ),
  {
    name: 'sends many pictures in one frame',
    expected: {
      code: 'bad_frame',
      over: 4400,
      words: /holds 60 pictures; send each in a frame of its own, and none of its slices twice/,
    },
    prepare: (samples) => samples.h264(LONG_GROUP),
    commit: async (offender, stage) => {
      const sample = await stage.samples.h264(LONG_GROUP);
      await offender.publish({ ...sample.config, framerate: 30 });
      const group = Buffer.concat(sample.packets.map(({ data }) => data));
      offender.every(33, () => offender.send(group, { keyframe: true }));
    },
  },
  {
    name: 'says VP8 and sends H.264',
    expected: NO_KEYFRAME,
    commit: async (offender, stage) => {
      const [{ config }, sample] = await Promise.all([stage.samples.vp8(), small(stage)]);
      await offender.publish(config);
      offender.loop(sample);
    },
  },
  {
    name: 'says H.264 and sends VP8',
    expected: NO_KEYFRAME,
    commit: async (offender, stage) => {
      const [{ config }, sample] = await Promise.all([small(stage), stage.samples.vp8()]);
      await offender.publish(config);
      offender.loop(sample);
    },
  },
  {
    name: 'says another size than the picture has',
    commit: async (offender, stage) => {
      const sample = await small(stage);
      await offender.publish({ ...sample.config, width: 1280, height: 720 });
      const place = offender.place();
      offender.loop(sample);
      const { message } = await offender.told('wrong_size');
      if (!/says 1280x720, the picture is 320x180.*announce what you send/.test(message)) throw new Error(message);
      await stage.shows(place, FUCHSIA);
    },
  },
  {
    name: 'sends sound on a track of pictures',
    expected: { code: 'wrong_kind', over: 4400, words: /Track 1 is video, the frame says audio/ },
    commit: async (offender, stage) => {
      const [sample, sound] = await Promise.all([small(stage), stage.samples.opus()]);
      await offender.publish(sample.config);
      offender.loop(sound, () => ({ kind: 'audio' }));
    },
  },
  {
    name: 'announces sound for a track of pictures',
    expected: { code: 'wrong_codec', over: 4400, words: /Track 1 is video; opus does not fit/ },
    commit: async (offender, stage) => {
      const [sample, sound] = await Promise.all([small(stage), stage.samples.opus()]);
      await offender.publish(sample.config);
      offender.announce(sound.config, PICTURE, 1);
    },
  },
];

/** What reaches a decoder, which conceals it, dies of it or gives nothing. */
export const UNDECODABLES: readonly Offence[] = [
  concealed('sends key frames with proper headers and noise in them', 'h264', withNoisySlices),
  concealed('sends VP8 key frames of noise', 'vp8', noisyVp8),
  concealed('sends slices that break off in the middle', 'h264', withHalfSlices),
  undecodable('sends slices of a few bytes', 'h264', withShortSlices),
  {
    name: 'sends noise behind a proper key frame, for good',
    expected: LOST,
    commit: (offender, stage) => afterKeyframe(offender, stage, (index) => noise(400, index)),
  },
  {
    name: 'sends HTML behind a proper key frame, for good',
    expected: LOST,
    commit: (offender, stage) => afterKeyframe(offender, stage, () => Buffer.from('<html></html>'.repeat(20))),
  },
];
