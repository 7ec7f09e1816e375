/** This person's screen, window or tab, with its sound when the browser offers that. */
import type { Problem } from '../util/problem.ts';
import { describeScreenError } from './screen-words.ts';

const MOST_FRAMES_PER_SECOND = 15;

/** What can be seen of it. */
export interface ScreenState {
  readonly picture: MediaStreamTrack | undefined;
  /** Only while there is a picture; browsers offer it for tabs, some for whole screens. */
  readonly sound: MediaStreamTrack | undefined;
  /** The browser is asking the person what to share. */
  readonly asking: boolean;
  readonly problem: Problem | undefined;
  /** The system holds the picture back, for example because the window is minimised. */
  readonly interrupted: boolean;
}

const NOTHING: ScreenState = {
  picture: undefined,
  sound: undefined,
  asking: false,
  problem: undefined,
  interrupted: false,
};

/** Whether this browser can share a screen at all. */
export function canShareScreen(): boolean {
  return 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;
}

/** Shares until `stop`, until the browser's own bar ends it, or until `close`; it never starts by itself. */
export class ScreenShare {
  readonly #changed: () => void;
  #state = NOTHING;
  #closed = false;

  /** `changed` is called after each change of the state. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get state(): ScreenState {
    return this.#state;
  }

  /**
   * Asks the person what to share; call it in a click. What they choose replaces what is shared, and nothing changes when
   * they choose nothing. Never rejects: a failure becomes the state's problem.
   */
  async start(): Promise<void> {
    if (this.#closed || this.#state.asking) return;
    this.#set({ asking: true, problem: undefined });
    try {
      this.#use(await navigator.mediaDevices.getDisplayMedia(displayOptions()));
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: '', message: '' };
      const reason = canShareScreen() ? name : 'NotSupportedError';
      this.#set({ asking: false, problem: describeScreenError(reason, message) });
    }
  }

  /** Ends sharing. */
  stop(): void {
    this.#stopTracks();
    this.#set({ picture: undefined, sound: undefined, interrupted: false });
  }

  /** The person has read what was wrong. */
  dismiss(): void {
    this.#set({ problem: undefined });
  }

  /** Ends sharing for good. */
  close(): void {
    this.#closed = true;
    this.#stopTracks();
  }

  #use(stream: MediaStream): void {
    const [picture] = stream.getVideoTracks();
    const [sound] = stream.getAudioTracks();
    if (this.#closed || !picture) {
      for (const track of stream.getTracks()) track.stop();
      this.#set({ asking: false });
      return;
    }
    this.#stopTracks();
    picture.contentHint = 'detail';
    picture.addEventListener('ended', () => {
      if (this.#state.picture === picture) this.stop();
    });
    for (const event of ['mute', 'unmute'] as const) {
      picture.addEventListener(event, () => {
        if (this.#state.picture === picture) this.#set({ interrupted: event === 'mute' });
      });
    }
    if (sound) {
      sound.contentHint = 'music';
      sound.addEventListener('ended', () => {
        if (this.#state.sound === sound) this.#set({ sound: undefined });
      });
    }
    this.#set({ picture, sound, asking: false, interrupted: false });
  }

  #stopTracks(): void {
    this.#state.picture?.stop();
    this.#state.sound?.stop();
  }

  #set(change: Partial<ScreenState>): void {
    if (this.#closed) return;
    this.#state = { ...this.#state, ...change };
    this.#changed();
  }
}

function displayOptions(): DisplayMediaStreamOptions {
  const own = navigator.mediaDevices.getSupportedConstraints().restrictOwnAudio === true;
  const options: DisplayMediaStreamOptions = {
    video: { frameRate: { max: MOST_FRAMES_PER_SECOND } },
    audio: {
      // What is shared is no voice: nothing of it is noise.
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      ...(own && { restrictOwnAudio: true }),
    },
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    // The system's sound holds the room's own; where that cannot be left out, the others would hear themselves.
    systemAudio: own ? 'include' : 'exclude',
  };
  if ('CaptureController' in window) {
    options.controller = new CaptureController();
    // The person stays in the room: what they share is seen in its picture.
    options.controller.setFocusBehavior('no-focus-change');
  }
  return options;
}
