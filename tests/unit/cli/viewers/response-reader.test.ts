import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TransferError } from '../../../../src/cli/viewers/line.ts';
import { ResponseReader } from '../../../../src/cli/viewers/response-reader.ts';

const TEXT = '#EXTM3U\n'.repeat(20);

/** An answer, given to a reader in pieces of so many bytes; how often it said that it is whole. */
function read(answer: string | Buffer, size = Number.POSITIVE_INFINITY) {
  const reader = new ResponseReader(true);
  const bytes = Buffer.from(answer);
  let whole = 0;
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length)) {
    if (reader.push(bytes.subarray(at, at + size))) whole += 1;
  }
  return { reader, whole };
}

const plain = `HTTP/1.1 200 OK\r\nContent-Length: ${TEXT.length}\r\nX: y\r\n\r\n${TEXT}`;
const chunked = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n${TEXT.slice(0, 5)}\r\n${(TEXT.length - 5).toString(16)};x=y\r\n${TEXT.slice(5)}\r\n0\r\nTrailer: z\r\n\r\n`;

describe('an answer', () => {
  it.each([
    ['with a length', plain],
    ['in chunks', chunked],
  ])('%s is whole with its last byte, however it is cut', (_, answer) => {
    for (const size of [1, 2, 3, 7, 100, 10_000]) {
      const { reader, whole } = read(answer, size);
      expect(whole).toBe(1);
      expect(reader.answer).toMatchObject({ status: 200, bytes: TEXT.length, gzip: false });
      expect(Buffer.from(reader.answer.body).toString()).toBe(TEXT);
      expect(reader.close).toBe(false);
    }
  });

  it('that is packed says so, and is counted as it travelled', () => {
    const packed = gzipSync(TEXT);
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\nConnection: close\r\n\r\n`;
    const { reader } = read(Buffer.concat([Buffer.from(head), packed]));
    expect(reader.answer).toMatchObject({ bytes: packed.length, gzip: true });
    expect(Buffer.compare(reader.answer.body, packed)).toBe(0);
    expect(reader.close).toBe(true);
  });

  it('without a body is whole with its head', () => {
    expect(read('HTTP/1.1 204 No Content\r\n\r\n').whole).toBe(1);
    expect(read('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n').reader.answer.status).toBe(404);
  });

  it('without a length ends with the connection; one that is cut off does not', () => {
    const { reader, whole } = read(`HTTP/1.1 200 OK\r\n\r\n${TEXT}`);
    expect(whole).toBe(0);
    expect(reader.end()).toBe(true);
    expect(read(plain.slice(0, -1)).reader.end()).toBe(false);
    expect(read(chunked.slice(0, -1)).reader.end()).toBe(false);
    expect(new ResponseReader(true).end()).toBe(false);
  });

  it('is not kept when nobody wants it', () => {
    const reader = new ResponseReader(false);
    expect(reader.push(Buffer.from(plain))).toBe(true);
    expect(reader.answer.bytes).toBe(TEXT.length);
    expect(reader.answer.body).toHaveLength(0);
  });

  it.each([
    ['is not HTTP', 'SSH-2.0-x\r\n\r\n'],
    ['is longer than it says', `${plain}!`],
    ['has a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['has a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['has a chunk that is longer than it says', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n'],
    ['has a head without an end', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(33_000)}`],
    ['has a chunk whose size has no end', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'0'.repeat(1100)}`],
  ])('that %s is refused', (_, answer) => {
    expect(() => read(answer)).toThrow(TransferError);
  });

  it('is not changed by what is done to the buffer that it came in', () => {
    const reader = new ResponseReader(true);
    const buffer = Buffer.alloc(7);
    for (let at = 0; at < chunked.length; at += buffer.length) {
      const length = buffer.write(chunked.slice(at, at + buffer.length), 'latin1');
      reader.push(buffer.subarray(0, length));
      buffer.fill(0);
    }
    expect(Buffer.from(reader.answer.body).toString()).toBe(TEXT);
  });
});
