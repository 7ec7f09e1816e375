/** People's own sound in a session's folder, as if they had sent it: tones that tell who and when. */
import { execFile } from 'node:child_process';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatTrackLine, TRACKS_FOLDER, trackIndexPath, trackPath } from '../../src/recorder/tracks/track-index.ts';
import { configRecord, packetRecord } from '../../src/recorder/tracks/track-record.ts';
import { readNut } from './media-samples.ts';

const run = promisify(execFile);

/** One track; beeps of 100 ms at each whole second of the session from `fromMs` to `toMs`. */
export interface SpokenTrack {
  readonly id: number;
  readonly participant: string;
  readonly name: string;
  readonly source: 'mic' | 'screen';
  /** Milliseconds of the session, whole seconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** 0–1. */
  readonly volume: number;
}

/** Adds the track to those of the session. */
export async function addSpokenTrack(folder: string, track: SpokenTrack): Promise<void> {
  const { id, participant, name, source, fromMs, toMs, volume } = track;
  await mkdir(join(folder, TRACKS_FOLDER), { recursive: true });
  const tone = `aevalsrc='${volume}*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':s=48000:d=${(toMs - fromMs) / 1000}`;
  const opus = ['-ac', '1', '-c:a', 'libopus', '-b:a', '64k', '-frame_duration', '20', '-application', 'lowdelay'];
  const args = ['-v', 'error', '-f', 'lavfi', '-i', tone, ...opus, '-f', 'nut', 'pipe:1'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  const config = { codec: 'opus', codecString: 'opus', sampleRate: 48_000, channels: 1 } as const;
  const records = readNut(stdout).map(({ pts, stream, data }) => {
    const ms = fromMs + (pts * stream.timebase.num * 1000) / stream.timebase.den;
    return Buffer.concat(packetRecord({ ms, durationMs: 20, keyframe: true, data }));
  });
  await appendFile(trackPath(folder, id), Buffer.concat([...configRecord(config), ...records]));
  const line = { type: 'track', id, participant, name, source, kind: 'audio', codec: 'opus', track: id } as const;
  await appendFile(trackIndexPath(folder), formatTrackLine(line));
}
