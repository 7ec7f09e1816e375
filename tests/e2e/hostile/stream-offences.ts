/** Too much, too little, or at the wrong time: what makes a stream hostile although each of its frames is in order. */
import type { H264Config } from '../../../src/media/codec.ts';
import { systemClock } from '../../../src/util/clock.ts';
import type { Sample } from '../../helpers/media-samples.ts';
import { noise, withRepeatedSlice } from './bitstreams.ts';
import type { Offence } from './offence.ts';
import { type Offender, PICTURE, SOUND } from './offender.ts';
import type { Stage } from './stage.ts';

const FUCHSIA = [255, 0, 255] as const;
const TEN_HOURS_US = 36_000_000_000;
const LATEST_US = 2 ** 53 - 1;
const STEP_US = 33_333;
const MAX_SOUND_BYTES = 8192;

const nowUs = (): number => Math.round(systemClock.monotonicMs() * 1000);

function small(stage: Stage): Promise<Sample<H264Config>> {
  return stage.samples.h264({ colour: 'fuchsia', frames: 30, gopFrames: 30 });
}

/** In two slices, a stream like any other. */
const SLICED = { width: 640, height: 360, frames: 30, gopFrames: 30, slices: 2 } as const;

/** Each frame in order, with these capture times; `expected` or shown as if nothing were wrong. */
function times(name: string, captureUs: (index: number) => number, expected?: Offence['expected']): Offence {
  return {
    name: `sends capture times that ${name}`,
    ...(expected && { expected }),
    commit: async (offender, stage) => {
      const sample = await small(stage);
      await offender.publish(sample.config);
      const place = offender.place();
      offender.loop(sample, (index) => ({ captureUs: captureUs(index) }));
      if (!expected) await stage.shows(place, FUCHSIA);
      if (!expected) await stage.frames(60);
      if (!expected) await stage.shows(place, FUCHSIA);
    },
  };
}

/** Capture times that are in themselves no offence, or are mended. */
export const TIMES: readonly Offence[] = [
  times('are all 0', () => 0),
  times('are all the same', () => 1_000_000_000),
  times('begin at the last one there is', () => LATEST_US),
  times('run backwards', (index) => 10 * TEN_HOURS_US - index * STEP_US),
  times('leap ten hours ahead', (index) => nowUs() + (index < 30 ? 0 : TEN_HOURS_US)),
  times('fall ten hours back', (index) => 2 * TEN_HOURS_US + nowUs() - (index < 30 ? 0 : TEN_HOURS_US)),
];

/** Sound that is none, or too much. */
export const SOUNDS: readonly Offence[] = [
  {
    name: 'sends noise as Opus',
    expected: { code: 'decode_failed', over: 'track', words: /^The sound cannot be decoded/ },
    commit: async (offender, stage) => {
      const { config } = await stage.samples.opus();
      await offender.publish(config, SOUND);
      // Code 3 of RFC 6716 with more frames than a packet may have.
      const packet = (): Uint8Array => Buffer.concat([Uint8Array.of(0xff, 0x3f), noise(60, offender.sent(SOUND) + 1)]);
      offender.every(20, () => offender.send(packet(), { kind: 'audio', track: SOUND }));
    },
  },
  {
    name: 'sends one byte of sound too many',
    expected: { code: 'frame_too_large', over: 4413, words: /at most 8192 bytes; this one has 8193/ },
    commit: async (offender, stage) => {
      const { config } = await stage.samples.opus();
      await offender.publish(config, SOUND);
      offender.send(noise(MAX_SOUND_BYTES + 1), { kind: 'audio', track: SOUND });
    },
  },
];

/** Go on for some ten seconds before anybody is sent away: a stalled line may look the same for a moment. */
export const PERSISTENT: readonly Offence[] = [
  {
    name: 'sends 1000 frames a second',
    expected: {
      code: 'rate_limited',
      over: 4429,
      words: /beyond 70 frames and 8000 kbit a second for 10 s; send less/,
    },
    commit: async (offender, stage) => {
      const sample = await small(stage);
      await offender.publish(sample.config);
      const next = (): void => {
        const index = offender.sent() % sample.packets.length;
        const { data, keyframe } = sample.packets[index] ?? { data: new Uint8Array(0), keyframe: false };
        offender.send(data, { keyframe });
      };
      offender.every(10, next, 10);
    },
  },
  {
    name: 'sends 50 Mbit/s',
    expected: {
      code: 'rate_limited',
      over: 4429,
      words: /beyond 70 frames and 8000 kbit a second for 10 s; send less/,
    },
    commit: async (offender, stage) => {
      const sample = await small(stage);
      await offender.publish(sample.config);
      const filler = Buffer.concat([Uint8Array.of(0, 0, 0, 1, 12), Buffer.alloc(208_000, 0xff), Uint8Array.of(0x80)]);
      const frames = sample.packets.map(({ data, keyframe }) => ({ data: Buffer.concat([data, filler]), keyframe }));
      offender.every(33, () => {
        const { data, keyframe } = frames[offender.sent() % frames.length] ?? { data: filler, keyframe: false };
        offender.send(data, { keyframe });
      });
    },
  },
  {
    name: 'sends no key frame ever',
    expected: { code: 'no_keyframe', over: 'track', words: /No key frame came for 15 s.*send one when asked/ },
    commit: async (offender, stage) => {
      const sample = await small(stage);
      await offender.publish(sample.config);
      const [, delta] = sample.packets;
      offender.every(33, () => offender.send(delta?.data ?? new Uint8Array(1)));
    },
  },
  {
    name: 'changes the size of the picture at each key frame',
    expected: { code: 'resize_limit', over: 'track', words: /changes its size more than once a second; keep one size/ },
    commit: async (offender, stage) => {
      const [one, other] = await Promise.all([small(stage), stage.samples.h264({ width: 160, height: 90, frames: 1 })]);
      await offender.publish(one.config);
      const keys = [one.packets[0]?.data, other.packets[0]?.data].map((data) => data ?? new Uint8Array(1));
      const key = (): Uint8Array => keys[offender.sent() % 2] ?? new Uint8Array(1);
      offender.every(50, () => offender.send(key(), { keyframe: true }));
    },
  },
  times('leap at each frame', (index) => ((index * 7) % 23) * 3_600_000_000, {
    code: 'time_jump',
    over: 4429,
    words: /leapt for 10 s; take them from one monotonic clock/,
  }),
  {
    name: 'sends frames of tracks that do not exist, a thousand a second',
    fits: [],
    expected: { code: 'rate_limited', over: 4429, words: /not published kept coming for 10 s; publish first/ },
    commit: (offender) => {
      offender.every(10, () => offender.send(new Uint8Array(20), { track: 9 }), 10);
      return Promise.resolve();
    },
  },
];

