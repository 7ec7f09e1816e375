import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { AudioMixer } from '../../../src/mixer/audio-mixer.ts';
import { AudioSource } from '../../../src/mixer/audio-source.ts';
import { BLOCK_FRAMES, OpusEncoder } from '../../../src/mixer/opus-codec.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import type { TrackSource } from '../../../src/room/track.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { speech } from './speech.ts';

const SECONDS = 30;
const RATE = 48000;
/** The noise of a room, dBFS. */
const ROOM_DB = -72;

let ffmpeg: string;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
});

/** What FFmpeg's ebur128 says of interleaved stereo: integrated loudness in LUFS and true peak in dBFS. */
async function measure(program: Float32Array): Promise<{ readonly loudness: number; readonly peak: number }> {
  const input = ['-f', 'f32le', '-ar', String(RATE), '-ac', '2', '-i', 'pipe:0'];
  const child = spawn(ffmpeg, ['-hide_banner', '-nostats', ...input, '-af', 'ebur128=peak=true', '-f', 'null', '-']);
  child.stdin.end(Buffer.from(program.buffer, program.byteOffset, program.byteLength));
  const said = await text(child.stderr);
  const summary = said.slice(said.lastIndexOf('Summary:'));
  const [loudness, peak] = [/I:\s+(-?[\d.]+) LUFS/, /Peak:\s+(-?[\d.]+) dBFS/].map(
    (pattern) => pattern.exec(summary)?.[1],
  );
  if (loudness === undefined || peak === undefined) throw new Error(`ebur128 gave no summary: ${said}`);
  return { loudness: Number(loudness), peak: Number(peak) };
}

/** The program of people who send these sounds, in simulated time, by Opus and with the noise of their rooms. */
function programOf(sounds: readonly Float32Array[], kind: TrackSource): Float32Array {
  const clock = new FakeClock();
  const program = new Float32Array(SECONDS * RATE * 2);
  const mixer = new AudioMixer({
    onProgram: (samples, block) => program.set(samples, block * samples.length),
    onReturn: () => undefined,
  });
  const people = sounds.map((sound, participant) => {
    const source = new AudioSource(new PlayoutClock(), clock);
    mixer.addMember(participant, false);
    mixer.addSource(participant, participant, source, kind);
    const encoder = new OpusEncoder(64_000);
    encoder.mono = true;
    return { sound, source, encoder };
  });
  const noise = 10 ** (ROOM_DB / 20) * Math.sqrt(3);
  const block = new Float32Array(BLOCK_FRAMES * 2);
  for (let count = 0; count < SECONDS * 50; count += 1) {
    for (const { sound, source, encoder } of people) {
      for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
        const hiss = noise * ((((count * BLOCK_FRAMES + frame) * 7919) % 10_007) / 5003.5 - 1);
        block.fill((sound[count * BLOCK_FRAMES + frame] ?? 0) + hiss, frame * 2, frame * 2 + 2);
      }
      source.feed(count * 20_000, encoder.encode(block));
    }
    clock.advance(10);
    mixer.mix(count, clock.monotonicMs());
    clock.advance(10);
  }
  return program;
}

describe('The loudness of the program', () => {
  it.each([
    [-40, 120],
    [-40, 210],
    [-26, 120],
    [-26, 210],
    [-14, 120],
    [-14, 210],
  ])('is near -16 LUFS for a voice that comes in at %i dBFS (%i Hz)', async (rmsDb, pitchHz) => {
    const { loudness, peak } = await measure(programOf([speech(SECONDS, pitchHz, rmsDb)], 'mic'));
    expect(loudness).toBeGreaterThan(-18);
    expect(loudness).toBeLessThan(-14);
    expect(peak).toBeLessThan(-0.5);
  });

  it('is near -16 LUFS for two who talk in turns, one of whom comes in at -40 and the other at -14 dBFS', async () => {
    const [soft, loud] = [speech(SECONDS, 130, -40, 3), speech(SECONDS, 190, -14, 4)];
    const takeTurns = (sound: Float32Array, who: number): Float32Array =>
      sound.map((value, at) => (Math.floor(at / (3 * RATE)) % 2 === who ? value : 0));
    const program = programOf([takeTurns(soft, 0), takeTurns(loud, 1)], 'mic');
    // The first turns are used to learn.
    const { loudness } = await measure(program.subarray(12 * RATE * 2));
    expect(loudness).toBeGreaterThan(-18);
    expect(loudness).toBeLessThan(-14);
  });

  it('stays that of the film for a film, as far as it was not too loud', async () => {
    const quiet = speech(SECONDS, 120, -34);
    const stereo = new Float32Array(quiet.length * 2).map((_, index) => quiet[index >> 1] as number);
    const [before, after] = await Promise.all([measure(stereo), measure(programOf([quiet], 'file'))]);
    expect(Math.abs(after.loudness - before.loudness)).toBeLessThan(0.5);
  });
});
