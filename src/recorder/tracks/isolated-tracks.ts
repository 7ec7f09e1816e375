/** Participants' own tracks in a session's folder: the list of them, and their packets. */
import { stat } from 'node:fs/promises';
import type { TrackSource } from '../../room/track.ts';
import { joined } from './track-file.ts';
import { readTrackIndex, type TrackEntry, type TrackExtent, trackPath } from './track-index.ts';
import { readTrackRecords } from './track-reader.ts';
import type { TrackConfig } from './track-record.ts';

/** One participant's own track, of one codec. Times are milliseconds of the session. */
export interface IsolatedTrack {
  /** Counts from 0 in the session. */
  readonly id: number;
  readonly participant: string;
  /** The participant's, when the track began. */
  readonly name: string;
  readonly source: TrackSource;
  readonly kind: 'video' | 'audio';
  readonly codec: 'h264' | 'vp8' | 'opus';
  /** The participant's own number for it, as in the session's events. */
  readonly track: number;
  /** Capture time of the first packet. */
  readonly fromMs: number;
  /** End of the last packet. */
  readonly toMs: number;
  /** Size of the first picture; undefined for sound. */
  readonly width?: number;
  readonly height?: number;
  /** How many packets there are, and how many a slow or full disk has cost; undefined when it was never closed. */
  readonly packets: number;
  readonly lost?: number;
}

/** One packet of it. */
export interface IsolatedPacket {
  /** Capture time, milliseconds of the session, rising. */
  readonly ms: number;
  /** 0 when its sender did not say. */
  readonly durationMs: number;
  readonly keyframe: boolean;
  /** The same object until it changes. */
  readonly config: TrackConfig;
  readonly data: Uint8Array;
}

/** All tracks of a session in the order they began, without those of which nothing can be read; none when none were kept. */
export async function listIsolatedTracks(sessionFolder: string): Promise<readonly IsolatedTrack[]> {
  const tracks: IsolatedTrack[] = [];
  for (const entry of (await readTrackIndex(sessionFolder)).values()) {
    const extent = await extentOf(sessionFolder, entry);
    if (!extent) continue;
    const { type: _, ...begin } = entry.begin;
    tracks.push({ ...begin, ...extent, ...(entry.end && { lost: entry.end.lost }) });
  }
  return tracks.sort((a, b) => a.id - b.id);
}

/**
 * The packets of a track. Where its file is damaged some are missing, and of a picture all up to the next key frame; none when
 * there is no such track.
 */
export async function* readIsolatedPackets(sessionFolder: string, id: number): AsyncGenerator<IsolatedPacket> {
  let config: TrackConfig | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  let decodable = false;
  for await (const record of readTrackRecords(trackPath(sessionFolder, id))) {
    if (record.kind === 'config') config = config && sameConfig(config, record.config) ? config : record.config;
    else if (record.kind === 'damage') decodable = false;
    else {
      const { ms, durationMs, keyframe, data } = record;
      decodable ||= keyframe;
      if (!config || !decodable || ms <= lastMs) continue;
      lastMs = ms;
      yield { ms, durationMs, keyframe, config, data };
    }
  }
}

/** As it was closed; when it was not, as its packets say. */
async function extentOf(folder: string, { begin, end }: TrackEntry): Promise<TrackExtent | undefined> {
  const bytes = await stat(trackPath(folder, begin.id)).then(
    ({ size }) => size,
    () => 0,
  );
  if (end && end.bytes === bytes) {
    const { type: _, id: _id, bytes: _bytes, lost: _lost, ...extent } = end;
    return extent;
  }
  let extent: TrackExtent | undefined;
  for await (const { ms, durationMs, config } of readIsolatedPackets(folder, begin.id)) {
    const size = config.codec === 'opus' ? {} : { width: config.width, height: config.height };
    extent = joined(extent, { fromMs: ms, toMs: ms + durationMs, packets: 1, ...size });
  }
  return extent;
}

function sameConfig(a: TrackConfig, b: TrackConfig): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
