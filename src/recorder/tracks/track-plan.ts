/** Plans the files into which the isolated tracks of a recording are exported. */
import { listIsolatedTracks, type IsolatedTrack, readIsolatedPackets } from './isolated-tracks.ts';
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';
import { TimelinePlacer } from './timeline-placer.ts';

/** One file to be made. */
export interface TrackFile {
  readonly track: IsolatedTrack;
  /** Plain name in the archive. */
  readonly file: string;
  readonly contentType: string;
  /** Whose it is and what it shows. */
  readonly title: string;
  /** Seconds of the recording: of its first packet, and the end of its last. */
  readonly from: number;
  readonly to: number;
}

const FORMS = {
  h264: { extension: 'mp4', contentType: 'video/mp4' },
  vp8: { extension: 'webm', contentType: 'video/webm' },
  opus: { extension: 'ogg', contentType: 'audio/ogg' },
} as const;
const SOURCES = { camera: 'camera', mic: 'microphone', screen: 'screen', file: 'file' } as const;

/** In order of appearance; without those of which nothing lies in the recording. */
export async function planTrackFiles(sessionFolder: string, timeline: RecordingTimeline): Promise<TrackFile[]> {
  const found: { readonly track: IsolatedTrack; readonly from: number; readonly to: number }[] = [];
  for (const track of await listIsolatedTracks(sessionFolder)) {
    const to = timeline.spans(track.fromMs, track.toMs).at(-1)?.to;
    const from = to === undefined ? undefined : await firstPacket(sessionFolder, track, timeline);
    if (from !== undefined && to !== undefined) found.push({ track, from, to });
  }
  return nameTrackFiles(found);
}

/** Numbers and names: pure. */
export function nameTrackFiles(
  found: readonly { readonly track: IsolatedTrack; readonly from: number; readonly to: number }[],
): TrackFile[] {
  const ordered = [...found].sort((a, b) => a.from - b.from || a.track.id - b.track.id);
  return ordered.map(({ track, from, to }, index) => {
    const { extension, contentType } = FORMS[track.codec];
    const file = `track-${String(index + 1).padStart(2, '0')}-${track.source}.${extension}`;
    const title = `${track.name} – ${SOURCES[track.source]}`;
    return { track, file, contentType, title, from: milliseconds(from), to: milliseconds(Math.max(from, to)) };
  });
}

/** Seconds of the recording; undefined when the track was not kept in it. */
async function firstPacket(
  folder: string,
  track: IsolatedTrack,
  timeline: RecordingTimeline,
): Promise<number | undefined> {
  const placer = new TimelinePlacer(timeline);
  for await (const packet of readIsolatedPackets(folder, track.id)) {
    if (placer.isOver(packet.ms)) break;
    const [placed] = placer.place(packet);
    if (placed) return placed.us / 1e6;
  }
  return undefined;
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
