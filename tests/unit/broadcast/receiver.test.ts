import { describe, expect, it } from 'vitest';
import type { PeerAck } from '../../../src/broadcast/outlet.ts';
import { Receiver } from '../../../src/broadcast/receiver.ts';
import { UnavailableError } from '../../../src/errors.ts';
import type { OpusConfig } from '../../../src/media/codec.ts';
import { Stream } from '../../../src/media/stream.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { encodeFrame } from '../../../src/protocol/frame.ts';
import type { ServerMessage } from '../../../src/protocol/messages.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { PATIENCE, SOUND, settle } from './program-stream.ts';

const UINT32 = 2 ** 32;

/** A program whose wire frames are written by number; a key frame every `group`. */
class Program {
  readonly stream = new Stream<OpusConfig>({
    label: 'program',
    timescale: 30,
    replay: { maxItems: 1200, maxBytes: 2 ** 24 },
  });
  readonly clock = new FakeClock();
  readonly #group: number;
  readonly #firstSeq: number;
  #count = 0;
  configId = 0;
  /** Ticks that each frame lasts. */
  duration = 1;

  constructor(options: { group?: number; firstSeq?: number } = {}) {
    this.#group = options.group ?? 60;
    this.#firstSeq = options.firstSeq ?? 0;
  }

