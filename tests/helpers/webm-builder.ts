/** WebM files made by hand, as a recorder makes them or as a liar would. */
import { joinBytes } from '../../src/media/bytes.ts';

/** Bytes of a size that a live writer does not know. */
const UNKNOWN = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

/** An element: `id` as tables of Matroska give it; `size` is what it claims, by default the truth. */
export function element(id: number, body: Uint8Array, size: number | 'unknown' = body.length): Uint8Array {
  const idBytes = [24, 16, 8, 0].map((shift) => (id >>> shift) & 0xff);
  while (idBytes[0] === 0) idBytes.shift();
  const sizeBytes = size === 'unknown' ? UNKNOWN : [0x08, ...[24, 16, 8, 0].map((shift) => (size >>> shift) & 0xff)];
  return Uint8Array.from([...idBytes, ...sizeBytes, ...body]);
}

/** A number in four bytes. */
export function number(value: number): Uint8Array {
  return Uint8Array.from([24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff));
}

/** One character a byte. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/** What a file of the builder holds; default: one VP8 picture as track 1. */
export interface WebmForm {
  readonly picture?: { readonly codec: string; readonly width?: number; readonly private?: Uint8Array };
  readonly sound?: { readonly channels: number };
  readonly scaleNs?: number;
}

/** The entry of a track. */
export function pictureEntry(form: NonNullable<WebmForm['picture']>, trackNumber = 1): Uint8Array {
  const size = concat(element(0xb0, number(form.width ?? 320)), element(0xba, number(180)));
  const description = form.private ? element(0x63a2, form.private) : new Uint8Array(0);
  const about = [element(0xd7, number(trackNumber)), element(0x86, text(form.codec)), description, element(0xe0, size)];
  return element(0xae, concat(...about));
}

/** The entry of an Opus track. */
export function soundEntry(channels: number, trackNumber = 2): Uint8Array {
  const audio = element(0xe1, element(0x9f, number(channels)));
  return element(0xae, concat(element(0xd7, number(trackNumber)), element(0x86, text('A_OPUS')), audio));
}

/** Everything before the first cluster, the segment of unknown size. */
export function webmHeader({ picture, sound, scaleNs = 1_000_000 }: WebmForm): Uint8Array {
  const entries = [picture ? pictureEntry(picture) : [], sound ? soundEntry(sound.channels) : []];
  return concat(
    element(0x1a45dfa3, element(0x4282, text('webm'))),
    element(0x18538067, new Uint8Array(0), 'unknown'),
    element(0x1549a966, element(0x2ad7b1, number(scaleNs))),
    element(0x1654ae6b, concat(...entries)),
  );
}

/** A cluster that goes on without end. */
export function cluster(ticks: number): Uint8Array {
  return concat(element(0x1f43b675, new Uint8Array(0), 'unknown'), element(0xe7, number(ticks)));
}

/** A block of one frame; `flags`: 0x80 key frame, 0x02–0x06 lacing. */
export function block(trackNumber: number, ticks: number, data: Uint8Array, flags = 0x80): Uint8Array {
  return element(0xa3, blockBody(trackNumber, ticks, data, flags));
}

/** The same in a group; `refers`: it is no key frame. */
export function blockGroup(trackNumber: number, ticks: number, data: Uint8Array, refers: boolean): Uint8Array {
  const reference = refers ? element(0xfb, Uint8Array.of(0xff)) : new Uint8Array(0);
  return element(0xa0, concat(element(0xa1, blockBody(trackNumber, ticks, data, 0)), reference));
}

/** One after the other. */
export function concat(...parts: ReadonlyArray<ArrayLike<number>>): Uint8Array {
  return joinBytes(parts.map((part) => Uint8Array.from(part)));
}

function blockBody(trackNumber: number, ticks: number, data: Uint8Array, flags: number): Uint8Array {
  return concat([0x80 | trackNumber, (ticks >> 8) & 0xff, ticks & 0xff, flags], data);
}
