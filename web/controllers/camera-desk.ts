/** Brings back a camera that stopped giving pictures, and tells the person when that does not help. */
import { type CameraFacts, CameraWatch } from '../capture/camera-watch.ts';
import { describeStandstill } from '../media/device-loss-words.ts';
import { SOURCE_TRACK } from '../media/local-source.ts';
import type { Problem } from '../util/problem.ts';
import type { LocalMedia } from './local-media.ts';
import type { SentTrack } from './session-meter.ts';

/** What it needs. */
export interface CameraDeskOptions {
  readonly media: Pick<LocalMedia, 'camera' | 'sources' | 'retake'>;
  /** Nobody sees the page. */
  hidden(): boolean;
  /** Milliseconds that only grow. */
  nowMs(): number;
  /** Reads the same media another time. */
  reopen(track: number): void;
  /** Something began to be wrong that the person should read. */
  show(problem: Problem): void;
  /** What was shown with this code is over. */
  settle(code: string): void;
}

/** To be told once a second what is sent. */
export class CameraDesk {
  readonly #options: CameraDeskOptions;
  readonly #watch = new CameraWatch();

  constructor(options: CameraDeskOptions) {
    this.#options = options;
  }

  /** @param sent everything that is sent, as measured now. */
  measured(sent: readonly SentTrack[]): void {
    const { media, nowMs, reopen, show, settle } = this.#options;
    const problem = describeStandstill();
    switch (this.#watch.look(this.#facts(sent), nowMs())) {
      case 'reopen':
        reopen(SOURCE_TRACK.camera);
        break;
      case 'retake':
        media.retake('camera');
        break;
      case 'tell':
        show(problem);
        break;
      case 'settle':
        settle(problem.code);
        break;
      case undefined:
        break;
    }
  }

  #facts(sent: readonly SentTrack[]): CameraFacts {
    const { media, hidden } = this.#options;
    const source = media.sources.find(({ track }) => track === SOURCE_TRACK.camera);
    if (!source) return 'off';
    // What stands in the list without being open has ended, and is being brought back.
    if (media.camera.track !== source.media || media.camera.opening || hidden()) return 'unseen';
    const pictures = sent.find(({ track }) => track === source.track)?.pictures;
    return { media: source.media, pictures, muted: source.state === 'paused' };
  }
}
