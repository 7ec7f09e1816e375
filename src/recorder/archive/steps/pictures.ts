/** The step `pictures`: what a recording looks and sounds like at a glance. Only key frames are decoded. */
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FfmpegOption, runFfmpeg } from '../../../ffmpeg/fluent.ts';
import type { StepContext, StepFile, StepResult } from '../archive-step.ts';
import { loadInits, type LoadedInit } from '../../session/init-files.ts';
import { writeKeyFrames } from '../key-frame-film.ts';
import { PartSource } from '../part-source.ts';
import { keyPartAt, planSprites, posterTimes, spriteVtt } from '../picture-plan.ts';
import { bestPicture, pictureScore } from '../picture-score.ts';
import { readSessionEvents, type SessionEvent } from '../../session/session-events.ts';
import type { PartEntry } from '../../session/session-index.ts';
import { soundChunks } from '../sound-chunks.ts';
import { picturesAt } from '../story-events.ts';
import { WaveformBuilder } from '../waveform.ts';
import { WEBVTT_TYPE } from '../webvtt.ts';

/** Candidates of which one becomes the poster, looked at in this size. */
const CANDIDATES = 12;
const LOOK = { width: 64, height: 36 } as const;
const POSTER_WIDTH = 1280;
/** Samples a second that are enough to see how loud it is. */
const SOUND_RATE = 8000;
const WORK_FILE = 'key-frames.mp4';
/** Share of the work done when each begins. */
const SHARES = { poster: 0, sprites: 0.1, waveform: 0.3, end: 1 } as const;

/** Writes `poster.jpg`, the pictures of the seek bar with `sprite.vtt`, and `waveform.json`. */
export async function picturesStep(context: StepContext): Promise<StepResult> {
  const { folder, framerate, onProgress, plan, sessionFolder } = context;
  const inits = await loadInits(sessionFolder, plan);
  const source = new PartSource(sessionFolder);
  const stills = new Stills(context, source, inits);
  const seconds = context.timeline.seconds;
  try {
    await makePoster(context, stills);
    onProgress(SHARES.sprites);
    const form = context.index.inits.get(plan.pieces[0]?.parts[0]?.init ?? -1) ?? { width: 16, height: 9 };
    const sprites = planSprites(seconds, form);
    const { width, height } = sprites.tile;
    for (const [index, { file, columns, rows, times }] of sprites.sheets.entries()) {
      const filter = `scale=${width}:${height},setsar=1,tile=${columns}x${rows}`;
      await stills.make(times, file, [...jpeg(filter, 5)]);
      onProgress(between('sprites', 'waveform', (index + 1) / sprites.sheets.length));
    }
    await writeFile(join(folder, 'sprite.vtt'), spriteVtt(sprites, seconds));
    const waveform = await listen(context, inits);
    await writeFile(join(folder, 'waveform.json'), `${JSON.stringify(waveform.result())}\n`);
    onProgress(SHARES.end);
    return {
      files: [
        picture('poster.jpg', 'poster', 'Poster'),
        ...sprites.sheets.map(({ file }) => picture(file, 'sprite', 'Pictures of the seek bar')),
        {
          name: 'sprite.vtt',
          kind: 'sprite',
          contentType: WEBVTT_TYPE,
          title: 'Places of the pictures of the seek bar',
        },
        { name: 'waveform.json', kind: 'waveform', contentType: 'application/json', title: 'Loudness' },
      ],
      facts: { framerate, spriteInterval: sprites.interval, waveformInterval: waveform.interval },
    };
  } finally {
    await source.close();
  }
}

/** Pictures of given times through one FFmpeg run. */
class Stills {
  readonly #context: StepContext;
  readonly #source: PartSource;
  readonly #inits: ReadonlyMap<number, LoadedInit>;

  constructor(context: StepContext, source: PartSource, inits: ReadonlyMap<number, LoadedInit>) {
    this.#context = context;
    this.#source = source;
    this.#inits = inits;
  }

