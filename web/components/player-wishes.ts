/** Does what a key asks the player for. */
import { nextSpeed } from '../controllers/hls-edge.ts';
import type { HlsPlayback } from '../controllers/hls-playback.ts';
import type { PlayerWish } from './player-keys.ts';

/** What a wish may touch. */
export interface WishTools {
  readonly video: HTMLVideoElement;
  readonly playback: HlsPlayback;
  readonly mute: () => void;
  /** Clicks one of the controls, by its tag; one that is not there is left alone. */
  readonly press: (button: string) => void;
  /** Shows the list of keys, or takes it away. */
  readonly help: () => void;
}

/** To be called while the key's event is handled: the browser allows some of it only then. */
export function grantWish(wish: PlayerWish, { video, playback, mute, press, help }: WishTools): void {
  switch (wish.do) {
    case 'toggle':
      if (video.paused) playback.play();
      else playback.pause();
      break;
    case 'seek':
      playback.seek(video.currentTime + wish.seconds);
      break;
    case 'start':
      playback.seek(Number.NEGATIVE_INFINITY);
      break;
    case 'live':
      playback.goLive();
      break;
    case 'volume':
      video.volume = Math.max(0, Math.min(1, video.volume + wish.step));
      video.muted = video.volume === 0;
      break;
    case 'mute':
      mute();
      break;
    case 'speed':
      playback.rate = nextSpeed(playback.rate, wish.step);
      break;
    case 'captions':
    case 'pip':
    case 'fullscreen':
      press(`media-${wish.do}-button`);
      break;
    case 'help':
      help();
      break;
  }
}

/** Whether a key pressed `on` something is ours: sliders, radio buttons, buttons and a chat have keys of their own. */
export function isOurs(key: string, on: EventTarget | undefined): boolean {
  if (on instanceof HTMLTextAreaElement || on instanceof HTMLSelectElement) return false;
  if (on instanceof HTMLInputElement) return /^(?:range|radio)$/.test(on.type) && !/^(?:Arrow|Home$|End$| )/.test(key);
  if (on instanceof HTMLElement && on.isContentEditable) return false;
  const pressed = on instanceof HTMLElement && (on.matches('button, a') || on.getAttribute('role') === 'button');
  return !(pressed && key === ' ');
}
