/** Everything between the sockets and the raw media of one stay in a room. Knows nothing of the page, and runs in a worker as well as on it. */
import type { ConfigMessage, PublishMessage, ServerMessage } from '../../src/protocol/messages.ts';
import type { Size } from '../capture/fit-size.ts';
import type { PictureEncoding } from '../capture/picture-settings.ts';
import { probePictureEncoding } from '../capture/video-codec.ts';
import { SessionMeter } from '../controllers/session-meter.ts';
import { SOURCE_TRACK } from '../media/local-source.ts';
import { ProgramAudio } from '../playback/program-audio.ts';
import {
  ageOf,
  type PicturePlayer,
  type ProgramHooks,
  type ProgramPlayer,
  type SoundPlayer,
} from '../playback/program-player.ts';
import { ProgramVideo } from '../playback/program-video.ts';
import { PROGRAM_TRACK } from '../transport/protocol.ts';
import type { OutgoingTrack, TrackWishes } from '../transport/outgoing-track.ts';
import { type ConnectionState, RoomConnection } from '../transport/room-connection.ts';
import { nowMs } from '../util/monotonic.ts';
import type { EngineCommand, EngineEvent, StartCommand } from './engine-messages.ts';
import { engineProblem } from './engine-problem.ts';
import { SourceSenders } from './source-senders.ts';

const MEASURE_EVERY_MS = 1000;

/** What is sent by somebody else than the engine, over its connection. */
export interface OutsideTotals {
  readonly framesSent: number;
  readonly bytesSent: number;
  readonly sending: Size | undefined;
}

/** What lives from `start` to `leave`. */
interface Stay {
  readonly connection: RoomConnection;
  readonly picture: PicturePlayer;
  readonly sound: SoundPlayer;
  readonly senders: SourceSenders;
  readonly timer: number;
}

/** Carries out commands in order, beginning with `start`; says nothing after `left`. */
export class MediaEngine {
  readonly #host: 'worker' | 'page';
  readonly #emit: (event: EngineEvent) => void;
  readonly #meter = new SessionMeter();
  /** Commands that came while the codecs were tried. */
  #waiting: EngineCommand[] | undefined;
  #stay: Stay | undefined;
  #outside: OutsideTotals | undefined;
  #player: ((hooks: ProgramHooks) => ProgramPlayer) | undefined;
  #bytesReceived = 0;
  #left = false;

  constructor(host: 'worker' | 'page', emit: (event: EngineEvent) => void) {
    this.#host = host;
    this.#emit = emit;
  }

  receive(command: EngineCommand): void {
    if (this.#left) return;
    if (command.type === 'leave') void this.#leave();
    else if (command.type === 'start') this.#start(command).catch((error: unknown) => this.#fail(error));
    else if (this.#waiting) this.#waiting.push(command);
    else if (this.#stay) carryOut(command, this.#stay);
  }

  /** Publishes what somebody else sends, who shares the thread; only with `encode` being `nothing`, and after `start`. */
  publish(publication: Omit<PublishMessage, 'type'>, wishes: TrackWishes): OutgoingTrack {
    if (!this.#stay) throw new Error('Nothing can be published before the start.');
    return this.#stay.connection.publish(publication, wishes);
  }

  /** Ends such a track. */
  unpublish(track: OutgoingTrack): void {
    this.#stay?.connection.unpublish(track);
  }

  /** Somebody else plays the program, who shares the thread; to be said before `start`. */
  playWith(player: (hooks: ProgramHooks) => ProgramPlayer): void {
    this.#player = player;
  }

  /** Whoever sends over the connection is counted as well. */
  count(outside: OutsideTotals): void {
    this.#outside = outside;
  }

  async #start(command: StartCommand): Promise<void> {
    const { encode } = command;
    if (encode === 'nothing') {
      this.#stay = this.#begin(command, undefined);
      return;
    }
    this.#waiting = [];
    const encoding = await probePictureEncoding(encode === 'any' ? undefined : encode);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (this.#left) return;
    const stay = this.#begin(command, encoding);
    this.#stay = stay;
    for (const next of waiting) if (next.type !== 'start' && next.type !== 'leave') carryOut(next, stay);
  }

  #begin(command: StartCommand, encoding: PictureEncoding | undefined): Stay {
    const { url, token, name, identity, consent } = command;
    // Who plays comes first: without them there must be no connection.
    const hooks: ProgramHooks = {
      keyframeWanted: () => connection.requestKeyframe(PROGRAM_TRACK.video),
      resized: (width, height) => this.#emit({ type: 'picture', width, height }),
      failed: (message) => this.#warn('picture', message),
    };
    const { picture, sound } = this.#player?.(hooks) ?? this.#decoders(command, hooks, () => roomMs(connection));
    const connection: RoomConnection = new RoomConnection({
      url,
      token,
      name,
      identity,
      consent,
      handlers: {
        state: (state) => this.#onState(state),
        message: (message) => this.#onMessage(message),
        config: (config) => this.#onConfig(config),
        frame: (frame) => {
          this.#bytesReceived += frame.payload.byteLength;
          if (frame.header.track === PROGRAM_TRACK.video) picture.push(frame);
          else if (frame.header.track === PROGRAM_TRACK.audio) sound.push(frame);
        },
      },
    });
    const senders = new SourceSenders({
      connection,
      encoding,
      starved: (track) => this.#emit({ type: 'starved', track }),
      report: (problem) => this.#emit({ type: 'problem', problem }),
      settle: (code) => this.#emit({ type: 'settled', code }),
    });
    const timer = self.setInterval(() => this.#measure(), MEASURE_EVERY_MS);
    return { connection, picture, sound, senders, timer };
  }

  #decoders(
    { canvas, playback }: StartCommand,
    hooks: ProgramHooks,
    ownRoomMs: () => number | undefined,
  ): ProgramPlayer {
    if (!playback) throw new Error('Somebody has to play the sound.');
    const sound = new ProgramAudio(playback, (message) => this.#warn('sound', message));
    const picture = new ProgramVideo({
      canvas,
      playheadUs: () => sound.playheadUs(),
      roomMs: ownRoomMs,
      ...hooks,
    });
    return { picture, sound };
  }

  async #leave(): Promise<void> {
    this.#left = true;
    const stay = this.#stay;
    if (stay) {
      self.clearInterval(stay.timer);
      stay.senders.stop();
      stay.picture.close();
      stay.sound.close();
      // Who ends the worker earlier ends the goodbye with it.
      await stay.connection.leave();
    }
    this.#emit({ type: 'left' });
  }

  #onState(state: ConnectionState): void {
    if (state.kind === 'reconnecting') {
      this.#stay?.picture.reset();
      this.#stay?.sound.reset();
    }
    this.#emit({ type: 'connection', state });
  }

  #onMessage(message: ServerMessage): void {
    // What comes several times a second is of no use to the page.
    if (message.type === 'ack' || message.type === 'pong') return;
    this.#emit({ type: 'message', message });
  }

  #onConfig(config: ConfigMessage): void {
    if (config.track === PROGRAM_TRACK.video) this.#stay?.picture.configure(config);
    else if (config.track === PROGRAM_TRACK.audio) this.#stay?.sound.configure(config);
  }

