/** The log of a long session, written faster than it would have happened. */
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { fragment } from '../../src/media/fmp4-writer.ts';
import { wallTime } from '../../src/media/timestamp.ts';
import { EVENTS_FILE, formatEvent, type SessionEvent } from '../../src/recorder/session/session-events.ts';
import { formatSessionInfo, SESSION_FILE } from '../../src/recorder/session/session-info.ts';
import { SegmentWriter } from '../../src/recorder/session/segment-writer.ts';
import { formatTrackLine, TRACKS_FOLDER, trackIndexPath, trackPath } from '../../src/recorder/tracks/track-index.ts';
import { configRecord, packetRecord, type TrackConfig } from '../../src/recorder/tracks/track-record.ts';
import {
  AAC_SAMPLES,
  CAMERA_CONFIG,
  FRAMERATE,
  GOP,
  LOOP_SECONDS,
  type LoopPacket,
  type ProgramLoop,
  RATE,
  TICKS,
} from './media.ts';

const PART_FRAMES = 15;
const ORIGIN_MS = 1_800_000_000_000;
const NAMES = ['Ada', 'Grace Hopper', 'Ζωή', '李雷'];
const GATHERED = 4 * 1024 * 1024;

/** What a session is made of. */
export interface SessionMedia {
  readonly program: ProgramLoop;
  /** One for each person. */
  readonly mics: readonly (readonly LoopPacket[])[];
  /** Everybody's; none when nobody has one. */
  readonly camera: readonly LoopPacket[] | undefined;
}

/** Writes all of it; `frames` of the program. */
export async function writeSession(folder: string, id: string, frames: number, media: SessionMedia): Promise<void> {
  await mkdir(join(folder, TRACKS_FOLDER), { recursive: true });
  const { width, height } = media.program.init;
  const form = { framerate: FRAMERATE, width, height, segmentFrames: GOP, partFrames: PART_FRAMES };
  const info = { version: 1, id, room: 'bench', title: 'Bench', originWallMs: ORIGIN_MS, ...form } as const;
  await writeFile(join(folder, SESSION_FILE), formatSessionInfo(info));
  await writeProgram(folder, frames, media.program);
  await writeEvents(folder, frames, media.mics.length);
  const lines: string[] = [];
  let track = 0;
  for (const [person, mic] of media.mics.entries()) {
    const opus: TrackConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48_000, channels: 1 };
    lines.push(
      await writeTrack(folder, { id: track, person, source: 'mic', config: opus, durationMs: 20 }, mic, frames),
    );
    track += 1;
    if (!media.camera) continue;
    const camera = {
      id: track,
      person,
      source: 'camera',
      config: CAMERA_CONFIG,
      durationMs: 1000 / FRAMERATE,
    } as const;
    lines.push(await writeTrack(folder, camera, media.camera, frames));
    track += 1;
  }
  await writeFile(trackIndexPath(folder), lines.join(''));
}

async function writeProgram(folder: string, frames: number, { init, pictures, sounds }: ProgramLoop): Promise<void> {
  const writer = new SegmentWriter(folder);
  const unitsBefore = (frame: number): number => Math.ceil((frame * RATE) / FRAMERATE / AAC_SAMPLES);
  for (let frame = 0; frame < frames; frame += PART_FRAMES) {
    const [firstUnit, endUnit] = [unitsBefore(frame), unitsBefore(frame + PART_FRAMES)];
    const video = take(pictures, frame, frame + PART_FRAMES);
    const audio = take(sounds, firstUnit, endUnit);
    await writer.write({
      init,
      segment: Math.floor(frame / GOP),
      index: (frame % GOP) / PART_FRAMES,
      firstFrame: frame,
      frames: PART_FRAMES,
      independent: frame % GOP === 0,
      discontinuity: false,
      last: (frame + PART_FRAMES) % GOP === 0,
      wallTime: wallTime(ORIGIN_MS + (frame * 1000) / FRAMERATE),
      data: fragment(frame / PART_FRAMES + 1, [
        { trackId: 1, baseDecodeTime: frame * TICKS, samples: video },
        { trackId: 2, baseDecodeTime: firstUnit * AAC_SAMPLES, samples: audio },
      ]),
    });
  }
  await writer.close();
}

async function writeTrack(
  folder: string,
  track: {
    readonly id: number;
    readonly person: number;
    readonly source: 'mic' | 'camera';
    readonly config: TrackConfig;
    readonly durationMs: number;
  },
  loop: readonly LoopPacket[],
  frames: number,
): Promise<string> {
  const { id, person, source, config, durationMs } = track;
  const file = createWriteStream(trackPath(folder, id), { highWaterMark: GATHERED });
  for (const bytes of configRecord(config)) file.write(bytes);
  const totalMs = (frames * 1000) / FRAMERATE;
  for (let startMs = 0; startMs < totalMs; startMs += LOOP_SECONDS * 1000) {
    for (const packet of loop) {
      const ms = startMs + packet.ms;
      if (ms >= totalMs) break;
      const record = packetRecord({ ms, durationMs, keyframe: packet.keyframe, data: packet.data });
      if (!file.write(Buffer.concat(record))) await once(file, 'drain');
    }
  }
  file.end();
  await once(file, 'close');
  const kind = source === 'mic' ? 'audio' : 'video';
  const { codec } = config;
  const participant = `p${person}`;
  const name = NAMES[person % NAMES.length] ?? participant;
  return formatTrackLine({
    type: 'track',
    id,
    participant,
    name,
    source,
    kind,
    codec,
    track: source === 'mic' ? 1 : 2,
  });
}

async function writeEvents(folder: string, frames: number, people: number): Promise<void> {
  const totalMs = (frames * 1000) / FRAMERATE;
  const events: SessionEvent[] = [];
  for (let person = 0; person < people; person += 1) {
    const who = { ms: 0, participant: `p${person}` };
    events.push({ type: 'joined', ...who, name: NAMES[person % NAMES.length] ?? '', role: 'participant' });
    events.push({ type: 'track-added', ...who, track: 1, kind: 'audio', source: 'mic' });
  }
  for (let ms = 1000; ms < totalMs; ms += 1000) {
    const speaker = `p${Math.floor(ms / 4000) % people}`;
    if (ms % 4000 === 0) events.push({ type: 'speaking', ms, participants: [speaker], speaker });
    if (ms % 10_000 === 0) {
      const text = `What was said at ${ms / 1000} s`;
      events.push({ type: 'chat', ms, id: `c${ms}`, participant: speaker, name: 'Somebody', text });
    }
    if (ms % 300_000 === 0) events.push({ type: 'marker', ms, label: `Minute ${ms / 60_000}` });
  }
  await writeFile(join(folder, EVENTS_FILE), events.map(formatEvent).join(''));
}

/** Items `from` … `to - 1` of an endless repetition. */
function take<T>(loop: readonly T[], from: number, to: number): T[] {
  return Array.from({ length: to - from }, (_, index) => loop[(from + index) % loop.length] as T);
}
