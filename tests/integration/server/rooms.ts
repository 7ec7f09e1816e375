/** Rooms with real mixer processes, a real database and a real log, but no sockets. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { Database } from '../../../src/database/database.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { HlsOrigin } from '../../../src/hls/hls-origin.ts';
import { type Logger, nullLogger } from '../../../src/logger.ts';
import { PictureStore, pictureMigrations } from '../../../src/room/picture-store.ts';
import { type Participant, createParticipant } from '../../../src/room/participant.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { AutoRecording } from '../../../src/server/auto-recording.ts';
import { RoomHost, type RoomHostOptions } from '../../../src/server/room-host.ts';
import type { RoomPipeline } from '../../../src/server/room-pipeline.ts';
import { RoomPictures } from '../../../src/server/room-pictures.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

/** How long a session goes on without anybody. */
export const EMPTY_MS = 30_000;

/** Only the time of an empty room is the fake clock's; programs are made in real time. */
export interface TestRooms {
  readonly host: RoomHost;
  readonly pictures: RoomPictures;
  readonly origin: HlsOrigin;
  readonly clock: FakeClock;
  close(): Promise<void>;
}

/** Opens the rooms that are stored in `dir`; closed when the test has ended, if not before. */
export async function openRooms(
  dir: string,
  log: Logger = nullLogger,
  options: Pick<RoomHostOptions, 'onRemove'> = {},
): Promise<TestRooms> {
  const migrations = [...roomMigrations, ...pictureMigrations];
  const database = await Database.open({ path: join(dir, 'db.sqlite'), migrations, log });
  const origin = new HlsOrigin(systemClock);
  const clock = new FakeClock();
  // How busy the machine of the tests is must not change what they see.
  const form = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 200, degrade: false };
  const { program } = configSchema.parse({ program: form });
  const host = new RoomHost({
    store: new RoomStore(database, log),
    pipeline: {
      program: { ...program, maxPixels: 320 * 180, ffmpegPath: (await locateFfmpeg({})).path },
      hls: { ...configSchema.parse({}).hls, segmentSeconds: 1, windowSegments: 6 },
      sessionsDir: join(dir, 'sessions'),
      fsyncMs: 1000,
      origin,
      onEnding: async () => {},
      clock: systemClock,
      log,
    },
    recording: { auto: false, consent: 'notice' },
    autoRecording: new AutoRecording({ start: async () => {}, log }),
    maxRooms: 5,
    limits: { maxParticipants: 3, maxTracksPerParticipant: 2 },
    emptyMs: EMPTY_MS,
    clock,
    log,
    hashPassword: async (password) => `$hash of ${password}`,
    kick: () => false,
    endRoom: async () => {},
    ...options,
  });
  await host.load();
  const pictures = new RoomPictures({ rooms: host, store: new PictureStore(database), clock, log });
  await pictures.load();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await host.close();
    origin.close();
    await database.close();
  };
  const closeOnce = (): Promise<void> => (closing ??= close());
  onTestFinished(closeOnce);
  return { host, pictures, origin, clock, close: closeOnce };
}

/** Somebody comes into a room, which begins a session if none runs. */
export function enter(host: RoomHost, room: string, id: string): { participant: Participant; pipeline: RoomPipeline } {
  const participant = createParticipant(id, id);
  host.room(room)?.join(participant);
  const pipeline = host.pipeline(room);
  if (!pipeline) throw new Error('No session began.');
  return { participant, pipeline };
}
