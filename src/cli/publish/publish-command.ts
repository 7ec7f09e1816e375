/** `gridcast publish FILE|DEVICE|URL --url URL --room ID --name NAME [--token T] [--loop]` */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { BadRequestError } from '../../errors.ts';
import { createSpawner } from '../../ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../../ffmpeg/locate.ts';
import { MAX_NAME_LENGTH } from '../../protocol/limits.ts';
import { systemClock } from '../../util/clock.ts';
import { ACCESS_HELP, adminTokenFor, serverUrlFor } from '../admin-access.ts';
import { onInterrupt } from '../interrupt.ts';
import { tieValues } from '../option-values.ts';
import { showProgress } from './progress-line.ts';
import { type PublishFormat, parseSource } from './publish-source.ts';
import { Publisher } from './publisher.ts';

/** Printed by `gridcast publish --help`. */
export const PUBLISH_HELP = `gridcast publish SOURCE --room ID [options]

Joins a room and sends a video file, a capture device or a stream, paced in real time.

  SOURCE           a file, a device (/dev/video0), a URL (rtsp, rtmp, srt, http, https),
                   or lavfi:GRAPH for a generated picture and sound
  --room ID        the room to join (required)
  --url URL        the server (default: this machine's, see below); NODE_EXTRA_CA_CERTS names the file
                   of an authority to trust
  --name NAME      shown on the tile (default: the file's name)
  --token TOKEN    invite or admin token (default: this machine's admin token, see below)
  --consent        agrees to being recorded, in rooms that ask
  --loop           begin again at the end of a file
  --size WxH       largest picture sent (default 640x360)
  --fps N          frames per second sent (default 30)
  --video-kbit N   bit rate of the picture (default 1000)
  --quiet          no progress line

${ACCESS_HELP}`;

const ROOM_ID = /^[A-Za-z0-9_-]{1,64}$/;
const OPTIONS = {
  room: { type: 'string' },
  url: { type: 'string' },
  name: { type: 'string' },
  token: { type: 'string' },
  consent: { type: 'boolean', default: false },
  loop: { type: 'boolean', default: false },
  size: { type: 'string', default: '640x360' },
  fps: { type: 'string', default: '30' },
  'video-kbit': { type: 'string', default: '1000' },
  quiet: { type: 'boolean', default: false },
} as const;

/** Runs until the source ends or Ctrl-C; gives the exit code. @throws AppError with one sentence for the person. */
export async function publishCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({
    args: tieValues(args, OPTIONS),
    options: OPTIONS,
    allowPositionals: true,
  });
  const [source, ...rest] = positionals;
  if (source === undefined || rest.length > 0) {
    throw new BadRequestError('usage', 'Name exactly one source: gridcast publish SOURCE --room ID (see --help).');
  }
  const options = {
    url: serverUrl(serverUrlFor(values.url, env)),
    room: roomId(values.room),
    name: values.name === undefined ? nameOf(source) : checkedName(values.name),
    source: parseSource(source),
    format: formatOf(values),
    ...(values.consent && { consent: true }),
  };
  const ffmpeg = await locateFfmpeg(env['FFMPEG_PATH'] === undefined ? {} : { configured: env['FFMPEG_PATH'] });
  const publisher = new Publisher({
    ...options,
    token: await adminTokenFor(values, env),
    spawn: createSpawner(ffmpeg.path),
    clock: systemClock,
    onNotice: (text) => void process.stderr.write(`${text}\n`),
  });
  const stopListening = onInterrupt(() => publisher.stop());
  const stopProgress = values.quiet ? () => {} : showProgress(() => publisher.progress, process.stderr, systemClock);
  try {
    await publisher.run();
  } finally {
    stopProgress();
    stopListening();
  }
  return 0;
}

function roomId(text: string | undefined): string {
  if (text === undefined) throw new BadRequestError('usage', 'Name the room with --room ID.');
  if (ROOM_ID.test(text)) return text;
  throw new BadRequestError('usage', `--room takes letters, digits, "_" and "-", at most 64; not "${text}".`);
}

/** The file's name, or whatever else can be shown of a source. */
function nameOf(source: string): string {
  return basename(source).trim().slice(0, MAX_NAME_LENGTH).trim() || 'Publisher';
}

function checkedName(text: string): string {
  const name = text.trim();
  if (name.length > 0 && name.length <= MAX_NAME_LENGTH) return name;
  throw new BadRequestError('usage', `--name takes 1 to ${MAX_NAME_LENGTH} characters; not ${name.length}.`);
}

function serverUrl(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new BadRequestError(
      'usage',
      `--url takes the server's address, for example http://127.0.0.1:8080; not "${text}".`,
    );
  }
  return text;
}

function formatOf(values: { size: string; fps: string; 'video-kbit': string; loop: boolean }): PublishFormat {
  const size = /^(\d{2,4})x(\d{2,4})$/.exec(values.size);
  if (!size)
    throw new BadRequestError('usage', `--size takes WIDTHxHEIGHT, for example 640x360; not "${values.size}".`);
  const [width, height] = [Number(size[1]), Number(size[2])];
  const framerate = wholeNumber('--fps', values.fps, 1, 60);
  const videoKbit = wholeNumber('--video-kbit', values['video-kbit'], 50, 8000);
  return { width, height, framerate, videoKbit, loop: values.loop };
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new BadRequestError('usage', `${option} takes a whole number from ${min} to ${max}; not "${text}".`);
}
