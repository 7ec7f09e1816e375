/** People on real sockets whose pictures are numbered, and who beep at the beginning of each second. */
import type { H264Config } from '../../src/media/codec.ts';
import { systemClock } from '../../src/util/clock.ts';
import type { Sample } from '../../tests/helpers/media-samples.ts';
import { TestParticipant } from '../../tests/helpers/test-participant.ts';
import { encodeLoop } from '../check/pattern.ts';
import { toneLoop } from '../check/tones.ts';
import { LOOP } from './readings.ts';
import { STAMPED, stampedPicture } from './stamp.ts';

/** Somebody in the room. */
export interface StampedPerson {
  readonly participant: TestParticipant;
  /** When frame 0 of their first loop was captured, milliseconds since 1970. */
  readonly originMs: number;
  readonly beepHz: number;
}

const RATE = ['-b:v', '750k', '-maxrate', '900k', '-bufsize', '750k'];
const GOP = 2 * LOOP.fps;

/** Joins so many, each with another beep; they leave by `participant.leave()`. */
export async function joinStamped(
  ffmpeg: string,
  where: { readonly url: string; readonly room: string; readonly token: string },
  count: number,
): Promise<readonly StampedPerson[]> {
  const people: StampedPerson[] = [];
  for (let index = 0; index < count; index += 1) {
    const picture = await stampedLoop(ffmpeg, index);
    const beepHz = 700 + 500 * index;
    const sound = toneLoop({ hz: beepHz, level: 0.2, beepMs: 100 }).packets.map(({ data }) => data);
    const options = { ...where, name: `Stamp ${index + 1}`, receive: { video: false, audio: false } };
    const participant = await TestParticipant.join(options, { picture, sound });
    // As pages say it: how the times of what they capture lie by the room's clock.
    const offsetMs = systemClock.wallMs() - systemClock.monotonicMs();
    participant.control.say({ type: 'stats', clock: { offsetMs, rttMs: 0 } });
    people.push({ participant, originMs: participant.originMs + offsetMs, beepHz });
  }
  return people;
}

async function stampedLoop(ffmpeg: string, hue: number): Promise<Sample<H264Config>> {
  function* frames(): Iterable<Uint8Array> {
    for (let number = 0; number < LOOP.frames; number += 1) yield stampedPicture(number, hue).data;
  }
  const { config, packets } = await encodeLoop(ffmpeg, STAMPED, frames(), { rate: RATE, gopFrames: GOP });
  const stepMs = 1000 / LOOP.fps;
  return {
    config: config as H264Config,
    packets: packets.map(({ data, keyframe }, index) => ({
      data,
      keyframe,
      timestampMs: index * stepMs,
      durationMs: stepMs,
    })),
  };
}
