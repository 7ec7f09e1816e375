/** One run of a MediaRecorder: the bytes of one endless file, in order. */
import { nowUs } from '../../util/monotonic.ts';

/** Chrome hands a frame out as soon as it is coded when asked for more than that. */
const TIMESLICE_MS = 20;
const KEYFRAME_EVERY_MS = 2000;

/** As of the newest draft of MediaStream Recording; browsers ignore what they do not know. */
interface RecorderOptions extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration?: number;
}

/** Nothing is called after `stop`. */
export interface FileRecorderOptions {
  /** Its owner stops it. */
  readonly media: MediaStreamTrack;
  readonly type: string;
  /** Bits per second. */
  readonly bitrate: number;
  /** The next bytes; `handedUs`: when the recorder gave them, on the page's clock; `first`: a file begins with them. */
  chunk(bytes: Uint8Array, handedUs: number, first: boolean): void;
  /** It stopped by itself. */
  failed(reason: string): void;
}

/** Records from its making until `stop`. @throws DOMException when the browser does not want to. */
export class FileRecorder {
  readonly #options: FileRecorderOptions;
  readonly #recorder: MediaRecorder;
  /** Reading takes its time, and the next chunk may be read sooner. */
  #reading: Promise<void> = Promise.resolve();
  #first = true;
  #stopped = false;

  constructor(options: FileRecorderOptions) {
    this.#options = options;
    const { media, type, bitrate } = options;
    const settings: RecorderOptions = {
      mimeType: type,
      ...(media.kind === 'video'
        ? { videoBitsPerSecond: bitrate, videoKeyFrameIntervalDuration: KEYFRAME_EVERY_MS }
        : { audioBitsPerSecond: bitrate }),
    };
    this.#recorder = new MediaRecorder(new MediaStream([media]), settings);
    this.#recorder.ondataavailable = ({ data }) => this.#read(data, nowUs());
    this.#recorder.onerror = () => this.#fail('The browser stopped recording.');
    this.#recorder.onstop = () => this.#fail('The browser stopped recording.');
    this.#recorder.start(TIMESLICE_MS);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  #read(data: Blob, handedUs: number): void {
    if (this.#stopped || data.size === 0) return;
    this.#reading = this.#reading.then(async () => {
      try {
        const bytes = new Uint8Array(await data.arrayBuffer());
        if (!this.#stopped) this.#hand(bytes, handedUs);
      } catch (error) {
        this.#fail(error instanceof Error ? error.message : String(error));
      }
    });
  }

  #hand(bytes: Uint8Array, handedUs: number): void {
    const first = this.#first;
    this.#first = false;
    this.#options.chunk(bytes, handedUs, first);
  }

  #fail(reason: string): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.failed(reason);
  }
}
