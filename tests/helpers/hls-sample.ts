/** A short HLS presentation, made by FFmpeg. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SECONDS = 12;

/** Writes `index.m3u8` with all of its media into `dir`; a live one goes on, as far as the playlist says. */
export async function makeHls(dir: string, kind: 'live' | 'ended' = 'live'): Promise<string> {
  const seconds = kind === 'live' ? SECONDS : 1;
  const sources = ['testsrc2=size=320x180:rate=30', 'sine=frequency=440:sample_rate=48000'];
  const args = [
    ...['-v', 'error', '-nostdin', ...sources.flatMap((source) => ['-f', 'lavfi', '-i', source])],
    ...[
      '-t',
      String(seconds),
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '60',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
    ],
    ...['-f', 'hls', '-hls_time', '2', '-hls_list_size', '0', '-hls_segment_type', 'fmp4'],
    ...['-hls_flags', kind === 'live' ? 'program_date_time+omit_endlist' : 'program_date_time'],
    join(dir, 'index.m3u8'),
  ];
  await promisify(execFile)('ffmpeg', args);
  return dir;
}
