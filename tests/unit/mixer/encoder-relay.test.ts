import { describe, expect, it, vi } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { EncoderRelay } from '../../../src/mixer/encoder-relay.ts';
import { createPicture } from '../../../src/mixer/picture.ts';
import type { ProgramForm } from '../../../src/mixer/program-form.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { FakeEncoders } from '../../helpers/fake-encoders.ts';

const WAIT = { timeout: 9000 };
const FORM: ProgramForm = {
  ...{ width: 32, height: 32, framerate: 30, frameStep: 1, kbit: 400, preset: 'ultrafast', gopFrames: 30 },
  encoder: 'x264',
};
/** What may wait for an encoder that ends. */
const MOST_BYTES = 16 * 1024 * 1024;

async function until(holds: () => boolean): Promise<void> {
  await vi.waitFor(() => {
    if (!holds()) throw new Error('It has not come to that.');
  }, WAIT);
}

/** A relay at a change of form: frames 0 to 2 are the first encoder's, those from 3 on the second one's. */
class Change {
  readonly clock = new FakeClock();
  readonly encoders = new FakeEncoders();
  /** Frames as their packets go out. */
  readonly frames: number[] = [];
  heldUp = false;
  readonly relay = new EncoderRelay({
    label: 'test',
    form: FORM,
    spawn: this.encoders.spawn,
    clock: this.clock,
    log: nullLogger,
    restart: { firstMs: 1, maxMs: 1, attempts: 5, forgetAfterMs: 1000 },
    isHeldUp: () => this.heldUp,
    onConfig: () => {},
    onPacket: (frame) => this.frames.push(frame),
    onLost: () => {},
  });

  /** All pictures are with their encoders, and the first one owes the packets of frames 1 and 2. */
  async begin(last = 5): Promise<void> {
    const { relay, encoders } = this;
    this.#write(0);
    encoders.started[0]?.give(10);
    await until(() => this.frames.length === 1);
    relay.setForm({ ...FORM, kbit: 200 }, 3);
    for (let frame = 1; frame <= last; frame += 1) this.#write(frame);
    await until(() => encoders.started.map(({ taken }) => taken).join() === `3,${last - 2}`);
  }

  /** Time passes, and what has come is read. */
  async pass(ms: number): Promise<void> {
    await this.clock.run(ms, 100);
  }

  #write(frame: number): void {
    this.relay.write(createPicture(32, 32), frame, () => {});
  }
}

describe('an encoder that ends at a change of form', () => {
  it('is waited for while it lacks a processor, and its frames come before all others', async () => {
    const change = new Change();
    await change.begin();
    const [first, second] = change.encoders.started;
    for (const bytes of [10, 10, 10]) second?.give(bytes);
    change.heldUp = true;
    await change.pass(2900);
    expect([change.frames, first?.stopped]).toEqual([[0], false]);
    for (const bytes of [10, 10]) first?.give(bytes);
    first?.end();
    await vi.waitFor(() => expect(change.frames).toEqual([0, 1, 2, 3, 4, 5]), WAIT);
    await change.relay.close();
  });

  it('is waited for no longer than three seconds in all', async () => {
    const change = new Change();
    await change.begin();
    const [first, second] = change.encoders.started;
    second?.give(10);
    change.heldUp = true;
    await change.pass(3000);
    await vi.waitFor(() => expect([change.frames, first?.stopped]).toEqual([[0, 3], true]), WAIT);
    await change.relay.close();
  });

  it('is waited for no longer than a second when it could work and does not', async () => {
    const change = new Change();
    await change.begin();
    const [first, second] = change.encoders.started;
    second?.give(10);
    await change.pass(900);
    expect([change.frames, first?.stopped]).toEqual([[0], false]);
    await change.pass(100);
    await vi.waitFor(() => expect([change.frames, first?.stopped]).toEqual([[0, 3], true]), WAIT);
    await change.relay.close();
  });

  it('is given up when more than 16 MiB wait for it', async () => {
    const change = new Change();
    await change.begin(7);
    const [first, second] = change.encoders.started;
    change.heldUp = true;
    for (let quarter = 0; quarter < 4; quarter += 1) second?.give(MOST_BYTES / 4);
    await change.pass(500);
    expect([change.frames, first?.stopped]).toEqual([[0], false]);
    second?.give(1);
    await vi.waitFor(() => expect([change.frames, first?.stopped]).toEqual([[0, 3, 4, 5, 6, 7], true]), WAIT);
    await change.relay.close();
  });
});

describe('encoders that fail', () => {
  /** A relay whose newest encoder ends by itself when it is told to. */
  function failing(form: ProgramForm) {
    const clock = new FakeClock();
    const encoders = new FakeEncoders();
    let failures = 0;
    let frames = 0;
    const relay = new EncoderRelay({
      ...{ label: 'test', form, spawn: encoders.spawn, clock },
      log: { ...nullLogger, error: () => (failures += 1) },
      restart: { firstMs: 200, maxMs: 5000, attempts: 5, forgetAfterMs: 30_000 },
      isHeldUp: () => false,
      ...{ onConfig: () => {}, onPacket: () => {}, onLost: () => {} },
    });
    /** How many encoders there have been once one more picture is written, after so many milliseconds. */
    const startedAfter = (ms: number): number => {
      clock.advance(ms);
      relay.write(createPicture(32, 32), frames++, () => {});
      return encoders.started.length;
    };
    const fail = async (): Promise<void> => {
      const before = failures;
      encoders.started.at(-1)?.end();
      await until(() => failures > before);
    };
    return { relay, startedAfter, fail };
  }

  it('are followed by another at once, and by the next ones after pauses that double', async () => {
    const { relay, startedAfter, fail } = failing(FORM);
    expect(startedAfter(0)).toBe(1);
    await fail();
    expect(startedAfter(0)).toBe(2);
    await fail();
    expect([startedAfter(199), startedAfter(1)]).toEqual([2, 3]);
    await fail();
    expect([startedAfter(399), startedAfter(1)]).toEqual([3, 4]);
    await relay.close();
  });

  it('in hardware give way to x264 with the second failure', async () => {
    const { relay, startedAfter, fail } = failing({ ...FORM, encoder: 'nvenc' });
    startedAfter(0);
    await fail();
    expect(relay.encoder).toBe('h264_nvenc');
    startedAfter(0);
    await fail();
    expect(relay.encoder).toBe('libx264');
    await relay.close();
  });
});
