/** Notices that a camera which is on gives no pictures any more, and says what to do about it. */
import { WatchedTime } from './watched-time.ts';

/** A camera that is on, in a page that is seen. */
export interface RunningCamera {
  /** Told apart by identity: another one was opened, or the same anew. */
  readonly media: object;
  /** How many were read of it so far; undefined where nobody counts them. */
  readonly pictures: number | undefined;
  /** The browser says itself that there are none: the system, or another program, has the device. */
  readonly muted: boolean;
}

/** `off`: nobody wants pictures of it. `unseen`: it is being opened, or the page is hidden, where devices may rest. */
export type CameraFacts = RunningCamera | 'off' | 'unseen';

/**
 * `reopen`: read the same media another time. `retake`: give the device back and take it again. `tell`: none of this has
 * helped; from then on they are read anew now and then. `settle`: what was told is over.
 */
export type CameraAdvice = 'reopen' | 'retake' | 'tell' | 'settle';

/** For so long without a picture, each step is taken. The slowest cameras, in the dark, give some in a second. */
const QUIET_MS = 4000;
/** With pictures for so long, what was told is over. */
const SETTLED_MS = 2000;
/** Sooner than this the next standstill goes on where the last one ended: reading anew may bring one picture, and no more. */
const STEADY_MS = 10_000;
/** Looks are a second apart. */
const MOST_GAP_MS = 1500;

/** One for a camera's whole stay; `look` about once a second. */
export class CameraWatch {
  readonly #time = new WatchedTime(MOST_GAP_MS);
  #media: object | undefined;
  #pictures: number | undefined;
  #quietMs = 0;
  #steadyMs = 0;
  #next: 'reopen' | 'retake' | 'tell' = 'reopen';
  /** The next other media are what `retake` has brought. */
  #retaking = false;
  #told = false;

  /** @param nowMs milliseconds that only grow. */
  look(facts: CameraFacts, nowMs: number): CameraAdvice | undefined {
    if (facts === 'off') return this.#forget();
    if (facts === 'unseen') {
      this.#time.away();
      this.#quietMs = 0;
      return undefined;
    }
    const { media, pictures, muted } = facts;
    const forgotten = media === this.#media ? undefined : this.#follow(media);
    const came = !muted && (pictures === undefined || pictures !== this.#pictures);
    this.#pictures = pictures;
    const passedMs = this.#time.look(nowMs);
    return forgotten ?? (came ? this.#onPictures(passedMs) : this.#onNone(passedMs, muted));
  }

  /** Other media are another matter, unless they are what was asked for. */
  #follow(media: object): CameraAdvice | undefined {
    const advice = this.#retaking ? undefined : this.#forget();
    this.#media = media;
    this.#retaking = false;
    this.#quietMs = 0;
    this.#time.away();
    return advice;
  }

  #onPictures(passedMs: number): CameraAdvice | undefined {
    this.#quietMs = 0;
    this.#steadyMs += passedMs;
    if (this.#steadyMs >= STEADY_MS) this.#next = 'reopen';
    if (!this.#told || this.#steadyMs < SETTLED_MS) return undefined;
    this.#told = false;
    return 'settle';
  }

  #onNone(passedMs: number, muted: boolean): CameraAdvice | undefined {
    this.#steadyMs = 0;
    this.#quietMs += passedMs;
    if (this.#quietMs < QUIET_MS) return undefined;
    this.#quietMs = 0;
    // Costs nothing, and nobody is asked for it.
    if (this.#told) return muted ? undefined : 'reopen';
    // Media that the browser itself says are empty cannot be read in another way.
    const advice = muted && this.#next === 'reopen' ? 'retake' : this.#next;
    this.#next = advice === 'reopen' ? 'retake' : 'tell';
    this.#retaking = advice === 'retake';
    this.#told = advice === 'tell';
    return advice;
  }

  /** Whatever comes next has nothing to do with what was. */
  #forget(): CameraAdvice | undefined {
    const told = this.#told;
    this.#media = undefined;
    this.#pictures = undefined;
    this.#quietMs = 0;
    this.#steadyMs = 0;
    this.#next = 'reopen';
    this.#retaking = false;
    this.#told = false;
    return told ? 'settle' : undefined;
  }
}
