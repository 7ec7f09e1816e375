/** Tells the page around an element what the room is called: once that is known, and when it changes. */

/** Detail of `gridcast-title`. */
export interface RoomTitled {
  readonly title: string;
}

/** Tells what the room of one element is called. */
export class TitleNews {
  readonly #element: HTMLElement;
  #told = '';

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** @param title as it is known now; empty before. */
  tell(title: string): void {
    if (title === '' || title === this.#told) return;
    this.#told = title;
    this.#element.dispatchEvent(new CustomEvent<RoomTitled>('gridcast-title', { detail: { title } }));
  }
}
