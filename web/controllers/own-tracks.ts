/** What one sends: the tracks on the wire follow the list of sources as they come, change and go. */
import { CameraCapture } from '../capture/camera-capture.ts';
import type { Size } from '../capture/fit-size.ts';
import { MicrophoneCapture } from '../capture/microphone-capture.ts';
import { type LocalSource, SOURCE_TRACK } from '../media/local-source.ts';
import type { RoomConnection } from '../transport/room-connection.ts';
import type { Problem } from '../util/problem.ts';
import type { LocalMedia } from './local-media.ts';

/** What it needs. */
export interface OwnTracksOptions {
  readonly connection: RoomConnection;
  readonly context: AudioContext;
  readonly media: LocalMedia;
  /** What this browser encodes; undefined: no picture can be sent. */
  readonly codec: 'h264' | 'vp8' | undefined;
  report(problem: Problem): void;
}

type Capture = CameraCapture | MicrophoneCapture;

interface Use {
  source: LocalSource;
  /** Undefined while it is being prepared, or when it failed. */
  capture: Capture | undefined;
}

const SILENCE = 127;

/** Ends with `stop`; the media and the connection stay their owners'. */
export class OwnTracks {
  readonly #options: OwnTracksOptions;
  readonly #uses = new Map<number, Use>();
  #level = SILENCE;
  #stopped = false;

  constructor(options: OwnTracksOptions) {
    this.#options = options;
  }

  /** The microphone, -dBov 0–127. */
  get level(): number {
    return this.#options.media.microphoneOn ? this.#level : SILENCE;
  }

  get framesSent(): number {
    return this.#camera?.frames ?? 0;
  }

  get bytesSent(): number {
    return [...this.#uses.values()].reduce((sum, { capture }) => sum + (capture?.outgoing.bytes ?? 0), 0);
  }

  /** The camera picture's size, undefined while none is sent. */
  get sending(): Size | undefined {
    return this.#camera?.settings;
  }

  /** Looks at the sources again. */
  follow(): void {
    const { sources } = this.#options.media;
    for (const [number, use] of this.#uses) {
      if (!sources.some(({ track, media }) => track === number && media === use.source.media)) this.#end(number, use);
    }
    for (const source of sources) {
      const use = this.#uses.get(source.track);
      if (use) {
        use.source = source;
        tellState(use);
      } else {
        this.#begin(source);
      }
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const { capture } of this.#uses.values()) capture?.stop();
  }

  get #camera(): CameraCapture | undefined {
    const capture = this.#uses.get(SOURCE_TRACK.camera)?.capture;
    return capture instanceof CameraCapture ? capture : undefined;
  }

  #end(number: number, { capture }: Use): void {
    this.#uses.delete(number);
    if (!capture) return;
    capture.stop();
    this.#options.connection.unpublish(capture.outgoing);
  }

  #begin(source: LocalSource): void {
    const use: Use = { source, capture: undefined };
    this.#uses.set(source.track, use);
    if (source.media.kind === 'audio') {
      void this.#beginSound(use);
    } else {
      use.capture = this.#createPicture(source);
      tellState(use);
    }
  }

  #createPicture({ track, source, media }: LocalSource): CameraCapture | undefined {
    const { connection, codec, report } = this.#options;
    if (!codec) {
      const detail = 'This browser encodes neither H.264 nor VP8. Use a current Chrome or Edge.';
      report({ title: 'Your picture is not being sent', detail, retry: false });
      return undefined;
    }
    const capture: CameraCapture = new CameraCapture({
      track: media,
      codec,
      publish: (wishes) => connection.publish({ track, kind: 'video', source }, wishes),
      failed: (problem) => {
        connection.unpublish(capture.outgoing);
        report(problem);
      },
    });
    return capture;
  }

  async #beginSound(use: Use): Promise<void> {
    const { connection, context, report } = this.#options;
    const { track, source, media } = use.source;
    try {
      await MicrophoneCapture.prepare(context);
      if (this.#stopped || this.#uses.get(track) !== use) return;
      const capture: MicrophoneCapture = new MicrophoneCapture({
        context,
        track: media,
        muted: use.source.state !== 'live',
        publish: (wishes) => connection.publish({ track, kind: 'audio', source }, wishes),
        level: (level) => {
          if (track === SOURCE_TRACK.microphone) this.#level = level;
        },
        failed: (problem) => {
          connection.unpublish(capture.outgoing);
          report(problem);
        },
      });
      use.capture = capture;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      report({ title: 'Your sound is not being sent', detail, retry: false });
    }
  }
}

function tellState({ source, capture }: Use): void {
  if (capture instanceof MicrophoneCapture) capture.muted = source.state !== 'live';
  else if (capture) capture.outgoing.state = source.state === 'paused' ? 'paused' : 'live';
}
