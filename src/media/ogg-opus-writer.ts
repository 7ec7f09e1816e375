/** Opus in Ogg (RFC 3533, RFC 7845) with a place for every packet: what is missing between them is filled with silence. Pure. */
import { joinBytes } from './bytes.ts';

const RATE = 48_000;
/** A page has at most this many lacing values, each of up to 255 bytes of a packet. */
const MAX_LACES = 255;
/** Samples of a page: a second, so that a torn file loses little and a seek reads little. */
const PAGE_SAMPLES = RATE;
const FLAGS = { first: 0x02, last: 0x04 } as const;
const NO_POSITION = 0xffff_ffff_ffff_ffffn;
const TEXT = new TextEncoder();
const CRC_TABLE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000_0000) === 0 ? crc << 1 : (crc << 1) ^ 0x04c1_1db7;
  return crc;
});

/** Silence in CELT, full band: 20, 10, 5 and 2.5 milliseconds. */
const SILENCES = [
  { samples: 960, data: Uint8Array.of(0xf8, 0xff, 0xfe) },
  { samples: 480, data: Uint8Array.of(0xf0, 0xff, 0xfe) },
  { samples: 240, data: Uint8Array.of(0xe8, 0xff, 0xfe) },
  { samples: 120, data: Uint8Array.of(0xe0, 0xff, 0xfe) },
] as const;

/** What the file says of its content. */
export interface OggOpusOptions {
  readonly channels: 1 | 2;
  /** Tells streams apart; any number. */
  readonly serial: number;
  readonly title: string;
}

/** Writes pages as they are full; the first sample of the file is at time 0. */
export class OggOpusWriter {
  readonly #serial: number;
  readonly #onBytes: (bytes: Uint8Array) => void;
  #sequence = 0;
  #position = 0;
  #pageStart = 0;
  #laces: number[] = [];
  #packets: Uint8Array[] = [];

  /** @param onBytes gets the file piece by piece, in order. */
  constructor(options: OggOpusOptions, onBytes: (bytes: Uint8Array) => void) {
    this.#serial = options.serial;
    this.#onBytes = onBytes;
    this.#writePage(FLAGS.first, 0n, lacesOf(19), [head(options.channels)]);
    const tags = comments(options.title);
    this.#writePage(0, 0n, lacesOf(tags.length), [tags]);
  }

  /** Samples written so far: the time at which the next packet begins, at 48 kHz. */
  get samples(): number {
    return this.#position;
  }

  /** Silence until `samples`, as near as 60 samples; nothing when that is past. */
  fillTo(samples: number): void {
    for (const silence of SILENCES) {
      while (samples - this.#position >= silence.samples) this.add(silence.data, silence.samples);
    }
  }

  /**
   * One packet that lasts `samples` at 48 kHz.
   * @throws RangeError for one that no page can hold (65 025 bytes or more).
   */
  add(packet: Uint8Array, samples: number): void {
    const laces = lacesOf(packet.length);
    if (laces.length > MAX_LACES) throw new RangeError('An Opus packet is too long for Ogg');
    const full = this.#laces.length + laces.length > MAX_LACES;
    if (full || this.#position - this.#pageStart >= PAGE_SAMPLES) this.#flush(0);
    this.#laces.push(...laces);
    this.#packets.push(packet);
    this.#position += samples;
  }

  /** Ends the file. */
  finish(): void {
    this.#flush(FLAGS.last);
  }

  #flush(flags: number): void {
    if (this.#laces.length === 0 && flags === 0) return;
    const position = this.#laces.length === 0 && this.#position === 0 ? NO_POSITION : BigInt(this.#position);
    this.#writePage(flags, position, this.#laces, this.#packets);
    this.#laces = [];
    this.#packets = [];
    this.#pageStart = this.#position;
  }

  #writePage(flags: number, position: bigint, laces: readonly number[], packets: readonly Uint8Array[]): void {
    const page = joinBytes([new Uint8Array(27), Uint8Array.from(laces), ...packets]);
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    page.set(TEXT.encode('OggS'));
    view.setUint8(5, flags);
    view.setBigUint64(6, position, true);
    view.setUint32(14, this.#serial >>> 0, true);
    view.setUint32(18, this.#sequence, true);
    view.setUint8(26, laces.length);
    view.setUint32(22, checksum(page), true);
    this.#sequence += 1;
    this.#onBytes(page);
  }
}

/** A packet of 255 bytes or a multiple needs a zero behind, which says that it ends. */
function lacesOf(bytes: number): number[] {
  return [...Array.from({ length: Math.floor(bytes / 255) }, () => 255), bytes % 255];
}

function head(channels: number): Uint8Array {
  const bytes = new Uint8Array(19);
  const view = new DataView(bytes.buffer);
  bytes.set(TEXT.encode('OpusHead'));
  view.setUint8(8, 1);
  view.setUint8(9, channels);
  // No samples to skip: what a packet holds is heard at its own time.
  view.setUint16(10, 0, true);
  view.setUint32(12, RATE, true);
  return bytes;
}

function comments(title: string): Uint8Array {
  const texts = [`TITLE=${title}`].map((text) => TEXT.encode(text.slice(0, 200)));
  const vendor = TEXT.encode('gridcast');
  return joinBytes([
    TEXT.encode('OpusTags'),
    length(vendor.length),
    vendor,
    length(texts.length),
    ...texts.flatMap((text) => [length(text.length), text]),
  ]);
}

function length(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

/** CRC-32 with the generator 0x04c11db7, from the top, nothing inverted (RFC 3533 section 6); its field is 0 meanwhile. */
function checksum(page: Uint8Array): number {
  let crc = 0;
  for (const byte of page) crc = (crc << 8) ^ (CRC_TABLE[(crc >>> 24) ^ byte] ?? 0);
  return crc >>> 0;
}
