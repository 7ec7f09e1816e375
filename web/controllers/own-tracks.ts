/** What one sends: the tracks on the wire follow the devices as they are opened, changed, muted and shut. */
import { CameraCapture } from '../capture/camera-capture.ts';
import type { Size } from '../capture/fit-size.ts';
import { MicrophoneCapture } from '../capture/microphone-capture.ts';
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

interface Use<C> {
  readonly media: MediaStreamTrack;
  /** Undefined while it is being prepared, or when it failed. */
  readonly capture: C | undefined;
}

const TRACK = { microphone: 0, camera: 1 } as const;
const SILENCE = 127;

/** Ends with `stop`; the devices and the connection stay their owners'. */
export class OwnTracks {
  readonly #options: OwnTracksOptions;
  #camera: Use<CameraCapture> | undefined;
  #microphone: Use<MicrophoneCapture> | undefined;
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
    return this.#camera?.capture?.frames ?? 0;
  }

  get bytesSent(): number {
    return (this.#camera?.capture?.outgoing.bytes ?? 0) + (this.#microphone?.capture?.outgoing.bytes ?? 0);
  }

  /** The picture's size, undefined while none is sent. */
  get sending(): Size | undefined {
    return this.#camera?.capture?.settings;
  }

  /** Looks at the devices again. */
  follow(): void {
    const { camera, microphone, microphoneOn } = this.#options.media;
    if (camera.track !== this.#camera?.media) {
      this.#drop(this.#camera?.capture);
      this.#camera = camera.track && { media: camera.track, capture: this.#startCamera(camera.track) };
    }
    if (microphone.track !== this.#microphone?.media) {
      this.#drop(this.#microphone?.capture);
      this.#microphone = undefined;
      if (microphone.track) void this.#startMicrophone(microphone.track);
    } else if (this.#microphone?.capture) {
      this.#microphone.capture.muted = !microphoneOn;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#camera?.capture?.stop();
    this.#microphone?.capture?.stop();
  }

  #drop(capture: CameraCapture | MicrophoneCapture | undefined): void {
    if (!capture) return;
    capture.stop();
    this.#options.connection.unpublish(capture.outgoing);
  }

  #startCamera(track: MediaStreamTrack): CameraCapture | undefined {
    const { connection, codec, report } = this.#options;
    if (!codec) {
      const detail = 'This browser encodes neither H.264 nor VP8. Use a current Chrome or Edge.';
      report({ title: 'Your camera is not being sent', detail, retry: false });
      return undefined;
    }
    const capture: CameraCapture = new CameraCapture({
      track,
      codec,
      publish: (wishes) => connection.publish({ track: TRACK.camera, kind: 'video', source: 'camera' }, wishes),
      failed: (problem) => {
        connection.unpublish(capture.outgoing);
        report(problem);
      },
    });
    return capture;
  }

  async #startMicrophone(track: MediaStreamTrack): Promise<void> {
    const { connection, context, media, report } = this.#options;
    const preparing: Use<MicrophoneCapture> = { media: track, capture: undefined };
    this.#microphone = preparing;
    try {
      await MicrophoneCapture.prepare(context);
      if (this.#stopped || this.#microphone !== preparing) return;
      const capture: MicrophoneCapture = new MicrophoneCapture({
        context,
        track,
        muted: !media.microphoneOn,
        publish: (wishes) => connection.publish({ track: TRACK.microphone, kind: 'audio', source: 'mic' }, wishes),
        level: (level) => {
          this.#level = level;
        },
        failed: (problem) => {
          connection.unpublish(capture.outgoing);
          report(problem);
        },
      });
      this.#microphone = { media: track, capture };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      report({ title: 'Your microphone is not being sent', detail, retry: false });
    }
  }
}
