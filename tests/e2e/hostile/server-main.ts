/** Entry of a server in a process of its own: what is done to it must not disturb those who look. Gone when its IPC channel closes. */
import type { CodecConfig } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { Stream } from '../../../src/media/stream.ts';
import type { Mixer } from '../../../src/mixer/mixer.ts';
import type { Room } from '../../../src/room/room.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type ConfigInput, TestServer } from '../../helpers/test-server.ts';
import type { FromServer } from './server-process.ts';

const LOOK_MS = 200;
const LIMITS = { maxItems: 10_000, maxBytes: 256 * 1024 * 1024 };
const AAC_SAMPLES = 1024;
const OPUS_SAMPLES = 960;
/** Everybody of a test comes from one address. */
const SETTINGS = { rooms: { maxParticipants: 50 }, limits: { socketsPerAddress: 300 } };

const watched = new WeakSet<object>();

function say(message: FromServer): void {
  if (process.connected) process.send?.(message);
}

/** Tells of every packet that does not begin where the one before it ended. */
async function watch<C extends CodecConfig>(what: string, stream: Stream<C>, length: (packet: Packet<C>) => number) {
  if (watched.has(stream)) return;
  watched.add(stream);
  let end: number | undefined;
  for await (const packet of stream.subscribe({ label: 'watch', limits: LIMITS, onOverflow: 'fail' })) {
    if (end !== undefined && packet.pts !== end) say({ type: 'gap', what: `${what}: ${packet.pts} instead of ${end}` });
    end = packet.pts + length(packet);
  }
}

function look({ room, mixer }: { readonly room: Room; readonly mixer: Mixer }): void {
  void watch('picture', mixer.video, ({ duration }) => duration);
  void watch('sound', mixer.audio, () => AAC_SAMPLES);
  for (const { id, name } of room.participants.filter((one) => one.name !== 'Mallory')) {
    const heard = mixer.returnSound(id);
    if (heard) void watch(`sound for ${name}`, heard, () => OPUS_SAMPLES);
  }
  if (watched.has(mixer)) return;
  watched.add(mixer);
  mixer.events.on('stats', ({ latenessMs }) => {
    say({ type: 'late', latenessMs, residentBytes: process.memoryUsage.rss() });
  });
}

// Before anything is started: whoever started this may be gone by then.
const starter = new Promise<void>((resolve) => {
  process.once('disconnect', () => resolve());
});
const server = await TestServer.start({ ...SETTINGS, ...(JSON.parse(process.argv[2] ?? '{}') as ConfigInput) });
systemClock.every(LOOK_MS, () => {
  for (const pipeline of server.server.rooms.live) look(pipeline);
});
say({ type: 'open', url: server.url, token: server.token });
void starter.then(() => server.close()).finally(() => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; whoever started this decides when it ends.
process.on('SIGINT', () => {});
