/** A finished archive of three files, as small as it gets. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILES = [
  ['recording.mp4', 'film', 'video/mp4'],
  ['track-01-camera.mp4', 'track', 'video/mp4'],
  ['timeline.json', 'timeline', 'application/json'],
] as const;
const FORM = { width: 320, height: 180, framerate: 30 } as const;

/** The archive of `r1` in `dataDir`, whose film and only track are the film at `path`, of two seconds; gives its folder. */
export async function writeArchive(dataDir: string, path: string): Promise<string> {
  const folder = join(dataDir, 'recordings', 'r1');
  await mkdir(folder, { recursive: true });
  for (const name of ['recording.mp4', 'track-01-camera.mp4']) await copyFile(path, join(folder, name));
  await writeTimeline(folder, 2);
  await writeManifest(folder);
  return folder;
}

/** @param to where the track ends, seconds */
export async function writeTimeline(folder: string, to: number): Promise<void> {
  const track = { file: 'track-01-camera.mp4', kind: 'video', source: 'camera', codec: 'h264', from: 0, to };
  const person = { id: 'p', name: 'Ana', role: 'host', present: [], spoke: [], spokeSeconds: 0, tracks: [track] };
  const about = { recording: 'r1', room: 'demo', title: 'Demo', session: 's1', startedAt: '2031-05-14T12:00:00.000Z' };
  const lists = { pieces: [], gaps: [], chapters: [], markers: [], people: [person], events: [] };
  await writeFile(
    join(folder, 'timeline.json'),
    JSON.stringify({ version: 1, ...about, duration: 2, ...FORM, ...lists }),
  );
}

/** A manifest of the files as they are now. */
export async function writeManifest(folder: string, change: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const files = await Promise.all(
    FILES.map(async ([name, kind, contentType]) => {
      const bytes = await readFile(join(folder, name));
      return { name, kind, contentType, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  const about = {
    recording: 'r1',
    session: 's1',
    duration: 2,
    ...FORM,
    ranges: [{ from: 0, to: 60 }],
    missingFrames: 0,
  };
  const manifest = { version: 2, ...about, files, facts: {}, left: [], ...change };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
