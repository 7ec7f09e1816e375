import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { arrange } from '../../src/layout/arrange.ts';
import { type Layout, type Region, layoutSchema } from '../../src/layout/layout.ts';
import { colourOf, decodePictures } from '../helpers/decoded-program.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { TestParticipant } from '../helpers/test-participant.ts';
import { TestServer, fetchProgram } from '../helpers/test-server.ts';

const PEOPLE = {
  ana: { colour: '0xC02020', rgb: [192, 32, 32] },
  ben: { colour: '0x20A020', rgb: [32, 160, 32] },
  cleo: { colour: '0x2040C0', rgb: [32, 64, 192] },
} as const;
type Name = keyof typeof PEOPLE;
const ROOM = 'studio';
const PROGRAM = { width: 1280, height: 720 };
/** Of a plain colour, in each of red, green and blue. */
const TOLERANCE = 30;

let samples: MediaSamples;
let server: TestServer;
const people = new Map<Name, TestParticipant>();

beforeAll(async () => {
  samples = new MediaSamples();
  server = await TestServer.start({ program: { preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Studio' });
  for (const name of Object.keys(PEOPLE) as Name[]) {
    const picture = await samples.h264({ colour: PEOPLE[name].colour, width: 320, height: 180, gopFrames: 30 });
    const { url, token } = server;
    people.set(name, await TestParticipant.join({ url, room: ROOM, token, name }, { picture }));
  }
});

afterAll(async () => {
  await Promise.all([...people.values()].map((participant) => participant.leave()));
  await server?.close();
  await samples?.close();
});

function idOf(name: Name): string {
  return (people.get(name) as TestParticipant).id;
}

/** Where everybody is to stand; pictures are track 1 of these participants. */
function regionsOf(layout: Layout): readonly Region[] {
  const candidates = [...people.values()].map(
    ({ id }) => ({ key: `${id}/1`, participant: id, source: 'camera' }) as const,
  );
  return arrange(layout, { ...PROGRAM, candidates }).regions;
}

/** Resolves once viewers see these people in these regions. */
async function viewersSee(regions: readonly Region[]): Promise<void> {
  const path = join(await tempDir(), 'program.mp4');
  await vi.waitFor(
    async () => {
      await writeFile(path, (await fetchProgram(server, ROOM)).data);
      const pictures = await decodePictures('ffmpeg', path, 30);
      for (const { key, x, y, width, height } of regions) {
        const name = (Object.keys(PEOPLE) as Name[]).find((one) => key === `${idOf(one)}/1`) as Name;
        // Away from its name and from the program's clock.
        const middle = { x: x + width * 0.35, y: y + height * 0.4, width: width * 0.3, height: height * 0.2 };
        const is = colourOf(pictures, pictures.frames.length - 1, middle);
        const off = Math.max(...PEOPLE[name].rgb.map((value, channel) => Math.abs(value - (is[channel] ?? 0))));
        if (off > TOLERANCE) throw new Error(`${name} is not at ${x},${y}: ${is.map(Math.round).join()}`);
      }
    },
    { ...PATIENCE, interval: 500 },
  );
}

describe('a layout that is set over the API', () => {
  it.each([
    ['a pinned person is large', () => ({ policy: 'speaker', pinned: [idOf('cleo')] })],
    ['two fill halves', () => ({ policy: 'side-by-side', fit: 'cover', pinned: [idOf('ben'), idOf('ana')] })],
    ['somebody is hidden', () => ({ policy: 'grid', hidden: [idOf('ana')], order: [idOf('cleo')], transition: 'cut' })],
  ] as const)('is what viewers of the live program see: %s', async (_, layout) => {
    const answer = await server.api<Layout>('PUT', `/api/rooms/${ROOM}/layout`, layout());
    expect([answer.status, answer.body]).toEqual([200, layoutSchema.parse(layout())]);
    expect((await server.api('GET', `/api/rooms/${ROOM}/layout`)).body).toEqual(answer.body);
    await viewersSee(regionsOf(answer.body));
  });

  it('changes nothing when it is refused', async () => {
    const before = (await server.api<Layout>('GET', `/api/rooms/${ROOM}/layout`)).body;
    const { status } = await server.api('PUT', `/api/rooms/${ROOM}/layout`, { policy: 'pyramid' });
    expect(status).toBe(400);
    expect((await server.api('GET', `/api/rooms/${ROOM}/layout`)).body).toEqual(before);
    await viewersSee(regionsOf(before));
  });
});
