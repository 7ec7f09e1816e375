/** What browsers offer for screens and films beyond TypeScript's library. */

/** https://w3c.github.io/mediacapture-screen-share/, in Chromium. */
declare class CaptureController extends EventTarget {
  setFocusBehavior(behaviour: 'focus-captured-surface' | 'no-focus-change'): void;
}

interface DisplayMediaStreamOptions {
  controller?: CaptureController;
  selfBrowserSurface?: 'include' | 'exclude';
  surfaceSwitching?: 'include' | 'exclude';
  systemAudio?: 'include' | 'exclude';
}

interface MediaTrackConstraints {
  /** Leaves this page's own sound out of what is captured. */
  restrictOwnAudio?: boolean;
}

interface MediaTrackSupportedConstraints {
  restrictOwnAudio?: boolean;
}

interface HTMLMediaElement {
  /** https://w3c.github.io/mediacapture-fromelement/, missing in Safari. */
  captureStream?(): MediaStream;
  /** Safari alone. */
  readonly audioTracks?: { readonly length: number };
}
