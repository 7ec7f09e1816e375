/** Which picture of the program a video element shows at a moment: it says a time, and pictures have theirs. */

/** Ten seconds and more. */
const MOST = 600;

/** Times in microseconds of program time. */
export class FrameTimes {
  #times: number[] = [];

  /** A picture was given to the element; a picture of an earlier time takes the place of all after it. */
  add(timeUs: number): void {
    while ((this.#times.at(-1) ?? Number.NEGATIVE_INFINITY) >= timeUs) this.#times.pop();
    this.#times.push(timeUs);
    if (this.#times.length > MOST) this.#times.shift();
  }

  /** The time of the picture that is shown at a time; undefined before the first. */
  at(timeUs: number): number | undefined {
    return this.#times.findLast((time) => time <= timeUs);
  }
}
