/** A room that plays everybody's own picture and sound back to them: the protocol's server side without a mixer. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE_CODES } from '../../src/protocol/close-codes.ts';
import { decodeFrame, encodeFrame, type FrameHeader } from '../../src/protocol/frame.ts';
import { type ChatSettings, chatSettingsSchema } from '../../src/room/chat-settings.ts';
import {
  type ClientMessage,
  type PublishMessage,
  type RosterEntry,
  type ServerMessage,
  PROGRAM_TRACK,
  parseClientMessage,
} from '../../src/protocol/messages.ts';

const PROGRAM: Readonly<Record<number, number>> = { 0: PROGRAM_TRACK.audio, 1: PROGRAM_TRACK.video };
const OTHERS: readonly RosterEntry[] = [
  {
    id: 'p2',
    name: 'Björn Ångström',
    role: 'participant',
    muted: false,
    connected: true,
    tracks: [{ track: 0, kind: 'audio', source: 'mic', state: 'live' }],
  },
  {
    id: 'p3',
    name: '王 小明',
    role: 'participant',
    muted: false,
    connected: true,
    tracks: [{ track: 1, kind: 'video', source: 'camera', state: 'live' }],
  },
];

/** What a test turns. */
export interface EchoRules {
  /** Refuse everybody with this, as the server would. */
  refuse?: { readonly close: number; readonly code: string; readonly message: string };
  role: 'host' | 'participant';
  recording: boolean;
  recordingPaused: boolean;
  chat: ChatSettings;
  title: string;
  /** Largest picture asked for. */
  target: { readonly width: number; readonly height: number };
  /** Whether anything is played back. */
  echo: boolean;
  /** Who else is there. */
  others: readonly RosterEntry[];
}

