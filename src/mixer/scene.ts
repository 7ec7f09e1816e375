/** What the program shows: applies the room's layout to its members, moves tiles to their new places, draws everything. */
import { type Annotation, annotationSchema } from '../layout/annotation.ts';
import { arrange } from '../layout/arrange.ts';
import { type Arrangement, type Candidate, type Layout, type Region, layoutSchema } from '../layout/layout.ts';
import { between, renamed } from '../layout/transition.ts';
import type { WallTime } from '../media/timestamp.ts';
import { AnnotationKit } from './annotation-kit.ts';
import { type Member, type MemberRoster, type VideoEntry, trackKey, videosOf } from './member-roster.ts';
import type { Picture } from './picture.ts';
import { ProgramAnnotation } from './program-annotation.ts';
import type { RgbaImage } from './still-image.ts';
import { type Heard, Tile } from './tile.ts';

/** Options of a scene. */
export interface SceneOptions {
  readonly width: number;
  readonly height: number;
  readonly roster: MemberRoster;
  /** The zone's offset from UTC at a moment, minutes. */
  readonly offsetMinutes: (time: WallTime) => number;
  /** Wall-clock milliseconds of a capture time, microseconds. */
  readonly wallOf: (captureUs: number) => number;
  /** Called when the place of a track's tile changes, and the shape of its pictures where that cuts their edges off; `region` is undefined while it is hidden. */
  readonly onPlace: (entry: VideoEntry, region: Region | undefined, detail: SceneDetail) => void;
}

/** `full`: as ordered; `slow`: tiles change five times a second; `sound-only`: a slate instead of tiles. */
export type SceneDetail = 'full' | 'slow' | 'sound-only';

/** A change is to be seen within 300 ms of the request; this leaves time for a frame and the encoder. */
const TRANSITION_MS = 230;
/** Time between pictures of a slow tile, and between the turns of two neighbouring tiles, milliseconds. */
const SLOW_MS = 200;
const SLOW_SHIFT_MS = SLOW_MS / 6;
/** A film that has ended stays for this long, marked as ended. */
const ENDED_MS = 3000;
const NOTHING: Arrangement = { policy: 'grid', regions: [] };

/** Lives in the mixer process; `draw` is its hot path. */
export class Scene {
  readonly #options: SceneOptions;
  #width: number;
  #height: number;
  #title = '';
  #layout: Layout = layoutSchema.parse({});
  #annotation: Annotation = annotationSchema.parse({});
  readonly #images = new Map<'logo' | 'background', RgbaImage>();
  #program: ProgramAnnotation;
  readonly #kit: AnnotationKit;
  #tiles = new Map<string, Tile>();
  /** Tiles of films that have ended, with the time at which they disappear. */
  readonly #leaving = new Map<string, { readonly tile: Tile; readonly untilMs: number }>();
  /** Tiles without a place any more, still shown while they move out. */
  readonly #fading = new Map<string, Tile>();
  #from: Arrangement = NOTHING;
  #to: Arrangement = NOTHING;
  /** By key: where each tile of these stands when it stands still. */
  #places: ReadonlyMap<string, Region> = new Map();
  #changedMs = Number.NEGATIVE_INFINITY;
  #heard: Heard = { speaking: new Set(), floor: undefined };
  #detail: SceneDetail = 'full';
  /** The version of the background that each canvas holds. */
  #painted = new WeakMap<Picture, string>();
  #changes = 0;
  #drawnMs = Number.NEGATIVE_INFINITY;
  readonly #placed = new Map<VideoEntry, string>();

  constructor(options: SceneOptions) {
    this.#options = options;
    this.#width = options.width;
    this.#height = options.height;
    this.#kit = new AnnotationKit(options.offsetMinutes);
    this.#program = this.#createProgram();
  }

  /** Tiles on show. */
  get tiles(): number {
    return this.#to.regions.length;
  }

  setRoom(title: string, layout: Layout, annotation: Annotation, nowMs: number): void {
    this.#title = title;
    this.#annotation = annotation;
    this.#program.set(title, annotation);
    this.#layout = layout;
    this.#changes += 1;
    this.rearrange(nowMs);
  }

  setImage(slot: 'logo' | 'background', image: RgbaImage | undefined): void {
    if (image) this.#images.set(slot, image);
    else this.#images.delete(slot);
    this.#program.setImage(slot, image);
    this.#changes += 1;
  }

