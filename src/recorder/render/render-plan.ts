/** What a render shows from moment to moment: spans in which nobody comes, goes, moves or changes. Pure. */
import type { Annotation } from '../../layout/annotation.ts';
import { arrange } from '../../layout/arrange.ts';
import type { Arrangement, Layout } from '../../layout/layout.ts';
import type { ArchiveTimeline, TimelineEvent, TimelineTrack } from '../archive/archive-timeline-file.ts';
import type { RenderOrder } from './render-request.ts';
import { type Placeable, RenderState, type StatePerson } from './render-state.ts';

/** One tile, but for its place. */
export interface PlannedTile {
  readonly key: string;
  readonly name: string;
  readonly host: boolean;
  readonly muted: boolean;
  readonly speaking: boolean;
  readonly floor: boolean;
  /** They refused to be recorded. */
  readonly withheld: boolean;
  /** As its sender says. */
  readonly paused: boolean;
  /** Whether pictures may be seconds apart. */
  readonly screen: boolean;
  /** Since when their connection is cut, seconds of the recording. */
  readonly lostAt: number | undefined;
  /** Plain name of the file of its pictures; undefined when there are none. */
  readonly file: string | undefined;
  /** How much later than it was captured a picture is shown, seconds. */
  readonly delay: number;
}

/** Seconds of the recording in which nothing changes but the pictures. */
export interface RenderSpan {
  readonly from: number;
  readonly to: number;
  /** A slate stands for what was left out of the recording, for this reason. */
  readonly pause: ArchiveTimeline['gaps'][number]['reason'] | undefined;
  /** The same object as in the span before when nobody moved. */
  readonly arrangement: Arrangement;
  readonly animate: boolean;
  /** By key. */
  readonly tiles: ReadonlyMap<string, PlannedTile>;
  readonly title: string;
  readonly annotation: Annotation;
}

/** So long after its last packet a picture still stands for its track, seconds: longer than the program says nothing of it. */
const GRACE = { camera: 2, screen: 8 };
/** A track's file begins with its first packet, which may be captured a little before the room knows of the track; seconds. */
const SLACK = 1;

/** The spans of a render in order, without a gap from its first second to its last. Made one by one: hours have many. */
export function* planSpans(timeline: ArchiveTimeline, order: RenderOrder): Generator<RenderSpan> {
  const state = new RenderState(timeline.title, order.without);
  const events = eventsOf(timeline);
  const edges = edgesOf(timeline, events, order);
  const files = filesOf(timeline);
  let next = 0;
  let before: Arrangement | undefined;
  for (const [index, edge] of edges.entries()) {
    const end = edges[index + 1];
    if (end === undefined) return;
    for (let event = events[next]; event && event.t <= edge; event = events[next]) {
      state.apply(event);
      next += 1;
    }
    if (end <= order.from) continue;
    const placeables = state.placeables();
    const layout = order.layout === 'recorded' ? state.layout : order.layout;
    const arrangement = arrangementOf(layout, placeables, state.speaker, order);
    before = before && sameRegions(before, arrangement) ? before : arrangement;
    yield {
      from: Math.max(edge, order.from),
      to: end,
      pause: timeline.gaps.find(({ at, resumesAt }) => edge >= at && edge < resumesAt)?.reason,
      arrangement: before,
      animate: layout.transition === 'animate',
      tiles: tilesOf(placeables, before, state, files, edge),
      title: state.title,
      annotation: state.annotation,
    };
  }
}

/** Wall-clock milliseconds at a second of the recording. */
export function wallMsAt({ pieces, startedAt }: ArchiveTimeline, t: number): number {
  const piece = pieces.findLast(({ from }) => from <= t) ?? pieces[0];
  return piece ? Date.parse(piece.startedAt) + (t - piece.from) * 1000 : Date.parse(startedAt) + t * 1000;
}

