/** How long an Opus packet sounds, read from its first bytes (RFC 6716 section 3.1). */

const SILK_US = [10_000, 20_000, 40_000, 60_000] as const;
const HYBRID_US = [10_000, 20_000] as const;
const CELT_US = [2500, 5000, 10_000, 20_000] as const;
const MAX_US = 120_000;

/** Microseconds, 0 for an empty packet, at most 120 000. */
export function opusDurationUs(packet: Uint8Array): number {
  const [head, count = 0] = packet;
  if (head === undefined) return 0;
  const form = head >> 3;
  const silk = form < 12 ? SILK_US[form & 3] : undefined;
  const hybrid = form < 16 ? HYBRID_US[form & 1] : undefined;
  const frameUs = silk ?? hybrid ?? CELT_US[form & 3] ?? 0;
  const code = head & 3;
  const frames = code === 3 ? count & 0x3f : Math.min(2, code + 1);
  return Math.min(MAX_US, frameUs * frames);
}
