import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { SessionEventLog } from '../../../../src/recorder/session/session-event-log.ts';
import { EVENTS_FILE, readSessionEvents, type SessionEvent } from '../../../../src/recorder/session/session-events.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { SmallDisk } from '../../../helpers/small-disk.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

async function eventsOf(folder: string): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  for await (const event of readSessionEvents(folder)) events.push(event);
  return events;
}

function openLog(folder: string, clock: FakeClock, disk = new SmallDisk()): SessionEventLog {
  const options = { fsyncMs: 1000, clock, log: nullLogger, openFile: disk.open };
  return new SessionEventLog({ folder, now: () => clock.monotonicMs() - 1000, ...options });
}

it('writes what happens with the time of the session, or with the time that it is given', async () => {
  const [folder, clock] = [await tempDir(), new FakeClock()];
  const log = openLog(folder, clock);
  clock.advance(2345.678);
  log.write({ type: 'marker', label: 'now' });
  log.write({ type: 'recording', recording: 'r1', state: 'paused', ms: 1000 / 3 });
  await log.close();
  expect(await eventsOf(folder)).toEqual([
    { type: 'marker', label: 'now', ms: 1345.7 },
    { type: 'recording', recording: 'r1', state: 'paused', ms: 333.3 },
  ]);
});

it('goes on in the same file when the session is opened again, whatever its predecessor left half done', async () => {
  const [folder, clock] = [await tempDir(), new FakeClock()];
  const [before, after] = [openLog(folder, clock), openLog(folder, clock)];
  before.write({ type: 'left', participant: 'a' });
  await before.close();
  await appendFile(join(folder, EVENTS_FILE), '{"type":"left","ms":3,"partici');
  after.write({ type: 'program', state: 'resumed' });
  await after.close();
  expect((await eventsOf(folder)).map(({ type }) => type)).toEqual(['left', 'program']);
});

it('keeps user text as data: line feeds, quotes and every script', async () => {
  const [folder, clock] = [await tempDir(), new FakeClock()];
  const log = openLog(folder, clock);
  const title = 'a\n{"type":"left"}\r\u2028\u2029"\\ שלום 🎉 \u0000';
  log.write({ type: 'title', title });
  await log.close();
  expect(await eventsOf(folder)).toEqual([{ type: 'title', title, ms: -1000 }]);
});

it('keeps what a full disk does not take until there is space', async () => {
  const [folder, clock, disk] = [await tempDir(), new FakeClock(), new SmallDisk()];
  const log = openLog(folder, clock, disk);
  disk.free = 20;
  log.write({ type: 'disk', state: 'full' });
  await log.settled();
  disk.free = Number.POSITIVE_INFINITY;
  clock.advance(1000);
  log.write({ type: 'disk', state: 'writes' });
  await log.close();
  expect((await eventsOf(folder)).map((event) => (event.type === 'disk' ? [event.state, event.ms] : event))).toEqual([
    ['full', -1000],
    ['writes', 0],
  ]);
  expect([log.lost, disk.opened]).toEqual([0, 0]);
});

it('keeps who came and what was written when all that it has for who speaks is used up', async () => {
  const [folder, clock] = [await tempDir(), new FakeClock()];
  const options = { fsyncMs: 1000, clock, log: nullLogger, maxFileBytes: 4000 };
  const log = new SessionEventLog({ folder, now: () => clock.monotonicMs(), ...options });
  for (let n = 0; n < 100; n += 1) {
    log.write({ type: 'speaking', participants: ['a'], speaker: 'a' });
    log.write({ type: 'playout', participant: 'a', delayMs: n });
    await log.settled();
  }
  log.write({ type: 'chat', id: 'c', participant: 'a', name: 'Ann', text: 'hello' });
  log.write({ type: 'recording', recording: 'r', state: 'recording' });
  await log.close();
  expect((await eventsOf(folder)).slice(-2).map(({ type }) => type)).toEqual(['chat', 'recording']);
});
