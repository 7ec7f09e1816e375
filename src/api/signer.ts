/** Signs and checks short statements: JSON Web Tokens with one pinned algorithm, issuer and an audience per purpose. */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { ConfigError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';

const ALGORITHM = 'HS256';
const ISSUER = 'gridcast';
/** RFC 7518 section 3.2: the key of HS256 is at least as long as its hash. */
const MIN_SECRET_BYTES = 32;
/** Longest token that is looked at, in characters. */
const MAX_TOKEN_LENGTH = 4096;

/** How a check ended: the claims, or why there are none. */
export type Verdict<T> =
  | { readonly ok: true; readonly claims: T; readonly tokenId: string; readonly expiresAt: Date }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

/** One secret, many audiences: a statement made for one is worth nothing to another. */
export class Signer {
  readonly #key: KeyObject;
  readonly #clock: Clock;

  /** @throws ConfigError for a secret below 32 bytes. */
  constructor(options: { readonly secret: Uint8Array; readonly clock: Clock }) {
    if (options.secret.byteLength < MIN_SECRET_BYTES) {
      throw new ConfigError(
        `The signing secret has ${options.secret.byteLength} bytes; use at least ${MIN_SECRET_BYTES} random ones.`,
      );
    }
    this.#key = createSecretKey(options.secret);
    this.#clock = options.clock;
  }

  /** Signs `claims` for `audience`, good until `expiresAt` (whole seconds). */
  async sign(audience: string, claims: Readonly<Record<string, string>>, expiresAt: Date): Promise<string> {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setJti(randomBytes(12).toString('base64url'))
      .setIssuedAt(Math.floor(this.#clock.wallMs() / 1000))
      .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
      .sign(this.#key);
  }

  /** Checks signature, issuer, audience, time and the shape of the claims. Never rejects for what a peer sent. */
  async verify<T>(audience: string, token: string, shape: z.ZodType<T>, leewaySeconds: number): Promise<Verdict<T>> {
    if (token.length > MAX_TOKEN_LENGTH) return { ok: false, reason: 'invalid' };
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience,
        clockTolerance: leewaySeconds,
        currentDate: new Date(this.#clock.wallMs()),
        requiredClaims: ['exp', 'jti'],
      });
      const claims = shape.safeParse(payload);
      const always = registered.safeParse(payload);
      if (!claims.success || !always.success) return { ok: false, reason: 'invalid' };
      const { jti, exp } = always.data;
      return { ok: true, claims: claims.data, tokenId: jti, expiresAt: new Date(exp * 1000) };
    } catch (error) {
      return { ok: false, reason: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
    }
  }
}

const registered = z.object({ jti: z.string().min(1).max(64), exp: z.number() });
