/** Passes of those who watch private rooms: part of every address, and the same for all of a period, so that caches share. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { LONGEST_PASS_MS } from '../accounts/revocations.ts';
import type { Clock } from '../util/clock.ts';

/** Whether a pass holds, and for how many more seconds (above 0). */
export type PassVerdict =
  | { readonly ok: true; readonly seconds: number }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

/** Everybody's passes of one such stretch of time, in seconds, end together, one to two of them later. */
const GRID_SECONDS = LONGEST_PASS_MS / 2000;
const EXPIRY_BYTES = 6;
/** 144 bits: a multiple of three together with the expiry, so that no text but one stands for a pass. */
const MAC_BYTES = 18;
/** Passes whose signatures are kept, because thousands of requests come with the same one. */
export const MAX_KEPT_PASSES = 1000;
const FORM = /^[A-Za-z0-9_-]{32}$/;

/** Signs and checks passes with a key of their own. */
export class ViewerPasses {
  readonly #key: Buffer;
  readonly #clock: Clock;
  /** By what they are signed for, in the order in which they came. */
  readonly #kept = new Map<string, Buffer>();

  /** @param options.secret what all keys of the server are made from */
  constructor(options: { readonly secret: Uint8Array; readonly clock: Clock }) {
    this.#key = Buffer.from(hkdfSync('sha256', options.secret, new Uint8Array(), 'gridcast:viewer-pass', 32));
    this.#clock = options.clock;
  }

  /** How many signatures are kept, at most MAX_KEPT_PASSES. */
  get kept(): number {
    return this.#kept.size;
  }

  /**
   * The pass for a room in a version of its rules, for who may watch until `untilMs` (wall clock, milliseconds; Infinity:
   * without end). It never holds longer. Undefined when that time is over.
   */
  issue(room: string, version: string, untilMs: number): string | undefined {
    const nowSeconds = this.#clock.wallMs() / 1000;
    const common = (Math.ceil(nowSeconds / GRID_SECONDS) + 1) * GRID_SECONDS;
    const expiry = Math.min(common, Math.floor(untilMs / 1000));
    if (expiry <= nowSeconds) return undefined;
    return this.#sign(JSON.stringify([room, version, expiry]), expiry).toString('base64url');
  }

  /** Whether `pass` was signed for this room and this version, and has not ended. */
  verify(pass: string, room: string, version: string): PassVerdict {
    if (!FORM.test(pass)) return { ok: false, reason: 'invalid' };
    const given = Buffer.from(pass, 'base64url');
    const expiry = given.readUIntBE(0, EXPIRY_BYTES);
    const claim = JSON.stringify([room, version, expiry]);
    const signed = this.#kept.get(claim) ?? this.#sign(claim, expiry);
    if (!timingSafeEqual(given, signed)) return { ok: false, reason: 'invalid' };
    this.#keep(claim, signed);
    const seconds = expiry - this.#clock.wallMs() / 1000;
    return seconds > 0 ? { ok: true, seconds } : { ok: false, reason: 'expired' };
  }

  // Only what holds: whoever makes passes up pushes none out.
  #keep(claim: string, signed: Buffer): void {
    if (this.#kept.has(claim)) return;
    this.#kept.set(claim, signed);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT_PASSES && oldest !== undefined) this.#kept.delete(oldest);
  }

  #sign(claim: string, expiry: number): Buffer {
    const pass = Buffer.alloc(EXPIRY_BYTES + MAC_BYTES);
    pass.writeUIntBE(expiry, 0, EXPIRY_BYTES);
    const mac = createHmac('sha256', this.#key).update(claim).digest();
    mac.copy(pass, EXPIRY_BYTES, 0, MAC_BYTES);
    return pass;
  }
}