/** Attach `upgrade` to an HTTP server. */
export class EchoRoom {
  readonly rules: EchoRules = {
    role: 'host',
    recording: false,
    recordingPaused: false,
    chat: chatSettingsSchema.parse({}),
    title: 'Monday stand-up',
    target: { width: 640, height: 360 },
    echo: true,
    others: OTHERS,
  };
  /** Everything clients said, newest last. */
  readonly heard: ClientMessage[] = [];
  /** The codes that control sockets were closed with, newest last. */
  readonly closings: number[] = [];
  /** Headers of all frames that came, newest last. */
  readonly frames: FrameHeader[] = [];
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #tracks = new Map<number, PublishMessage>();
  #control: WebSocket | undefined;
  #name = '';
  #received = new Map<number, { seq: number; bytes: number }>();
  #acks: NodeJS.Timeout | undefined;

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket));
  }

  /** Says something to whoever is in. */
  say(message: ServerMessage): void {
    this.#control?.send(JSON.stringify(message));
  }

  /** Tells the room's state as it stands in the rules. */
  announce(): void {
    const { title, recording, recordingPaused, chat } = this.rules;
    this.say({
      type: 'room',
      title,
      recording,
      ...(recordingPaused && { recordingPaused }),
      ...(!chat.private && { privateChat: false }),
      ...(chat.slowSeconds > 0 && { slowSeconds: chat.slowSeconds }),
      ...(chat.viewers !== 'read' && { chatViewers: chat.viewers }),
    });
  }

  /** Ends a track as a server does whose decoders fail. */
  giveUp(track: number, code: string): void {
    this.#tracks.delete(track);
    this.say({ type: 'error', code, message: 'It cannot be decoded.', track, ended: true });
    this.sayRoster();
  }

  /** Cuts all connections as a broken network does, or closes them with a code. */
  cut(code?: number): void {
    for (const client of this.#server.clients) {
      if (code === undefined) client.terminate();
      else client.close(code);
    }
  }

  close(): void {
    clearInterval(this.#acks);
    this.cut();
    this.#server.close();
  }

  #accept(socket: WebSocket): void {
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer, binary) => {
      if (binary) this.#onFrame(socket, data);
      else this.#onMessage(socket, parseClientMessage(data.toString()));
    });
  }

  #onMessage(socket: WebSocket, message: ClientMessage | string): void {
    if (typeof message === 'string') throw new Error(message);
    this.heard.push(message);
    switch (message.type) {
      case 'hello':
        this.#welcome(socket, message.name ?? '');
        break;
      case 'attach':
        socket.send(JSON.stringify({ type: 'attached' }));
        break;
      case 'publish':
        this.#tracks.set(message.track, message);
        this.sayRoster();
        this.say({ type: 'published', track: message.track });
        if (message.kind === 'video') {
          this.say({
            type: 'target',
            track: message.track,
            ...this.rules.target,
            framerate: 30,
            maxBitrate: 1_000_000,
          });
        }
        break;
      case 'unpublish':
        this.#tracks.delete(message.track);
        this.sayRoster();
        break;
      case 'config':
        socket.send(JSON.stringify({ ...message, track: PROGRAM[message.track] }));
        break;
      case 'state':
      case 'quality':
      case 'signal':
      case 'stats':
      case 'consent':
      case 'chat-say':
      case 'chat-edit':
      case 'chat-delete':
      case 'chat-since':
      case 'chat-before':
      case 'chat-typing':
      case 'hand':
      case 'react':
      case 'ask-unmute':
      case 'ask-video':
      case 'answer':
        break;
      case 'ping':
        this.say({ type: 'pong', sentMs: message.sentMs, receivedMs: Date.now(), repliedMs: Date.now() });
        break;
      case 'keyframe':
        this.say({ type: 'keyframe', track: 1 });
        break;
      case 'bye':
        socket.close(CLOSE_CODES.normal);
        break;
      case 'ack':
        break;
    }
  }

  #welcome(socket: WebSocket, name: string): void {
    const { refuse } = this.rules;
    if (refuse) {
      socket.send(JSON.stringify({ type: 'error', code: refuse.code, message: refuse.message }));
      socket.close(refuse.close, refuse.message);
      return;
    }
    this.#control = socket;
    socket.once('close', (code) => this.closings.push(code));
    this.#name = name;
    this.#tracks.clear();
    this.say({
      type: 'welcome',
      participant: 'p1',
      room: { id: 'monday', title: this.rules.title },
      resume: 'resume-1',
      resumeMs: 30_000,
      ticket: 'ticket-1',
      limits: { maxFrameBytes: 2 ** 21, maxMessageBytes: 65_536, maxTracks: 6 },
    });
    this.sayRoster();
    this.announce();
    clearInterval(this.#acks);
    this.#acks = setInterval(() => this.#acknowledge(), 100);
  }

  #onFrame(socket: WebSocket, data: Buffer): void {
    const frame = decodeFrame(data);
    if (typeof frame === 'string') throw new Error(frame);
    const { header, payload } = frame;
    this.frames.push(header);
    const bytes = (this.#received.get(header.track)?.bytes ?? 0) + data.byteLength;
    this.#received.set(header.track, { seq: header.seq, bytes });
    const track = PROGRAM[header.track];
    if (track !== undefined && this.rules.echo) socket.send(encodeFrame({ ...header, track }, payload));
  }

  #acknowledge(): void {
    for (const [track, received] of this.#received) {
      this.say({ type: 'ack', track, ...received, receivedMs: performance.now() });
    }
    this.#received = new Map();
  }

  /** Tells who is there, as it stands in the rules. */
  sayRoster(): void {
    const state = 'live';
    const tracks = [...this.#tracks.values()].map(
      ({ track, kind, source }) => ({ track, kind, source, state }) as const,
    );
    const presence = { muted: false, connected: true };
    this.say({
      type: 'roster',
      participants: [{ id: 'p1', name: this.#name, role: this.rules.role, ...presence, tracks }, ...this.rules.others],
    });
  }
}
