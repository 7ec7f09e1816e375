/** Entry of the process whose loop `npm run bench:events` watches. Arguments: a folder, an admin token. Gone when its IPC channel closes. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Koa from 'koa';
import { createRouter } from '../../src/api/app.ts';
import { eventRoutes } from '../../src/api/routes/events.ts';
import { Tokens } from '../../src/api/tokens.ts';
import { configSchema } from '../../src/config/schema.ts';
import { Database } from '../../src/database/database.ts';
import type { EventDraft } from '../../src/events/event.ts';
import { EventRetention } from '../../src/events/event-retention.ts';
import { EventStore } from '../../src/events/event-store.ts';
import { nullLogger as log } from '../../src/logger.ts';
import { eventServiceMigrations, openEvents } from '../../src/server/event-services.ts';
import { sleep, systemClock as clock } from '../../src/util/clock.ts';
import { CloseStack } from '../../src/util/close-stack.ts';
import type { FromEvents, ToEvents } from './events-process.ts';

/** How finely the loop is watched, milliseconds; it is part of each value. */
const RESOLUTION_MS = 1;
/** Recorded at once, as a busy moment of a server would. */
const BURST = 100;
const ROOMS = 20;

function say(message: FromEvents): void {
  if (process.connected) process.send?.(message);
}

const starter = new Promise<void>((resolve) => {
  process.once('disconnect', () => resolve());
});
const [folder = '', adminToken = ''] = process.argv.slice(2);
const stack = new CloseStack();
const database = await Database.open({ path: `${folder}/gridcast.db`, migrations: eventServiceMigrations, log, clock });
stack.defer(() => database.close());
const { log: events } = await openEvents({ config: configSchema.parse({}), database, clock, log }, stack);
const tokens = new Tokens({ secret: new Uint8Array(32).fill(7), adminToken, clock });
const app = new Koa();
// Readers of streams leave when they have seen enough.
app.silent = true;
app.use(createRouter({ events, tokens }, eventRoutes({ events, tokens, clock })).routes());
const listener = app.callback();
const http = createServer((request, response) => void listener(request, response));
http.listen(0, '127.0.0.1');
await once(http, 'listening');
stack.defer(async () => {
  http.close();
  http.closeAllConnections();
});
const watch = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let number = 0;

/** As the log of a busy server has them. */
function draft(): EventDraft {
  number += 1;
  const id = `p-${String(number).padStart(16, '0')}`;
  const types = ['participant.joined', 'participant.left', 'chat.sent', 'participant.muted'] as const;
  return {
    type: types[number % types.length] ?? types[0],
    room: `room-${number % ROOMS}`,
    actor: { id: 'u-7Hq2', name: 'Ben Okafor', role: 'host' },
    subject: { id, name: `Somebody of number ${number}`, role: 'participant' },
    data: { message: `m-${number}`, reason: 'asked by a host of the room' },
  };
}

async function record(count: number, perSecond: number | undefined): Promise<void> {
  const beganMs = clock.monotonicMs();
  for (let done = 0; done < count; ) {
    const due = perSecond === undefined ? done + BURST : ((clock.monotonicMs() - beganMs) / 1000) * perSecond;
    for (; done < Math.min(count, due); done += 1) events.record(draft());
    await (perSecond === undefined ? events.stored() : sleep(clock, 1));
  }
  await events.stored();
}

async function prune(maxEvents: number): Promise<void> {
  const retention = new EventRetention({ store: new EventStore(database), keepDays: 30, maxEvents, clock, log });
  await retention.look();
  await retention.close();
}

async function obey(message: ToEvents): Promise<FromEvents> {
  if (message.type === 'begin') {
    watch.reset();
    watch.enable();
  } else if (message.type === 'end') {
    watch.disable();
    const late = (ns: number): number => Math.max(0, ns / 1e6 - RESOLUTION_MS);
    return { type: 'delay', p50: late(watch.percentile(50)), p99: late(watch.percentile(99)), max: late(watch.max) };
  } else if (message.type === 'record') await record(message.count, message.perSecond);
  else await prune(message.maxEvents);
  return { type: 'done' };
}

process.on('message', (message: ToEvents) => void obey(message).then(say));
say({ type: 'open', url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
void starter.then(() => stack.close()).finally(() => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; whoever started this decides when it ends.
process.on('SIGINT', () => {});
