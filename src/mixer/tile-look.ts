/** What a tile's annotation says, as data. */
import type { RgbaImage } from './still-image.ts';

/** What is the matter with a tile's picture; `sinceMs`: monotonic milliseconds of the last one. */
export type TileState =
  | { readonly kind: 'live' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'reconnecting'; readonly sinceMs: number }
  | { readonly kind: 'camera-off' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'ended' };

/** Everything that a tile's annotation shows. */
export interface TileLook {
  readonly name: string;
  readonly host: boolean;
  readonly muted: boolean;
  readonly speaking: boolean;
  /** Theirs is up. */
  readonly hand: boolean;
  /** They hold the floor: their tile has the border. */
  readonly floor: boolean;
  readonly state: TileState;
  /** When the picture was captured, milliseconds since 1970. */
  readonly captureWallMs: number | undefined;
  readonly avatar: RgbaImage | undefined;
}
