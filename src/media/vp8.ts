/** What the frame header of VP8 tells (RFC 6386 section 9.1). Browser-safe. */
import { MediaFormatError } from './media-format-error.ts';

const KEYFRAME_HEADER_BYTES = 10;

/**
 * Size in pixels when `data` is a key frame, undefined when it depends on others.
 * @throws MediaFormatError when it claims to be a key frame and has no proper header.
 */
export function vp8KeyframeSize(data: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (data.length === 0) throw new MediaFormatError('The VP8 frame is empty');
  if (((data[0] ?? 0) & 1) === 1) return undefined;
  if (data.length < KEYFRAME_HEADER_BYTES) throw new MediaFormatError('The VP8 key frame ends too early');
  if (data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) {
    throw new MediaFormatError('The VP8 key frame has no start code');
  }
  // The upper two bits of each are a hint for scaling, which decoders ignore.
  const width = ((data[7] ?? 0) & 0x3f) * 256 + (data[6] ?? 0);
  const height = ((data[9] ?? 0) & 0x3f) * 256 + (data[8] ?? 0);
  if (width === 0 || height === 0) throw new MediaFormatError('The VP8 key frame has no size');
  return { width, height };
}
