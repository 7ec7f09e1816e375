/** A media playlist as a plain model: nothing is judged here, and nothing is left out that a rule needs. */
import { type Attributes, decimal, isYes, quoted, readAttributes } from './attributes.ts';

/** A line that begins with `#EXT`. */
export interface Tag {
  /** Without `#`. */
  readonly name: string;
  /** What follows the colon. */
  readonly value: string;
  /** Empty for tags whose value is no attribute list. */
  readonly attributes: Attributes;
  /** Position in the playlist, from 0. */
  readonly line: number;
}

/** A partial segment. */
export interface Part {
  readonly uri: string;
  /** Seconds; NaN when it is missing. */
  readonly duration: number;
  readonly independent: boolean;
  readonly gap: boolean;
}

/** A segment: a whole one, or the unfinished one at the end, which has no URI and no duration. */
export interface Segment {
  /** Media sequence number. */
  readonly msn: number;
  readonly uri: string | undefined;
  /** Seconds. */
  readonly duration: number | undefined;
  readonly discontinuity: boolean;
  /** The URI of the init segment that applies. */
  readonly map: string | undefined;
  /** Milliseconds since 1970; undefined when the segment does not say. */
  readonly time: number | undefined;
  readonly gap: boolean;
  readonly parts: readonly Part[];
  /** Everything of it but its URI, in order. */
  readonly tags: readonly Tag[];
}

/** A media playlist. */
export interface Playlist {
  readonly text: string;
  /** Every tag, in order. */
  readonly tags: readonly Tag[];
  readonly version: number;
  readonly targetDuration: number;
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  readonly type: string | undefined;
  readonly ended: boolean;
  readonly iframesOnly: boolean;
  readonly control: Attributes | undefined;
  /** Seconds; undefined when there is no EXT-X-PART-INF. */
  readonly partTarget: number | undefined;
  /** Segments that a delta update leaves out. */
  readonly skipped: number;
  /** Whole segments that are listed. */
  readonly segments: readonly Segment[];
  /** The unfinished segment, when it has a part or a discontinuity already. */
  readonly open: Segment | undefined;
  readonly hints: readonly Attributes[];
  readonly reports: readonly Attributes[];
  readonly dateRanges: readonly Attributes[];
}

const LISTS = new Set(
  ['PART-INF', 'SERVER-CONTROL', 'PART', 'PRELOAD-HINT', 'RENDITION-REPORT', 'SKIP', 'MAP', 'DATERANGE', 'START'].map(
    (name) => `EXT-X-${name}`,
  ),
);
const MULTIVARIANT_LISTS = new Set(['EXT-X-STREAM-INF', 'EXT-X-I-FRAME-STREAM-INF', 'EXT-X-MEDIA']);
/** Tags that belong to the segment whose URI follows. */
const OF_SEGMENT = new Set(
  ['EXTINF', ...['BYTERANGE', 'DISCONTINUITY', 'MAP', 'PROGRAM-DATE-TIME', 'GAP', 'PART', 'BITRATE'].map(ext)].values(),
);

function ext(name: string): string {
  return `EXT-X-${name}`;
}

/** Whether the value of this tag is an attribute list. */
export function isList(name: string): boolean {
  return LISTS.has(name) || MULTIVARIANT_LISTS.has(name);
}

/** A tag, or undefined for a URI, a comment and an empty line. */
export function readTag(text: string, line: number): Tag | undefined {
  const [, name, value = ''] = /^#(EXT[A-Z0-9-]*)(?::(.*))?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, value, line, attributes: isList(name) ? readAttributes(value).attributes : new Map() };
}

