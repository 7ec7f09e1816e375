/** Delta updates: what a client makes of one, and whether two playlists say the same. */
import { quoted } from './attributes.ts';
import { type Playlist, type Segment, allSegments } from './playlist.ts';

/** The whole playlist, from a delta update and the one that was known; undefined when that reaches not far enough. */
export function merged(delta: Playlist, known: Playlist): Playlist | undefined {
  if (delta.skipped === 0) return delta;
  const first = delta.mediaSequence - known.mediaSequence;
  const kept = known.segments.slice(first, first + delta.skipped);
  if (first < 0 || kept.length < delta.skipped) return undefined;
  const map = kept.at(-1)?.map;
  // An EXT-X-MAP holds until the next one, over the end of what is skipped, too.
  const withMap = (segment: Segment): Segment => (segment.map === undefined ? { ...segment, map } : segment);
  return {
    ...delta,
    skipped: 0,
    segments: [...kept, ...delta.segments.map(withMap)],
    open: delta.open && withMap(delta.open),
    dateRanges: mergedRanges(delta, known),
  };
}

function mergedRanges(delta: Playlist, known: Playlist): Playlist['dateRanges'] {
  const skip = delta.tags.find(({ name }) => name === 'EXT-X-SKIP');
  const removed = skip && quoted(skip.attributes, 'RECENTLY-REMOVED-DATERANGES');
  // Without the attribute all of them are repeated.
  if (removed === undefined) return delta.dateRanges;
  const fresh = new Set([
    ...delta.dateRanges.map((range) => range.get('ID')),
    ...removed.split('\t').map((id) => `"${id}"`),
  ]);
  return [...known.dateRanges.filter((range) => !fresh.has(range.get('ID'))), ...delta.dateRanges];
}

/** The first difference between what two playlists tell a client; undefined when there is none. */
export function difference(one: Playlist, other: Playlist): string | undefined {
  const [first, second] = [told(one), told(other)];
  const index = first.findIndex((line, at) => line !== second[at]);
  if (index >= 0) return `${first[index]} instead of ${second[index] ?? 'nothing'}`;
  return second.length > first.length ? `nothing instead of ${second[first.length]}` : undefined;
}

function told(playlist: Playlist): string[] {
  const lists = [...playlist.hints, ...playlist.reports].map((list) => JSON.stringify([...list]));
  const ranges = playlist.dateRanges.map((list) => JSON.stringify([...list]));
  return [
    `${playlist.targetDuration} ${playlist.mediaSequence} ${playlist.discontinuitySequence} ${playlist.ended}`,
    JSON.stringify([playlist.partTarget, ...(playlist.control ?? [])]),
    ...allSegments(playlist).map((segment) => JSON.stringify({ ...segment, tags: undefined })),
    ...lists,
    ...ranges.sort(),
  ];
}
