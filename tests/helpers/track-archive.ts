/** Finished archives with isolated tracks, made by hand: every picture shows its own number, every person has a tone. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type {
  ArchiveTimeline,
  TimelineEvent,
  TimelinePerson,
} from '../../src/recorder/archive/archive-timeline-file.ts';
import type { ArchiveSource } from '../../src/recorder/storage/archive-reader.ts';

const run = promisify(execFile);
const BINARY = { encoding: 'buffer', maxBuffer: 512 * 1024 * 1024 } as const;
/** Bars of a picture, each a binary digit of its number. */
const DIGITS = 10;
const RATE = 48_000;

/** Pictures a second of every track, and of the program. */
export const FPS = 30;

/** Somebody with a camera that counts its pictures and a microphone with a tone, from `from` to `to` seconds. */
export interface ArchivedPerson {
  readonly id: string;
  readonly name?: string;
  readonly from: number;
  readonly to: number;
  /** The tone that they sound; none without. */
  readonly toneHz?: number;
  /** None: they have no camera. */
  readonly codec?: 'h264' | 'vp8' | 'none';
}

/** What else is told of it. */
export interface ArchiveOptions {
  readonly recording: string;
  readonly people: readonly ArchivedPerson[];
  readonly duration: number;
  readonly events?: readonly TimelineEvent[];
  readonly gaps?: ArchiveTimeline['gaps'];
}

/** Writes the archive below `dataDir`; its clock is off, so that cells hold pictures and names alone. */
export async function writeTrackArchive(dataDir: string, options: ArchiveOptions): Promise<ArchiveTimeline> {
  const folder = join(dataDir, 'recordings', options.recording);
  await mkdir(folder, { recursive: true });
  const timeline = timelineOf(options);
  for (const person of options.people) {
    const { tracks } = timeline.people.find(({ id }) => id === person.id) as TimelinePerson;
    for (const { file, kind } of tracks) {
      await run('ffmpeg', [
        '-v',
        'error',
        '-y',
        ...(kind === 'video' ? picture(person) : tone(person)),
        join(folder, file),
      ]);
    }
  }
  await writeFile(join(folder, 'timeline.json'), JSON.stringify(timeline));
  return timeline;
}

/** The timeline alone. */
export function timelineOf({ recording, people, duration, events = [], gaps = [] }: ArchiveOptions): ArchiveTimeline {
  const startedAt = '2026-01-01T00:00:00.000Z';
  const annotation = { clock: false };
  return {
    version: 1,
    recording,
    room: 'hall',
    title: 'The hall',
    session: 's1',
    startedAt,
    duration,
    framerate: FPS,
    width: 640,
    height: 360,
    pieces: [{ from: 0, to: duration, startedAt }],
    gaps,
    chapters: [],
    markers: [],
    people: people.map(personOf),
    events: [{ t: 0, type: 'annotation', annotation } as const, ...people.flatMap(eventsOf), ...events].toSorted(
      (a, b) => a.t - b.t,
    ),
  };
}

/** Reads archives where `writeTrackArchive` puts them. */
export function archivesIn(dataDir: string): Pick<ArchiveSource, 'localPath'> {
  return {
    localPath: async (recording, name) => ({
      path: join(dataDir, 'recordings', recording, name),
      dispose: async () => {},
    }),
  };
}

/** What each frame of a film shows in a cell: the number of a picture, or -1 where the bars are not to be seen. */
export async function readCell(
  file: string,
  cell: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<number[]> {
  // A band in the middle: names stand below it. Each bar by the middle of it.
  const band = `crop=${cell.width}:${Math.floor(cell.height / 8) * 2}:${cell.x}:${cell.y + Math.floor(cell.height / 4)}:exact=1`;
  const look = `${band},scale=${DIGITS * 3}:1:flags=area,format=gray`;
  const output = ['-map', '0:v', '-fps_mode', 'passthrough', '-vf', look, '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', file, ...output], BINARY);
  return Array.from({ length: stdout.length / (DIGITS * 3) }, (_, frame) => {
    const bars = Array.from({ length: DIGITS }, (__, digit) => stdout[frame * DIGITS * 3 + digit * 3 + 1] as number);
    if (bars.some((grey) => grey > 70 && grey < 170)) return -1;
    return bars.reduce((sum, grey, digit) => sum + (grey > 120 ? 2 ** digit : 0), 0);
  });
}

/** The number that a person's picture shows at a second of the recording, of which the program was `delay` behind. */
export function numberAt({ from, to }: ArchivedPerson, at: number, delay: number): number {
  const last = Math.round((to - from) * FPS) - 1;
  // As in the program a picture may be five milliseconds early.
  return Math.min(last, Math.floor((at - delay - from + 0.0051) * FPS));
}

function personOf(person: ArchivedPerson): TimelinePerson {
  const { id, name = id, from, to, toneHz, codec = 'h264' } = person;
  const span = { from, to };
  return {
    id,
    name,
    role: 'participant',
    present: [span],
    spoke: [],
    spokeSeconds: 0,
    tracks: [
      ...(codec === 'none'
        ? []
        : [{ file: `${id}-camera.mkv`, kind: 'video', source: 'camera', codec, ...span } as const]),
      ...(toneHz === undefined
        ? []
        : [{ file: `${id}-mic.ogg`, kind: 'audio', source: 'mic', codec: 'opus', ...span } as const]),
    ],
  };
}

function eventsOf({ id, name = id, from, to, toneHz, codec = 'h264' }: ArchivedPerson): TimelineEvent[] {
  return [
    { t: from, type: 'joined', participant: id, name, role: 'participant' },
    ...(codec === 'none'
      ? []
      : [{ t: from, type: 'track-added', participant: id, track: 0, kind: 'video', source: 'camera' } as const]),
    ...(toneHz === undefined
      ? []
      : [{ t: from, type: 'track-added', participant: id, track: 1, kind: 'audio', source: 'mic' } as const]),
    { t: to, type: 'left', participant: id },
  ];
}

function picture({ from, to, codec = 'h264' }: ArchivedPerson): string[] {
  // Calculated for a pixel of each bar: for all of them it takes eight times as long.
  const bars = `geq=lum='if(bitand(floor(N/pow(2,X)),1),235,16)':cb=128:cr=128,scale=${DIGITS * 32}:180:flags=neighbor`;
  const source = `color=black:size=${DIGITS}x2:rate=${FPS},format=yuv420p,${bars}`;
  const coder =
    codec === 'vp8'
      ? ['libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M']
      : ['libx264', '-preset', 'ultrafast'];
  return [
    ...['-f', 'lavfi', '-i', source, '-frames:v', String(Math.round((to - from) * FPS))],
    ...['-c:v', ...coder, '-g', '45', '-bf', '0', '-output_ts_offset', from.toFixed(6), '-f', 'matroska'],
  ];
}

function tone({ from, to, toneHz }: ArchivedPerson): string[] {
  const source = `aevalsrc='0.25*sin(2*PI*${toneHz}*t)':s=${RATE}:d=${to - from}`;
  return [
    '-f',
    'lavfi',
    '-i',
    source,
    '-ac',
    '1',
    '-c:a',
    'libopus',
    '-b:a',
    '64k',
    '-output_ts_offset',
    from.toFixed(6),
    '-f',
    'ogg',
  ];
}
