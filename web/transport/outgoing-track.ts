/** One published track: numbers its frames, repeats its configuration after a reconnect, and holds frames back while the line is full. */
import { encodeFrame } from '../../src/protocol/frame.ts';
import {
  AckedRateController,
  ENCODER_PATIENCE,
  type FlowPatience,
} from '../../src/protocol/flow/acked-rate-controller.ts';
import type { ClientMessage, OwnConfigMessage, PublishMessage, TrackStateName } from '../../src/protocol/messages.ts';
import type { SecondTry } from '../../src/protocol/second-try.ts';
import { nowMs } from '../util/monotonic.ts';

/** The socket a track's frames travel on, for as long as it is open. */
export interface TrackSocket {
  /** Bytes that wait in the WebSocket. */
  readonly bufferedAmount: number;
  sendMessage(message: ClientMessage): void;
  sendFrame(message: Uint8Array<ArrayBuffer>): void;
}

/** One coded unit. */
export interface OutgoingFrame {
  readonly keyframe: boolean;
  readonly captureUs: number;
  readonly durationUs: number;
  /** For sound, the level in -dBov; for video, the rotation. */
  readonly level: number;
  readonly muted: boolean;
  readonly payload: Uint8Array;
}

/** What the server asks of a track, and says about it. */
export interface TrackWishes {
  keyframe(): void;
  target(target: { width: number; height: number; framerate: number; maxBitrate: number }): void;
  refused(message: string): void;
  /** The server gave it up for a reason that may pass; it is announced again after `waitMs`. Without this it is refused at once. */
  waits?(next: SecondTry & { readonly why: string }): void;
  /** The track that was announced again has lasted. */
  lasts?(): void;
}

/** A configuration without the numbers the track gives it. */
export type TrackConfig =
  | { codec: 'h264'; codecString: string; width: number; height: number; framerate: number }
  | { codec: 'vp8'; width: number; height: number; framerate: number }
  | { codec: 'opus'; sampleRate: 48000; channels: 1 | 2 }
  /** The frames are chunks of a recorder's file; the first of a file is its key frame. */
  | { codec: 'webm'; framerate: number; sound?: number };

/** Sound never waits for video; while the line stalls it is dropped to the live edge. */
const SOUND_PATIENCE: FlowPatience = { shutMs: 400, openMs: 100, maxBufferedBytes: 64 * 1024 };

/** Created by `RoomConnection.publish`; frames sent while there is no connection are dropped. */
export class OutgoingTrack {
  readonly publication: PublishMessage;
  /** Judges the line by what arrives. */
  readonly flow: AckedRateController;
  readonly #wishes: TrackWishes;
  #socket: TrackSocket | undefined;
  #config: OwnConfigMessage | undefined;
  #configId = 0;
  #seq = 0;
  #awaitsKeyframe = true;
  #discontinuity = false;
  #bytes = 0;
  #heldBack = 0;
  /** Undefined until it was set: a new track is live by itself. */
  #state: TrackStateName | undefined;
  /** What the server said last about this track. */
  #remark = '';

  constructor(publication: PublishMessage, wishes: TrackWishes) {
    this.publication = publication;
    this.flow = new AckedRateController(publication.kind === 'video' ? ENCODER_PATIENCE : SOUND_PATIENCE);
    this.#wishes = wishes;
  }

  get wishes(): TrackWishes {
    return this.#wishes;
  }

  /** Bytes sent so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How often the way was not free for another frame. */
  get heldBack(): number {
    return this.#heldBack;
  }

  /** What the server said last, kept for the case that it ends the track after it. */
  get remark(): string {
    return this.#remark || 'The server ended it.';
  }

  set remark(remark: string) {
    this.#remark = remark;
  }

  /** What its sender does with it: told at once, and again on each connection, whose server may have forgotten. */
  set state(state: TrackStateName) {
    if (state === (this.#state ?? 'live')) return;
    this.#state = state;
    this.#tellState();
  }

  /** Frames may flow as far as the server is concerned. */
  get attached(): boolean {
    return this.#socket !== undefined;
  }

  /** Whether another picture may be encoded: connected, and the way is free. After a standstill a key frame is asked for. */
  get mayEncode(): boolean {
    if (!this.#socket) return false;
    if (!this.flow.mayEncode(this.#socket.bufferedAmount, nowMs())) {
      this.#heldBack += 1;
      return false;
    }
    if (this.flow.takeRestart()) this.#wishes.keyframe();
    return true;
  }

  /** The server knows the track: frames may flow. */
  attach(socket: TrackSocket): void {
    this.flow.reset();
    this.#discontinuity = this.#seq > 0;
    this.#awaitsKeyframe = true;
    this.#socket = socket;
    if (this.#config) socket.sendMessage(this.#config);
    this.#tellState();
    this.#wishes.keyframe();
  }

  /** The server ended the track. */
  refuse(): void {
    this.detach();
    this.#wishes.refused(this.remark);
  }

  /** The connection is gone. */
  detach(): void {
    this.#socket = undefined;
  }

  /** Announces what the next frames are; the first of them must be a key frame. */
  configure(config: TrackConfig): void {
    this.#configId = (this.#configId + 1) % 65536;
    this.#config = { type: 'config', track: this.publication.track, id: this.#configId, ...config };
    this.#awaitsKeyframe = true;
    this.#socket?.sendMessage(this.#config);
  }

  /** Sends a frame; returns false when it was dropped. */
  send(frame: OutgoingFrame): boolean {
    const socket = this.#socket;
    if (!socket || !this.#config) return false;
    if (this.#awaitsKeyframe && !frame.keyframe) return false;
    if (this.#config.codec === 'opus' && !this.mayEncode) return false;
    this.#awaitsKeyframe = false;
    const message = encodeFrame(
      {
        kind: this.#config.codec === 'webm' ? 'container' : this.publication.kind,
        track: this.publication.track,
        seq: this.#seq,
        configId: this.#configId,
        keyframe: frame.keyframe,
        discontinuity: this.#discontinuity,
        endOfTrack: false,
        muted: frame.muted,
        captureUs: frame.captureUs,
        durationUs: frame.durationUs,
        level: frame.level,
      },
      frame.payload,
    );
    this.flow.sent(this.#seq, message.byteLength, frame.keyframe && this.publication.kind === 'video', nowMs());
    this.#discontinuity = false;
    this.#seq = (this.#seq + 1) % 2 ** 32;
    this.#bytes += message.byteLength;
    socket.sendFrame(message);
    return true;
  }

  #tellState(): void {
    if (this.#state) this.#socket?.sendMessage({ type: 'state', track: this.publication.track, state: this.#state });
  }
}
