import { expect, it, vi } from 'vitest';
import type { ImageSlot } from '../../../src/mixer/link-messages.ts';
import type { RgbaImage } from '../../../src/mixer/still-image.ts';
import { StillQueue } from '../../../src/mixer/still-queue.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

/** Decodes when it is told to; files are single letters. */
class Desk {
  readonly begun: string[] = [];
  readonly shown: Array<readonly [ImageSlot, string | undefined]> = [];
  readonly failed: ImageSlot[] = [];
  readonly queue = new StillQueue({
    decode: (slot, data) => {
      const file = `${slot}${Buffer.from(data).toString()}`;
      this.begun.push(file);
      const work = Promise.withResolvers<RgbaImage>();
      this.#works.set(file, work);
      return work.promise;
    },
    onImage: (slot, image) => this.shown.push([slot, image && Buffer.from(image.data).toString()]),
    onFailure: (slot) => this.failed.push(slot),
  });
  readonly #works = new Map<string, PromiseWithResolvers<RgbaImage>>();

  set(slot: ImageSlot, letter: string | undefined): void {
    this.queue.set(slot, letter === undefined ? undefined : Buffer.from(letter));
  }

  finish(file: string): void {
    this.#works.get(file)?.resolve({ width: 1, height: 1, data: Buffer.from(file) });
  }

  fail(file: string): void {
    this.#works.get(file)?.reject(new Error('broken'));
  }
}

it('decodes two pictures at a time, and of each slot the newest only', async () => {
  const desk = new Desk();
  for (const letter of 'abcdefgh') for (const slot of [1, 2, 3]) desk.set(slot, letter);
  expect(desk.begun).toEqual(['1a', '2a']);
  desk.finish('1a');
  await vi.waitFor(() => expect(desk.begun).toEqual(['1a', '2a', '3h']), WAIT);
  desk.finish('2a');
  await vi.waitFor(() => expect(desk.begun).toEqual(['1a', '2a', '3h', '1h']), WAIT);
  desk.finish('3h');
  await vi.waitFor(() => expect(desk.begun).toEqual(['1a', '2a', '3h', '1h', '2h']), WAIT);
  desk.finish('1h');
  desk.finish('2h');
  await desk.queue.close();
  expect(desk.begun).toHaveLength(5);
});

it('shows what it decoded, in the order of its coming, and nothing for a slot that was emptied meanwhile', async () => {
  const desk = new Desk();
  desk.set('logo', 'a');
  desk.set('logo', 'b');
  desk.finish('logoa');
  await vi.waitFor(() => expect(desk.shown).toEqual([['logo', 'logoa']]), WAIT);
  desk.set('logo', undefined);
  desk.set(7, 'c');
  desk.finish('logob');
  desk.finish('7c');
  await vi.waitFor(
    () =>
      expect(desk.shown.slice(1)).toEqual([
        ['logo', undefined],
        [7, '7c'],
      ]),
    WAIT,
  );
  desk.set('logo', 'd');
  await vi.waitFor(() => expect(desk.begun).toContain('logod'), WAIT);
  desk.finish('logod');
  await vi.waitFor(() => expect(desk.shown.at(-1)).toEqual(['logo', 'logod']), WAIT);
});

it('goes on after a picture that cannot be decoded', async () => {
  const desk = new Desk();
  desk.set(1, 'a');
  desk.set(1, 'b');
  desk.fail('1a');
  await vi.waitFor(() => expect(desk.begun).toEqual(['1a', '1b']), WAIT);
  desk.finish('1b');
  await vi.waitFor(() => expect(desk.shown).toEqual([[1, '1b']]), WAIT);
  expect(desk.failed).toEqual([1]);
});

it('waits for what is decoded when it is closed, and shows nothing of it', async () => {
  const desk = new Desk();
  desk.set(1, 'a');
  desk.set(1, 'b');
  let closed = false;
  const closing = desk.queue.close().then(() => {
    closed = true;
  });
  await Promise.resolve();
  expect(closed).toBe(false);
  desk.finish('1a');
  await closing;
  expect([desk.begun, desk.shown]).toEqual([['1a'], []]);
});
