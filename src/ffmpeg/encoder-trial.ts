/** Whether an encoder of this machine does what a live program needs: found out by encoding some pictures with it. */
import { MediaFormatError } from '../media/media-format-error.ts';
import { FlvReader, type FlvTag } from '../media/flv-reader.ts';
import { parseAvcC } from '../media/h264.ts';
import { parseSps } from '../media/h264-sps.ts';
import { sliceKinds } from '../media/h264-slices.ts';
import { nullLogger } from '../logger.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { type Patience, outwait } from '../util/patience.ts';
import { encodeVideoArgs } from './encode-args.ts';
import type { ExitResult, FfmpegProcess, SpawnFfmpeg } from './ffmpeg-process.ts';
import { onlyFromPipe, QUIET } from './pipe-args.ts';
import { isHeldUp } from './processor-time.ts';
import type { VideoEncoderName } from './video-encoders.ts';

/** The program that the encoder is tested with. */
export interface TestedFormat {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly kbit: number;
}

/** Options of a test. */
export interface EncoderTestOptions {
  readonly encoder: VideoEncoderName;
  readonly format: TestedFormat;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  /** Patience with the whole test, milliseconds, default 8000; up to three times as much where it only lacks a processor. */
  readonly timeoutMs?: number;
  /** Whether a process only lacks a processor; default: what the system says. */
  readonly isHeldUp?: (pid: number) => boolean;
}

const PICTURES = 24;
const GOP = 8;
/** Pictures that may be inside of the encoder while it waits for the next: each is latency for everybody. */
const MAX_LAG = 2;
const TIMEOUT_MS = 8000;
const HELD_UP_TIMES = 3;
/** After the last picture: its packets are out by then, or wait for another picture. */
const PATIENCE: Patience = { ms: 1000, mostMs: 5000 };
const MAX_TAG_BYTES = 8 * 1024 * 1024;
/** Squares across and down of the test picture. */
const SQUARES = 4;
/** Mean difference of brightness, of 255, that the coarsest encoder stays below. */
const TOLERANCE = 12;

/** @returns why it must not be used, as the end of a sentence; undefined when it may */
export async function findEncoderFault(options: EncoderTestOptions): Promise<string | undefined> {
  const deadline = new Deadline(options);
  try {
    const coded = await encode(options, deadline);
    const fault = findStreamFault(coded.tags, options.format);
    if (fault !== undefined) return fault;
    if (coded.keptBack > MAX_LAG) return `it keeps ${coded.keptBack} pictures back`;
    return await findPictureFault(coded.bytes, options, deadline);
  } catch (error) {
    if (error instanceof EncoderFault) return error.message;
    if (error instanceof MediaFormatError) return `its output is unreadable: ${error.message}`;
    throw error;
  } finally {
    deadline.close();
  }
}

/** What is wrong with what came out for `PICTURES` pictures; undefined: nothing. */
export function findStreamFault(tags: readonly FlvTag[], format: TestedFormat): string | undefined {
  const config = tags.find(({ kind }) => kind === 'video-config');
  const packets = tags.filter(isPacket);
  if (!config) return 'it gives no stream';
  if (packets.length !== PICTURES) return `it gives ${packets.length} packets for ${PICTURES} pictures`;
  const sps = parseAvcC(config.data).sps.map(parseSps)[0];
  if (sps?.width !== format.width || sps.height !== format.height) {
    return `it makes ${sps?.width}x${sps?.height} of ${format.width}x${format.height}`;
  }
  if ((sps.reorderFrames ?? 0) > 0 || packets.some(({ data }) => sliceKinds(data).includes('B'))) {
    return 'it reorders pictures (B-frames)';
  }
  if (packets.some(({ timestampMs }, index) => timestampMs <= (packets[index - 1]?.timestampMs ?? -1))) {
    return 'its times do not rise';
  }
  if (packets.some(({ keyframe }, index) => keyframe !== (index % GOP === 0))) {
    return 'its key frames are not where they are wanted';
  }
  return undefined;
}

function isPacket(tag: FlvTag): tag is Extract<FlvTag, { readonly keyframe: boolean }> {
  return tag.kind === 'video';
}

class EncoderFault extends Error {}

/** One time for everything: processes that were handed to it are stopped when it is over, and at the end in any case. */
class Deadline {
  readonly #isHeldUp: (pid: number) => boolean;
  readonly #processes = new Set<FfmpegProcess>();
  readonly #cancel: Disposer;
  passed = false;

  constructor({ clock, timeoutMs: ms = TIMEOUT_MS, isHeldUp: look = isHeldUp }: EncoderTestOptions) {
    this.#isHeldUp = look;
    const stop = (): void => {
      this.passed = true;
      this.#stopAll();
    };
    this.#cancel = outwait(clock, { ms, mostMs: HELD_UP_TIMES * ms }, stop, this.isHeldUp);
  }

