/** mp4box, ffprobe and ffmpeg as witnesses for media. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { createFile } from 'mp4box';
import { type InitTrack, type Run, readFragments, readInit } from './boxes.ts';
import { type Problem, of } from './problem.ts';

/** Milliseconds after which a program that reads a segment is ended. */
const PATIENCE_MS = 20_000;

interface ReadTrack {
  readonly track: InitTrack;
  readonly runs: readonly Run[];
}

function tracksOf(init: Uint8Array, media: Uint8Array): ReadTrack[] {
  const runs = readFragments(media).flatMap((fragment) => fragment.runs);
  return readInit(init).tracks.map((track) => ({ track, runs: runs.filter((run) => run.track === track.id) }));
}

/** mp4box.js: the codecs, and the time and size of every sample, are those that we read. */
export function problemsOfMp4box(init: Uint8Array, media: Uint8Array): Problem[] {
  const problem = of('mp4box');
  try {
    const film = new Uint8Array([...init, ...media]);
    const file = createFile();
    file.appendBuffer(Object.assign(film.buffer, { fileStart: 0 }));
    file.flush();
    const info = file.getInfo();
    return tracksOf(init, media).flatMap(({ track, runs }) => {
      const theirs = info.tracks.find(({ id }) => id === track.id);
      if (!theirs) return [problem(`finds no track ${track.id}`)];
      if (theirs.codec.toLowerCase() !== track.codec.toLowerCase()) {
        return [problem(`reads ${theirs.codec}, not ${track.codec}`)];
      }
      const expected = runs.flatMap((run) => {
        let time = run.time ?? 0;
        return run.samples.map(({ duration, size, sync }) => {
          time += duration;
          return `${time - duration} ${size} ${sync}`;
        });
      });
      const read = file.getTrackSamplesInfo(track.id).map(({ dts, size, is_sync: sync }) => `${dts} ${size} ${sync}`);
      const at = expected.findIndex((sample, index) => sample !== read[index]);
      if (at >= 0) return [problem(`reads sample ${at} of track ${track.id} as ${read[at]}, not ${expected[at]}`)];
      return read.length === expected.length ? [] : [problem(`reads ${read.length} samples, not ${expected.length}`)];
    });
  } catch (error) {
    return [problem(String(error))];
  }
}

/** ffprobe: the number of packets of each track and the time of the first are those that we read. */
export async function problemsOfFfprobe(init: Uint8Array, media: Uint8Array): Promise<Problem[]> {
  const problem = of('ffprobe');
  const args = ['-v', 'warning', '-show_entries', 'packet=stream_index,pts_time', '-of', 'csv=p=0', 'pipe:0'];
  const { output, complaints } = await fed('ffprobe', args, [init, media]);
  if (complaints !== '') return [problem(complaints)];
  const rows = output
    .trim()
    .split('\n')
    .map((row) => row.split(','));
  return tracksOf(init, media).flatMap(({ track, runs }, index) => {
    const own = rows.filter(([stream]) => stream === String(index));
    const expected = runs.reduce((sum, { samples }) => sum + samples.length, 0);
    if (own.length !== expected) return [problem(`reads ${own.length} packets of ${track.codec}, not ${expected}`)];
    const off = Number(own[0]?.[1]) - (runs[0]?.time ?? Number.NaN) / track.timescale;
    return Math.abs(off) < 1e-5 || expected === 0 ? [] : [problem(`begins ${track.codec} ${off} s off its time`)];
  });
}

/** ffmpeg: everything decodes without a complaint, each picture of it. */
export async function problemsOfDecoding(init: Uint8Array, media: Uint8Array): Promise<Problem[]> {
  const problem = of('ffmpeg');
  const output = ['-fps_mode', 'passthrough', '-f', 'framecrc', 'pipe:1'];
  const args = ['-v', 'warning', '-xerror', '-i', 'pipe:0', '-map', '0', ...output];
  const { output: rows, complaints } = await fed('ffmpeg', args, [init, media]);
  if (complaints !== '') return [problem(complaints)];
  return tracksOf(init, media).flatMap(({ track, runs }, index) => {
    if (track.handler !== 'vide') return [];
    const decoded = rows.split('\n').filter((row) => row.startsWith(`${index},`)).length;
    const expected = runs.reduce((sum, { samples }) => sum + samples.length, 0);
    return decoded === expected ? [] : [problem(`decodes ${decoded} pictures of ${expected}`)];
  });
}

async function fed(
  program: string,
  args: readonly string[],
  input: readonly Uint8Array[],
): Promise<{ readonly output: string; readonly complaints: string }> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: PATIENCE_MS });
  const closed = once(child, 'close');
  // One that has seen enough closes its end.
  child.stdin.on('error', () => {});
  child.stdin.end(Buffer.concat(input));
  const [output, complaints] = await Promise.all([buffer(child.stdout), text(child.stderr), closed]);
  const ended = child.exitCode === 0 ? '' : ` (it ended with ${child.exitCode ?? child.signalCode})`;
  return { output: output.toString(), complaints: `${complaints.trim()}${ended}` };
}
