/** Hands the focus on when a note goes away under it: the browser would drop it, and the next Tab would begin anywhere. */
import { noChange, type ElementPart } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { focusNear, hasFocus, type PagePlace, placeOf } from '../util/near-focus.ts';

/** Passes on the focus of one element, as long as that lives. */
export class FocusHeir {
  readonly #element: HTMLElement;
  /** Where the element is, while the focus is in it. */
  #place: PagePlace | undefined;

  constructor(element: HTMLElement) {
    this.#element = element;
    element.addEventListener('focusin', () => {
      this.#place = placeOf(element);
    });
    // Some browsers tell of it, too, right before an element goes: until then it counts as within.
    element.addEventListener('focusout', () => queueMicrotask(() => this.#look()));
  }

  /** The element goes, or is gone. Whoever has given the focus to something else meanwhile is left there. */
  gone(): void {
    const place = this.#place;
    this.#place = undefined;
    if (!place) return;
    queueMicrotask(() => {
      if (!this.#element.isConnected && !hasFocus()) focusNear(place);
    });
  }

  #look(): void {
    const root = this.#element.getRootNode();
    const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
    if (!this.#element.contains(active)) this.#place = undefined;
  }
}

class HandOn extends AsyncDirective {
  #heir: FocusHeir | undefined;

  override render(): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart): typeof noChange {
    this.#heir ??= new FocusHeir(element as HTMLElement);
    return noChange;
  }

  override disconnected(): void {
    this.#heir?.gone();
  }
}

/** On an element of a template that may go away while its buttons have the focus; `<gridcast-notice>` does it by itself. */
export const handsOn = directive(HandOn);
