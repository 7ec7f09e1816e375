/** What `gridcast publish` can open, and the FFmpeg command that turns it into packets. Pure but for one look at the disk. */
import { existsSync, statSync } from 'node:fs';
import createCommand from 'fluent-ffmpeg';
import { BadRequestError } from '../../errors.ts';

/** A source by kind. */
export type PublishSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'device'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string; readonly paced: boolean }
  /** A lavfi graph: generated pictures and sound, for demonstrations and tests. */
  | { readonly kind: 'lavfi'; readonly graph: string };

/** Form of what is sent. */
export interface PublishFormat {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly videoKbit: number;
  readonly loop: boolean;
}

const URL_SCHEMES: Readonly<Record<string, { paced: boolean }>> = {
  'rtsp:': { paced: false },
  'rtsps:': { paced: false },
  'rtmp:': { paced: false },
  'srt:': { paced: false },
  // A file behind HTTP comes as fast as the line allows: it has to be paced, and a live stream does not mind.
  'http:': { paced: true },
  'https:': { paced: true },
};
// What people have as video and sound files. Without the list FFmpeg would show a text file as a film of its letters, and
// follow what a playlist or a script names.
const FILE_FORMATS =
  'mov,matroska,webm,avi,flv,mpegts,mpeg,mpegvideo,ogg,asf,mxf,nut,gif,wav,w64,mp3,aac,flac,aiff,caf,h264,hevc,ivf,dv,rm';
const LAVFI_PREFIX = 'lavfi:';

/** @throws BadRequestError with the remedy when it is none of the kinds. */
export function parseSource(text: string): PublishSource {
  if (text.startsWith(LAVFI_PREFIX)) return { kind: 'lavfi', graph: text.slice(LAVFI_PREFIX.length) };
  const scheme = /^([a-z][a-z0-9+.-]+:)\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme) {
    const known = URL_SCHEMES[scheme];
    if (known) return { kind: 'url', url: text, paced: known.paced };
    throw new BadRequestError(
      'unknown_scheme',
      `"${scheme}//" cannot be published; use a file, a capture device, or a URL of ${Object.keys(URL_SCHEMES).join(' ')}.`,
    );
  }
  if (!existsSync(text)) {
    throw new BadRequestError('no_such_file', `There is no file or device "${text}"; check the path.`);
  }
  const stats = statSync(text);
  if (stats.isCharacterDevice()) return { kind: 'device', path: text };
  if (stats.isDirectory()) throw new BadRequestError('is_folder', `"${text}" is a folder; name a video file in it.`);
  return { kind: 'file', path: text };
}

/** Whether it would come faster than in real time, and has to be held back. */
export function isPaced(source: PublishSource): boolean {
  return source.kind === 'file' || source.kind === 'lavfi' || (source.kind === 'url' && source.paced);
}

/** Arguments for an FFmpeg that writes H.264 and Opus as NUT to standard output, paced in real time. */
export function publishArgs(source: PublishSource, format: PublishFormat): string[] {
  const command = createCommand();
  switch (source.kind) {
    case 'file':
      command
        // With its protocol: a colon or a dash in a name is part of it.
        .input(`file:${source.path}`)
        .inputOptions('-protocol_whitelist', 'file')
        .inputOptions('-format_whitelist', FILE_FORMATS);
      if (format.loop) command.inputOptions('-stream_loop', '-1');
      break;
    case 'device':
      command.input(source.path).inputFormat('v4l2');
      break;
    case 'url':
      command.input(source.url);
      if (/^rtsps?:/i.test(source.url)) command.inputOptions('-rtsp_transport', 'tcp');
      break;
    case 'lavfi':
      command.input(source.graph).inputFormat('lavfi');
      break;
  }
  if (isPaced(source)) command.inputOptions('-re');
  const { width, height, framerate, videoKbit } = format;
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`;
  // Option by option: fluent-ffmpeg splits an array's elements at spaces.
  const output: readonly (readonly [string, string?])[] = [
    ['-map', '0:v:0?'],
    ['-map', '0:a:0?'],
    ['-vf', `fps=${framerate},${fit},format=yuv420p`],
    ['-c:v', 'libx264'],
    ['-preset', 'veryfast'],
    ['-tune', 'zerolatency'],
    ['-profile:v', 'baseline'],
    ['-g', String(framerate * 2)],
    ['-b:v', `${videoKbit}k`],
    ['-maxrate', `${videoKbit}k`],
    ['-bufsize', `${videoKbit}k`],
    // NUT keeps parameter sets in its header; on the wire they come with every key frame.
    ['-bsf:v', 'dump_extra'],
    ['-c:a', 'libopus'],
    ['-b:a', '96k'],
    ['-ar', '48000'],
    ['-ac', '2'],
    ['-frame_duration', '20'],
    ['-flush_packets', '1'],
    ['-write_index', '0'],
  ];
  for (const option of output) command.outputOptions(...(option as [string]));
  command.output('pipe:1').format('nut');
  return ['-hide_banner', '-v', 'error', '-nostdin', ...argumentsOf(command)];
}

/** fluent-ffmpeg builds the command line; the process is ours, because its own cannot be stopped in order. */
function argumentsOf(command: createCommand.FfmpegCommand): string[] {
  const withArguments = command as unknown as { _getArguments(): string[] };
  return withArguments._getArguments().filter((argument) => argument !== '-y');
}
