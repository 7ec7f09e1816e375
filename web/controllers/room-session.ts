/** One stay in a room: connection, what is sent, what is seen and heard. Knows nothing of the page around it. */
import type { WaitingMessage } from '../../src/protocol/door.ts';
import type { ClientMessage, RosterEntry, ServerMessage } from '../../src/protocol/messages.ts';
import { capturePath } from '../capture/frame-feed.ts';
import { type CapturePath, engineFlags } from '../engine/engine-flags.ts';
import { type EngineLink, openEngine } from '../engine/engine-link.ts';
import type { EngineEvent } from '../engine/engine-messages.ts';
import { MseProgram } from '../playback/mse/mse-program.ts';
import type { ProgramHooks, ProgramPlayer } from '../playback/program-player.ts';
import { Speaker } from '../playback/speaker.ts';
import type { ConnectionState } from '../transport/room-connection.ts';
import type { MediaWays } from '../util/media-ways.ts';
import { nowMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { CameraDesk } from './camera-desk.ts';
import { FilesDesk, type FilesDeskOptions } from './files-desk.ts';
import { LateDesk } from './late-desk.ts';
import type { LocalMedia } from './local-media.ts';
import { glassToGlassMs, type RoomStats } from './glass-to-glass.ts';
import { ModerationNews } from './moderation-news.ts';
import { OwnTracks } from './own-tracks.ts';
import { RecorderTracks } from './recorder-tracks.ts';
import { RoomFacts } from './room-facts.ts';
import type { SessionStats } from './session-meter.ts';
import { SignalDesk } from './signal-desk.ts';
import { StandingProblems } from './standing-problems.ts';
import { type ChatSurroundings, SocketChat } from './socket-chat.ts';
import { StatsReport } from './stats-report.ts';

/** What it needs; the owner closes `context` and `media` after the session. */
export interface RoomSessionOptions {
  /** `ws:` or `wss:` address with the room. */
  readonly url: string;
  readonly token: string;
  readonly name: string;
  /** As `ownIdentity` gives it. */
  readonly identity: string;
  /** Whether they may be kept in recordings, as they were asked before joining; undefined: they were not. */
  readonly consent?: boolean | undefined;
  /** 48 kHz, made in a click. */
  readonly context: AudioContext;
  /** Never drawn to before; it stays in the page and can be captured, but its drawing is the engine's for good. */
  readonly canvas: HTMLCanvasElement;
  readonly media: LocalMedia;
  readonly ways: MediaWays;
  /** What the page adds to the chat. */
  readonly chat: ChatSurroundings;
  /** How the page reaches the room's files. */
  readonly files: Pick<FilesDeskOptions, 'server' | 'send'>;
  changed(): void;
}

/** Begins with `start`, ends with `close`; what can be read changes only before a call of `changed`. */
export class RoomSession {
  /** What the server tells of the room. */
  readonly facts = new RoomFacts();
  readonly chat: SocketChat;
  readonly files: FilesDesk;
  /** Hands, reactions, requests and deeds of hosts. */
  readonly moderation = new ModerationNews((message) => this.say(message));
  readonly #options: RoomSessionOptions;
  #engine: EngineLink | undefined;
  #state: ConnectionState = { kind: 'connecting' };
  #speaker: Speaker | MseProgram | undefined;
  #own: OwnTracks | RecorderTracks | undefined;
  #participant = '';
  #waiting: WaitingMessage | undefined;
  readonly #problems = new StandingProblems();
  #picture = false;
  #stats: RoomStats | undefined;
  #signals: SignalDesk | undefined;
  readonly #camera: CameraDesk;
  readonly #late = new LateDesk({ show: (problem) => this.report(problem), settle: (code) => this.#settle(code) });
  readonly #report = new StatsReport();
  #volume = 1;
  #closed = false;

  constructor(options: RoomSessionOptions) {
    this.#options = options;
    this.chat = new SocketChat({
      say: (message) => this.say(message),
      self: () => this.self,
      people: () => this.facts.roster,
      rules: () => this.facts.chat,
      after: (ms, fn) => {
        const timer = window.setTimeout(fn, ms);
        return () => window.clearTimeout(timer);
      },
      nowMs,
      hidden: () => document.visibilityState === 'hidden' || !document.hasFocus(),
      surroundings: options.chat,
      changed: () => this.#changed(),
    });
    this.#camera = new CameraDesk({
      media: options.media,
      hidden: () => document.hidden,
      nowMs,
      reopen: (track) => this.#reopen(track),
      show: (problem) => this.report(problem),
      settle: (code) => this.#settle(code),
    });
    this.files = new FilesDesk({ ...options.files, self: () => this.self, nowMs, changed: () => this.#changed() });
  }

  get connection(): ConnectionState {
    return this.#state;
  }

  /** Why one is still before the door, also while the connection is cut; undefined once one is in. */
  get waiting(): WaitingMessage | undefined {
    return this.#waiting;
  }

  /** This person in the roster. */
  get self(): RosterEntry | undefined {
    return this.facts.roster.find((entry) => entry.id === this.#participant);
  }

  /** Something does not work, but the stay goes on. */
  get problem(): Problem | undefined {
    return this.#problems.newest;
  }

  /** Whether a picture of the room was shown yet. */
  get picture(): boolean {
    return this.#picture;
  }

  /** Renewed each second. */
  get stats(): RoomStats | undefined {
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
    if (this.#speaker) this.#speaker.volume = volume;
    this.#options.changed();
  }

  /** Prepares sound and engine, which connects. Rejects when the browser cannot play sound. */
  async start(): Promise<void> {
    const { url, token, name, identity, consent, context, canvas, ways } = this.#options;
    const flags = engineFlags(location.search);
    const listener = {
      event: (event: EngineEvent) => this.#onEvent(event),
      broken: (problem: Problem) => this.#onState({ kind: 'closed', problem }),
    };
    // Recorders and video elements exist on the page alone.
    const host = ways.capture === 'recorder' || ways.playback === 'mse' ? 'page' : flags.host;
    const opening = openEngine(listener, host);
    const speaker = await startSpeaker(context, ways).catch(async (error: unknown) => {
      (await opening).end();
      throw error;
    });
    const engine = await opening;
    if (this.#closed) {
      speaker?.close();
      engine.end();
      return;
    }
    this.#speaker = speaker;
    this.#engine = engine;
    if (!speaker) engine.outside?.playWith((hooks) => this.#openElement(hooks));
    const picture = engine.adopt(canvas);
    const encode = ways.capture === 'encoders' ? (flags.codec ?? 'any') : 'nothing';
    const who = { url, token, name, identity, consent };
    engine.send({ type: 'start', ...who, encode, canvas: picture.canvas, playback: speaker?.port }, [
      ...picture.transfer,
      ...(speaker ? [speaker.port] : []),
    ]);
    this.#own = this.#createTracks(engine, capturePath(engine.readsTracks, flags.capture));
    this.#signals = this.#watchSignals();
    this.mediaChanged();
  }

  /** Something to send was opened, changed, muted or shut. */
  mediaChanged(): void {
    if (this.#closed) return;
    // Before one is in nothing is read, coded or sent: one may wait before the door for an hour.
    if (this.#participant !== '') this.#own?.follow();
    this.#signals?.follow(this.#options.media.sources);
  }

  /** Shows a problem that does not end the stay. */
  report(problem: Problem): void {
    this.#problems.add(problem);
    if (!this.#closed) this.#options.changed();
  }

  /** The person has read the problem. */
  dismissProblem(): void {
    this.#problems.clear();
    this.#options.changed();
  }

  /** The person has read what hosts should know. */
  dismissNotice(): void {
    this.facts.dismissNotice();
    this.#options.changed();
  }

  /** Says something to the server; lost while there is no connection. */
  say(message: ClientMessage): void {
    this.#engine?.send({ type: 'say', message });
  }

  /** Leaves the room and frees everything it made. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#own?.stop();
    this.#signals?.close();
    this.#speaker?.close();
    this.chat.close();
    this.files.close();
    // The engine is ended once it has said goodbye, or with the page.
    this.#engine?.send({ type: 'leave' });
  }

  /** Sound and picture by one video element. */
  #openElement(hooks: ProgramHooks): ProgramPlayer {
    const { context, canvas } = this.#options;
    const program = new MseProgram({ context, canvas, ...hooks });
    program.volume = this.#volume;
    this.#speaker = program;
    return { picture: program, sound: program };
  }

  #createTracks(engine: EngineLink, path: CapturePath): OwnTracks | RecorderTracks {
    const { context, media, ways } = this.#options;
    const report = (problem: Problem): void => this.report(problem);
    const settle = (code: string): void => this.#settle(code);
    const { outside } = engine;
    if (ways.capture === 'recorder' && outside) {
      const tracks = new RecorderTracks({ connection: outside, media, report, settle });
      outside.count(tracks);
      return tracks;
    }
    return new OwnTracks({ context, media, path, report, send: (command, transfer) => engine.send(command, transfer) });
  }

  #onEvent(event: EngineEvent): void {
    switch (event.type) {
      case 'left':
        this.#engine?.end();
        break;
      case 'connection':
        this.#onState(event.state);
        break;
      case 'message':
        if (this.#receive(event.message)) this.#changed();
        if (event.message.type === 'roster' && this.self) this.#signals?.listed(this.self);
        break;
      case 'problem':
        this.report(event.problem);
        break;
      case 'settled':
        this.#settle(event.code);
        break;
      case 'starved':
        this.#reopen(event.track);
        break;
      case 'picture':
        this.#picture = true;
        this.#changed();
        break;
      case 'stats':
        this.#measured(event.stats);
        // Some outputs, such as wireless ones, change their delay while they run.
        if (this.#speaker instanceof Speaker) {
          this.#engine?.send({ type: 'output', latencyS: this.#speaker.latencyS });
        }
        this.#changed();
        break;
      case 'ready':
        break;
    }
  }

  #receive(message: ServerMessage): boolean {
    // Each for itself: one message may be news for several.
    const heard = [this.facts, this.chat, this.files, this.moderation].map((part) => part.receive(message));
    return heard.includes(true);
  }

  /** With what the server knows of everybody's delay, a page's figures are the whole way. */
  #measured(stats: SessionStats): void {
    this.#camera.measured(stats.tracks);
    const glass = glassToGlassMs(this.facts.delays, this.#participant, stats.latencyMs);
    this.#stats = { ...stats, glassToGlassMs: glass };
    // Of an element nobody knows when its pictures came.
    if (this.#state.kind === 'joined' && this.#speaker instanceof Speaker) this.#late.measured(stats, nowMs());
    const report = this.#state.kind === 'joined' ? this.#report.take(nowMs(), this.#stats) : undefined;
    if (report) this.say(report);
  }

  #reopen(track: number): void {
    if (this.#own instanceof OwnTracks) this.#own.reopen(track);
  }

  #watchSignals(): SignalDesk {
    return new SignalDesk({
      context: this.#options.context,
      line: () => this.#stats?.line,
      tell: (message) => this.say(message),
      show: (problem) => this.report(problem),
      settle: (code) => this.#settle(code),
    });
  }

  /** Takes the problem of this code off again. */
  #settle(code: string): void {
    this.#problems.settle(code);
    if (!this.#closed) this.#options.changed();
  }

  #onState(state: ConnectionState): void {
    this.#state = state;
    if (state.kind === 'waiting') this.#waiting = state.waiting;
    if (state.kind === 'reconnecting') {
      this.#late.cut(nowMs());
      this.facts.cut();
    }
    if (state.kind === 'joined') {
      this.#waiting = undefined;
      this.#report.reset();
      this.#signals?.joined();
      const first = this.#participant === '';
      this.#participant = state.welcome.participant;
      if (first) this.mediaChanged();
      this.facts.title = state.welcome.room.title;
      this.chat.joined();
      this.files.joined();
    }
    this.#changed();
  }

  #changed(): void {
    if (!this.#closed) this.#options.changed();
  }
}

function startSpeaker(context: AudioContext, ways: MediaWays): Promise<Speaker> | Promise<undefined> {
  return ways.playback === 'decoders' ? Speaker.start(context) : Promise.resolve(undefined);
}