const LARGE = { width: 1920, height: 1088, colour: 'fuchsia', frames: 60, gopFrames: 60 } as const;

/** Sends all pictures but key frames changed like this. */
async function sendSliced(offender: Offender, stage: Stage, change: (frame: Uint8Array) => Uint8Array): Promise<void> {
  const sample = await stage.samples.h264({ ...SLICED, colour: 'fuchsia' });
  await offender.publish(sample.config);
  const packets = sample.packets.map((packet) => ({
    ...packet,
    data: packet.keyframe ? packet.data : change(packet.data),
  }));
  offender.loop({ ...sample, packets });
}

/** Costs a decoder hundreds of times as much as its bytes let expect. */
export const REPEATED: Offence = {
  name: 'repeats one slice of each picture hundreds of times',
  expected: { code: 'bad_frame', over: 4400, words: /holds 901 pictures; send each .* and none of its slices twice/ },
  commit: (offender, stage) => sendSliced(offender, stage, (frame) => withRepeatedSlice(frame, 900)),
};

/** Costs that are hidden in what is allowed. */
export const BURDENS: readonly Offence[] = [
  {
    name: 'repeats one slice of each picture once, for five seconds',
    commit: async (offender, stage) => {
      await sendSliced(offender, stage, (frame) => withRepeatedSlice(frame, 1));
      await stage.frames(150);
    },
  },
  {
    name: 'sends sound of 120 ms seventy times a second on six tracks',
    commit: async (offender, stage) => {
      const { config, packets } = await stage.samples.opus({ seconds: 1, packetMs: 120 });
      const tracks = [0, 2, 3, 4, 5, 6];
      for (const track of tracks) await offender.publish(config, track);
      const send = (track: number): void => {
        const { data } = packets[offender.sent(track) % packets.length] ?? { data: new Uint8Array(1) };
        offender.send(data, { kind: 'audio', track });
      };
      offender.every(15, () => tracks.forEach(send));
      await stage.frames(150);
    },
  },
  {
    name: 'sends the largest pictures that are allowed, as fast as they are',
    prepare: (samples) => samples.h264({ ...LARGE, framerate: 60 }),
    commit: async (offender, stage) => {
      const sample = await stage.samples.h264({
        ...LARGE,
        colour: 'fuchsia',
        frames: 60,
        gopFrames: 60,
        framerate: 60,
      });
      await offender.publish(sample.config);
      offender.loop(sample);
      await stage.frames(150);
    },
  },
];

/** The grid follows every track that comes and goes. */
export const FLAPPING: readonly Offence[] = [
  {
    name: 'publishes and takes back tracks as fast as it can',
    commit: async (offender, stage) => {
      const sample = await small(stage);
      await stage.layout({ policy: 'grid' });
      const { control } = offender.peer;
      const flap = async (): Promise<void> => {
        const track = PICTURE;
        control.say({ type: 'publish', track, kind: 'video', source: 'camera' });
        offender.announce(sample.config);
        offender.send(sample.packets[0]?.data ?? new Uint8Array(1), { keyframe: true });
        control.say({ type: 'unpublish', track });
      };
      offender.every(100, () => void flap());
      await offender.told('rate_limited');
      await stage.frames(150);
      offender.stop();
      await stage.arrange();
    },
  },
];

/** Whether the offender's decoders are those of the picture's place. */
export async function publishShown(offender: Offender, stage: Stage): Promise<{ pid: number; gone: () => boolean }> {
  const sample = await small(stage);
  await offender.publish(sample.config);
  const place = offender.place();
  offender.loop(sample);
  await stage.shows(place, FUCHSIA);
  const [decoder] = stage.decodersOf(place);
  if (!decoder) throw new Error('Nothing decodes the picture');
  const { pid } = decoder;
  return { pid, gone: () => stage.decodersOf(place).every((one) => one.pid !== pid) };
}
