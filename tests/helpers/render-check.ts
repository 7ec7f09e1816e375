/**
 * The proof of renders: people are in a real room, which is recorded and archived; what each of them sent is arranged anew, and
 * every cell is held against the recording.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingView } from '../../src/api/ports.ts';
import type { RenderView } from '../../src/api/render-port.ts';
import { gridLayout } from '../../src/layout/grid.ts';
import { CloseStack } from '../../src/util/close-stack.ts';
import { systemClock } from '../../src/util/clock.ts';
import { type CellMatch, type MatchedCell, matchCell } from './cell-match.ts';
import { TestServer } from './test-server.ts';

/** Somebody who sends. */
export interface CheckedPerson {
  readonly name: string;
  /** Begins to send; resolves when they are in the room, and gives what ends it. */
  enter(server: TestServer, room: string): Promise<{ leave(): Promise<void> }>;
}

/** What is done. */
export interface RenderCheckOptions {
  /** In the order in which they come. */
  readonly people: readonly CheckedPerson[];
  readonly program: { readonly width: number; readonly height: number; readonly videoKbit: number };
  /** Seconds of the recording that are compared, at least. */
  readonly seconds: number;
  readonly say?: (line: string) => void;
  /** Folder for the two films; default: a temporary one that is removed. */
  readonly keepIn?: string;
}

/** One cell's outcome. */
export interface CheckedCell extends CellMatch, MatchedCell {
  readonly name: string;
}

const FPS = 30;
const ROOM = 'checked';
/** A picture of the program that is older is late, milliseconds. */
const FRESH_MS = 300;
const PATIENCE_MS = 90_000;
/** What the films begin with is not looked at, seconds: decoders of the final size have to be there. */
const SETTLING = 2;

/** Runs all of it. @throws Error when something of it does not come about. */
export async function checkRender(options: RenderCheckOptions): Promise<readonly CheckedCell[]> {
  const { people, program, seconds, say = () => {} } = options;
  const folder = options.keepIn ?? (await mkdtemp(join(tmpdir(), 'gridcast-render-check-')));
  const server = await TestServer.start({ program: { ...program, framerate: FPS, preset: 'veryfast' } });
  const stack = new CloseStack();
  stack.defer(() => server.close());
  try {
    const layout = { policy: 'grid', transition: 'cut' };
    await server.api('POST', '/api/rooms', { id: ROOM, title: 'Checked', layout });
    const leave: Array<() => Promise<void>> = [];
    for (const person of people) {
      const sender = await person.enter(server, ROOM);
      leave.push(() => sender.leave());
      stack.defer(() => sender.leave());
    }
    await everybodyShown(server, people.length);
    const recording = await record(server, seconds);
    await Promise.all(leave.map((end) => end()));
    say(`recorded ${recording.duration.toFixed(1)} s`);
    const film = join(folder, 'recording.mp4');
    await writeFile(film, await server.bytes(`/api/recordings/${recording.id}/download`));
    const again = join(folder, 'render.mp4');
    const render = await makeRender(server, recording.id);
    await writeFile(again, await server.bytes(`/api/recordings/${recording.id}/renders/${render.id}/download`));
    say(`made again ${render.duration?.toFixed(1)} s`);
    const cells = gridLayout(people.length, program.width, program.height);
    const checked: CheckedCell[] = [];
    for (const [index, cell] of cells.entries()) {
      const match = await matchCell(film, again, cell, { framerate: FPS, skip: SETTLING * FPS });
      checked.push({ name: people[index]?.name ?? '', ...cell, ...match });
    }
    return checked;
  } finally {
    await stack.close();
    if (options.keepIn === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Until the program shows pictures of all of them that are not old. */
async function everybodyShown(server: TestServer, count: number): Promise<void> {
  let shown = 0;
  const stop = server.server.rooms.pipeline(ROOM)?.mixer.events.on('ages', (ages) => {
    shown = ages.filter(({ track, ms }) => track.kind === 'video' && ms < FRESH_MS).length;
  });
  await until(() => shown === count, 'Not everybody is shown').finally(() => stop?.());
}

/** The recording's own playlist is the clock: it lists what is on the disk. */
async function record(server: TestServer, seconds: number): Promise<RecordingView> {
  const { body } = await server.api<RecordingView>('POST', `/api/rooms/${ROOM}/recordings`);
  const path = `/api/recordings/${body.id}`;
  const now = async (): Promise<RecordingView> => (await server.api<RecordingView>('GET', path)).body;
  await until(async () => (await listedSeconds(server, path)) >= SETTLING + seconds, 'The recording does not grow');
  await server.api('POST', `${path}/stop`);
  await until(async () => {
    const { state, error } = await now();
    if (state === 'failed') throw new Error(`The archive failed: ${error}`);
    return state === 'ready';
  }, 'The archive is not made');
  return now();
}

async function listedSeconds(server: TestServer, path: string): Promise<number> {
  const playlist = await server.bytes(`${path}/hls/index.m3u8`).catch(() => new Uint8Array());
  const text = new TextDecoder().decode(playlist);
  return [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, duration]) => sum + Number(duration), 0);
}

async function makeRender(server: TestServer, recording: string): Promise<RenderView> {
  const base = `/api/recordings/${recording}/renders`;
  const order = { layout: { policy: 'grid', transition: 'cut' }, format: 'mp4' };
  const { status, body } = await server.api<RenderView>('POST', base, order);
  if (status !== 202) throw new Error(`The render is refused: ${JSON.stringify(body)}`);
  let render = body;
  await until(async () => {
    render = (await server.api<RenderView>('GET', `${base}/${body.id}`)).body;
    if (render.state === 'failed') throw new Error(`The render failed: ${render.error}`);
    return render.state === 'ready';
  }, 'The render is not made');
  return render;
}

/** Looks ten times a second. */
async function until(look: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const giveUpMs = systemClock.monotonicMs() + PATIENCE_MS;
  while (!(await look())) {
    if (systemClock.monotonicMs() > giveUpMs) throw new Error(otherwise);
    await new Promise<void>((resolve) => void systemClock.after(100, resolve));
  }
}
