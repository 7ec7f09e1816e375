import { describe, expect, it } from 'vitest';
import { OggOpusWriter } from '../../../src/media/ogg-opus-writer.ts';

interface Page {
  readonly flags: number;
  readonly position: bigint;
  readonly sequence: number;
  readonly packets: readonly Buffer[];
}

/** The pages of a stream, whose checksums are compared bit by bit. */
function pagesOf(bytes: Buffer): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < bytes.length; ) {
    expect(bytes.toString('latin1', at, at + 4)).toBe('OggS');
    const laces = [...bytes.subarray(at + 27, at + 27 + bytes.readUInt8(at + 26))];
    const start = at + 27 + laces.length;
    const end = start + laces.reduce((sum, lace) => sum + lace, 0);
    const packets: Buffer[] = [];
    let from = start;
    let length = 0;
    for (const lace of laces) {
      length += lace;
      if (lace === 255) continue;
      packets.push(bytes.subarray(from, from + length));
      [from, length] = [from + length, 0];
    }
    const page = Buffer.from(bytes.subarray(at, end));
    const told = page.readUInt32LE(22);
    page.writeUInt32LE(0, 22);
    expect(told).toBe(slowChecksum(page));
    pages.push({
      flags: bytes.readUInt8(at + 5),
      position: bytes.readBigUInt64LE(at + 6),
      sequence: bytes.readUInt32LE(at + 18),
      packets,
    });
    at = end;
  }
  return pages;
}

function slowChecksum(page: Buffer): number {
  let crc = 0;
  for (const byte of page) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000_0000) === 0 ? crc << 1 : (crc << 1) ^ 0x04c1_1db7;
  }
  return crc >>> 0;
}

function written(fill: (writer: OggOpusWriter) => void): Page[] {
  const chunks: Uint8Array[] = [];
  const writer = new OggOpusWriter({ channels: 2, serial: 7, title: 'Ana' }, (bytes) => chunks.push(bytes));
  fill(writer);
  writer.finish();
  return pagesOf(Buffer.concat(chunks));
}

const packet = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(bytes % 251);

describe('Opus in Ogg', () => {
  it('begins with its two heads, each on a page of its own, and ends with a page that says so', () => {
    const pages = written((writer) => writer.add(packet(100), 960));
    expect(pages.map(({ flags, sequence, position }) => [flags, sequence, position])).toEqual([
      [2, 0, 0n],
      [0, 1, 0n],
      [4, 2, 960n],
    ]);
    expect(pages[0]?.packets[0]?.subarray(0, 10)).toEqual(Buffer.from([...Buffer.from('OpusHead'), 1, 2]));
    expect(pages[1]?.packets[0]?.toString('latin1')).toMatch(/^OpusTags[^]*TITLE=Ana$/);
  });

  it('keeps packets of every length whole', () => {
    const lengths = [0, 1, 254, 255, 256, 510, 60_000, 3, 65_024];
    const pages = written((writer) => {
      for (const length of lengths) writer.add(packet(length), 960);
    });
    const packets = pages.slice(2).flatMap((page) => page.packets);
    expect(packets.map((one) => one.length)).toEqual(lengths);
    expect(packets.every((one) => one.equals(packet(one.length)))).toBe(true);
    expect(() => written((writer) => writer.add(packet(65_025), 960))).toThrow(RangeError);
  });

  it('begins a page at least every second', () => {
    const pages = written((writer) => {
      for (let n = 0; n < 125; n += 1) writer.add(packet(10), 960);
    });
    expect(pages.slice(2).map(({ position }) => position)).toEqual([48_000n, 96_000n, 120_000n]);
  });

  it('is silent where something is missing, as near as a packet of silence can be', () => {
    const pages = written((writer) => {
      writer.fillTo(4 * 960 + 480 + 240 + 120 + 59);
      expect(writer.samples).toBe(4 * 960 + 480 + 240 + 120);
      writer.fillTo(10);
      writer.add(packet(10), 960);
    });
    const toc = pages.slice(2).flatMap((page) => page.packets.map((one) => one[0]));
    expect(toc).toEqual([0xf8, 0xf8, 0xf8, 0xf8, 0xf0, 0xe8, 0xe0, 10]);
  });

  it('is a stream of nothing when nothing was added', () => {
    expect(written(() => {}).at(-1)).toMatchObject({ flags: 4, packets: [] });
  });
});