/** In order, with those of whoever the events say nothing. */
function eventsOf({ people, events }: ArchiveTimeline): readonly TimelineEvent[] {
  const told = new Set(events.map((event) => (event.type === 'joined' ? event.participant : undefined)));
  const made = people
    .filter(({ id }) => !told.has(id))
    .flatMap(({ id, name, role, present, tracks }): TimelineEvent[] => [
      ...present.map(({ from }) => ({ type: 'joined', t: from, participant: id, name, role }) as const),
      ...present.map(({ to }) => ({ type: 'left', t: to, participant: id }) as const),
      ...tracks.flatMap(({ kind, source, from, to }, track): TimelineEvent[] => [
        { type: 'track-added', t: from, participant: id, track, kind, source },
        { type: 'track-removed', t: to, participant: id, track },
      ]),
    ]);
  return made.length === 0 ? events : [...made, ...events].sort((a, b) => a.t - b.t);
}

/** Everywhere that something may change, from the recording's beginning to the render's end. */
function edgesOf(timeline: ArchiveTimeline, events: readonly TimelineEvent[], order: RenderOrder): number[] {
  const tracks = timeline.people.flatMap((person) => person.tracks).filter(({ kind }) => kind === 'video');
  const all = [
    0,
    order.to,
    ...events.map(({ t }) => t),
    ...timeline.gaps.flatMap(({ at, resumesAt }) => [at, resumesAt]),
    ...tracks.flatMap((track) => [track.from, track.to + graceOf(track)]),
  ];
  return [...new Set(all)].filter((t) => t >= 0 && t <= order.to).sort((a, b) => a - b);
}

/** Everybody's pictures, in the order they begin. */
function filesOf({ people }: ArchiveTimeline): ReadonlyMap<string, readonly TimelineTrack[]> {
  return new Map(
    people.map(({ id, tracks }) => [
      id,
      tracks.filter(({ kind }) => kind === 'video').toSorted((a, b) => a.from - b.from),
    ]),
  );
}

function arrangementOf(
  layout: Layout,
  placeables: readonly Placeable[],
  speaker: string | undefined,
  { width, height }: RenderOrder,
): Arrangement {
  const candidates = placeables.map(({ candidate }) => candidate);
  const there = candidates.some(({ participant }) => participant === speaker);
  return arrange(layout, { candidates, speaker: there ? speaker : undefined, width, height });
}

function tilesOf(
  placeables: readonly Placeable[],
  { regions }: Arrangement,
  state: RenderState,
  files: ReadonlyMap<string, readonly TimelineTrack[]>,
  at: number,
): ReadonlyMap<string, PlannedTile> {
  const shown = new Set(regions.map(({ key }) => key));
  const taken = new Set<string>();
  const tiles = new Map<string, PlannedTile>();
  for (const { candidate, person, track } of placeables) {
    const file = track && fileOf(files.get(person.id) ?? [], track, at, taken);
    if (file) taken.add(file.file);
    if (!shown.has(candidate.key)) continue;
    tiles.set(candidate.key, {
      key: candidate.key,
      name: person.name,
      host: person.host,
      muted: isMuted(person),
      speaking: state.speaking.has(person.id),
      floor: state.speaker === person.id,
      withheld: person.withheld,
      paused: track?.state === 'paused',
      screen: candidate.source === 'screen',
      lostAt: person.lostAt,
      file: person.withheld ? undefined : file?.file,
      delay: person.delay,
    });
  }
  return tiles;
}

/** The newest file of the track that has begun; of several tracks alike each has its own. */
function fileOf(
  files: readonly TimelineTrack[],
  track: NonNullable<Placeable['track']>,
  at: number,
  taken: ReadonlySet<string>,
): TimelineTrack | undefined {
  return files.findLast(
    (file) =>
      file.source === track.source &&
      !taken.has(file.file) &&
      file.from <= at &&
      file.from >= track.addedAt - SLACK &&
      (track.state === 'paused' || at < file.to + graceOf(file)),
  );
}

function graceOf({ source }: Pick<TimelineTrack, 'source'>): number {
  return source === 'screen' ? GRACE.screen : GRACE.camera;
}

/** A host silenced them, or every microphone of theirs is switched off. */
function isMuted({ silenced, tracks }: StatePerson): boolean {
  if (silenced) return true;
  const mics = [...tracks.values()].filter(({ kind, source }) => kind === 'audio' && source === 'mic');
  return mics.length > 0 && mics.every(({ state }) => state === 'muted');
}

function sameRegions(a: Arrangement, b: Arrangement): boolean {
  return JSON.stringify([a.regions, a.more]) === JSON.stringify([b.regions, b.more]);
}
