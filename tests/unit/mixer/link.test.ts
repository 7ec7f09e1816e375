import { type Duplex, duplexPair } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Link, type LinkMedia, MAX_UNIT_BYTES } from '../../../src/mixer/link.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const MIB = 1024 * 1024;

/** One end of a link with what it received. */
class End {
  readonly got: unknown[] = [];
  readonly ends: Array<string | undefined> = [];
  readonly #ended = Promise.withResolvers<void>();
  readonly ended = this.#ended.promise;
  readonly link: Link;

  constructor(stream: Duplex, options: { maxPendingBytes?: number; onMessage?: (message: unknown) => void } = {}) {
    this.link = new Link({
      stream,
      maxPendingBytes: options.maxPendingBytes ?? 64 * MIB,
      onMessage: options.onMessage ?? ((message) => this.got.push(message)),
      onMedia: (media) => this.got.push(media),
      onEnd: (reason) => {
        this.ends.push(reason);
        this.#ended.resolve();
      },
    });
  }
}

function media(seed: number, bytes: number): LinkMedia {
  const data = Uint8Array.from({ length: bytes }, (_, index) => (index * 7 + seed) & 255);
  return { channel: seed, pts: seed * 1e12 + 1, keyframe: seed % 2 === 0, config: seed + 3, data };
}

