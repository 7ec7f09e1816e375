/** Whether somebody is at this page: by what they do, and by whether it is shown. */

/** How long nobody touches anything before they are away, milliseconds. */
const IDLE_MS = 5 * 60_000;
/** How long the page may be hidden before they are. */
const HIDDEN_MS = 60_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** The part of a document that is looked at. */
export type WatchedPage = EventTarget & { readonly hidden: boolean };

/** Tells each change, at first nothing: who opens a page is there. `close` when nobody asks any more. */
export class AwayWatch {
  readonly #onChange: (away: boolean) => void;
  readonly #page: WatchedPage;
  #timer = 0;
  #away = false;

  constructor(onChange: (away: boolean) => void, page: WatchedPage) {
    this.#onChange = onChange;
    this.#page = page;
    for (const input of INPUTS) page.addEventListener(input, this.#touched, { passive: true });
    page.addEventListener('visibilitychange', this.#touched);
    this.#touched();
  }

  get away(): boolean {
    return this.#away;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const input of INPUTS) this.#page.removeEventListener(input, this.#touched);
    this.#page.removeEventListener('visibilitychange', this.#touched);
  }

  readonly #touched = (): void => {
    clearTimeout(this.#timer);
    const { hidden } = this.#page;
    if (!hidden) this.#set(false);
    this.#timer = Number(setTimeout(() => this.#set(true), hidden ? HIDDEN_MS : IDLE_MS));
  };

  #set(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    this.#onChange(away);
  }
}