  #measure(): void {
    if (!this.#stay) return;
    const { connection, picture, sound, senders } = this.#stay;
    const video = picture instanceof ProgramVideo ? picture : undefined;
    const sent = senders.take();
    const outside = this.#outside;
    const { line } = connection;
    const age = video?.takeAge();
    const room = roomMs(connection);
    const pictures = sent.tracks.filter(({ size }) => size);
    const main = pictures.find(({ track }) => track === SOURCE_TRACK.camera) ?? pictures[0];
    // Without a new picture the old one grows older.
    const still = room === undefined || !picture.shown ? undefined : ageOf(picture.shown, room);
    const stats = this.#meter.take({
      atMs: nowMs(),
      framesSent: sent.frames + (outside?.framesSent ?? 0),
      bytesSent: sent.bytes + (outside?.bytesSent ?? 0),
      framesShown: picture.presented,
      framesReceived: picture.received,
      bytesReceived: this.#bytesReceived,
      rttMs: connection.clock.rttMs,
      clockOffsetMs: connection.clock.offsetMs,
      latencyMs: age?.meanMs ?? still,
      latencyWorstMs: age?.worstMs ?? still,
      arrivalMs: video?.takeArrival(),
      captureToSentMs: (main ?? sent.tracks[0])?.captureToSentMs,
      ackMs: line?.ackMs,
      heldBack: line?.heldBack ?? 0,
      line: line?.verdict,
      pictureBehindMs: video?.takeSoundOffset()?.meanMs,
      decoding: video?.decoding ?? 0,
      dropped: video?.dropped ?? 0,
      soundMs: sound.report?.levelMs,
      underruns: sound.report?.underruns ?? 0,
      skips: sound.report?.skips ?? 0,
      sending: main?.size ?? outside?.sending,
      tracks: sent.tracks,
      host: this.#host,
      softwareDecoder: video?.software ?? false,
    });
    if (stats) this.#emit({ type: 'stats', stats });
  }

  #fail(error: unknown): void {
    const problem = engineProblem(error instanceof Error ? error.message : String(error));
    this.#emit({ type: 'connection', state: { kind: 'closed', problem } });
  }

  #warn(what: 'picture' | 'sound', detail: string): void {
    const title = what === 'picture' ? 'The picture cannot be shown' : 'The sound cannot be played';
    this.#emit({ type: 'problem', problem: { code: `play.${what}`, title, detail, retry: false } });
  }
}

function carryOut(command: Exclude<EngineCommand, StartCommand | { type: 'leave' }>, stay: Stay): void {
  switch (command.type) {
    case 'open':
      stay.senders.open(command);
      break;
    case 'state':
      stay.senders.setState(command.track, command.state);
      break;
    case 'release':
      stay.senders.release(command.track);
      break;
    case 'drop':
      stay.senders.drop(command.track);
      break;
    case 'say':
      stay.connection.say(command.message);
      break;
    case 'output':
      if (stay.sound instanceof ProgramAudio) stay.sound.outputLatencyS = command.latencyS;
      break;
  }
}

function roomMs(connection: RoomConnection): number | undefined {
  const { offsetMs } = connection.clock;
  return offsetMs === undefined ? undefined : nowMs() + offsetMs;
}
