/** What one sends: a track on the wire for each source the page has opened. */
import { readFrames } from '../capture/frame-input.ts';
import { PictureSender } from '../capture/picture-sender.ts';
import type { PictureEncoding } from '../capture/picture-settings.ts';
import { SoundSender } from '../capture/sound-sender.ts';
import type { SentTrack } from '../controllers/session-meter.ts';
import type { PublishMessage, TrackStateName } from '../../src/protocol/messages.ts';
import type { RoomConnection } from '../transport/room-connection.ts';
import type { Problem } from '../util/problem.ts';
import { againCode, secondTryProblem } from '../util/second-try-words.ts';
import type { OpenCommand } from './engine-messages.ts';

/** What it needs. */
export interface SourceSendersOptions {
  readonly connection: RoomConnection;
  /** What this browser encodes; undefined: no picture can be sent. */
  readonly encoding: PictureEncoding | undefined;
  /** Nothing can be read of the media that were opened under this number. */
  starved(track: number): void;
  report(problem: Problem): void;
  /** The problem that was reported with this code is over. */
  settle(code: string): void;
}

/** Sums over everything that was ever sent, and each track as it is. */
export interface SentTotals {
  readonly frames: number;
  readonly bytes: number;
  readonly tracks: readonly SentTrack[];
}

const NAMES: Readonly<Record<PublishMessage['source'], string>> = {
  mic: 'microphone',
  camera: 'camera',
  screen: 'screen',
  file: 'file',
};

/** Ends with `stop`; the connection stays its owner's. */
export class SourceSenders {
  readonly #options: SourceSendersOptions;
  readonly #senders = new Map<number, PictureSender | SoundSender>();
  /** Tracks that the server gave up and that have not recovered yet, with what the page was told of them. */
  readonly #again = new Map<number, string>();
  /** Sums of senders that are gone. */
  #past = { frames: 0, bytes: 0 };

  constructor(options: SourceSendersOptions) {
    this.#options = options;
  }

  /** Publishes a source, or goes on with its media under a number that is there already. */
  open(command: OpenCommand): void {
    const { track, input, state, content } = command;
    const wanted = input.kind === 'sound' ? 'audio' : 'video';
    const present = this.#senders.get(track);
    if (present && (present.kind !== wanted || present.outgoing.publication.source !== command.source))
      this.drop(track);
    if (input.kind === 'sound') {
      const sender = this.#sound(command);
      sender.muted = state === 'muted';
      sender.outgoing.state = state;
      sender.open(input.port, input.channels, content);
      return;
    }
    const sender = this.#picture(command);
    if (!sender) {
      // Pictures that are on their way must be closed, too.
      readFrames(input, () => undefined).stop();
      return;
    }
    sender.outgoing.state = state;
    sender.open(input, content);
  }

  /** Its owner does something else with it. */
  setState(track: number, state: TrackStateName): void {
    const sender = this.#senders.get(track);
    if (!sender) return;
    sender.outgoing.state = state;
    if (sender.kind === 'audio') sender.muted = state === 'muted';
  }

  /** Lets go of a picture's media; the track goes on with others. */
  release(track: number): void {
    const sender = this.#senders.get(track);
    if (sender?.kind === 'video') sender.release();
  }

  /** Ends a track; does nothing when there is none. */
  drop(track: number): void {
    const sender = this.#senders.get(track);
    if (!sender) return;
    this.#senders.delete(track);
    this.#settle(track);
    sender.stop();
    this.#past.bytes += sender.outgoing.bytes;
    if (sender.kind === 'video') this.#past.frames += sender.frames;
    this.#options.connection.unpublish(sender.outgoing);
  }

  /** Ends all of them without telling the server, which hears goodbye. */
  stop(): void {
    for (const sender of this.#senders.values()) sender.stop();
    this.#senders.clear();
  }

  /** Spans are since the last call. */
  take(): SentTotals {
    let { frames, bytes } = this.#past;
    const tracks: SentTrack[] = [];
    for (const [track, sender] of this.#senders) {
      bytes += sender.outgoing.bytes;
      const about = { track, bytes: sender.outgoing.bytes, captureToSentMs: sender.takeToSent()?.meanMs };
      if (sender.kind === 'audio') {
        tracks.push(about);
        continue;
      }
      frames += sender.frames;
      const { pictures, settings: size } = sender;
      tracks.push({ ...about, pictures, ...(size && { size: { width: size.width, height: size.height } }) });
    }
    return { frames, bytes, tracks };
  }

  #picture(command: OpenCommand): PictureSender | undefined {
    const present = this.#senders.get(command.track);
    if (present?.kind === 'video') return present;
    const { encoding, report } = this.#options;
    const failure = failureOf(command.source);
    if (!encoding) {
      const detail = 'This browser encodes neither H.264 nor VP8. Use a current Chrome or Edge.';
      report({ code: `send.${command.source}`, title: failure, detail, retry: false });
      return undefined;
    }
    const sender = new PictureSender({
      encoding,
      failure,
      still: command.source !== 'camera',
      starved: () => this.#options.starved(command.track),
      again: (next) => this.#onAgain(command, next),
      ...this.#ports(command),
    });
    this.#senders.set(command.track, sender);
    return sender;
  }

  /** A picture that was given up twice and never lasted comes of its media another way from then on. */
  #onAgain(
    { track, source }: OpenCommand,
    next: Parameters<ConstructorParameters<typeof PictureSender>[0]['again']>[0],
  ): void {
    if (!next) {
      this.#settle(track);
      return;
    }
    const problem = secondTryProblem(failureOf(source), source, next);
    this.#again.set(track, againCode(source));
    this.#options.report(problem);
    if (next.failures > 1) this.#options.starved(track);
  }

  #settle(track: number): void {
    const code = this.#again.get(track);
    if (code === undefined) return;
    this.#again.delete(track);
    this.#options.settle(code);
  }

  #sound(command: OpenCommand): SoundSender {
    const present = this.#senders.get(command.track);
    if (present?.kind === 'audio') return present;
    const sender = new SoundSender({ failure: failureOf(command.source), ...this.#ports(command) });
    this.#senders.set(command.track, sender);
    return sender;
  }

  #ports({
    track,
    source,
    input,
  }: OpenCommand): Pick<ConstructorParameters<typeof PictureSender>[0], 'publish' | 'failed'> {
    const { connection, report } = this.#options;
    const kind = input.kind === 'sound' ? 'audio' : 'video';
    return {
      publish: (wishes) => connection.publish({ track, kind, source }, wishes),
      failed: (problem) => {
        this.drop(track);
        report({ code: `send.${source}`, ...problem });
      },
    };
  }
}

function failureOf(source: PublishMessage['source']): string {
  return `Your ${NAMES[source]} is not being sent`;
}
