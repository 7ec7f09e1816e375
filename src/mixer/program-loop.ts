/** Drives the program: asks the scene for pictures and the mixer for sound when they are due, and hands both to the encoders. */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import { EncoderChooser } from '../ffmpeg/hardware-encoders.ts';
import type { Logger } from '../logger.ts';
import { wallTime } from '../media/timestamp.ts';
import type { Clock } from '../util/clock.ts';
import type { AudioMixer } from './audio-mixer.ts';
import { CanvasRing } from './canvas-ring.ts';
import { DegradeLadder, type LadderChange, programFormAt, usefulSteps } from './degrade-ladder.ts';
import { type FromMixer, MIXER_CHANNEL, type MixerStats, type ProgramOptions } from './link-messages.ts';
import type { LinkMedia } from './link.ts';
import { type ProgramForm, isCoded, nextChange, orderedForm } from './program-form.ts';
import { ProgramOutput, type ProgramSinks } from './program-output.ts';
import { ProgramTicker, type TickerTargets } from './program-ticker.ts';
import type { Scene } from './scene.ts';
import { SoundBatch } from './sound-batch.ts';

/** Options of a loop. */
export interface ProgramLoopOptions {
  readonly program: ProgramOptions;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  readonly scene: Scene;
  readonly audio: AudioMixer;
  readonly send: (message: FromMixer) => void;
  readonly sendMedia: (media: LinkMedia) => void;
  readonly onLost: (reason: string) => void;
}

// Three: one being drawn, one in the pipe, one in reserve for a slow moment.
const CANVASES = 3;
/** Within this time of its first packet a fast enough encoder has caught up with what piled up while it started. */
const CATCH_UP_MS = 1000;
/**
 * Pictures later than this are dropped. Twice the time after which the degrade ladder acts: a program that the ladder can still
 * help, or a machine that stood still for a moment, loses nothing.
 */
const MAX_BEHIND_MS = 4000;
/** The same where the ladder is switched off: whoever does that wants late pictures rather than none, up to a limit. */
const MAX_BEHIND_AS_ORDERED_MS = 30_000;
/** Default, where the program does not say how long parts are. */
const DEFAULT_PARTS_PER_SECOND = 2;
const SAMPLE_RATE = 48000;
const ENCODER_RESTART = { firstMs: 50, maxMs: 1000, attempts: 20, forgetAfterMs: 30_000 };

/** Runs from `start` until `close`. */
export class ProgramLoop {
  readonly #options: ProgramLoopOptions;
  readonly #output: ProgramOutput;
  readonly #ticker: ProgramTicker;
  readonly #counters = { frames: 0, lateFrames: 0, skippedFrames: 0 };
  #ordered: ProgramForm;
  readonly #ladder: DegradeLadder;
  readonly #sound: SoundBatch;
  #canvases: CanvasRing;
  #lateness: number[] = [];
  #closed = false;
  #firstPacketMs: number | undefined;
  #begun = false;

