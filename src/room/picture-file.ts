/** Uploaded images: their type and size, read from their content. */
import { AppError, LimitError } from '../errors.ts';

/** Largest picture file in bytes. */
export const MAX_PICTURE_BYTES = 2 * 1024 * 1024;
/** Most pixels: a small file may unpack into gigabytes, and the mixer unpacks it. 3840x2160. */
export const MAX_PICTURE_PIXELS = 3840 * 2160;

/** Content types of the pictures that can be shown. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
/** One of them. */
export type PictureType = (typeof PICTURE_TYPES)[number];

/** What a picture file says of itself. */
export interface PictureFile {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

/** The picture in `data`, whatever its sender called it. @throws AppError 415 `not_a_picture`, LimitError 413 `picture_too_large`. */
export function checkPicture(data: Uint8Array): PictureFile {
  if (data.byteLength > MAX_PICTURE_BYTES) throw pictureTooLarge();
  const picture = readPicture(data);
  if (!picture || picture.width === 0 || picture.height === 0) {
    throw new AppError('This is not a complete PNG, JPEG or WebP image; send the bytes of one as the body.', {
      code: 'not_a_picture',
      fault: 'client',
      status: 415,
    });
  }
  const { width, height } = picture;
  if (width * height > MAX_PICTURE_PIXELS) {
    throw new LimitError(
      'picture_too_large',
      `The picture has ${width}x${height} pixels; make it smaller, at most ${MAX_PICTURE_PIXELS} in all (3840x2160, for example).`,
      413,
    );
  }
  return picture;
}

/** The refusal of a file beyond `MAX_PICTURE_BYTES`. */
export function pictureTooLarge(): LimitError {
  const message = `The picture is larger than ${MAX_PICTURE_BYTES} bytes (2 MiB); make it smaller, or compress it more.`;
  return new LimitError('picture_too_large', message, 413);
}

/** Type and size of the picture in `data`; undefined when it is none that can be shown, or its head is not whole. */
export function readPicture(data: Uint8Array): PictureFile | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (isPng(bytes)) return readPng(bytes);
  if (bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff) return readJpeg(bytes);
  if (bytes.length >= 30 && ascii(bytes, 0) === 'RIFF' && ascii(bytes, 8) === 'WEBP') return readWebp(bytes);
  return undefined;
}

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function isPng(bytes: Buffer): boolean {
  return bytes.length >= 33 && bytes.subarray(0, 8).equals(PNG_SIGNATURE) && ascii(bytes, 12) === 'IHDR';
}

function readPng(bytes: Buffer): PictureFile {
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Start of frame: C0 to CF but the three that are no frames (ITU-T T.81 table B.1). */
function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Segments and fill bytes before the first frame; photographs have tens. */
const MAX_JPEG_STEPS = 10_000;

function readJpeg(bytes: Buffer): PictureFile | undefined {
  let at = 2;
  for (let step = 0; step < MAX_JPEG_STEPS && at + 9 <= bytes.length; step += 1) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      // A fill byte (section B.1.1.2).
      at += 1;
      continue;
    }
    if (isFrameMarker(marker)) {
      return { type: 'image/jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** The three forms of the first chunk: lossy, lossless, and the extended one (RFC 9649 section 2). */
function readWebp(bytes: Buffer): PictureFile | undefined {
  const type = 'image/webp';
  switch (ascii(bytes, 12)) {
    case 'VP8 ':
      return { type, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const packed = bytes.readUInt32LE(21);
      return { type, width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { type, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

function ascii(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4);
}
