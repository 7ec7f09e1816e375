/** Keeps the keyboard in a list: the browser drops the focus when the row that has it goes away. */
import type { LitElement, ReactiveController } from 'lit';

/** What can have the focus. */
const TARGETS = 'button, a[href], input, select, textarea, summary, [tabindex]';

interface Place {
  readonly target: HTMLElement;
  readonly row: Element | undefined;
  /** Those below, then those above, the nearest first. */
  readonly neighbours: readonly Element[];
  /** What it looks like, which tells it from the others of its row where they differ. */
  readonly look: string;
  /** Which of its row's targets it is, counted from the end, from 1: what takes a row away mostly stands last in it. */
  readonly fromEnd: number;
}

/** Selectors within the host. */
export interface RowFocusOptions {
  /** A row; `li` unless told. */
  readonly rows?: string;
  /** What takes the focus when no row is left: an element that can have it, or one around such. */
  readonly last: string;
  /** Called when there is not even that. */
  readonly nowhere?: () => void;
}

/**
 * The same button of the next row, else of the one before, takes the focus; with no row left, `last` does. A button that is disabled
 * while its request is under way gets the focus back. Whoever has gone elsewhere meanwhile is left there.
 */
export class RowFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: RowFocusOptions;
  #place: Place | undefined;

  constructor(host: LitElement, options: RowFocusOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdate(): void {
    const { renderRoot } = this.#host;
    const active = renderRoot instanceof ShadowRoot ? renderRoot.activeElement : null;
    if (active) {
      const row = active.closest(this.#options.rows ?? 'li');
      this.#place = row ? this.#placeOf(innermost(active), row) : undefined;
    } else if (this.#place && (isUsable(this.#place.target) || isSomewhere())) this.#place = undefined;
  }

  hostUpdated(): void {
    const place = this.#place;
    if (!place || isSomewhere()) return;
    const [row, target] = place.target.isConnected ? [place.row, place.target] : this.#next(place);
    this.#place = target && (target === place.target ? place : this.#placeOf(target, row));
    if (!target) this.#options.nowhere?.();
    else if (isUsable(target)) target.focus();
  }

  #next(place: Place): readonly [Element | undefined, HTMLElement | undefined] {
    for (const other of [place.row, ...place.neighbours]) {
      const target = other?.isConnected === true ? pick(other, place) : undefined;
      if (target) return [other, target];
    }
    const last = this.#host.renderRoot.querySelector<HTMLElement>(this.#options.last);
    return [undefined, last?.matches(TARGETS) === true ? last : last ? pick(last, place) : undefined];
  }

  #placeOf(target: HTMLElement, row: Element | undefined): Place {
    const all = [...(row?.parentElement?.children ?? [])].filter((other) => other.matches(this.#options.rows ?? 'li'));
    const at = row ? all.indexOf(row) : -1;
    const inRow = row ? targetsIn(row) : [];
    return {
      target,
      row,
      neighbours: [...all.slice(at + 1), ...all.slice(0, Math.max(0, at)).toReversed()],
      look: lookOf(target),
      fromEnd: inRow.includes(target) ? inRow.length - inRow.indexOf(target) : 1,
    };
  }
}

function pick(row: Element, { look, fromEnd }: Place): HTMLElement | undefined {
  const all = targetsIn(row);
  const [same, another] = all.filter((target) => lookOf(target) === look);
  return same && !another ? same : all.at(-Math.min(fromEnd, all.length));
}

function lookOf({ className, textContent }: HTMLElement): string {
  return `${className} ${textContent.trim()}`;
}

/** In the shadow trees of its parts, too. */
function targetsIn(tree: Element | ShadowRoot): HTMLElement[] {
  return [...tree.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    const own = element.matches(TARGETS) && element.checkVisibility() ? [element] : [];
    return element.shadowRoot ? [...own, ...targetsIn(element.shadowRoot)] : own;
  });
}

/** The very element, through all shadow trees. */
function innermost(active: Element): HTMLElement {
  const inside = active.shadowRoot?.activeElement;
  return inside ? innermost(inside) : (active as HTMLElement);
}

function isUsable(target: HTMLElement): boolean {
  return target.isConnected && !target.matches(':disabled');
}

function isSomewhere(): boolean {
  const { activeElement, body } = document;
  return activeElement !== null && activeElement !== body && !activeElement.matches(':disabled');
}
