/** One element over the whole screen. */

/** Follows the browser from `open` to `close`, which also takes the element back. */
export class FullScreen {
  readonly #element: HTMLElement;
  readonly #changed: () => void;

  /** `changed` is called whenever the element begins or ends to fill the screen, by whatever means. */
  constructor(element: HTMLElement, changed: () => void) {
    this.#element = element;
    this.#changed = changed;
  }

  /** Whether this browser can, and the page around this one lets it: telephones mostly cannot. */
  static get supported(): boolean {
    return document.fullscreenEnabled;
  }

  /** Whether the element fills the screen now. */
  get on(): boolean {
    // Asked where the element is: for the document all of a shadow tree is its host.
    const root = this.#element.getRootNode();
    return root instanceof Document || root instanceof ShadowRoot ? root.fullscreenElement === this.#element : false;
  }

  open(): void {
    document.addEventListener('fullscreenchange', this.#follow);
  }

  /** Call it in a click or key. Never rejects: where it is refused, the element stays as it is. */
  async toggle(): Promise<void> {
    if (!FullScreen.supported) return;
    await (this.on ? document.exitFullscreen() : this.#element.requestFullscreen()).catch(() => undefined);
  }

  close(): void {
    document.removeEventListener('fullscreenchange', this.#follow);
    if (this.on) void document.exitFullscreen().catch(() => undefined);
  }

  readonly #follow = (): void => this.#changed();
}
