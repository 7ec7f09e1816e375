/** Keys during a stay: single letters, and the space bar held to talk. */
import { type AltAction, altAction, type PressedKey, type RoomAction, roomAction } from '../util/shortcuts.ts';

/** What the keys do. */
export interface RoomKeyActions {
  /** Whether single keys do anything at all. */
  enabled(): boolean;
  /** Returns whether the key was of use; the browser then does nothing else with it. */
  act(action: Exclude<RoomAction, 'talk'>): boolean;
  /** The space bar is down or up again; returns whether it is of use. */
  talk(down: boolean): boolean;
}

const TEXT_INPUTS =
  'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=range], [type=button])';
const MOVES = ['Tab', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];
const CONTROLS = 'button, a[href], summary, input, video[controls], [role=button], [role=tab], [role=slider]';

/** Listens on the whole page from `open` to `close`. */
export class RoomKeys {
  readonly #actions: RoomKeyActions;
  #talking = false;
  /** What has the focus got it by a click, not by keys. */
  #clicked = false;

  constructor(actions: RoomKeyActions) {
    this.#actions = actions;
  }

  open(): void {
    window.addEventListener('pointerdown', this.#click, true);
    window.addEventListener('keydown', this.#down);
    window.addEventListener('keyup', this.#up);
    window.addEventListener('blur', this.#release);
  }

  /** Also lets go of the space bar. */
  close(): void {
    window.removeEventListener('pointerdown', this.#click, true);
    window.removeEventListener('keydown', this.#down);
    window.removeEventListener('keyup', this.#up);
    window.removeEventListener('blur', this.#release);
    this.#release();
  }

  readonly #click = (): void => {
    this.#clicked = true;
  };

  readonly #down = (event: KeyboardEvent): void => {
    if (MOVES.includes(event.key)) this.#clicked = false;
    if (event.defaultPrevented || event.isComposing || !this.#actions.enabled()) return;
    const action = roomAction({ ...pressed(event), place: placeOf(event, this.#clicked) });
    if (!action) return;
    if (action !== 'talk') {
      if (!event.repeat && this.#actions.act(action)) event.preventDefault();
      return;
    }
    if (!event.repeat && !this.#talking) this.#talking = this.#actions.talk(true);
    // Held down it repeats, and each one would scroll the page or press the button clicked last.
    if (this.#talking) event.preventDefault();
  };

  readonly #up = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || !this.#talking) return;
    event.preventDefault();
    this.#release();
  };

  readonly #release = (): void => {
    if (!this.#talking) return;
    this.#talking = false;
    this.#actions.talk(false);
  };
}

/** What a key with Alt does, wherever it goes. */
export function altActionOf(event: KeyboardEvent): AltAction | undefined {
  const { code, altKey, ctrlKey, metaKey, repeat } = event;
  const path = elementsOf(event);
  const types = /Mac OS X/.test(navigator.userAgent) && path[0]?.matches(TEXT_INPUTS) === true;
  const inDialog = path.some((element) => element.matches('dialog'));
  return altAction({ code, altKey, ctrlKey, metaKey, repeat, inDialog, types });
}

function elementsOf(event: KeyboardEvent): readonly Element[] {
  return event.composedPath().filter((node): node is Element => node instanceof Element);
}

function pressed({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): Omit<PressedKey, 'place'> {
  return { key, altKey, ctrlKey, metaKey };
}

/** In a dialog every key belongs to the dialog. A button that was clicked, not reached by keys, gives the space bar away. */
function placeOf(event: KeyboardEvent, clicked: boolean): PressedKey['place'] {
  const path = elementsOf(event);
  const [target] = path;
  if (path.some((element) => element.matches('dialog, [role=menu], [role=listbox]'))) return 'text';
  if (target?.matches(TEXT_INPUTS)) return 'text';
  return target?.matches(CONTROLS) && !clicked ? 'control' : 'page';
}
