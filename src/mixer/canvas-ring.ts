/** The canvases that are written to the encoder in rotation: none is drawn on while the pipe still reads it. */
import { type Picture, createPicture } from './picture.ts';

/** Canvases are taken to draw on, and come back when written. */
export class CanvasRing {
  readonly width: number;
  readonly height: number;
  readonly #free: Picture[] = [];

  constructor(count: number, width: number, height: number) {
    this.width = width;
    this.height = height;
    for (let index = 0; index < count; index += 1) this.#free.push(createPicture(width, height));
  }

  take(): Picture | undefined {
    return this.#free.shift();
  }

  give(canvas: Picture): void {
    this.#free.push(canvas);
  }
}
