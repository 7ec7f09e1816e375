/**
 * `npm run bench:kick`: how long it takes until somebody whom a host sends out is out: their socket closed, gone from what the
 * others are told, and refused when they try again. Four others are live meanwhile. See docs/benchmarks.md.
 */
import { messageOf } from '../src/errors.ts';
import { systemClock } from '../src/util/clock.ts';
import { MediaSamples } from '../tests/helpers/media-samples.ts';
import { TestParticipant, TestSocket, toneAndBeep } from '../tests/helpers/test-participant.ts';
import { TestServer } from '../tests/helpers/test-server.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';

const ROOM = 'bench';
const OTHERS = 4;

/** Milliseconds from the request on. */
interface Kick {
  readonly closed: number;
  readonly told: number;
  readonly refused: number;
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['kicks'] as const);
  const count = Math.floor(positive('kicks', given.kicks, 30, 1000));
  const samples = new MediaSamples();
  const server = await TestServer.start();
  try {
    await server.api('POST', '/api/rooms', { id: ROOM });
    const picture = await samples.h264({ frames: 60, gopFrames: 60 });
    const others: TestParticipant[] = [];
    for (let other = 0; other < OTHERS; other += 1) {
      const place = { url: server.url, room: ROOM, token: server.token, name: `Other ${other}` };
      others.push(await TestParticipant.join(place, { picture, sound: toneAndBeep(400, 2000) }));
    }
    const [watcher] = others;
    if (!watcher) throw new Error('Nobody is there to be told');
    const kicks: Kick[] = [];
    for (let at = 0; at < count; at += 1) kicks.push(await kick(server, watcher, at));
    await Promise.all(others.map((other) => other.leave()));
    const row = (name: string, values: readonly number[]): string[] => [
      name,
      ...[0.5, 0.95, 1].map((share) => percentile(values, share).toFixed(0)),
    ];
    process.stdout.write(
      `${describeMachine(machineFacts(server.server.ffmpegVersion))}\n\n${count} people sent out, ms:\n\n`,
    );
    process.stdout.write(
      `${table([
        ['', 'p50', 'p95', 'max'],
        row(
          'socket closed',
          kicks.map(({ closed }) => closed),
        ),
        row(
          'the others are told',
          kicks.map(({ told }) => told),
        ),
        row(
          'refused when they try again',
          kicks.map(({ refused }) => refused),
        ),
      ])}\n`,
    );
  } finally {
    await server.close();
    await samples.close();
  }
}

async function kick(server: TestServer, watcher: TestParticipant, at: number): Promise<Kick> {
  const name = `Guest ${at}`;
  const issued = await server.api<{ token: string }>('POST', `/api/rooms/${ROOM}/tokens`, {
    role: 'participant',
    name,
  });
  const place = { url: server.url, room: ROOM, token: issued.body.token, name };
  const guest = await TestParticipant.join(place, { sound: toneAndBeep(600, 2000) });
  const id = (await guest.control.heard('welcome')).participant;
  await watcher.control.heard('roster', ({ participants }) => participants.some((person) => person.id === id));
  const heardBefore = watcher.control.messages.length;
  const began = systemClock.monotonicMs();
  const since = (): number => systemClock.monotonicMs() - began;
  const closed = guest.control.closed.then(since);
  const told = watcher.control
    .until(() =>
      watcher.control.messages
        .slice(heardBefore)
        .find((message) => message.type === 'roster' && !message.participants.some((person) => person.id === id)),
    )
    .then(since);
  await server.api('DELETE', `/api/rooms/${ROOM}/participants/${id}`);
  const again = new TestSocket(server.url, ROOM);
  await again.opened();
  again.say({ type: 'hello', version: 1, token: issued.body.token });
  const { code } = await again.closed;
  const refused = since();
  if (code !== 4403 && code !== 4401) throw new Error(`Whoever was sent out came back: ${code}`);
  return { closed: await closed, told: await told, refused };
}

await main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
