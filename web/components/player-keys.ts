/** Which key does what in the player. */
import type { MessageKey } from '../i18n/message.ts';

/** What a key asks for. */
export type PlayerWish =
  | { readonly do: 'toggle' | 'mute' | 'fullscreen' | 'pip' | 'captions' | 'live' | 'start' | 'help' }
  | { readonly do: 'seek'; readonly seconds: number }
  | { readonly do: 'volume'; readonly step: number }
  | { readonly do: 'speed'; readonly step: 1 | -1 };

/** What counts here of a KeyboardEvent. */
export interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

const SEEK_S = 10;
const VOLUME_STEP = 0.1;
const WISHES: Readonly<Record<string, PlayerWish>> = {
  ' ': { do: 'toggle' },
  k: { do: 'toggle' },
  j: { do: 'seek', seconds: -SEEK_S },
  l: { do: 'seek', seconds: SEEK_S },
  ArrowLeft: { do: 'seek', seconds: -SEEK_S },
  ArrowRight: { do: 'seek', seconds: SEEK_S },
  Home: { do: 'start' },
  End: { do: 'live' },
  ArrowUp: { do: 'volume', step: VOLUME_STEP },
  ArrowDown: { do: 'volume', step: -VOLUME_STEP },
  m: { do: 'mute' },
  '<': { do: 'speed', step: -1 },
  '>': { do: 'speed', step: 1 },
  c: { do: 'captions' },
  p: { do: 'pip' },
  f: { do: 'fullscreen' },
  '?': { do: 'help' },
};

/** The key by its name in the browser; undefined when it is not ours, or held with Alt, Ctrl or Cmd. */
export function wishOf(event: KeyPress): PlayerWish | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  return WISHES[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

/** For the list of keys; `{space}` stands for the space bar. */
export const KEY_ROWS: readonly (readonly [
  keys: readonly string[],
  meaning: Extract<MessageKey, `player.key${string}`>,
])[] = [
  [['K', '{space}'], 'player.keyPlay'],
  [['J', '←'], 'player.keyBack'],
  [['L', '→'], 'player.keyForward'],
  [['Home'], 'player.keyStart'],
  [['End'], 'player.keyLive'],
  [['↑', '↓'], 'player.keyVolume'],
  [['M'], 'player.keyMute'],
  [['<', '>'], 'player.keySpeed'],
  [['C'], 'player.keyCaptions'],
  [['P'], 'player.keyPip'],
  [['F'], 'player.keyFullscreen'],
  [['?'], 'player.keyHelp'],
];
