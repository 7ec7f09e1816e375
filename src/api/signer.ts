/** Signs and checks short statements: JSON Web Tokens with one pinned algorithm, issuer and an audience per purpose. */
import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
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
  | {
      readonly ok: true;
      readonly claims: T;
      readonly tokenId: string;
      readonly expiresAt: Date;
      readonly issuedAt?: Date;
    }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

interface SignerOptions {
  /** Signs, and checks what it has signed. */
  readonly secret: Uint8Array;
  /** Check what they signed before, newest first; what carries no name of a key is of the last one. */
  readonly olderSecrets?: readonly Uint8Array[];
  readonly clock: Clock;
}

/** One ring of keys, many audiences: a statement made for one is worth nothing to another. */
export class Signer {
  readonly #name: string;
  readonly #key: KeyObject;
  /** All that hold, by name. */
  readonly #keys: ReadonlyMap<string, KeyObject>;
  /** The oldest: it signed the tokens that name no key. */
  readonly #first: KeyObject;
  readonly #clock: Clock;

  /** @throws ConfigError for a secret below 32 bytes. */
  constructor({ secret, olderSecrets = [], clock }: SignerOptions) {
    const ring = [secret, ...olderSecrets].map((bytes) => ({ name: keyName(bytes), key: keyOf(bytes) }));
    this.#name = keyName(secret);
    this.#key = keyOf(secret);
    this.#keys = new Map(ring.map(({ name, key }) => [name, key]));
    this.#first = ring.at(-1)?.key ?? this.#key;
    this.#clock = clock;
  }

  /** Signs `claims` for `audience`, good until `expiresAt` (whole seconds). */
  async sign(audience: string, claims: Readonly<Record<string, string>>, expiresAt: Date): Promise<string> {
    return (await this.issue(audience, claims, expiresAt)).token;
  }

  /** As `sign`, with the id that the statement got. With `made` it is the same text whenever it is signed. */
  async issue(
    audience: string,
    claims: Readonly<Record<string, string>>,
    expiresAt: Date,
    made?: { readonly id: string; readonly atMs: number },
  ): Promise<{ readonly token: string; readonly id: string }> {
    const jti = made?.id ?? randomBytes(12).toString('base64url');
    const token = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: this.#name })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setJti(jti)
      .setIssuedAt(Math.floor((made?.atMs ?? this.#clock.wallMs()) / 1000))
      .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
      .sign(this.#key);
    return { token, id: jti };
  }

  /** Checks signature, issuer, audience, time and the shape of the claims. Never rejects for what a peer sent. */
  async verify<T>(audience: string, token: string, shape: z.ZodType<T>, leewaySeconds: number): Promise<Verdict<T>> {
    if (token.length > MAX_TOKEN_LENGTH) return { ok: false, reason: 'invalid' };
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#find(kid), {
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
      const { jti, exp, iat } = always.data;
      const issued = iat === undefined ? {} : { issuedAt: new Date(iat * 1000) };
      return { ok: true, claims: claims.data, tokenId: jti, expiresAt: new Date(exp * 1000), ...issued };
    } catch (error) {
      return { ok: false, reason: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
    }
  }

  #find(name: string | undefined): KeyObject {
    const key = name === undefined ? this.#first : this.#keys.get(name);
    if (key) return key;
    throw new errors.JWKSNoMatchingKey();
  }
}

/** What tokens call the key that signed them: 64 bits of its hash, which say nothing of the key. */
export function keyName(secret: Uint8Array): string {
  return createHash('sha256').update('gridcast:kid').update(secret).digest('base64url').slice(0, 11);
}

function keyOf(secret: Uint8Array): KeyObject {
  if (secret.byteLength >= MIN_SECRET_BYTES) return createSecretKey(secret);
  throw new ConfigError(
    `The signing secret has ${secret.byteLength} bytes; use at least ${MIN_SECRET_BYTES} random ones.`,
  );
}

const registered = z.object({ jti: z.string().min(1).max(64), exp: z.number(), iat: z.number().optional() });
