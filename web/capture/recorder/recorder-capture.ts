/** Camera, microphone, screen or film to the chunks of a recorder's file on an outgoing track, for browsers without encoders. */
import type { TrackStateName } from '../../../src/protocol/messages.ts';
import type { LocalSource } from '../../media/local-source.ts';
import type { OutgoingTrack, TrackWishes } from '../../transport/outgoing-track.ts';
import type { Problem } from '../../util/problem.ts';
import type { Size } from '../fit-size.ts';
import { FileRecorder } from './file-recorder.ts';
import { FileSchedule } from './file-schedule.ts';
import { isOtherTarget, pictureBitrate, recorderType, type RecorderTarget, soundBitrate } from './recorder-type.ts';

// Until the server says how large the tile is.
const FIRST_TARGET: RecorderTarget = { framerate: 30, maxBitrate: 800_000 };
/** While the way is full nothing is recorded, and this often it is looked at again. */
const LOOK_AGAIN_MS = 100;
const MOST_FAILURES = 3;
// Browsers take recorders back from pages that lie idle: now and then that is no fault.
const FORGIVEN_AFTER_MS = 60_000;

/** What it needs. */
export interface RecorderCaptureOptions {
  /** Its owner stops it; what is recorded is a clone. */
  readonly media: MediaStreamTrack;
  readonly content: LocalSource['content'];
  readonly state: TrackStateName;
  /** Publishes the track; the wishes given are the server's to use. */
  publish(wishes: TrackWishes): OutgoingTrack;
  /** The recorder failed for good, or the server refused the track. */
  failed(problem: Problem): void;
  /** The server gave a picture up, and it is announced again by itself: undefined once that has lasted. */
  again(next: Parameters<NonNullable<TrackWishes['waits']>>[0] | undefined): void;
}

/** Runs from its making until `stop`. A muted sound goes on as silence, so that it is back at once. */
export class RecorderCapture {
  readonly outgoing: OutgoingTrack;
  readonly #options: RecorderCaptureOptions;
  readonly #schedule = new FileSchedule();
  #media: MediaStreamTrack;
  #file: FileRecorder | undefined;
  #target = FIRST_TARGET;
  #recorded = FIRST_TARGET;
  #state: TrackStateName;
  #holdTimer = 0;
  #chunks = 0;
  #failures = 0;
  #failedMs = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(options: RecorderCaptureOptions) {
    this.#options = options;
    this.#media = options.media.clone();
    this.#state = options.state;
    this.outgoing = options.publish({
      // Also said when the server has come to know the track: before that there is nobody to record for.
      keyframe: () => this.#want(),
      target: ({ framerate, maxBitrate }) => this.#aim({ framerate: Math.max(1, framerate), maxBitrate }),
      refused: (message) => this.#fail(message),
      ...(options.media.kind === 'video' && {
        waits: (next) => options.again(next),
        lasts: () => options.again(undefined),
      }),
    });
    this.state = options.state;
  }

  /** Chunks sent so far; of a picture about one for each frame. */
  get frames(): number {
    return this.#chunks;
  }

  /** The picture's size, undefined while none is recorded. */
  get settings(): Size | undefined {
    const { width, height } = this.#media.getSettings();
    return this.#file && width !== undefined && height !== undefined ? { width, height } : undefined;
  }

  /** Mutes a sound, or tells that a picture is held. */
  set state(state: TrackStateName) {
    this.#state = state;
    this.#media.enabled = state !== 'muted';
    this.outgoing.state = state;
  }

  /** Goes on with other media of the same kind, in a new file on the same track. */
  replace(media: MediaStreamTrack): void {
    if (this.#stopped) return;
    this.#media.stop();
    this.#media = media.clone();
    this.#media.enabled = this.#state !== 'muted';
    // Also after the media before it ended by themselves, and the file with them.
    if (this.outgoing.attached) this.#begin();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#pause();
    this.#media.stop();
  }

  #want(): void {
    this.#schedule.want();
    if (!this.#file || this.#schedule.due(performance.now())) this.#begin();
  }

  #aim(target: RecorderTarget): void {
    this.#target = target;
    if (this.#media.kind === 'video' && isOtherTarget(this.#recorded, target)) this.#schedule.want();
  }

  #begin(): void {
    if (this.#stopped) return;
    this.#pause();
    const picture = this.#media.kind === 'video';
    const type = recorderType(picture ? 'video' : 'audio', (name) => MediaRecorder.isTypeSupported(name));
    if (type === undefined) {
      this.#fail('This browser records in no format that the room takes.');
      return;
    }
    this.#recorded = this.#target;
    if (picture) this.#slow();
    const content = this.#options.content === 'music' ? 'music' : 'voice';
    const bitrate = picture ? pictureBitrate(this.#target) : soundBitrate(content);
    this.outgoing.configure({ codec: 'webm', framerate: picture ? this.#target.framerate : 1 });
    this.#schedule.began(performance.now());
    try {
      this.#file = new FileRecorder({
        media: this.#media,
        type,
        bitrate,
        chunk: (bytes, handedUs, first) => this.#send(bytes, handedUs, first),
        failed: (reason) => this.#onFailure(reason),
      });
    } catch (error) {
      this.#onFailure(error instanceof Error ? error.message : String(error));
    }
  }

  #send(payload: Uint8Array, handedUs: number, first: boolean): void {
    const frame = { keyframe: first, captureUs: handedUs, durationUs: 0, level: 0, muted: false, payload };
    if (this.outgoing.send(frame)) this.#chunks += 1;
    // A file with a hole is of no use.
    else this.#schedule.want();
    if (this.#media.kind === 'video' && !this.outgoing.mayEncode) this.#hold();
    else if (this.#schedule.due(performance.now())) this.#begin();
  }

  /** What a recorder has coded cannot be skipped: while the way is full it must not record at all. */
  #hold(): void {
    this.#pause();
    this.#holdTimer = window.setInterval(() => {
      if (this.outgoing.mayEncode && !this.#file) this.#begin();
    }, LOOK_AGAIN_MS);
  }

  #pause(): void {
    window.clearInterval(this.#holdTimer);
    this.#file?.stop();
    this.#file = undefined;
  }

  /** Its size stays: of a smaller one Chrome records the same pixels, or, of a canvas, black. */
  #slow(): void {
    this.#media.applyConstraints({ frameRate: { max: this.#recorded.framerate } }).catch(() => undefined);
  }

  #onFailure(reason: string): void {
    this.#file = undefined;
    // Its owner knows already that the device is gone.
    if (this.#stopped || this.#media.readyState === 'ended') return;
    const now = performance.now();
    this.#failures = now - this.#failedMs > FORGIVEN_AFTER_MS ? 1 : this.#failures + 1;
    this.#failedMs = now;
    if (this.#failures > MOST_FAILURES) this.#fail(reason);
    else this.#begin();
  }

  #fail(reason: string): void {
    if (this.#stopped) return;
    this.stop();
    const what = this.#media.kind === 'video' ? 'picture' : 'sound';
    this.#options.failed({
      code: `send.${what}`,
      title: `Your ${what} is not being sent`,
      detail: `${reason} Turn it off and on again.`,
      retry: true,
    });
  }
}
