/** Entry of the process that stands for the server in the bench: forked with an IPC channel, gone when that closes. */
import { systemClock } from '../../src/util/clock.ts';
import { PROGRAM } from '../program.ts';
import type { Quality } from '../rows/row.ts';
import { percentile } from '../measure/statistics.ts';
import { BenchRoom } from './bench-room.ts';
import { loadVideo, loadVoice } from './coded-loop.ts';

/** What the bench says. */
export type ToRoomProcess =
  | {
      readonly type: 'open';
      readonly ffmpeg: string;
      readonly clips: readonly string[];
      readonly voices: readonly string[];
    }
  | { readonly type: 'begin' }
  | { readonly type: 'end' };

/** What the process says. */
export type FromRoomProcess =
  | { readonly type: 'open' }
  | { readonly type: 'begun' }
  | { readonly type: 'ended'; readonly quality: Quality; readonly restarts: number };

const BLOCKS_PER_SECOND = 50;
const AAC_PER_SECOND = 48000 / 1024;

/** Counts what comes out between `begin` and `end`. */
class Window {
  #beganMs = systemClock.monotonicMs();
  #late: number[] = [];
  #returned = 0;
  #units = 0;
  #frames = 0;
  #shown = 0;
  #first: number | undefined;
  #end = 0;

  video(frame: number, duration: number, lateMs: number): void {
    this.#first ??= frame;
    this.#frames += 1;
    this.#shown += duration;
    this.#end = frame + duration;
    this.#late.push(lateMs);
  }

  returned(): void {
    this.#returned += 1;
  }

  unit(): void {
    this.#units += 1;
  }

  close(people: number): Quality {
    const seconds = (systemClock.monotonicMs() - this.#beganMs) / 1000;
    // Two packets of each stream may be on their way at either end.
    const missing = (expected: number, got: number, streams: number): number =>
      Math.max(0, Math.round(expected - got) - 2 * streams);
    const sound = missing(seconds * BLOCKS_PER_SECOND * people, this.#returned, people);
    return {
      frames: this.#frames,
      speed: (this.#end - (this.#first ?? 0)) / PROGRAM.framerate / seconds,
      missingFrames: this.#end - (this.#first ?? 0) - this.#shown,
      missingSound: sound + missing(seconds * AAC_PER_SECOND, this.#units, 1),
      deliveryP50Ms: percentile(this.#late, 0.5),
      deliveryP99Ms: percentile(this.#late, 0.99),
    };
  }
}

function run(): void {
  let room: BenchRoom | undefined;
  let window = new Window();
  let people = 0;
  let before = { lateFrames: 0, skippedFrames: 0 };
  const say = (message: FromRoomProcess): void => void process.send?.(message);

  const open = async ({ ffmpeg, clips, voices }: Extract<ToRoomProcess, { type: 'open' }>): Promise<void> => {
    const videos = await Promise.all(clips.map((path) => loadVideo(ffmpeg, path)));
    const sounds = await Promise.all(voices.map((path) => loadVoice(ffmpeg, path)));
    const opened = new BenchRoom({
      ffmpeg,
      onVideo: ({ pts, duration }) => {
        const dueMs = opened.originMs + (pts * 1000) / PROGRAM.framerate;
        window.video(pts, duration, systemClock.monotonicMs() - dueMs);
      },
      onAudio: () => window.unit(),
      onReturnSound: () => window.returned(),
    });
    room = opened;
    people = videos.length;
    for (const [index, video] of videos.entries()) {
      const voice = sounds[index];
      opened.enter(voice ? { video, voice } : { video });
    }
    say({ type: 'open' });
  };

  process.on('message', (message: ToRoomProcess) => {
    if (message.type === 'open') {
      open(message).catch((error: unknown) => {
        console.error(error);
        process.exit(1);
      });
    } else if (message.type === 'begin') {
      before = room?.stats ?? before;
      window = new Window();
      say({ type: 'begun' });
    } else {
      const stats = room?.stats;
      const counted = stats && {
        lateFrames: stats.lateFrames - before.lateFrames,
        skippedFrames: stats.skippedFrames - before.skippedFrames,
        step: stats.step,
      };
      say({ type: 'ended', quality: { ...window.close(people), ...counted }, restarts: room?.restarts ?? 0 });
    }
  });
  process.once('disconnect', () => {
    void (room?.close() ?? Promise.resolve()).finally(() => process.exit(0));
  });
  // A terminal's Ctrl-C reaches the whole group; the bench decides when its processes end.
  process.on('SIGINT', () => {});
}

run();