/** All bytes that an end writes. */
async function bytesOf(send: (link: Link) => void): Promise<Buffer> {
  const [ours, theirs] = duplexPair();
  const { link } = new End(ours);
  send(link);
  link.close();
  const chunks: Buffer[] = [];
  for await (const chunk of theirs) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** An end that gets exactly these chunks. */
async function receive(chunks: readonly Uint8Array[], onMessage?: (message: unknown) => void): Promise<End> {
  const [ours, theirs] = duplexPair();
  const end = new End(ours, onMessage ? { onMessage } : {});
  for (const chunk of chunks) theirs.write(chunk);
  theirs.end();
  await end.ended;
  return end;
}

describe('Link', () => {
  it('gathers what is said until it is told to let it go', async () => {
    const [a, b] = duplexPair();
    let flush = (): void => {};
    const link = new Link({
      stream: a,
      maxPendingBytes: MIB,
      onMessage: () => {},
      onMedia: () => {},
      onEnd: () => {},
      gather: (callback) => {
        flush = callback;
      },
    });
    const theirs = new End(b);
    link.sendMedia(media(1, 10));
    link.sendMedia(media(2, 10));
    await new Promise(setImmediate);
    expect(theirs.got).toEqual([]);
    flush();
    await vi.waitFor(() => expect(theirs.got).toEqual([media(1, 10), media(2, 10)]), WAIT);
    link.sendMedia(media(3, 10));
    link.send('a message waits for nothing');
    await vi.waitFor(() => expect(theirs.got.slice(2)).toEqual([media(3, 10), 'a message waits for nothing']), WAIT);
    link.sendMedia(media(4, 10));
    link.close();
    await vi.waitFor(() => expect(theirs.got.at(-1)).toEqual(media(4, 10)), WAIT);
  });

  it('carries messages and media in order, both ways', async () => {
    const [a, b] = duplexPair();
    const [ours, theirs] = [new End(a), new End(b)];
    ours.link.send({ type: 'join', name: 'Ånä 🎥' });
    ours.link.sendMedia(media(5, 1000));
    ours.link.sendMedia(media(4, 0));
    ours.link.send({ type: 'leave' });
    theirs.link.send({ type: 'started' });
    await vi.waitFor(() => expect([ours.got.length, theirs.got.length]).toEqual([1, 4]), WAIT);
    expect(theirs.got).toEqual([{ type: 'join', name: 'Ånä 🎥' }, media(5, 1000), media(4, 0), { type: 'leave' }]);
    expect(ours.got).toEqual([{ type: 'started' }]);
  });

  it('reads the same from any cut of its bytes', async () => {
    const units = [media(1, 300), { n: 1 }, media(2, 0), { text: 'é' }, media(3, 5), media(4, 70)];
    const bytes = await bytesOf((link) => {
      for (const unit of units) {
        if ('channel' in unit) link.sendMedia(unit);
        else link.send(unit);
      }
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 40 }),
        async (cuts) => {
          const edges = [0, ...cuts.sort((x, y) => x - y), bytes.length];
          const end = await receive(edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge)));
          expect(end.got).toEqual(units);
          expect(end.ends).toEqual([undefined]);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
    const end = await receive([...bytes].map((byte) => Uint8Array.of(byte)));
    expect(end.got).toEqual(units);
  });

  it('gives media memory of their own', async () => {
    const bytes = await bytesOf((link) => {
      link.sendMedia(media(1, 10));
      link.sendMedia(media(2, 10));
    });
    const { got } = await receive([bytes]);
    bytes.fill(0);
    expect(got).toEqual([media(1, 10), media(2, 10)]);
    expect((got[0] as LinkMedia).data.buffer.byteLength).toBe(10);
  });

  it('carries a frame of many megabytes', async () => {
    const [a, b] = duplexPair();
    const [ours, theirs] = [new End(a), new End(b)];
    const frame = media(9, 12 * MIB);
    ours.link.sendMedia(frame);
    ours.link.send('after');
    await vi.waitFor(() => expect(theirs.got).toHaveLength(2), WAIT);
    expect(Buffer.compare((theirs.got[0] as LinkMedia).data, frame.data)).toBe(0);
  });

  it('waits for the largest unit, and breaks at the head of one that is larger by a byte', async () => {
    const headOf = (bytes: number): Buffer => {
      const head = Buffer.alloc(5);
      head.writeUInt32LE(bytes, 0);
      return head;
    };
    expect((await receive([headOf(MAX_UNIT_BYTES)])).ends).toEqual([undefined]);
    expect((await receive([headOf(MAX_UNIT_BYTES + 1)])).ends).toEqual(['The link to the mixer is out of step.']);
  });

  it('lets pending bytes reach the limit, and breaks with the next unit', () => {
    const [a] = duplexPair();
    const { link, ends } = new End(a, { maxPendingBytes: 1000 });
    // Nobody reads: everything is pending but what the pair itself takes.
    link.send('first');
    while (a.writableLength <= 1000) {
      expect(ends).toEqual([]);
      link.sendMedia(media(1, 100));
    }
    expect([ends.length, a.destroyed]).toEqual([0, false]);
    link.sendMedia(media(1, 0));
    expect(ends).toEqual(['The other end does not read any more.']);
    expect(a.destroyed).toBe(true);
    link.sendMedia(media(1, 100));
    expect([ends.length, a.writableLength <= 1000 + 200]).toEqual([1, true]);
  });

  it('ends once when the other end closes, and sends nothing any more', async () => {
    const [a, b] = duplexPair();
    const [ours, theirs] = [new End(a), new End(b)];
    theirs.link.close();
    await vi.waitFor(() => expect(ours.ends).toEqual([undefined]), WAIT);
    ours.link.send('too late');
    ours.link.close();
    await vi.waitFor(() => expect(theirs.ends).toEqual([undefined]), WAIT);
    expect(theirs.got).toEqual([]);
  });

  it('takes a broken pipe as the end', async () => {
    const [a, b] = duplexPair();
    const ours = new End(a);
    a.destroy(new Error('EPIPE'));
    await vi.waitFor(() => expect(ours.ends).toEqual([undefined]), WAIT);
    b.destroy();
  });

  it.each([
    ['a unit beyond the limit', Buffer.from([0xff, 0xff, 0xff, 0xff, 1])],
    ['an unknown kind', Buffer.from([1, 0, 0, 0, 9, 0])],
    ['a message that is no JSON', Buffer.from([1, 0, 0, 0, 0, 0x7b])],
    ['media without its head', Buffer.from([1, 0, 0, 0, 1, 0])],
  ])('breaks, with the reason and without throwing, at %s', async (_what, bytes) => {
    const after = await bytesOf((link) => link.send('after'));
    const end = await receive([bytes, after]);
    expect(end.ends).toEqual([expect.stringMatching(/./)]);
    expect(end.got).toEqual([]);
  });

  it('breaks when a message makes its reader throw, and delivers nothing more', async () => {
    const bytes = await bytesOf((link) => {
      link.send('first');
      link.send('second');
    });
    const onMessage = vi.fn<(message: unknown) => void>(() => {
      throw new Error('no such codec');
    });
    const end = await receive([bytes], onMessage);
    expect(end.ends).toEqual(['no such codec']);
    expect(onMessage).toHaveBeenCalledOnce();
  });
});
