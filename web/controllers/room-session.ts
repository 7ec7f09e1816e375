/** One stay in a room: connection, what is sent, what is seen and heard. Knows nothing of the page around it. */
import type { ConfigMessage, RosterEntry, ServerMessage } from '../../src/protocol/messages.ts';
import { probeVideoCodec } from '../capture/video-codec.ts';
import { MseProgram } from '../playback/mse/mse-program.ts';
import { ProgramAudio } from '../playback/program-audio.ts';
import { ProgramVideo } from '../playback/program-video.ts';
import { PROGRAM_TRACK } from '../transport/protocol.ts';
import { type ConnectionState, RoomConnection } from '../transport/room-connection.ts';
import type { MediaWays } from '../util/media-ways.ts';
import { nowMs } from '../util/monotonic.ts';
import { ownIdentity } from '../util/own-identity.ts';
import type { Problem } from '../util/problem.ts';
import type { LocalMedia } from './local-media.ts';
import { OwnTracks } from './own-tracks.ts';
import { RecorderTracks } from './recorder-tracks.ts';
import { RoomFacts } from './room-facts.ts';
import { SessionMeter, type SessionStats } from './session-meter.ts';

/** What it needs; the owner closes `context` and `media` after the session. */
export interface RoomSessionOptions {
  /** `ws:` or `wss:` address with the room. */
  readonly url: string;
  readonly token: string;
  readonly name: string;
  /** 48 kHz, made in a click. */
  readonly context: AudioContext;
  readonly canvas: HTMLCanvasElement;
  readonly media: LocalMedia;
  readonly ways: MediaWays;
  changed(): void;
}

/** Begins with `start`, ends with `close`; what can be read changes only before a call of `changed`. */
export class RoomSession {
  /** What the server tells of the room. */
  readonly facts = new RoomFacts();
  readonly #options: RoomSessionOptions;
  readonly #meter = new SessionMeter();
  #connection: RoomConnection | undefined;
  #state: ConnectionState = { kind: 'connecting' };
  #video: ProgramVideo | MseProgram | undefined;
  #audio: ProgramAudio | MseProgram | undefined;
  #own: OwnTracks | RecorderTracks | undefined;
  #participant = '';
  #problem: Problem | undefined;
  #picture = false;
  #stats: SessionStats | undefined;
  #statsTimer = 0;
  #volume = 1;
  #closed = false;

  constructor(options: RoomSessionOptions) {
    this.#options = options;
  }

  get connection(): ConnectionState {
    return this.#state;
  }

  /** This person in the roster. */
  get self(): RosterEntry | undefined {
    return this.facts.roster.find((entry) => entry.id === this.#participant);
  }

  /** Something does not work, but the stay goes on. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Whether a picture of the room was shown yet. */
  get picture(): boolean {
    return this.#picture;
  }

  /** Renewed each second. */
  get stats(): SessionStats | undefined {
    return this.#stats;
  }

  /** The microphone, -dBov 0–127; read it when drawing, it calls nobody. */
  get level(): number {
    return this.#own?.level ?? 127;
  }

  get volume(): number {
    return this.#volume;
  }

  /** 0 (silent) to 1. */
  set volume(volume: number) {
    this.#volume = volume;
    if (this.#audio) this.#audio.volume = volume;
    this.#options.changed();
  }

  /** Prepares sound and codecs, then connects. Rejects when the browser cannot play sound. */
  async start(): Promise<void> {
    const { url, token, name, context, media, ways } = this.#options;
    const [program, codec] = await Promise.all([
      this.#openProgram(),
      ways.capture === 'encoders' ? probeVideoCodec() : undefined,
    ]);
    const { audio, video } = program;
    if (this.#closed) {
      video.close();
      audio.close();
      return;
    }
    this.#audio = audio;
    this.#video = video;
    this.#connection = new RoomConnection({
      url,
      token,
      name,
      identity: ownIdentity(),
      handlers: {
        state: (state) => this.#onState(state),
        message: (message) => this.#onMessage(message),
        config: (config) => this.#onConfig(config),
        frame: (frame) => {
          if (frame.header.track === PROGRAM_TRACK.video) video.push(frame);
          else if (frame.header.track === PROGRAM_TRACK.audio) audio.push(frame);
        },
      },
    });
    const report = (problem: Problem): void => this.report(problem);
    const connection = this.#connection;
    this.#own =
      ways.capture === 'encoders'
        ? new OwnTracks({ connection, context, media, codec, report })
        : new RecorderTracks({ connection, media, report });
    this.#statsTimer = window.setInterval(() => this.#measure(), 1000);
    this.mediaChanged();
  }

