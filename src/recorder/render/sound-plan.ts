/** Which sounds a render has, how loud and when: as the arguments of one FFmpeg run. Pure. */
import type { ArchiveTimeline, TimelineEvent, TimelineTrack } from '../archive/archive-timeline-file.ts';
import type { RenderOrder } from './render-request.ts';

/** Seconds of the recording with a loudness of their own; 0: silence, 1: as it is. */
export interface SoundLevel {
  readonly from: number;
  readonly to: number;
  readonly gain: number;
}

/** One file that is heard. */
export interface SoundSource {
  /** Plain name. */
  readonly file: string;
  /** How much later than it was captured it was heard, seconds. */
  readonly delay: number;
  /** In order, without a gap. */
  readonly levels: readonly SoundLevel[];
}

/** Seconds that the program is usually behind, for what was recorded without saying. */
const USUAL_DELAY = 0.06;
/** What a host may set, decibels. */
const GAIN_DB = { min: -30, max: 12 };
/** Opus needs some packets before a moment to sound right at it, seconds. */
const LEAD = 1;

/** Every sound of everybody wanted that lies in the render's range. */
export function planSound(timeline: ArchiveTimeline, order: RenderOrder): SoundSource[] {
  const without = new Set(order.without);
  return timeline.people
    .filter(({ id }) => !without.has(id))
    .flatMap(({ id, tracks }) => {
      const delay = delayOf(timeline.events, id);
      return tracks
        .filter(({ kind, from, to }) => kind === 'audio' && from < order.to && to > order.from - LEAD)
        .map((track) => ({ file: track.file, delay, levels: levelsOf(timeline.events, id, track, order.to) }));
    });
}

/** Options of each input: what is far before the range is not decoded. */
export function soundInputOptions({ delay }: SoundSource, order: RenderOrder): string[] {
  const start = Math.max(0, order.from - delay - LEAD);
  // By the file's own times; else it would count from where the track begins.
  return start > 0 ? ['-seek_timestamp', '1', '-ss', start.toFixed(6)] : [];
}

/**
 * The graph that mixes inputs 0, 1, … into `[sound]`, exactly as long as the render. Their times are those of the recording (FFmpeg
 * is told to keep them). There is nothing in it but numbers.
 */
export function soundGraph(sources: readonly SoundSource[], order: RenderOrder): string {
  const seconds = order.to - order.from;
  const exact = `apad=whole_dur=${seconds.toFixed(6)},atrim=end=${seconds.toFixed(6)}`;
  if (sources.length === 0) return `anullsrc=r=48000:cl=stereo,atrim=end=${seconds.toFixed(6)}[sound]`;
  const chains = sources.map(({ delay, levels }, index) => {
    const shift = delay - order.from;
    const volume = volumeFilter(levels, shift);
    return (
      `[${index}:a:0]asetpts=PTS+(${shift.toFixed(6)})/TB,${volume}` +
      `aresample=48000:async=1:min_hard_comp=0.02:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo[s${index}]`
    );
  });
  const all = sources.map((_, index) => `[s${index}]`).join('');
  const mix = sources.length === 1 ? 'anull' : `amix=inputs=${sources.length}:normalize=0:dropout_transition=0`;
  return `${chains.join(';')};${all}${mix},${exact}[sound]`;
}

/** Steps of a whole packet: who is silenced is so within 20 ms. */
function volumeFilter(levels: readonly SoundLevel[], shift: number): string {
  if (levels.every(({ gain }) => gain === 1)) return '';
  const terms = levels.map(
    ({ from, to, gain }) =>
      `${gain.toFixed(4)}*gte(t\\,${(from + shift).toFixed(6)})*lt(t\\,${(to + shift).toFixed(6)})`,
  );
  return `volume=volume='${terms.join('+')}':eval=frame,`;
}

/** The middle one of all that were told. */
function delayOf(events: readonly TimelineEvent[], id: string): number {
  const told = events.flatMap((event) => (event.type === 'playout' && event.participant === id ? [event.delayMs] : []));
  const middle = told.toSorted((a, b) => a - b)[Math.floor(told.length / 2)];
  return middle === undefined ? USUAL_DELAY : middle / 1000;
}

/** What a host and the sender's own switch did to a track, from the recording's beginning to `end`. */
function levelsOf(events: readonly TimelineEvent[], id: string, { source }: TimelineTrack, end: number): SoundLevel[] {
  const levels: SoundLevel[] = [];
  const tracks = new Set<number>();
  let [gain, silenced, muted, since] = [1, false, false, 0];
  const step = (t: number): void => {
    if (t > since) levels.push({ from: since, to: t, gain: silenced || muted ? 0 : gain });
    since = t;
  };
  for (const event of events) {
    if (!('participant' in event) || event.participant !== id) continue;
    if (event.type === 'track-added' && event.kind === 'audio' && event.source === source) {
      tracks.add(event.track);
      step(event.t);
      muted = false;
    } else if (event.type === 'track-state' && tracks.has(event.track)) {
      step(event.t);
      muted = event.state === 'muted';
    } else if (event.type === 'loudness') {
      step(event.t);
      silenced = event.silenced;
      gain = 10 ** (Math.min(GAIN_DB.max, Math.max(GAIN_DB.min, event.gainDb)) / 20);
    }
  }
  // Beyond the end nothing is heard, and what is late of it is.
  step(end + LEAD);
  return levels.length > 0 ? levels : [{ from: 0, to: end + LEAD, gain: 1 }];
}
