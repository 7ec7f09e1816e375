/** What the page and the media engine say to each other; everything in it can be posted to a worker. */
import type { ClientMessage, PublishMessage, ServerMessage, TrackStateName } from '../../src/protocol/messages.ts';
import type { FrameInput } from '../capture/frame-input.ts';
import type { SourceContent } from '../capture/picture-settings.ts';
import type { SessionStats } from '../controllers/session-meter.ts';
import type { ConnectionState } from '../transport/room-connection.ts';
import type { Problem } from '../util/problem.ts';

/** Microphone sound in frames of 20 ms (`FramedAudio`), in as many channels. */
export interface SoundInput {
  readonly kind: 'sound';
  readonly port: MessagePort;
  readonly channels: 1 | 2;
}

/** One thing that is sent; its media are transferred with it. */
export interface OpenCommand {
  readonly type: 'open';
  readonly track: number;
  readonly source: PublishMessage['source'];
  readonly state: TrackStateName;
  readonly content: SourceContent;
  readonly input: FrameInput | SoundInput;
}

/** The first command. */
export interface StartCommand {
  readonly type: 'start';
  /** `ws:` or `wss:` address with the room. */
  readonly url: string;
  readonly token: string;
  readonly name: string;
  /** See `ownIdentity`. */
  readonly identity: string;
  /** Whether they may be kept in recordings; undefined: not said yet. */
  readonly consent: boolean | undefined;
  /** The program's picture; an element only where the engine runs on the page's own thread. */
  readonly canvas: OffscreenCanvas | HTMLCanvasElement;
  /** The playback worklet's other end; undefined where somebody else plays the program. */
  readonly playback: MessagePort | undefined;
  /** Pictures in the best codec there is, in this one, or none at all. */
  readonly encode: 'any' | 'h264' | 'vp8' | 'nothing';
}

/** From the page; carried out in order. */
export type EngineCommand =
  | StartCommand
  | OpenCommand
  /** Its owner does something else with it. */
  | { readonly type: 'state'; readonly track: number; readonly state: TrackStateName }
  /** Its media are over: nothing of them is to be held on to. Others may come under the same number. */
  | { readonly type: 'release'; readonly track: number }
  | { readonly type: 'drop'; readonly track: number }
  /** How long sound is under way in the output, seconds. */
  | { readonly type: 'output'; readonly latencyS: number }
  /** Something of the page's own, for the server. */
  | { readonly type: 'say'; readonly message: ClientMessage }
  | { readonly type: 'leave' };

/** From the engine. */
export type EngineEvent =
  /** Where it runs: whether everything it needs is there, and whether it reads camera tracks by itself. */
  | { readonly type: 'ready'; readonly works: boolean; readonly readsTracks: boolean }
  | { readonly type: 'connection'; readonly state: ConnectionState }
  | { readonly type: 'message'; readonly message: ServerMessage }
  | { readonly type: 'problem'; readonly problem: Problem }
  /** The problem of this code is over. */
  | { readonly type: 'settled'; readonly code: string }
  /** Not one picture of this track's media can be read: they are to be opened anew. */
  | { readonly type: 'starved'; readonly track: number }
  /** The first picture of this size is on the canvas. */
  | { readonly type: 'picture'; readonly width: number; readonly height: number }
  /** Each second. */
  | { readonly type: 'stats'; readonly stats: SessionStats }
  /** The answer to `leave`: goodbye is said, the worker may be ended. */
  | { readonly type: 'left' };
