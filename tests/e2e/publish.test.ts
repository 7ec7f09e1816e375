import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ParticipantView } from '../../src/api/ports.ts';
import { annotationSchema } from '../../src/layout/annotation.ts';
import { gridLayout } from '../../src/layout/grid.ts';
import type { Cell } from '../../src/layout/layout.ts';
import { createPicture } from '../../src/mixer/picture.ts';
import { TileAnnotation } from '../../src/mixer/tile-annotation.ts';
import { tileMetrics } from '../../src/mixer/tile-metrics.ts';
import { type RunningCommand, startGridcast } from '../helpers/command.ts';
import { colourOf, decodePictures, decodeSound, toneAmplitude } from '../helpers/decoded-program.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { packetsOf, stepsOf } from '../helpers/probed-film.ts';
import { TestServer, fetchProgram } from '../helpers/test-server.ts';

const ROOM = 'cinema';
const FILMS = [
  { name: 'Ölfilm', colour: '0xB03030', rgb: [176, 48, 48], toneHz: 500, width: 640, height: 360 },
  { name: 'Фильм', colour: '0x30A040', rgb: [48, 160, 64], toneHz: 800, width: 1280, height: 720 },
  { name: '映画', colour: '0x3050C0', rgb: [48, 80, 192], toneHz: 1250, width: 320, height: 180 },
] as const;
const CLEARLY_HEARD = 0.1;
const run = promisify(execFile);

let samples: MediaSamples;
let server: TestServer;
let folder: string;
let film: string;
const publishers: RunningCommand[] = [];

beforeAll(async () => {
  samples = new MediaSamples();
  folder = await mkdtemp(join(tmpdir(), 'gridcast-publish-'));
  // Whatever an encode costs is no matter here, and a machine that has no time for it makes another program.
  server = await TestServer.start({ program: { preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: ROOM });
  for (const { name, colour, toneHz, width, height } of FILMS) {
    const path = await samples.file({ colour, toneHz, width, height, seconds: 4, gopFrames: 60 });
    const args = ['publish', path, '--url', server.url, '--room', ROOM, '--name', name, '--token', server.token];
    publishers.push(startGridcast([...args, '--loop', '--quiet']));
    // One after the other, so that the cells are known; both tracks count as having come.
    await vi.waitFor(async () => {
      const { body } = await server.api<{ items: ParticipantView[] }>('GET', `/api/rooms/${ROOM}/participants`);
      const tracks = body.items.find((participant) => participant.name === name)?.tracks;
      if (tracks?.length !== 2) throw new Error(`${name} has not come yet`);
    }, PATIENCE);
  }
  // Long enough for each film to have begun again at least once.
  film = join(folder, 'program.mp4');
  await vi.waitFor(
    async () => {
      await writeFile(film, (await fetchProgram(server, ROOM)).data);
      if ((await packetsOf(film, 'v')).length < 14 * 30) throw new Error('The program is too short yet');
    },
    { ...PATIENCE, interval: 500 },
  );
});

afterAll(async () => {
  for (const publisher of publishers) publisher.interrupt();
  await Promise.all(publishers.map(({ ended }) => ended));
  await server?.close();
  await samples?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('three gridcast publish of three different files', () => {
  it('stand in their cells, in their colours', async () => {
    const pictures = await decodePictures('ffmpeg', film, 30);
    const cells = gridLayout(3, 1280, 720);
    const last = pictures.frames.length - 1;
    FILMS.forEach(({ name, rgb }, index) => {
      const cell = cells[index] as Cell;
      const middle = { x: cell.x + cell.width * 0.4, y: cell.y + cell.height * 0.4, width: 100, height: 60 };
      colourOf(pictures, last, middle).forEach((value, channel) => {
        expect(Math.abs(value - (rgb[channel] ?? 0)), `${name}, channel ${channel}`).toBeLessThan(20);
      });
    });
  });

  it('have their own names on them, in any script', async () => {
    const cells = gridLayout(3, 1280, 720);
    const last = (await packetsOf(film, 'v')).length - 1;
    for (const [index, { name }] of FILMS.entries()) {
      const cell = cells[index] as Cell;
      const seen = await luma(cell, last);
      const errors = FILMS.map((other) => labelError(seen, cell, other.name));
      expect(errors.indexOf(Math.min(...errors)), `${name}: ${errors.join(' ')}`).toBe(index);
      expect(errors[index]).toBeLessThan(12);
    }
  });

  it('are all heard', async () => {
    const sound = await decodeSound('ffmpeg', film);
    const end = sound.subarray(-3 * 48000);
    for (const { name, toneHz } of FILMS) expect(toneAmplitude(end, toneHz), name).toBeGreaterThan(CLEARLY_HEARD);
  });

  it('never cost the program a frame, also when they begin again', async () => {
    expect(stepsOf(await packetsOf(film, 'v'))).toEqual([512]);
  });
});

/** One picture's luma in a cell, full range. */
async function luma(cell: Cell, frame: number): Promise<Buffer> {
  const filter = `select=eq(n\\,${frame}),crop=${cell.width}:${cell.height}:${cell.x}:${cell.y},format=gray`;
  const args = ['-v', 'error', '-i', film, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}

/** Mean difference between what is seen at the beginning of a cell's label and what this name would look like there. */
function labelError(seen: Buffer, { width, height }: Cell, name: string): number {
  const { labelTop, margin, fontSize } = tileMetrics(width, height);
  // Just above the plate: the film's own brightness.
  const y = (((seen[(labelTop - 4) * width + margin + 4] ?? 0) * 219) / 255 + 16) | 0;
  const expected = createPicture(width, height, { y, u: 128, v: 128 });
  const state = { kind: 'live' } as const;
  const look = { name, host: true, muted: false, speaking: false, hand: false, floor: false, state };
  const full = { ...look, captureWallMs: undefined, avatar: undefined };
  const annotation = new TileAnnotation();
  annotation.draw(expected, { x: 0, y: 0, width, height }, full, annotationSchema.parse({}), 0);
  let sum = 0;
  let count = 0;
  // Whoever comes with the admin token is a host: a crown, and the name. What stands behind it (a mark of speaking) is not compared.
  for (let row = labelTop; row < height - margin; row += 1) {
    for (let x = margin; x < margin + 4 * fontSize; x += 1) {
      const wanted = (((expected.data[row * width + x] as number) - 16) * 255) / 219;
      sum += Math.abs(wanted - (seen[row * width + x] ?? 0));
      count += 1;
    }
  }
  return sum / count;
}
