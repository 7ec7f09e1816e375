/** The coded frames since the newest key frame, from which another decoder can be started. */
import type { CodedFrame } from './video-decoder.ts';

const MAX_FRAMES = 300;
const MAX_BYTES = 8 * 1024 * 1024;

/** Empty, or beginning with a key frame. */
export class FrameGroup {
  #frames: CodedFrame[] = [];
  #bytes = 0;

  get empty(): boolean {
    return this.#frames.length === 0;
  }

  get frames(): readonly CodedFrame[] {
    return this.#frames;
  }

  /** Frames before the first key frame are forgotten at once, and a group that grows too large as a whole: one with a hole is useless. */
  add(frame: CodedFrame): void {
    if (frame.keyframe) this.clear();
    else if (this.empty) return;
    this.#frames.push(frame);
    this.#bytes += frame.data.byteLength;
    if (this.#frames.length > MAX_FRAMES || this.#bytes > MAX_BYTES) this.clear();
  }

  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
  }
}
