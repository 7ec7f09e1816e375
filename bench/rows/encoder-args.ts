/** The arguments of the program's own encoders, for rows that read from somewhere else. */
import { encodeAudioArgs, encodeVideoArgs } from '../../src/ffmpeg/encode-args.ts';
import { PROGRAM } from '../program.ts';

const VIDEO = encodeVideoArgs(PROGRAM);
const AUDIO = encodeAudioArgs({ kbit: PROGRAM.audioKbit });

/** The whole command line of the program's x264, with a raw file in real time instead of the pipe. */
export function encodeFileArgs(raw: string, seconds: number): string[] {
  return VIDEO.flatMap((word, index) => {
    if (VIDEO[index - 1] === '-protocol_whitelist') return ['file,pipe'];
    if (word === '-i') return ['-stream_loop', '-1', '-re', '-t', String(seconds), '-i'];
    if (word === 'pipe:0') return [raw];
    if (word === 'pipe:1') return ['-progress', 'pipe:1', '-y', '/dev/null'];
    return [word];
  });
}

/** Only what is said about x264. */
export function x264Args(): readonly string[] {
  return between(VIDEO, '-c:v', '-flush_packets');
}

/** One option of x264, for example `-threads`. */
export function x264Option(name: string): string {
  const value = VIDEO[VIDEO.lastIndexOf(name) + 1];
  if (!VIDEO.includes(name) || value === undefined) throw new Error(`The encoder's arguments have no ${name} any more`);
  return value;
}

/** Only what is said about AAC. */
export function aacArgs(): readonly string[] {
  return between(AUDIO, '-c:a', '-flush_packets');
}

function between(args: readonly string[], from: string, to: string): readonly string[] {
  const [start, end] = [args.indexOf(from), args.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`The encoder's arguments have no ${from} before ${to} any more`);
  return args.slice(start, end);
}
