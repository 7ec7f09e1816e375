/** Tokens: signed room tokens and invites, the admin token, and tickets for single downloads. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { UnauthorizedError } from '../errors.ts';
import { MAX_NAME_LENGTH } from '../protocol/limits.ts';
import type { Clock } from '../util/clock.ts';
import type { Grant, RoomRole } from './grant.ts';
import { Signer } from './signer.ts';

/** Seconds for which a room token holds when nothing else is said. */
export const DEFAULT_TTL_SECONDS = 6 * 3600;
/** Longest life of a room token in seconds, and the life of the links that a new room comes with. */
export const MAX_TTL_SECONDS = 30 * 86_400;
/** Seconds within which a download must begin. */
export const TICKET_TTL_SECONDS = 60;

// Clocks of the machines that issue and check may differ; tickets never leave this machine.
const LEEWAY_SECONDS = 60;
const ROOM_AUDIENCE = 'gridcast:room';
const DOWNLOAD_AUDIENCE = 'gridcast:download';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const roomClaims = z.object({
  room: id,
  role: z.enum(['host', 'participant', 'viewer']),
  sub: id.optional(),
  name: z.string().min(1).max(MAX_NAME_LENGTH).optional(),
  // Of the room's rules for viewers; absent in others' tokens.
  ver: z.string().optional(),
});
const downloadClaims = z.object({ recording: z.string(), file: z.string() });

/** A fresh room token. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
  /** Absent in an invite. */
  readonly identity?: string;
}

interface InviteOptions {
  readonly room: string;
  readonly role: RoomRole;
  /** Seconds, 1–2592000; default 6 hours. */
  readonly ttlSeconds?: number;
}
interface IssueOptions extends InviteOptions {
  /** Whose token it is; random when not given. */
  readonly identity?: string;
  readonly name?: string;
}

interface TokensOptions {
  readonly secret: Uint8Array;
  readonly adminToken: string;
  readonly clock: Clock;
  /** Viewers' tokens of another version of their room do not hold; undefined for rooms that do not exist. Default: 1. */
  readonly versionOf?: (room: string) => number | undefined;
}

/** Issues and checks everything that opens a door. */
export class Tokens {
  readonly #signer: Signer;
  readonly #adminHash: Buffer;
  readonly #clock: Clock;
  readonly #versionOf: (room: string) => number | undefined;

  /** @throws ConfigError for a secret below 32 bytes. */
  constructor(options: TokensOptions) {
    this.#signer = new Signer(options);
    this.#adminHash = sha256(options.adminToken);
    this.#clock = options.clock;
    this.#versionOf = options.versionOf ?? (() => undefined);
  }

  /** A token for one participant. */
  async issue(options: IssueOptions): Promise<IssuedToken> {
    const identity = options.identity ?? randomBytes(9).toString('base64url');
    const name = options.name === undefined ? {} : { name: options.name };
    return { ...(await this.#sign(options, { sub: identity, ...name })), identity };
  }

  /** A token for whoever has it: each use makes another participant. */
  async invite(options: InviteOptions): Promise<IssuedToken> {
    return this.#sign(options, {});
  }

  /**
   * What `token` allows.
   * @throws UnauthorizedError `token_missing`, `token_invalid`, `token_expired` or `token_revoked`.
   */
  async verify(token: string | undefined): Promise<Grant> {
    if (token === undefined || token === '') {
      throw new UnauthorizedError('A token is missing; ask a host of the room for a link.', 'token_missing');
    }
    if (timingSafeEqual(sha256(token), this.#adminHash)) return { role: 'admin' };
    const verdict = await this.#signer.verify(ROOM_AUDIENCE, token, roomClaims, LEEWAY_SECONDS);
    if (!verdict.ok) throw refusal(verdict.reason);
    const { room, role, sub, name, ver = '1' } = verdict.claims;
    if (role === 'viewer' && ver !== this.#version(room)) {
      throw new UnauthorizedError('This token was taken back; ask a host of the room for a new link.', 'token_revoked');
    }
    return {
      role,
      room,
      tokenId: verdict.tokenId,
      expiresAt: verdict.expiresAt,
      ...(sub === undefined ? {} : { identity: sub }),
      ...(name === undefined ? {} : { name }),
    };
  }

  /** A ticket for one file of one recording, to be used within a minute unless `ttlSeconds` says otherwise. */
  async issueTicket(
    recording: string,
    file: string,
    ttlSeconds = TICKET_TTL_SECONDS,
  ): Promise<{ readonly ticket: string; readonly expiresAt: Date }> {
    const expiresAt = this.#expiry(ttlSeconds);
    return { ticket: await this.#signer.sign(DOWNLOAD_AUDIENCE, { recording, file }, expiresAt), expiresAt };
  }

  /** @throws UnauthorizedError `ticket_invalid` or `ticket_expired`. */
  async verifyTicket(ticket: string, recording: string, file: string): Promise<void> {
    const verdict = await this.#signer.verify(DOWNLOAD_AUDIENCE, ticket, downloadClaims, 0);
    if (verdict.ok && verdict.claims.recording === recording && verdict.claims.file === file) return;
    if (!verdict.ok && verdict.reason === 'expired') {
      throw new UnauthorizedError('This download link has expired; ask for a new one.', 'ticket_expired');
    }
    throw new UnauthorizedError('This download link is not valid here; ask for a new one.', 'ticket_invalid');
  }

  async #sign(options: InviteOptions, claims: Readonly<Record<string, string>>): Promise<IssuedToken> {
    const wanted = options.ttlSeconds ?? DEFAULT_TTL_SECONDS;
    const expiresAt = this.#expiry(Math.max(1, Math.min(MAX_TTL_SECONDS, wanted)));
    const { room, role } = options;
    const all = { room, role, ...claims, ...(role === 'viewer' && { ver: this.#version(room) }) };
    return { token: await this.#signer.sign(ROOM_AUDIENCE, all, expiresAt), expiresAt };
  }

  #version(room: string): string {
    return String(this.#versionOf(room) ?? 1);
  }

  #expiry(seconds: number): Date {
    return new Date((Math.floor(this.#clock.wallMs() / 1000) + seconds) * 1000);
  }
}

function refusal(reason: 'invalid' | 'expired'): UnauthorizedError {
  return reason === 'expired'
    ? new UnauthorizedError('This token has expired; ask a host of the room for a new link.', 'token_expired')
    : new UnauthorizedError('This token is not valid; ask a host of the room for a new link.', 'token_invalid');
}

// Hashing first makes both sides equally long, so that the comparison takes the same time for every guess.
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
