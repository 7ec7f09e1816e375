/** The moment of a film at which a link begins: `#t=83`, or `#t=1:23` as somebody may type it. */
import { parseTime } from './recording-words.ts';

/** Seconds from the part of an address behind its `#`; 0 when it names none. */
export function momentOf(hash: string): number {
  return parseTime(new URLSearchParams(hash.replace(/^#/, '')).get('t') ?? '') ?? 0;
}

/** The same address, beginning at whole seconds; at the beginning of the film it needs no moment. */
export function atMoment(address: string, seconds: number): string {
  const [plain = ''] = address.split('#');
  const whole = Math.floor(seconds);
  return whole > 0 ? `${plain}#t=${whole}` : plain;
}
