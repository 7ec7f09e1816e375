import { describe, expect, it } from 'vitest';
import type { PeerAck } from '../../../src/broadcast/outlet.ts';
import { QualityPolicy } from '../../../src/broadcast/quality-policy.ts';
import { PictureReceiver } from '../../../src/broadcast/picture-receiver.ts';
import { WireStream } from '../../../src/broadcast/wire-stream.ts';
import { UnavailableError } from '../../../src/errors.ts';
import { type Frame, decodeFrame } from '../../../src/protocol/frame.ts';
import type { ServerMessage } from '../../../src/protocol/messages.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { PATIENCE, WALL_START, picture, pictureConfig, pictureStream, settle } from './program-stream.ts';

const FPS = 30;
const LOW_SEQ = 2 ** 31;

/** A program in both renditions, with a key frame every `GROUP` frames; the small one comes two frames late. */
const GROUP = 60;
const LAG = 2;

class Program {
  readonly fullSource = pictureStream();
  readonly lowSource = pictureStream();
  readonly full = new WireStream(this.fullSource, 'video', { firstSeq: 0, firstConfigId: 0, configIdStep: 2 });
  readonly low = new WireStream(this.lowSource, 'video', { firstSeq: LOW_SEQ, firstConfigId: 1, configIdStep: 2 });
  readonly #config = pictureConfig();
  readonly #lowConfig = { ...pictureConfig(), width: 640, height: 360 };
  /** Whether the small rendition is made, as the receiver ordered it. */
  lowUsed = false;
  /** A small rendition that never comes. */
  lowBroken = false;
  #lowRuns = false;
  frame = 0;
  readonly clock = new FakeClock();

