/** Makes the pictures of a render and hands them to the encoder, in lock-step: nothing piles up. */
import type { Writable } from 'node:stream';
import type { WallTime } from '../../media/timestamp.ts';
import { CanvasRing } from '../../mixer/canvas-ring.ts';
import type { Picture } from '../../mixer/picture.ts';
import type { ArchiveTimeline } from '../archive/archive-timeline-file.ts';
import { PictureBoard, type PictureBoardOptions } from './picture-board.ts';
import { RenderCanvas } from './render-canvas.ts';
import { planSpans, type RenderSpan, wallMsAt } from './render-plan.ts';
import { framesOf, type RenderOrder } from './render-request.ts';

/** What is drawn. */
export interface RenderPicturesOptions extends PictureBoardOptions {
  readonly timeline: ArchiveTimeline;
  readonly order: RenderOrder;
}

// One being drawn, one in the pipe, one between them.
const CANVASES = 3;

/** Draws all frames into `input`; resolves when the last one is written, or nobody reads any more. No process stays behind. */
export async function drawPictures(options: RenderPicturesOptions, input: Writable, gone: AbortSignal): Promise<void> {
  const { timeline, order } = options;
  const { framerate } = timeline;
  const { width, height, from } = order;
  const board = new PictureBoard(options);
  const canvas = new RenderCanvas({ width, height, offsetMinutes: offsetFromUtc });
  const canvases = new Canvases(width, height, gone);
  const frames = framesOf(order, framerate);
  try {
    const spans = new SpanCursor(planSpans(timeline, order));
    for (let frame = 0; frame < frames && !gone.aborted; frame += 1) {
      const at = from + frame / framerate;
      const { span, changed } = spans.at(at);
      if (changed) board.show({ ...span, from: at });
      const pictures = await board.at(at, span);
      const picture = await canvases.take();
      if (!picture) return;
      const wallOf = (captured: number): number => wallMsAt(timeline, captured);
      canvas.draw(picture, span, pictures, { at, frame: Math.round(at * framerate), wallMs: wallOf(at), wallOf });
      input.write(picture.data, () => canvases.give(picture));
    }
  } finally {
    await board.close();
  }
}

/** Canvases to draw on: whoever takes one waits until the pipe has read it. */
class Canvases {
  readonly #ring: CanvasRing;
  readonly #gone: AbortSignal;
  #wake = (): void => {};

  constructor(width: number, height: number, gone: AbortSignal) {
    this.#ring = new CanvasRing(CANVASES, width, height);
    this.#gone = gone;
    gone.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** Undefined when nobody reads any more. */
  async take(): Promise<Picture | undefined> {
    for (;;) {
      if (this.#gone.aborted) return undefined;
      const picture = this.#ring.take();
      if (picture) return picture;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  give(picture: Picture): void {
    this.#ring.give(picture);
    this.#wake();
  }
}

/** Goes through spans with a time that only rises. */
class SpanCursor {
  readonly #spans: Generator<RenderSpan>;
  #span: RenderSpan | undefined;

  constructor(spans: Generator<RenderSpan>) {
    this.#spans = spans;
  }

  /** The span of a moment; the last one holds for what comes after it. */
  at(at: number): { readonly span: RenderSpan; readonly changed: boolean } {
    let changed = false;
    while (!this.#span || at >= this.#span.to) {
      const next = this.#spans.next();
      if (next.done) break;
      this.#span = next.value;
      changed = true;
    }
    if (!this.#span) throw new RangeError('A render shows nothing at all');
    return { span: this.#span, changed };
  }
}

/** The machine's own zone, minutes east of UTC. */
function offsetFromUtc(time: WallTime): number {
  return -new Date(time).getTimezoneOffset();
}