  watch(process: FfmpegProcess): FfmpegProcess {
    this.#processes.add(process);
    void process.exit.then(() => this.#processes.delete(process));
    if (this.passed) void process.stop();
    return process;
  }

  /** What runs would go on if only it got a processor; its start may wait for one, too. */
  readonly isHeldUp = (): boolean => [...this.#processes].some(({ pid }) => pid === undefined || this.#isHeldUp(pid));

  close(): void {
    this.#cancel();
    this.#stopAll();
  }

  #stopAll(): void {
    for (const process of this.#processes) void process.stop();
  }
}

async function encode(
  options: EncoderTestOptions,
  deadline: Deadline,
): Promise<{ readonly tags: readonly FlvTag[]; readonly bytes: Buffer; readonly keptBack: number }> {
  const { encoder, format, spawn, clock } = options;
  const args = encodeVideoArgs({ ...format, encoder, preset: 'ultrafast', gopFrames: GOP });
  const process = deadline.watch(spawn(args, { label: 'encoder trial', log: nullLogger, clock, graceMs: 300 }));
  const tags: FlvTag[] = [];
  const chunks: Buffer[] = [];
  const keptBack = (): number => PICTURES - tags.filter(isPacket).length;
  let unreadable: unknown;
  let enough = (): void => {};
  const kept = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const reader = new FlvReader({ maxTagBytes: MAX_TAG_BYTES, onTag: (tag) => tags.push(tag) });
  process.output.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (unreadable !== undefined) return;
    try {
      reader.push(chunk);
    } catch (error) {
      unreadable = error;
    }
    if (unreadable !== undefined || keptBack() <= MAX_LAG) enough();
  });
  await writePictures(process, format);
  // Its input stays open: what comes now comes without another picture.
  const cancel = outwait(clock, PATIENCE, enough, deadline.isHeldUp);
  await Promise.race([kept, process.exit]);
  cancel();
  const waiting = keptBack();
  process.input.end();
  const exit = await process.exit;
  if (unreadable !== undefined) throw unreadable as Error;
  if (deadline.passed) throw new EncoderFault(waiting === PICTURES ? 'it gives nothing' : 'it is too slow');
  if (exit.code !== 0) throw new EncoderFault(wordsOf(exit));
  return { tags, bytes: Buffer.concat(chunks), keptBack: waiting };
}

/** One picture at a time in memory. */
async function writePictures(process: FfmpegProcess, format: TestedFormat): Promise<void> {
  const picture = Buffer.alloc((format.width * format.height * 3) / 2, 128);
  let gone = false;
  void process.exit.then(() => {
    gone = true;
  });
  for (let number = 0; number < PICTURES && !gone; number += 1) {
    for (let row = 0; row < format.height; row += 1) {
      for (let square = 0; square < SQUARES; square += 1) {
        const [from, to] = [square, square + 1].map(
          (at) => row * format.width + Math.round((at * format.width) / SQUARES),
        );
        picture.fill(brightness(square, Math.floor((row * SQUARES) / format.height), number), from, to);
      }
    }
    await new Promise<void>((resolve) => {
      process.input.write(picture, () => resolve());
    });
  }
}

function brightness(column: number, row: number, number: number): number {
  return 40 + ((column * 53 + row * 97 + number * 5) % 160);
}

/** Decodes what came out, and compares it with what went in. */
async function findPictureFault(
  coded: Buffer,
  options: EncoderTestOptions,
  deadline: Deadline,
): Promise<string | undefined> {
  const look = `scale=${SQUARES}:${SQUARES}:flags=area,format=yuv420p`;
  const input = [...onlyFromPipe('flv', 'h264'), '-f', 'flv', '-i', 'pipe:0'];
  const output = [
    '-map',
    '0:v',
    '-fps_mode',
    'passthrough',
    '-vf',
    look,
    '-c:v',
    'rawvideo',
    '-f',
    'rawvideo',
    'pipe:1',
  ];
  const settings = { label: 'encoder trial', log: nullLogger, clock: options.clock, graceMs: 300 };
  const process = deadline.watch(options.spawn([...QUIET, ...input, ...output], settings));
  const chunks: Buffer[] = [];
  process.output.on('data', (chunk: Buffer) => chunks.push(chunk));
  process.input.end(coded);
  const exit = await process.exit;
  if (deadline.passed) return 'the test took too long';
  if (exit.code !== 0 || exit.stderrTail.length > 0) return `its stream does not decode: ${wordsOf(exit)}`;
  const decoded = Buffer.concat(chunks);
  const squares = SQUARES * SQUARES;
  const bytes = squares * 1.5;
  if (decoded.length !== PICTURES * bytes) return `${decoded.length / bytes} of ${PICTURES} pictures decode`;
  let difference = 0;
  for (let number = 0; number < PICTURES; number += 1) {
    for (let square = 0; square < squares; square += 1) {
      const wanted = brightness(square % SQUARES, Math.floor(square / SQUARES), number);
      difference += Math.abs((decoded[number * bytes + square] ?? 0) - wanted);
    }
  }
  return difference / (PICTURES * squares) > TOLERANCE ? 'its pictures do not look like what went in' : undefined;
}

/** The first complaint tells the cause, those after it what follows from it. */
function wordsOf(exit: ExitResult): string {
  const line = exit.stderrTail[0]?.replace(/^\[.*? @ 0x[0-9a-f]+\] /, '') ?? '';
  if (line.startsWith('Device creation failed')) return 'its device cannot be opened';
  return line === '' ? `it ended with ${exit.signal ?? `code ${exit.code}`}` : line;
}