  constructor(options: ProgramLoopOptions) {
    this.#options = options;
    const { program, spawn, clock, log, audio } = options;
    this.#ordered = orderedForm(program);
    const steps = program.degrade === false ? [0 as const] : usefulSteps(this.#ordered, program.partFrames);
    this.#ladder = new DegradeLadder({ steps, frameMs: 1000 / program.framerate });
    this.#canvases = new CanvasRing(CANVASES, program.width, program.height);
    this.#output = new ProgramOutput({
      program,
      form: this.#ordered,
      spawn,
      clock,
      log,
      restart: ENCODER_RESTART,
      sinks: this.#sinks(),
    });
    const partFrames = program.partFrames ?? program.framerate / DEFAULT_PARTS_PER_SECOND;
    const [partSamples, segmentSamples] = [partFrames, program.gopFrames].map(
      (frames) => (frames / program.framerate) * SAMPLE_RATE,
    ) as [number, number];
    this.#sound = new SoundBatch(partSamples, segmentSamples, (samples, block) =>
      this.#output.writeSound(samples, block),
    );
    const { originMs, framerate, gopFrames } = program;
    const maxBehindMs = program.degrade === false ? MAX_BEHIND_AS_ORDERED_MS : MAX_BEHIND_MS;
    const targets = this.#targets(audio);
    this.#ticker = new ProgramTicker({ clock, originMs, framerate, maxBehindMs, groupFrames: gopFrames, targets });
  }

  /** Begins at once with what is due; sound may arrive at its receivers within this call. */
  start(): void {
    this.#ticker.start();
    this.#chooseEncoder().catch((error: unknown) => {
      this.#options.log.error('no encoder was chosen; x264 goes on', { reason: String(error) });
    });
  }

  /** The counters, and what was measured since the last call. */
  takeStats(): MixerStats {
    const latenessMs = this.#lateness;
    this.#lateness = [];
    const { tiles } = this.#options.scene;
    return { ...this.#counters, tiles, latenessMs, step: this.#ladder.step, encoder: this.#output.encoder };
  }

  /** A block of the program's sound. */
  writeSound(samples: Float32Array, block: number): void {
    this.#sound.add(samples, block);
  }

  setLowWanted(wanted: boolean): void {
    this.#output.setLowWanted(wanted);
  }

  /** Resolves when the encoders are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#ticker.stop();
    await this.#output.close();
  }

  #makeFrame(frame: number, dueMs: number, lateMs: number): boolean {
    const form = this.#output.formAt(frame);
    if (!isCoded(form, frame)) return true;
    this.#fit(form, dueMs);
    const canvases = this.#canvases;
    const canvas = canvases.take();
    if (!canvas) return false;
    const { program, scene } = this.#options;
    scene.draw(canvas, frame, dueMs, wallTime(program.originWallMs + (frame * 1000) / program.framerate));
    this.#counters.frames += 1;
    this.#lateness.push(Math.round(lateMs * 10) / 10);
    if (lateMs > 1000 / program.framerate) this.#counters.lateFrames += 1;
    const change = this.#observe(dueMs, lateMs);
    this.#output.writePicture(canvas, frame, () => {
      canvases.give(canvas);
      this.#ticker.poke();
    });
    if (change) this.#take(change, frame);
    return true;
  }

  /** x264 begins; a hardware encoder takes over without a gap once it has passed its test. */
  async #chooseEncoder(): Promise<void> {
    const { program, clock, log } = this.#options;
    const wish = program.wishedEncoder ?? 'x264';
    if (wish === 'x264') return;
    const chooser = new EncoderChooser({ ffmpegPath: program.ffmpegPath, clock, log });
    const { width, height, framerate, videoKbit } = program;
    const { encoder } = await chooser.choose(wish, { width, height, framerate, kbit: videoKbit });
    if (this.#closed) return;
    this.#ordered = { ...this.#ordered, encoder };
    this.#order(this.#ticker.frame + this.#leadFrames);
  }

  /** A quarter of a second, so that the next encoder is ready for its first frame while the present one goes on. */
  get #leadFrames(): number {
    return Math.ceil(this.#options.program.framerate / 4);
  }

  /** Orders the form of the present step, from the first frame after `earliest` at which both forms have a picture. */
  #order(earliest: number): void {
    const form = programFormAt(this.#ladder.step, this.#ordered, this.#options.program.partFrames);
    this.#output.setForm(form, nextChange(this.#output.formAt(earliest), form, earliest));
  }

  /** Tells the ladder how late a frame was, except for those that pile up while the session's first encoder starts. */
  #observe(dueMs: number, lateMs: number): LadderChange | undefined {
    const { framerate } = this.#options.program;
    const nowMs = dueMs + lateMs;
    if (this.#firstPacketMs === undefined) return undefined;
    this.#begun ||= lateMs < 1000 / framerate || nowMs - this.#firstPacketMs > CATCH_UP_MS;
    if (!this.#begun) return undefined;
    return this.#ladder.observe({ nowMs, lateMs, waiting: this.#output.waiting });
  }

  /** Takes a step of the ladder. */
  #take({ step, reason }: LadderChange, frame: number): void {
    const { scene, send } = this.#options;
    this.#order(frame + this.#leadFrames);
    scene.setDetail(step >= 5 ? 'sound-only' : step >= 4 ? 'slow' : 'full');
    send({ type: 'degraded', step, reason });
  }

  /** Replaces the canvases when the size of the program changes. */
  #fit({ width, height }: ProgramForm, nowMs: number): void {
    if (this.#canvases.width === width && this.#canvases.height === height) return;
    this.#canvases = new CanvasRing(CANVASES, width, height);
    this.#options.scene.resize(width, height, nowMs);
  }

  #targets(audio: AudioMixer): TickerTargets {
    return {
      onFrame: (frame, dueMs, lateMs) => this.#makeFrame(frame, dueMs, lateMs),
      onBlock: (block, dueMs) => audio.mix(block, dueMs),
      onSkip: (from, to) => {
        this.#counters.skippedFrames += to - from;
        this.#options.log.error('the machine is too slow for this program; frames are left out', { from, to });
      },
      onSoundSkip: (from, to) => {
        this.#options.log.error('the machine stood still; its time is missing in the sound', { from, to });
      },
    };
  }

  #sinks(): ProgramSinks {
    const { clock, send, sendMedia, onLost } = this.#options;
    const text = (description: Uint8Array): string => Buffer.from(description).toString('base64');
    const configOf =
      (rendition: 'full' | 'low') =>
      (run: number, description: Uint8Array, { width, height, frameStep }: ProgramForm): void =>
        send({ type: 'video-config', rendition, run, description: text(description), width, height, frameStep });
    const packetOf =
      (channel: number) =>
      (pts: number, keyframe: boolean, data: Uint8Array, run: number): void =>
        sendMedia({ channel, pts, keyframe, config: run, data });
    const sendVideo = packetOf(MIXER_CHANNEL.video);
    return {
      onVideoConfig: configOf('full'),
      onVideo: (...packet) => {
        this.#firstPacketMs ??= clock.monotonicMs();
        sendVideo(...packet);
      },
      onLowConfig: configOf('low'),
      onLow: packetOf(MIXER_CHANNEL.low),
      onAudioConfig: (run, description) => send({ type: 'audio-config', run, description: text(description) }),
      onAudio: (pts, data, run) => sendMedia({ channel: MIXER_CHANNEL.audio, pts, keyframe: true, config: run, data }),
      onLost,
    };
  }
}