  setHeard(heard: Heard, nowMs: number): void {
    const moved = heard.floor !== this.#heard.floor;
    this.#heard = heard;
    if (moved) this.rearrange(nowMs);
  }

  setDetail(detail: SceneDetail): void {
    this.#detail = detail;
    this.#tellPlaces();
  }

  /** Another size of the program: everything takes its new place at once. */
  resize(width: number, height: number, nowMs: number): void {
    if (width === this.#width && height === this.#height) return;
    this.#width = width;
    this.#height = height;
    this.#program = this.#createProgram();
    this.rearrange(nowMs);
    this.#from = this.#to;
    this.#changedMs = Number.NEGATIVE_INFINITY;
  }

  /** A track is about to end: a film's tile stays a moment with its last picture, others keep theirs on their way out. */
  end(member: Member, entry: VideoEntry, nowMs: number): void {
    const tile = this.#tiles.get(trackKey(member, entry));
    if (!tile) return;
    if (entry.origin !== 'file') {
      tile.freeze();
      return;
    }
    tile.end();
    this.#leaving.set(tile.candidate.key, { tile, untilMs: nowMs + ENDED_MS });
  }

  /** Members, tracks, the layout or the speaker changed. */
  rearrange(nowMs: number): void {
    const before = this.#tiles;
    this.#collectTiles(nowMs);
    const { roster } = this.#options;
    const floor = this.#heard.floor === undefined ? undefined : roster.find(this.#heard.floor);
    const target = arrange(this.#layout, {
      candidates: [...this.#tiles.values()].map(({ candidate }) => candidate),
      speaker: floor?.state.id,
      width: this.#width,
      height: this.#height,
    });
    if (!sameRegions(target, this.#to)) {
      this.#from = this.#layout.transition === 'animate' ? this.#departure(before, nowMs) : target;
      this.#changedMs = nowMs;
      this.#changes += 1;
    }
    this.#to = target;
    this.#places = new Map([...this.#from.regions, ...target.regions].map((region) => [region.key, region]));
    this.#tellPlaces();
  }

  /** Draws the program as it is due at `nowMs`. */
  draw(canvas: Picture, frame: number, nowMs: number, wall: WallTime): void {
    this.#forgetEnded(nowMs);
    const slate = this.#slate();
    if (slate) {
      this.#program.slate(canvas, slate);
      this.#painted.delete(canvas);
      this.#program.draw(canvas, frame, wall, undefined);
      return;
    }
    const shown = this.#regionsAt(nowMs);
    this.#paintBackground(canvas, shown !== this.#to);
    const { wallOf } = this.#options;
    shown.regions.forEach((region, index) => {
      const advance = this.#detail === 'full' || this.#hasTurn(index, nowMs);
      const tile = this.#tiles.get(region.key) ?? this.#fading.get(region.key);
      const settled = this.#places.get(region.key) ?? region;
      tile?.draw(canvas, region, { nowMs, settled, advance, wallOf }, this.#annotation, this.#heard);
    });
    this.#drawnMs = nowMs;
    this.#program.draw(canvas, frame, wall, this.#to.more);
  }

  /**
   * Where everybody is now, from where they move to their new places. A tile that goes becomes a `#fading` one, or passes its place
   * on when exactly one tile of the same member takes over.
   */
  #departure(before: ReadonlyMap<string, Tile>, nowMs: number): Arrangement {
    const from = this.#regionsAt(nowMs);
    const gone = [...before.values()].filter(({ candidate }) => !this.#tiles.has(candidate.key));
    const come = [...this.#tiles.values()].filter(({ candidate }) => !before.has(candidate.key));
    const names = new Map<string, string>();
    for (const tile of gone) {
      const ofSame = ({ member }: Tile): boolean => member === tile.member;
      const heirs = come.filter(ofSame);
      const heir = heirs[0];
      if (heir && heirs.length === 1 && gone.filter(ofSame).length === 1)
        names.set(tile.candidate.key, heir.candidate.key);
      else this.#fading.set(tile.candidate.key, tile);
    }
    return renamed(from, names);
  }

  /** By time, not by frame numbers: at half the frame rate only even frames are drawn, and odd tiles would never get a turn. */
  #hasTurn(index: number, nowMs: number): boolean {
    const turn = (ms: number): number => Math.floor((ms + index * SLOW_SHIFT_MS) / SLOW_MS);
    return turn(nowMs) !== turn(this.#drawnMs);
  }

  /** Paints the background only when it has to: canvases come back as they were written, and tiles cover most of them. */
  #paintBackground(canvas: Picture, moving: boolean): void {
    const version = `${this.#changes} ${this.#program.backgroundRevision}`;
    // Whatever is blended over the bare background would grow stronger from frame to frame.
    const { title, lowerThird } = this.#annotation;
    const blended = title || lowerThird !== null || this.#images.has('logo') || this.#to.more !== undefined;
    if (!moving && !blended && this.#painted.get(canvas) === version) return;
    this.#program.background(canvas);
    if (moving) this.#painted.delete(canvas);
    else this.#painted.set(canvas, version);
  }

  #slate(): 'empty' | 'sound-only' | undefined {
    if (this.#detail === 'sound-only') return 'sound-only';
    return this.#tiles.size === 0 ? 'empty' : undefined;
  }

  #regionsAt(nowMs: number): Arrangement {
    const progress = (nowMs - this.#changedMs) / TRANSITION_MS;
    if (progress < 1 && this.#from !== this.#to) return between(this.#from, this.#to, Math.max(0, progress));
    this.#fading.clear();
    return this.#to;
  }

  /** One tile for each video track, and one for each member without any; unchanged tiles are kept. */
  #collectTiles(nowMs: number): void {
    const tiles = new Map<string, Tile>();
    const keep = (candidate: Candidate, member: Member, entry: VideoEntry | undefined): void => {
      const old = this.#tiles.get(candidate.key);
      const same = old?.entry === entry && old?.member === member;
      tiles.set(candidate.key, old && same ? old : new Tile(candidate, member, entry, this.#kit));
    };
    for (const member of this.#options.roster.members) {
      const participant = member.state.id;
      const videos = videosOf(member);
      for (const entry of videos) {
        const source = entry.origin === 'mic' ? 'camera' : entry.origin;
        keep({ key: trackKey(member, entry), participant, source, since: entry.track }, member, entry);
      }
      const ended = [...this.#leaving.values()].filter(
        ({ tile, untilMs }) => tile.member === member && untilMs > nowMs,
      );
      for (const { tile } of ended) if (!tiles.has(tile.candidate.key)) tiles.set(tile.candidate.key, tile);
      if (videos.length === 0 && ended.length === 0) {
        keep({ key: participant, participant, source: 'none' }, member, undefined);
      }
    }
    this.#tiles = tiles;
  }

  #forgetEnded(nowMs: number): void {
    if (this.#leaving.size === 0) return;
    const over = [...this.#leaving].filter(([, { untilMs }]) => untilMs <= nowMs);
    for (const [key] of over) this.#leaving.delete(key);
    if (over.length > 0) this.rearrange(nowMs);
  }

  #tellPlaces(): void {
    const detail = this.#detail;
    const shown = detail === 'sound-only' ? [] : this.#to.regions;
    const regions = new Map(shown.map((region) => [region.key, region]));
    for (const member of this.#options.roster.members) {
      for (const entry of videosOf(member)) {
        const region = regions.get(trackKey(member, entry));
        const place = `${region ? placeOf(region, entry) : 'none'} ${detail}`;
        if (this.#placed.get(entry) === place) continue;
        this.#placed.set(entry, place);
        const tile = this.#tiles.get(trackKey(member, entry));
        if (region) tile?.thaw();
        else tile?.freeze();
        this.#options.onPlace(entry, region, detail);
      }
    }
  }

  /** A track is gone. */
  forget(entry: VideoEntry): void {
    this.#placed.delete(entry);
  }

  #createProgram(): ProgramAnnotation {
    const { offsetMinutes } = this.#options;
    const program = new ProgramAnnotation({ width: this.#width, height: this.#height, offsetMinutes });
    program.set(this.#title, this.#annotation);
    for (const [slot, image] of this.#images) program.setImage(slot, image);
    this.#changes += 1;
    return program;
  }
}

function sameRegions(a: Arrangement, b: Arrangement): boolean {
  const text = ({ regions }: Arrangement): string =>
    regions.map(({ key, x, y, width, height, fit }) => `${key} ${x} ${y} ${width} ${height} ${fit}`).join('\n');
  return text(a) === text(b);
}

/** What a decoder and a sender have to know of a region. */
function placeOf({ width, height, fit }: Region, { config }: VideoEntry): string {
  const picture = fit === 'cover' ? config?.config : undefined;
  return `${width}x${height} ${fit} ${picture ? (picture.width / picture.height).toFixed(1) : ''}`;
}
