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