  /** The camera or microphone was opened, changed, muted or shut. */
  mediaChanged(): void {
    if (!this.#closed) this.#own?.follow();
  }

  /** Shows a problem that does not end the stay. */
  report(problem: Problem): void {
    this.#problem = problem;
    if (!this.#closed) this.#options.changed();
  }

  /** The person has read the problem. */
  dismissProblem(): void {
    this.#problem = undefined;
    this.#options.changed();
  }

  /** The person has read what hosts should know. */
  dismissNotice(): void {
    this.facts.dismissNotice();
    this.#options.changed();
  }

  /** Leaves the room and frees everything it made. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    window.clearInterval(this.#statsTimer);
    this.#own?.stop();
    this.#connection?.leave();
    this.#video?.close();
    this.#audio?.close();
  }

  /** Sound and picture, which are one where a video element plays both. */
  async #openProgram(): Promise<{ audio: ProgramAudio | MseProgram; video: ProgramVideo | MseProgram }> {
    const { context, canvas, ways } = this.#options;
    const picture = {
      canvas,
      keyframeWanted: () => this.#connection?.requestKeyframe(PROGRAM_TRACK.video),
      resized: () => {
        this.#picture = true;
        this.#options.changed();
      },
      failed: (message: string) => this.#warn('The picture cannot be shown', message),
    };
    if (ways.playback === 'mse') {
      const program = new MseProgram({ context, ...picture });
      return { audio: program, video: program };
    }
    const audio = await ProgramAudio.start(context, (message) => this.#warn('The sound cannot be played', message));
    return { audio, video: new ProgramVideo({ ...picture, playheadUs: () => audio.playheadUs() }) };
  }

  #onState(state: ConnectionState): void {
    this.#state = state;
    if (state.kind === 'joined') {
      this.#participant = state.welcome.participant;
      this.facts.title = state.welcome.room.title;
    }
    if (state.kind === 'reconnecting') {
      this.#video?.reset();
      this.#audio?.reset();
    }
    if (!this.#closed) this.#options.changed();
  }

  #onMessage(message: ServerMessage): void {
    if (!this.facts.receive(message)) return;
    if (!this.#closed) this.#options.changed();
  }

  #onConfig(config: ConfigMessage): void {
    if (config.track === PROGRAM_TRACK.video) this.#video?.configure(config);
    else if (config.track === PROGRAM_TRACK.audio) this.#audio?.configure(config);
  }

  #measure(): void {
    this.#stats = this.#meter.take({
      atMs: performance.now(),
      framesSent: this.#own?.framesSent ?? 0,
      bytesSent: this.#own?.bytesSent ?? 0,
      framesShown: this.#video?.presented ?? 0,
      framesReceived: this.#video?.received ?? 0,
      rttMs: this.#connection?.clock.rttMs,
      latencyMs: this.#latencyMs(),
      soundMs: this.#audio?.report?.levelMs,
      underruns: this.#audio?.report?.underruns ?? 0,
      sending: this.#own?.sending,
    });
    this.#options.changed();
  }

  /** The picture's age by the room's own clock. */
  #latencyMs(): number | undefined {
    const offsetMs = this.#connection?.clock.offsetMs;
    const shownUs = this.#video?.shownUs;
    return offsetMs === undefined || shownUs === undefined ? undefined : nowMs() + offsetMs - shownUs / 1000;
  }

  #warn(title: string, detail: string): void {
    this.report({ title, detail, retry: false });
  }
}
