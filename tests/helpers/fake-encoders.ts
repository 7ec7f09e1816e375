/** Picture encoders without a process: they take pictures when they may, and give FLV when a test says so. */
import { PassThrough, Writable } from 'node:stream';
import type { ExitResult, FfmpegProcess, SpawnFfmpeg } from '../../src/ffmpeg/ffmpeg-process.ts';

const GONE: ExitResult = { kind: 'stopped', code: 0, signal: null, stderrTail: [] };
const FILE_HEADER = [0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0];
const VIDEO_TAG = 9;
const [KEYFRAME, OTHER] = [0x17, 0x27];

/** One of them. */
export interface FakeEncoder {
  readonly args: readonly string[];
  /** Pictures it has read. */
  readonly taken: number;
  readonly stopped: boolean;
  /** A packet with so many bytes; the first one brings the configuration, which has none. */
  give(bytes: number): void;
  /** Ends by itself, as one whose input is over. */
  end(): void;
}

/** Starts encoders that take pictures while `takes` says so, each asked with its number. */
export class FakeEncoders {
  readonly started: FakeEncoder[] = [];
  /** The same ones, for which pictures wait. */
  readonly #pumps: Array<() => void> = [];
  takes: (encoder: number) => boolean = () => true;
  /** Called for each picture that is read. */
  onTaken: (encoder: FakeEncoder) => void = () => {};

  readonly spawn: SpawnFfmpeg = (args) => {
    const number = this.started.length;
    const exit = Promise.withResolvers<ExitResult>();
    const output = new PassThrough();
    let [taken, given, stopped] = [0, 0, false];
    let waiting: (() => void) | undefined;
    const pump = (): void => {
      if (!waiting || !(stopped || this.takes(number))) return;
      const done = waiting;
      waiting = undefined;
      if (!stopped) taken += 1;
      done();
      if (!stopped) this.onTaken(encoder);
    };
    this.#pumps.push(pump);
    const encoder: FakeEncoder = {
      args,
      get taken() {
        return taken;
      },
      get stopped() {
        return stopped;
      },
      give: (bytes) => {
        if (given === 0) output.write(Uint8Array.from([...FILE_HEADER, ...videoTag([KEYFRAME, 0, 0, 0, 0])]));
        const head = [given === 0 ? KEYFRAME : OTHER, 1, 0, 0, 0];
        output.write(Uint8Array.from(videoTag(head, bytes).slice(0, -4)));
        output.write(new Uint8Array(bytes + 4));
        given += 1;
      },
      end: () => {
        output.end();
        exit.resolve(GONE);
      },
    };
    this.started.push(encoder);
    const process: FfmpegProcess = {
      pid: number + 1,
      input: new Writable({
        highWaterMark: 1,
        write: (_chunk, _encoding, done) => {
          waiting = done;
          pump();
        },
      }),
      output,
      stopRequested: false,
      exit: exit.promise,
      stop: () => {
        stopped = true;
        pump();
        exit.resolve(GONE);
        return exit.promise;
      },
    };
    return process;
  };

  /** Those that may read now do. */
  pump(): void {
    for (const pump of this.#pumps) pump();
  }
}

/** A tag with this head, and room for so many bytes behind it, which are left out. */
function videoTag(head: readonly number[], bytes = 0): number[] {
  const size = head.length + bytes;
  return [VIDEO_TAG, (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff, 0, 0, 0, 0, 0, 0, 0, ...head, 0, 0, 0, 0];
}
