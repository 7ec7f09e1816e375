/** Answers that go out piece by piece where a line copies what it is given, and holds the copy until the other end has taken it. */
import { Readable } from 'node:stream';
import type { Middleware } from 'koa';

/** Bytes that TLS and HTTP/2 are given at a time: a fraction of a part of the program. */
export const SLICE_BYTES = 64 * 1024;

/** Without TLS the kernel reads from the bytes themselves, so that there nothing needs to be cut. */
export const slicedBodies: Middleware = async (ctx, next) => {
  await next();
  if (!ctx.secure || ctx.method !== 'GET') return;
  const { body } = ctx;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  if (!Buffer.isBuffer(bytes) || bytes.byteLength <= SLICE_BYTES) return;
  ctx.body = slicesOf(bytes);
  ctx.length = bytes.byteLength;
};

/** Views of the bytes, one after the other as they are taken: whoever is slow holds a copy of one of them, and shares the rest. */
function slicesOf(bytes: Uint8Array): Readable {
  let at = 0;
  return new Readable({
    highWaterMark: SLICE_BYTES,
    read() {
      const slice = bytes.subarray(at, at + SLICE_BYTES);
      at += slice.byteLength;
      this.push(slice.byteLength > 0 ? slice : null);
    },
  });
}
