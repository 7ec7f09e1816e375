/** The tiles of the program: who stands where, with which picture and label. Draws them; knows nothing of processes. */
import { gridLayout } from '../layout/grid.ts';
import { type Cell, MAX_TILES } from '../layout/layout.ts';
import { type Overlay, blendOverlay } from './overlay.ts';
import { type Picture, copyPicture, fillCell, stretchPicture, yuvOf } from './picture.ts';
import { renderAvatar, renderLabel } from './text-renderer.ts';
import type { VideoSource } from './video-source.ts';

/** One tile: a video track, or somebody without one. */
export interface Tile {
  /** Unique in the session. */
  readonly key: string;
  name: string;
  /** None: the avatar is shown. */
  readonly source: VideoSource | undefined;
}

interface PlacedTile {
  readonly tile: Tile;
  readonly cell: Cell;
  label: Overlay;
  labelText: string;
  avatar: Picture | undefined;
}

/** After this long without a picture the label says so. */
const RECONNECTING_MS = 1000;
const BACKGROUND = yuvOf(16, 18, 23);
const LABEL_MARGIN = 8;

/** Lays tiles out and draws them onto canvases of one size. */
export class TileBoard {
  readonly #width: number;
  readonly #height: number;
  readonly #onResize: (tile: Tile, cell: Cell) => void;
  #placed: PlacedTile[] = [];
  /** Canvases whose background fits the present layout. */
  #clean = new WeakSet<Picture>();

  /** @param onResize told for every tile with a source whenever its cell's size changes. */
  constructor(width: number, height: number, onResize: (tile: Tile, cell: Cell) => void) {
    this.#width = width;
    this.#height = height;
    this.#onResize = onResize;
  }

  get tiles(): number {
    return this.#placed.length;
  }

  /** Shows these tiles, in this order; those beyond the sixteenth are not shown. */
  arrange(tiles: readonly Tile[]): void {
    const shown = tiles.slice(0, MAX_TILES);
    const cells = gridLayout(shown.length, this.#width, this.#height);
    const before = new Map(this.#placed.map((placed) => [placed.tile.key, placed]));
    this.#placed = shown.map((tile, index) => {
      const cell = cells[index] as Cell;
      const old = before.get(tile.key);
      const sameSize = old?.cell.width === cell.width && old.cell.height === cell.height;
      const looksAlike = sameSize && old?.tile.name === tile.name && old.tile.source === tile.source;
      // Drawing an avatar takes as long as a frame may: those who stay keep theirs.
      if (old && looksAlike) return { ...old, tile, cell };
      if (tile.source && !sameSize) this.#onResize(tile, cell);
      return { tile, cell, label: this.#labelFor(tile.name, cell), labelText: tile.name, avatar: undefined };
    });
    this.#clean = new WeakSet();
  }

  /** Draws every tile as it is due at `nowMs`. */
  draw(canvas: Picture, nowMs: number): void {
    if (!this.#clean.has(canvas)) {
      fillCell(canvas, { x: 0, y: 0, width: this.#width, height: this.#height }, BACKGROUND);
      this.#clean.add(canvas);
    }
    for (const placed of this.#placed) {
      this.#drawPicture(canvas, placed, nowMs);
      this.#refreshLabel(placed, nowMs);
      const y = placed.cell.y + placed.cell.height - placed.label.height - LABEL_MARGIN;
      blendOverlay(canvas, placed.label, placed.cell.x + LABEL_MARGIN, y);
    }
  }

  #drawPicture(canvas: Picture, placed: PlacedTile, nowMs: number): void {
    const { tile, cell } = placed;
    const picture = tile.source?.pictureAt(nowMs) ?? this.#avatarOf(placed);
    if (picture.width === cell.width && picture.height === cell.height) {
      copyPicture(canvas, picture, cell.x, cell.y);
    } else {
      stretchPicture(canvas, picture, cell);
    }
  }

  #avatarOf(placed: PlacedTile): Picture {
    placed.avatar ??= renderAvatar(placed.tile.name, placed.cell.width, placed.cell.height);
    return placed.avatar;
  }

  #refreshLabel(placed: PlacedTile, nowMs: number): void {
    const { tile, cell } = placed;
    const silent = tile.source?.silentMs(nowMs) ?? 0;
    const frozen = silent > RECONNECTING_MS && Number.isFinite(silent);
    const text = frozen ? `${tile.name} · reconnecting ${minutes(silent)}` : tile.name;
    if (text === placed.labelText) return;
    placed.label = this.#labelFor(text, cell);
    placed.labelText = text;
  }

  #labelFor(text: string, cell: Cell): Overlay {
    const fontSize = Math.max(10, Math.min(22, Math.round(cell.height / 18)));
    return renderLabel(text, fontSize, Math.max(24, cell.width - 2 * LABEL_MARGIN));
  }
}

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
