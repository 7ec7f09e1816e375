/** Which key does what in a room. */

/** What can be done by a key. */
export type RoomAction = 'microphone' | 'camera' | 'screen' | 'fullscreen' | 'pip' | 'help' | 'talk';

/** A pressed key, as far as it matters. */
export interface PressedKey {
  /** As KeyboardEvent.key. */
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  /** Where the key goes: into a text, to a control that it would operate, or to nobody. */
  readonly place: 'text' | 'control' | 'page';
}

const KEYS: Readonly<Record<string, RoomAction>> = {
  m: 'microphone',
  v: 'camera',
  s: 'screen',
  f: 'fullscreen',
  p: 'pip',
  '?': 'help',
};

/** Letters as they are printed on the key, so layouts of the keyboard do not matter; undefined when the key means nothing here. */
export function roomAction(pressed: PressedKey): RoomAction | undefined {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey || pressed.place === 'text') return undefined;
  if (pressed.key === ' ') return pressed.place === 'page' ? 'talk' : undefined;
  return KEYS[pressed.key.toLowerCase()];
}

/** What can be done by a key together with Alt, also while a button or a field has the focus. */
export type AltAction = 'microphone' | 'camera' | 'hand' | 'people' | 'chat' | 'layout' | 'marker';

/** A key pressed together with others, as far as it matters. */
export interface AltKey extends Omit<PressedKey, 'key' | 'place'> {
  /** As KeyboardEvent.code. */
  readonly code: string;
  /** It is held down. */
  readonly repeat: boolean;
  /** The key goes into a dialog. */
  readonly inDialog: boolean;
  /** The key goes into a text on a keyboard that types signs with Alt, as those of Macs do: "@" and "ł" among them. */
  readonly types: boolean;
}

const ALT_KEYS: Readonly<Record<string, AltAction>> = {
  KeyM: 'microphone',
  KeyV: 'camera',
  KeyH: 'hand',
  KeyP: 'people',
  KeyC: 'chat',
  KeyL: 'layout',
  KeyK: 'marker',
};
/** Nothing opens behind a dialog, or over it. */
const OPENING: ReadonlySet<AltAction> = new Set(['people', 'chat', 'layout', 'marker']);

/** By the place of the key: what it is called differs between keyboards, and with Alt on each of them. */
export function altAction(pressed: AltKey): AltAction | undefined {
  const { code, altKey, ctrlKey, metaKey, repeat, inDialog, types } = pressed;
  if (!altKey || ctrlKey || metaKey || repeat || types) return undefined;
  const action = ALT_KEYS[code];
  return action && inDialog && OPENING.has(action) ? undefined : action;
}
