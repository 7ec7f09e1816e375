import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/util/clock.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

/** Patience with a busy machine. */

const ROOM = 'studio';
/** How much earlier Ana's pictures were captured than their times say: as if the first had been held up for so long. */
const HELD_MS = 400;

let samples: MediaSamples;
let server: TestServer;

beforeAll(async () => {
  samples = new MediaSamples();
  server = await TestServer.start({ program: { width: 640, height: 360, framerate: 15, preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Studio' });
});
afterAll(async () => {
  await server.close();
});

async function enter(name: string): Promise<TestParticipant> {
  const picture = await samples.h264({ colour: '0xC02020', width: 320, height: 180, frames: 60, gopFrames: 60 });
  const { url, token } = server;
  return TestParticipant.join({ url, room: ROOM, token, name }, { picture, sound: toneAndBeep(400, 2000) });
}

/** Tells the server their clock: capture times here are the machine's own monotonic clock. */
function tellClock(person: TestParticipant, lateMs: number): void {
  const offsetMs = systemClock.wallMs() - systemClock.monotonicMs() - lateMs;
  person.control.say({ type: 'stats', clock: { offsetMs, rttMs: 1 } });
}

it('how old everybody’s picture is in the program is told to everybody who shows it, and to the metrics', async () => {
  const [ana, ben, cleo] = [await enter('Ana'), await enter('Ben'), await enter('Cleo')];
  tellClock(ana, HELD_MS);
  tellClock(ben, 0);
  const ids = new Map([ana, ben, cleo].map((person) => [person.id, person]));
  // Not of the moment when Ben's first pictures were held up themselves, by a machine that had much to start.
  const delay = await cleo.control.heard('delay', ({ participants: [first, second] }) => {
    return first !== undefined && second !== undefined && second.programMs < first.programMs;
  });
  // Cleo has not told her clock: nothing is said of her.
  expect(delay.participants.map(({ id }) => ids.get(id))).toEqual([ana, ben]);
  const [anas, bens] = delay.participants.map(({ programMs }) => programMs);
  expect(anas).toBeGreaterThan(HELD_MS);
  expect(bens).toBeGreaterThan(0);
  await vi.waitFor(async () => {
    const metrics = Buffer.from(await server.bytes('/metrics')).toString();
    for (const hop of ['capture_ingest', 'ingest_program', 'program_packet']) {
      expect(metrics).toMatch(new RegExp(`^gridcast_hop_seconds_count\\{hop="${hop}",media="picture"\\} [1-9]`, 'm'));
    }
    expect(metrics).toMatch(/^gridcast_hop_seconds_count\{hop="ingest_program",media="sound"\} [1-9]/m);
  }, PATIENCE);
  await Promise.all([ana, ben, cleo].map((person) => person.leave()));
});