  /** Shows FFmpeg the key frames at `times` and lets it write `name`. */
  async make(times: readonly number[], name: string, outputOptions: readonly FfmpegOption[]): Promise<void> {
    const { clock, ffmpegPath, folder, framerate, log, plan, signal } = this.#context;
    const parts = times.map((time) => keyPartAt(plan.pieces, framerate, time)).filter(isPart);
    const film = join(folder, WORK_FILE);
    await writeKeyFrames({ source: this.#source, inits: this.#inits, parts, output: film, signal });
    await runFfmpeg({
      ffmpegPath,
      input: film,
      // Another size in the middle must not begin the tiles anew.
      inputOptions: [['-reinit_filter', '0']],
      output: join(folder, name),
      outputOptions: [['-map', '0:v:0'], ['-fps_mode', 'passthrough'], ['-threads', '1'], ...outputOptions],
      label: 'pictures',
      clock,
      log,
      signal,
    });
    await rm(film);
  }
}

async function makePoster(context: StepContext, stills: Stills): Promise<void> {
  const { folder, timeline } = context;
  const times = posterTimes(timeline.seconds, CANDIDATES);
  const { width, height } = LOOK;
  const look = `scale=${width}:${height}:flags=area,format=gray`;
  await stills.make(times, 'look.grey', [
    ['-vf', look],
    ['-c:v', 'rawvideo'],
    ['-f', 'rawvideo'],
  ]);
  const pixels = await readFile(join(folder, 'look.grey'));
  await rm(join(folder, 'look.grey'));
  const size = width * height;
  const people = await peopleAt(context, times);
  const candidates = times.map((_, index) => ({
    score: pictureScore(pixels.subarray(index * size, (index + 1) * size), width),
    people: people[index] ?? 0,
  }));
  const best = times[bestPicture(candidates)] ?? 0;
  await stills.make([best], 'poster.jpg', jpeg(`scale='min(${POSTER_WIDTH},iw)':-2,setsar=1`, 3));
}

/** How many pictures of people are live at times of the recording. */
async function peopleAt({ plan, framerate, sessionFolder }: StepContext, times: readonly number[]): Promise<number[]> {
  const events: SessionEvent[] = [];
  for await (const event of readSessionEvents(sessionFolder)) {
    if (event.type === 'joined' || event.type === 'left' || event.type.startsWith('track-')) events.push(event);
  }
  return times.map((time) => {
    const frame = keyPartAt(plan.pieces, framerate, time)?.firstFrame ?? 0;
    return picturesAt(events, (frame * 1000) / framerate);
  });
}

async function listen(context: StepContext, inits: ReadonlyMap<number, LoadedInit>): Promise<WaveformBuilder> {
  const { folder, timeline } = context;
  const waveform = new WaveformBuilder(timeline.seconds);
  const samples = join(folder, 'sound.s16');
  for await (const { path, fromSeconds } of soundChunks({ ...context, inits })) {
    await decodeSound(context, path, samples);
    await rm(path);
    await addSamples(waveform, samples, fromSeconds);
    await rm(samples);
    context.onProgress(between('waveform', 'end', Math.min(1, fromSeconds / timeline.seconds)));
  }
  return waveform;
}

async function decodeSound(context: StepContext, input: string, output: string): Promise<void> {
  const { clock, ffmpegPath, log, signal } = context;
  const filter = `aresample=${SOUND_RATE}:async=1:first_pts=0`;
  const outputOptions: readonly FfmpegOption[] = [
    ['-map', '0:a:0'],
    ['-af', filter],
    ['-ac', '1'],
    ['-c:a', 'pcm_s16le'],
    ['-f', 's16le'],
  ];
  await runFfmpeg({
    ffmpegPath,
    input,
    inputOptions: [['-vn']],
    output,
    outputOptions,
    label: 'waveform',
    clock,
    log,
    signal,
  });
}

/** Reads a piece at a time: chunks are as long as the memory allows, and no longer. */
async function addSamples(waveform: WaveformBuilder, path: string, fromSeconds: number): Promise<void> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(SOUND_RATE * 2 * 60);
    let done = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, done * 2);
      const count = bytesRead >> 1;
      if (count === 0) return;
      waveform.add(
        new Int16Array(buffer.buffer, buffer.byteOffset, count),
        fromSeconds + done / SOUND_RATE,
        SOUND_RATE,
      );
      done += count;
    }
  } finally {
    await file.close();
  }
}

function jpeg(filter: string, quality: number): FfmpegOption[] {
  // `update` takes the name as it is, percent signs and all.
  return [
    ['-vf', `${filter},format=yuvj420p`],
    ['-frames:v', '1'],
    ['-c:v', 'mjpeg'],
    ['-q:v', String(quality)],
    ['-f', 'image2'],
    ['-update', '1'],
  ];
}

function picture(name: string, kind: 'poster' | 'sprite', title: string): StepFile {
  return { name, kind, contentType: 'image/jpeg', title };
}

function between(from: keyof typeof SHARES, to: keyof typeof SHARES, share: number): number {
  return SHARES[from] + (SHARES[to] - SHARES[from]) * share;
}

function isPart(part: PartEntry | undefined): part is PartEntry {
  return part !== undefined;
}
