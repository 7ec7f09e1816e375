import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { ResumingStream } from '../../../../src/recorder/storage/resuming-stream.ts';
import { systemClock } from '../../../../src/util/clock.ts';

const RETRY = { firstMs: 1, maxMs: 2, attempts: 3, forgetAfterMs: 1000 };
const TEXT = '0123456789';

/** Each try gives so many characters, then ends without a word, or fails. */
function faulty(lengths: readonly number[], end: 'silent' | 'error') {
  const asked: string[] = [];
  const signals: AbortSignal[] = [];
  const left = [...lengths];
  const stream = new ResumingStream({
    span: { start: 2, end: 9 },
    retry: RETRY,
    clock: systemClock,
    async open({ start, end: last }, signal) {
      asked.push(`${start}-${last}`);
      signals.push(signal);
      const length = left.shift();
      if (length === undefined) throw new Error('away');
      const part = Buffer.from(TEXT.slice(start, Math.min(start + length, last + 1)));
      const source = new Readable({ read: () => undefined });
      source.push(part);
      if (end === 'silent' || start + length > last) source.push(null);
      else setImmediate(() => source.destroy(new Error('cut')));
      return source;
    },
  });
  return { stream, asked, signals };
}

async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

describe('a stream that resumes', () => {
  it.each(['silent', 'error'] as const)('asks for the rest when it ends too early (%s)', async (end) => {
    const { stream, asked } = faulty([3, 1, 100], end);
    expect(await textOf(stream)).toBe('23456789');
    expect(asked).toEqual(['2-9', '5-9', '6-9']);
  });

  it('gives up after so many tries without a byte, and not before', async () => {
    const { stream, asked } = faulty([1], 'silent');
    await expect(textOf(stream)).rejects.toThrow('away');
    // The one that broke off counts too, for no byte came after it.
    expect(asked).toEqual(['2-9', '3-9', '3-9', '3-9']);
  });

  it('asks for nothing when there is nothing', async () => {
    const open = vi.fn<() => Promise<Readable>>();
    const stream = new ResumingStream({ span: { start: 0, end: -1 }, retry: RETRY, clock: systemClock, open });
    expect(await textOf(stream)).toBe('');
    expect(open).not.toHaveBeenCalled();
  });

  it('reads what was asked for already, goes on from where that broke off, and destroys it with itself', async () => {
    const open = vi.fn<() => Promise<Readable>>(async () => Readable.from([Buffer.from('56789')]));
    const options = { span: { start: 2, end: 9 }, retry: RETRY, clock: systemClock, open };
    expect(await textOf(new ResumingStream({ ...options, first: Readable.from([Buffer.from('234')]) }))).toBe(
      '23456789',
    );
    expect(open.mock.calls).toEqual([[{ start: 5, end: 9 }, expect.anything()]]);
    const broken = new Readable({ read: () => undefined });
    const stream = new ResumingStream({ ...options, span: { start: 5, end: 9 }, first: broken });
    broken.destroy(new Error('cut'));
    expect(await textOf(stream)).toBe('56789');
    const unread = new Readable({ read: () => undefined });
    new ResumingStream({ ...options, first: unread }).destroy();
    expect(unread.destroyed).toBe(true);
  });

  it('tells whoever it asked when nobody reads on', async () => {
    const { stream, signals } = faulty([1, 1, 1, 1, 1, 1, 1, 1], 'error');
    await new Promise((resolve) => stream.once('data', resolve));
    stream.destroy();
    await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true), { timeout: 9000 });
  });
});
