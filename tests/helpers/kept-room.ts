/** A room whose tracks are written by hand and kept in a folder. */
import { nullLogger } from '../../src/logger.ts';
import type { OpusConfig, VideoConfig } from '../../src/media/codec.ts';
import { pts, wallTime } from '../../src/media/timestamp.ts';
import { type IsolatedPacket, readIsolatedPackets } from '../../src/recorder/tracks/isolated-tracks.ts';
import { TrackKeeper, type TrackKeeperOptions } from '../../src/recorder/tracks/track-keeper.ts';
import { createParticipant, type Participant } from '../../src/room/participant.ts';
import { Room } from '../../src/room/room.ts';
import { type AudioTrack, createTrack, type Track, type VideoTrack } from '../../src/room/track.ts';
import { FakeClock } from './fake-clock.ts';
import type { SamplePacket } from './media-samples.ts';

/** A small picture's configuration; nothing decodes it. */
export const VP8: VideoConfig = { codec: 'vp8', codecString: 'vp8', width: 320, height: 180, framerate: 30 };
/** And one of sound. */
export const OPUS: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 1 };

/** Frame 0 of the session is due at 1000 on the monotonic clock, which stands at 0 until it is moved. */
export class KeptRoom {
  readonly room: Room;
  readonly clock: FakeClock;
  readonly folder: string;
  readonly keeper: TrackKeeper;

  constructor(folder: string, options: Partial<TrackKeeperOptions> = {}) {
    const limits = { maxParticipants: 20, maxTracksPerParticipant: 8 };
    this.room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
    this.clock = new FakeClock();
    this.folder = folder;
    const common = { room: this.room, folder, originMs: 1000, fsyncMs: 1000, clock: this.clock, log: nullLogger };
    this.keeper = new TrackKeeper({ ...common, ...options });
  }

  join(id: string): Participant {
    const participant = createParticipant(id, id.toUpperCase());
    this.room.join(participant);
    return participant;
  }

  camera(participant: Participant, number = 1): VideoTrack {
    return this.#add(participant, createTrack(number, 'video', 'camera', 'picture') as VideoTrack);
  }

  microphone(participant: Participant, number = 0): AudioTrack {
    return this.#add(participant, createTrack(number, 'audio', 'mic', 'sound') as AudioTrack);
  }

  /** What is kept of a track. */
  async packets(id: number): Promise<IsolatedPacket[]> {
    const packets: IsolatedPacket[] = [];
    for await (const packet of readIsolatedPackets(this.folder, id)) packets.push(packet);
    return packets;
  }

  #add<T extends Track>(participant: Participant, track: T): T {
    this.room.addTrack(participant, track);
    return track;
  }
}

/** Writes a frame that was captured at `ms` of the session. */
export function show(track: VideoTrack, ms: number, keyframe = false, config: VideoConfig = VP8, bytes = 4): void {
  track.stream.write({ ...timed(ms, 33_333), keyframe, config, data: new Uint8Array(bytes).fill(ms) });
}

/** Writes a packet of sound that was captured at `ms` of the session. */
export function say(track: AudioTrack, ms: number, config: OpusConfig = OPUS): void {
  track.stream.write({ ...timed(ms, 20_000), keyframe: true, config, data: Uint8Array.of(ms, ms >> 8) });
}

/** Writes a sample, `delayMs` later than its own times. */
export function play(
  track: Track,
  config: VideoConfig | OpusConfig,
  packets: readonly SamplePacket[],
  delayMs: number,
): void {
  for (const { data, keyframe, timestampMs, durationMs } of packets) {
    const packet = { ...timed(timestampMs + delayMs, Math.round(durationMs * 1000)), keyframe, data };
    if (track.kind === 'audio') track.stream.write({ ...packet, config: config as OpusConfig });
    else track.stream.write({ ...packet, config: config as VideoConfig });
  }
}

function timed(ms: number, durationUs: number) {
  return { pts: pts(Math.round((ms + 1000) * 1000)), duration: durationUs, wallTime: wallTime(ms) };
}