  /** Writes frames in their time, each dealt with before the next. */
  async write(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      this.clock.advance((this.duration * 1000) / 30);
      this.writeAtOnce(1);
      await settle();
    }
  }

  writeAtOnce(count: number): void {
    for (let index = 0; index < count; index += 1, this.#count += 1) {
      const keyframe = this.#count % this.#group === 0;
      const seq = (this.#firstSeq + this.#count) % UINT32;
      const flags = { keyframe, discontinuity: false, endOfTrack: false, muted: false };
      const numbers = { track: 16, seq, captureUs: 0, durationUs: 0, configId: this.configId, level: 0 };
      const data = encodeFrame({ kind: 'video', ...flags, ...numbers }, new Uint8Array(10));
      this.stream.write({
        data,
        pts: pts(this.#count),
        duration: this.duration,
        wallTime: wallTime(0),
        keyframe,
        config: SOUND,
      });
    }
  }
}

/** Somebody who receives; what they got is the numbers of the frames, and messages between them. */
class Peer {
  readonly #clock: FakeClock;
  readonly got: (number | string)[] = [];
  readonly messages: ServerMessage[] = [];
  bufferedBytes = 0;
  newest: number | undefined;
  /** Acknowledges each frame as it comes. */
  attentive = false;

  constructor({ clock }: Program) {
    this.#clock = clock;
  }

  send(message: ServerMessage): void {
    this.messages.push(message);
    this.got.push(message.type);
  }

  sendFrame(message: Uint8Array): void {
    const seq = new DataView(message.buffer, message.byteOffset).getUint32(4, true);
    this.got.push(seq);
    if (this.attentive) this.newest = seq;
  }

  acknowledged(): PeerAck | undefined {
    return this.newest === undefined ? undefined : { seq: this.newest, receivedMs: this.#clock.monotonicMs() };
  }
}

function receive({ stream, clock }: Program, peer: Peer) {
  return new Receiver({ label: 'peer', stream, socket: peer, track: 16, patience: PATIENCE, clock });
}

/** Somebody who receives a program from its first frame on. */
function receiving(options: ConstructorParameters<typeof Program>[0] = {}) {
  const program = new Program(options);
  const peer = new Peer(program);
  return { program, peer, receiver: receive(program, peer) };
}

/** Acknowledges the next `count` frames, and none after them. */
async function attend(peer: Peer, program: Program, count: number): Promise<void> {
  peer.attentive = true;
  await program.write(count);
  peer.attentive = false;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => (from + index) % UINT32);
}

describe('Receiver', () => {
  it('says what the frames are before the first of them, and when that changes', async () => {
    const { program, peer } = receiving();
    await program.write(2);
    program.configId = 1;
    await program.write(2);
    expect(peer.got).toEqual(['config', 0, 1, 'config', 2, 3]);
    expect(peer.messages.map((message) => message.type === 'config' && message.id)).toEqual([0, 1]);
  });

  it('gives a newcomer the newest group at once, however long it is, and all that follows', async () => {
    const program = new Program({ group: 600 });
    program.writeAtOnce(600 + 590);
    const peer = new Peer(program);
    receive(program, peer);
    await settle();
    peer.newest = peer.got.at(-1) as number;
    await program.write(5);
    expect(peer.got).toEqual(['config', ...range(600, 1195)]);
  });

  it('sends the newest group again when asked, and does not take that for a slow line', async () => {
    const { program, peer, receiver } = receiving({ group: 300 });
    await program.write(1);
    peer.newest = 0;
    await attend(peer, program, 240);
    await program.write(9);
    peer.got.length = 0;
    receiver.restart();
    // The acknowledgements of the group come later than the next frames.
    await program.write(10);
    expect(peer.got).toEqual(range(0, 260));
    expect(receiver.skipped).toBe(0);
  });

  it('judges who never acknowledges by their socket alone', async () => {
    const { program, peer, receiver } = receiving();
    await program.write(500);
    expect(peer.got).toHaveLength(501);
    expect(receiver.skipped).toBe(0);
  });

  it('skips to a key frame when the socket holds more than a megabyte', async () => {
    const { program, peer, receiver } = receiving({ group: 10 });
    await program.write(3);
    peer.bufferedBytes = 1024 * 1024;
    await program.write(1);
    peer.bufferedBytes += 1;
    await program.write(2);
    peer.bufferedBytes = 0;
    await program.write(6);
    expect(peer.got).toEqual(['config', 0, 1, 2, 3, 10, 11]);
    expect(receiver.skipped).toBe(6);
  });

  it('skips no key frame that the line can take, and every one that it cannot', async () => {
    const { program, peer } = receiving({ group: 5 });
    await program.write(1);
    peer.bufferedBytes = 2 ** 21;
    await program.write(9);
    peer.bufferedBytes = 0;
    await program.write(1);
    expect(peer.got).toEqual(['config', 0, 10]);
  });

  it('skips when more than the limit is under way, and goes on at a key frame once it is acknowledged', async () => {
    const { program, peer, receiver } = receiving({ group: 40, firstSeq: UINT32 - 100 });
    // Beyond the time of grace, and with the numbers about to begin anew.
    await attend(peer, program, 90);
    peer.got.length = 0;
    // The way takes 33 ms, 100 ms are between acknowledgements, and 250 ms is the patience.
    await program.write(12);
    expect(peer.got).toEqual(range(UINT32 - 10, UINT32 + 2));
    await program.write(14);
    expect(peer.got).toHaveLength(12);
    expect(receiver.skipped).toBe(14);
    peer.newest = 1;
    await program.write(20);
    // Frame 120 is the next key frame: number 20 after the turn. Nothing of it is acknowledged either.
    expect(peer.got.slice(12)).toEqual(range(20, 32));
  });

  it('measures what is under way by time: of frames that last twice as long, half as many', async () => {
    const { program, peer, receiver } = receiving({ group: 1000 });
    await attend(peer, program, 90);
    program.duration = 2;
    await program.write(20);
    expect(peer.got.slice(91)).toHaveLength(6);
    expect(receiver.skipped).toBe(14);
  });

  it('does not take a pause of its own for a slow line: what was said meanwhile has not been read yet', async () => {
    const { program, peer, receiver } = receiving({ group: 1000 });
    await attend(peer, program, 90);
    await program.write(1);
    program.clock.advance(1000);
    await program.write(3);
    expect(receiver.skipped).toBe(0);
    await program.write(2);
    expect(receiver.skipped).toBeGreaterThan(0);
  });

  it('gives a peer whose first word is missing two seconds', async () => {
    const { program, peer, receiver } = receiving({ group: 1000 });
    peer.newest = 5000;
    await program.write(71);
    expect(receiver.skipped).toBe(0);
    await program.write(1);
    expect(receiver.skipped).toBe(1);
  });

  it('lets sound go on as soon as its way is free: every packet is a beginning', async () => {
    const { program, peer, receiver } = receiving({ group: 1 });
    await attend(peer, program, 30);
    await program.write(30);
    expect(receiver.skipped).toBe(18);
    peer.newest = peer.got.at(-1) as number;
    peer.attentive = true;
    await program.write(30);
    expect(receiver.skipped).toBe(18);
  });

  it('ignores acknowledgements of what it has never sent', async () => {
    const { program, peer, receiver } = receiving({ group: 1000 });
    peer.newest = 1000;
    await program.write(81);
    expect(receiver.skipped).toBeGreaterThan(0);
  });

  it('sends nothing more once it is closed', async () => {
    const { program, peer, receiver } = receiving();
    await program.write(1);
    receiver.close();
    await program.write(2);
    expect(peer.got).toEqual(['config', 0]);
  });

  it('tells its peer when the program breaks off', async () => {
    const { program, peer } = receiving();
    program.stream.close(new UnavailableError('lost', 'The mixer is lost; wait.'));
    await settle();
    expect(peer.messages).toEqual([{ type: 'error', code: 'lost', message: 'The mixer is lost; wait.', track: 16 }]);
  });
});