/** Reads a media playlist, as far as it is one. */
export function readPlaylist(text: string): Playlist {
  const lines = text.split(/\r?\n/);
  const tags = lines.flatMap((line, index) => readTag(line, index) ?? []);
  const value = (name: string): string | undefined => tags.find((tag) => tag.name === name)?.value;
  const lists = (name: string): Attributes[] =>
    tags.flatMap((tag) => (tag.name === `EXT-X-${name}` ? [tag.attributes] : []));
  const mediaSequence = Number(value('EXT-X-MEDIA-SEQUENCE') ?? 0);
  const skipped = decimal(lists('SKIP')[0] ?? new Map(), 'SKIPPED-SEGMENTS') ?? 0;
  const [partInf] = lists('PART-INF');
  return {
    text,
    tags,
    version: Number(value('EXT-X-VERSION') ?? 1),
    targetDuration: Number(value('EXT-X-TARGETDURATION') ?? Number.NaN),
    mediaSequence,
    discontinuitySequence: Number(value('EXT-X-DISCONTINUITY-SEQUENCE') ?? 0),
    type: value('EXT-X-PLAYLIST-TYPE'),
    ended: value('EXT-X-ENDLIST') !== undefined,
    iframesOnly: value('EXT-X-I-FRAMES-ONLY') !== undefined,
    control: lists('SERVER-CONTROL')[0],
    partTarget: partInf && (decimal(partInf, 'PART-TARGET') ?? Number.NaN),
    skipped,
    ...readSegments(lines, mediaSequence + skipped),
    hints: lists('PRELOAD-HINT'),
    reports: lists('RENDITION-REPORT'),
    dateRanges: lists('DATERANGE'),
  };
}

function readSegments(lines: readonly string[], first: number): Pick<Playlist, 'segments' | 'open'> {
  const segments: Segment[] = [];
  let tags: Tag[] = [];
  let map: string | undefined;
  const take = (uri: string | undefined): Segment => {
    const own = tags.findLast(({ name }) => name === 'EXT-X-MAP');
    if (own) map = quoted(own.attributes, 'URI');
    const segment = segmentOf(first + segments.length, uri, map, tags);
    tags = [];
    return segment;
  };
  for (const [index, line] of lines.entries()) {
    const tag = readTag(line, index);
    if (tag && OF_SEGMENT.has(tag.name)) tags.push(tag);
    if (line !== '' && !line.startsWith('#')) segments.push(take(line));
  }
  const begun = tags.some(({ name }) => name === 'EXT-X-PART' || name === 'EXT-X-DISCONTINUITY');
  return { segments, open: begun ? take(undefined) : undefined };
}

function segmentOf(msn: number, uri: string | undefined, map: string | undefined, tags: readonly Tag[]): Segment {
  const named = (name: string): Tag | undefined => tags.find((tag) => tag.name === name);
  const time = named('EXT-X-PROGRAM-DATE-TIME');
  const inf = named('EXTINF');
  return {
    msn,
    uri,
    duration: inf && Number.parseFloat(inf.value),
    discontinuity: named('EXT-X-DISCONTINUITY') !== undefined,
    map,
    time: time && Date.parse(time.value),
    gap: named('EXT-X-GAP') !== undefined,
    parts: tags.flatMap(({ name, attributes }) => (name === 'EXT-X-PART' ? [partOf(attributes)] : [])),
    tags,
  };
}

function partOf(attributes: Attributes): Part {
  return {
    uri: quoted(attributes, 'URI') ?? '',
    duration: decimal(attributes, 'DURATION') ?? Number.NaN,
    independent: isYes(attributes, 'INDEPENDENT'),
    gap: isYes(attributes, 'GAP'),
  };
}

/** Whole segments and, last, the unfinished one. */
export function allSegments({ segments, open }: Playlist): readonly Segment[] {
  return open ? [...segments, open] : segments;
}

/** Seconds of a segment: its own, or for the unfinished one those of its parts. */
export function lengthOf({ duration, parts }: Segment): number {
  return duration ?? parts.reduce((sum, part) => sum + part.duration, 0);
}

/** Seconds of everything that is listed. */
export function totalLength(playlist: Playlist): number {
  return allSegments(playlist).reduce((sum, segment) => sum + lengthOf(segment), 0);
}

/** The newest thing that is there: a part of the unfinished segment, or the end of the last whole one. */
export interface Edge {
  readonly msn: number;
  /** Parts of `msn` that are there. */
  readonly parts: number;
}

/** The end of the playlist: what a client asks for next is part `parts` of `msn`. */
export function edgeOf({ mediaSequence, skipped, segments, open }: Playlist): Edge {
  const msn = mediaSequence + skipped + segments.length;
  return { msn, parts: open?.parts.length ?? 0 };
}

/** Whether `edge` lies at or behind part `part` of segment `msn`; without `part`, behind the whole segment. */
export function reaches(edge: Edge, msn: number, part?: number): boolean {
  return edge.msn > msn || (edge.msn === msn && part !== undefined && edge.parts > part);
}