  async run(seconds: number, each: (frame: number) => void = () => {}): Promise<void> {
    for (let count = 0; count < seconds * FPS; count += 1, this.frame += 1) {
      this.clock.advance(1000 / FPS);
      this.fullSource.write(picture(this.#config, this.frame, this.frame % GROUP === 0));
      const late = this.frame - LAG;
      if (!this.lowUsed || this.lowBroken) this.#lowRuns = false;
      else if (late % GROUP === 0) this.#lowRuns = true;
      if (this.#lowRuns) this.lowSource.write(picture(this.#lowConfig, late, late % GROUP === 0));
      await settle();
      each(this.frame);
    }
  }
}

/** Acknowledges everything at once unless its line is slow. */
class Peer {
  readonly frames: Frame[] = [];
  readonly messages: ServerMessage[] = [];
  bufferedBytes = 0;
  #newest: PeerAck | undefined;
  slow = false;
  readonly #clock: FakeClock;

  constructor({ clock }: Program) {
    this.#clock = clock;
  }

  send(message: ServerMessage): void {
    this.messages.push(message);
  }

  sendFrame(message: Uint8Array): void {
    const frame = decodeFrame(message);
    if (typeof frame === 'string') throw new Error(frame);
    this.frames.push(frame);
    if (!this.slow) this.#newest = { seq: frame.header.seq, receivedMs: this.#clock.monotonicMs() };
  }

  acknowledged(): PeerAck | undefined {
    return this.#newest;
  }

  /** Widths in the order in which they were announced. */
  get widths(): number[] {
    return this.messages.flatMap((message) => {
      return message.type === 'config' && message.codec !== 'opus' ? [message.width] : [];
    });
  }

  /** Program frame numbers as the capture times say. */
  get shown(): number[] {
    return this.frames.map(({ header }) => Math.round(((header.captureUs / 1000 - WALL_START) * FPS) / 1000));
  }
}

function view(program: Program, peer: Peer): PictureReceiver {
  return new PictureReceiver({
    label: 'peer',
    full: program.full.stream,
    low: program.low.stream,
    socket: peer,
    track: 16,
    patience: PATIENCE,
    clock: program.clock,
    policy: new QualityPolicy(),
    onUse: (used) => {
      program.lowUsed = used;
    },
  });
}

/** The first frame after each jump of the numbers begins a stream. */
function expectDecodable({ frames }: Peer): void {
  frames.forEach(({ header }, index) => {
    const before = frames[index - 1]?.header;
    const follows = before && header.seq === before.seq + 1 && header.configId === before.configId;
    if (!follows) expect(header.keyframe, `frame ${index}`).toBe(true);
  });
}

describe('a picture receiver', () => {
  it('gets every frame of the full rendition while the line is good, and the small one is not made', async () => {
    const program = new Program();
    const peer = new Peer(program);
    view(program, peer);
    await program.run(10);
    expect(peer.shown).toEqual(Array.from({ length: 300 }, (_, index) => index));
    expect(peer.widths).toEqual([1280]);
    expect(program.lowUsed).toBe(false);
  });

  it('goes over to the small rendition after three skips, and back after half a minute without any', async () => {
    const program = new Program();
    const peer = new Peer(program);
    const receiver = view(program, peer);
    await program.run(4);
    peer.slow = true;
    // Beyond half a second under way it skips; at each key frame again.
    await program.run(6);
    expect(program.lowUsed).toBe(true);
    peer.slow = false;
    await program.run(3);
    expect(peer.widths).toEqual([1280, 640]);
    const before = peer.frames.length;
    await program.run(24);
    expect(peer.frames.length - before).toBe(24 * FPS);
    expect(peer.widths).toEqual([1280, 640]);
    expect(receiver.skipped).toBeGreaterThan(0);
    await program.run(10);
    expect(peer.widths).toEqual([1280, 640, 1280]);
    expect(program.lowUsed).toBe(false);
    expect(peer.shown.at(-1)).toBe(program.frame - 1);
    expectDecodable(peer);
  });

  it('goes over at a key frame that is hardly older than what was shown, never to an old one', async () => {
    const program = new Program();
    const peer = new Peer(program);
    program.lowUsed = true;
    await program.run(3);
    program.lowUsed = false;
    // What is left of the small rendition is from long ago.
    await program.run(20);
    const receiver = view(program, peer);
    receiver.ask('low');
    await program.run(3);
    const at = peer.frames.findIndex(({ header }) => header.seq >= LOW_SEQ);
    expect(at).toBeGreaterThan(0);
    const [last = 0, first = 0] = peer.shown.slice(at - 1, at + 1);
    expect(last - first).toBeGreaterThanOrEqual(0);
    expect(last - first).toBeLessThanOrEqual(LAG);
    expectDecodable(peer);
  });

  it('stays on the small one while it is asked for, and leaves at the next key frame after', async () => {
    const program = new Program();
    const peer = new Peer(program);
    const receiver = view(program, peer);
    receiver.ask('low');
    expect(program.lowUsed).toBe(true);
    await program.run(60);
    expect(peer.widths).toEqual([1280, 640]);
    receiver.ask('auto');
    await program.run(2);
    expect(peer.widths).toEqual([1280, 640, 1280]);
    expect(program.lowUsed).toBe(false);
    expectDecodable(peer);
  });

  it('does not take what was under way of one rendition for a jam of the other', async () => {
    const program = new Program();
    const peer = new Peer(program);
    const receiver = view(program, peer);
    await program.run(4);
    receiver.ask('low');
    await program.run(30, () => {
      // For a third of a second on the small rendition, acknowledgements are still about the other one.
      const { length } = peer.frames.filter(({ header }) => header.seq >= LOW_SEQ);
      peer.slow = length > 0 && length < FPS / 3;
    });
    expect(peer.widths).toEqual([1280, 640]);
    receiver.ask('auto');
    await program.run(30);
    expect(receiver.skipped).toBe(0);
  });

  it('is not left without a picture when the small rendition does not come, or stops', async () => {
    const program = new Program();
    const peer = new Peer(program);
    const receiver = view(program, peer);
    program.lowBroken = true;
    receiver.ask('low');
    await program.run(10);
    expect(peer.widths).toEqual([1280]);
    expect(peer.frames).toHaveLength(300);
    program.lowBroken = false;
    await program.run(4);
    expect(peer.widths).toEqual([1280, 640]);
    program.lowBroken = true;
    // Three seconds of silence, and up to two until a key frame.
    await program.run(6);
    expect(peer.widths).toEqual([1280, 640, 1280]);
    program.lowBroken = false;
    await program.run(4);
    expect(peer.widths).toEqual([1280, 640, 1280, 640]);
    expectDecodable(peer);
  });

  it('gets the newest group of the rendition that it is on when its decoder lost its way', async () => {
    const program = new Program();
    const peer = new Peer(program);
    const receiver = view(program, peer);
    receiver.ask('low');
    await program.run(5);
    const group = peer.frames.length - peer.frames.findLastIndex(({ header }) => header.keyframe);
    peer.frames.length = 0;
    // The whole group goes out before any of it can be acknowledged.
    peer.slow = true;
    receiver.restart();
    await settle();
    peer.slow = false;
    expect(group).toBeGreaterThan(20);
    expect(peer.frames).toHaveLength(group);
    expect(peer.frames[0]?.header).toMatchObject({ keyframe: true, configId: 1 });
    await program.run(1);
    expect(peer.frames.every(({ header }) => header.seq >= LOW_SEQ)).toBe(true);
    expectDecodable(peer);
    expect(receiver.skipped).toBe(0);
  });

  it('is told once when the program breaks off, and gives the small rendition back when closed', async () => {
    const program = new Program();
    const peer = new Peer(program);
    const receiver = view(program, peer);
    receiver.ask('low');
    await program.run(3);
    const reason = new UnavailableError('lost', 'The mixer is lost; wait.');
    program.fullSource.close(reason);
    program.lowSource.close(reason);
    await settle();
    expect(peer.messages.filter(({ type }) => type === 'error')).toEqual([
      { type: 'error', code: 'lost', message: 'The mixer is lost; wait.', track: 16 },
    ]);
    receiver.close();
    expect(program.lowUsed).toBe(false);
  });
});
