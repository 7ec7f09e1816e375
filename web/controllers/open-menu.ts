/** A button that opens a small menu. */
import type { LitElement } from 'lit';

/** Whether it is open, and what closes it: Escape, with the focus back on the button, and the focus going elsewhere. */
export class OpenMenu {
  readonly #host: LitElement;
  readonly #button: () => HTMLElement;
  #open = false;

  constructor(host: LitElement, button: () => HTMLElement) {
    this.#host = host;
    this.#button = button;
  }

  get open(): boolean {
    return this.#open;
  }

  set open(open: boolean) {
    this.#open = open;
    this.#host.requestUpdate();
  }

  readonly toggle = (): void => {
    this.open = !this.open;
  };

  /** Whoever has closed it goes on from the button. */
  close(): void {
    this.open = false;
    this.#button().focus();
  }

  /** To listen to `focusout` of all that belongs to it. */
  readonly onFocusOut = (event: FocusEvent): void => {
    const next = event.relatedTarget;
    if (!(next instanceof Node) || !this.#host.renderRoot.contains(next)) this.open = false;
  };

  /** To listen to `keydown` of the same. */
  readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.open) return;
    event.preventDefault();
    this.close();
  };
}
