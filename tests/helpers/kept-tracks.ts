/** Isolated tracks in a session's folder, as a session that kept them would have written them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatTrackLine, type TrackBegin, trackIndexPath, trackPath } from '../../src/recorder/tracks/track-index.ts';
import { configRecord, packetRecord, type TrackConfig } from '../../src/recorder/tracks/track-record.ts';
import type { Sample } from './media-samples.ts';

/** One track, whose packets begin at a time of the session. */
export interface KeptSample {
  readonly participant: string;
  readonly name: string;
  readonly source: TrackBegin['source'];
  readonly sample: Sample<TrackConfig>;
  /** Milliseconds of the session. */
  readonly fromMs: number;
  /** Whether a packet is there, by its time in the sample in milliseconds; default: all of them. */
  readonly keep?: (timestampMs: number) => boolean;
}

/** Writes all of them; their ids count from 0. */
export async function writeKeptTracks(folder: string, tracks: readonly KeptSample[]): Promise<void> {
  await mkdir(dirname(trackIndexPath(folder)), { recursive: true });
  const lines: string[] = [];
  for (const [id, { participant, name, source, sample, fromMs, keep = () => true }] of tracks.entries()) {
    const { config } = sample;
    const kind = config.codec === 'opus' ? 'audio' : 'video';
    const kept = sample.packets.filter(({ timestampMs }) => keep(timestampMs));
    const records = kept.map(({ timestampMs, ...packet }) => packetRecord({ ...packet, ms: fromMs + timestampMs }));
    const bytes = Buffer.concat([configRecord(config), ...records].flat());
    await writeFile(trackPath(folder, id), bytes);
    const [first, last] = [kept[0], kept.at(-1)];
    const extent = {
      fromMs: fromMs + (first?.timestampMs ?? 0),
      toMs: fromMs + (last ? last.timestampMs + last.durationMs : 0),
      packets: kept.length,
      ...(config.codec === 'opus' ? {} : { width: config.width, height: config.height }),
    };
    lines.push(
      formatTrackLine({ type: 'track', id, participant, name, source, kind, codec: config.codec, track: id }),
      formatTrackLine({ type: 'end', id, bytes: bytes.byteLength, lost: 0, ...extent }),
    );
  }
  await writeFile(trackIndexPath(folder), lines.join(''));
}
