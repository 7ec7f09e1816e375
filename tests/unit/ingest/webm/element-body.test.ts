import { describe, expect, it } from 'vitest';
import { ElementBody } from '../../../../src/ingest/webm/element-body.ts';

describe('ElementBody', () => {
  it('puts pieces of any size together', () => {
    const whole = Uint8Array.from({ length: 20_000 }, (_, index) => index % 251);
    const body = new ElementBody(0xa3, whole.length);
    for (const [from, to] of [
      [0, 1],
      [1, 4096],
      [4096, 4097],
      [4097, 19_999],
      [19_999, 20_000],
    ] as const) {
      expect(body.missing).toBe(whole.length - from);
      body.append(whole.subarray(from, to));
    }
    expect(body.missing).toBe(0);
    expect(body.bytes).toEqual(whole);
  });

  it('holds at most twice what has come, and four kilobytes, of a body that was promised', () => {
    const body = new ElementBody(0xa3, 2 ** 21);
    const held = (): number => body.bytes.buffer.byteLength;
    expect(held()).toBe(4096);
    for (let come = 1; come <= 100_000; come += 1) {
      body.append(Uint8Array.of(7));
      if (held() > Math.max(4096, 2 * come)) throw new Error(`${held()} bytes are held of ${come}`);
    }
    expect(held()).toBe(131_072);
  });

  it('holds no more than the whole', () => {
    const body = new ElementBody(0xa3, 5000);
    body.append(new Uint8Array(4097));
    expect(body.bytes.buffer.byteLength).toBe(5000);
  });
});
