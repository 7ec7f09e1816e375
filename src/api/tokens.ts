/** Tokens: signed room tokens and invites, the admin token, and tickets for single downloads. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { UnauthorizedError } from '../errors.ts';
import { MAX_NAME_LENGTH } from '../protocol/limits.ts';
import { type KeptOutEntry, keptOutError } from '../room/kept-out.ts';
import type { Clock } from '../util/clock.ts';
import type { AccountSession } from './account-session.ts';
import type { AdminGrant, Grant, RoomGrant, RoomRole, SignedInGrant, SignedInUser, UserGrant } from './grant.ts';
import { Signer } from './signer.ts';
import { holderClaims, holderFromClaims, holderToClaims, type TicketHolder } from './ticket-holder.ts';

/** Seconds for which a room token holds when nothing else is said. */
export const DEFAULT_TTL_SECONDS = 6 * 3600;
/** Longest life of a room token in seconds, and the life of the links that a new room comes with. */
export const MAX_TTL_SECONDS = 30 * 86_400;
/** Seconds within which a download must begin. */
export const TICKET_TTL_SECONDS = 60;

// Clocks of the machines that issue and check may differ; tickets never leave this machine.
const LEEWAY_SECONDS = 60;
const ROOM_AUDIENCE = 'gridcast:room';
const USER_AUDIENCE = 'gridcast:user';
const DOWNLOAD_AUDIENCE = 'gridcast:download';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const roomClaims = z.object({
  room: id,
  role: z.enum(['host', 'participant', 'viewer']),
  sub: id.optional(),
  name: z.string().min(1).max(MAX_NAME_LENGTH).optional(),
  // Version of the room's rules for viewers; absent in others' tokens.
  ver: z.string().optional(),
  // The invite it came by.
  inv: id.optional(),
  // `1`: the invite itself.
  use: z.literal('1').optional(),
  // When the room was made that it was issued for, milliseconds since 1970; absent in those of versions before it was kept.
  made: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});
const userClaims = z.object({
  sub: id,
  ver: z.string(),
  // Made by `join`: the only room it is good for, and the session that it was made from.
  room: id.optional(),
  ses: id.optional(),
});
const downloadClaims = holderClaims.extend({ recording: z.string(), file: z.string() });

/** A fresh room token. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
  /** Names the token itself. */
  readonly id: string;
  /** Absent in an invite. */
  readonly identity?: string;
}

interface InviteOptions {
  readonly room: string;
  readonly role: RoomRole;
  /** Seconds, 1–2592000; default 6 hours. */
  readonly ttlSeconds?: number;
  /** The invite that it ends with. */
  readonly invite?: string;
}
/** An invite, as far as its own token tells of it. Times: milliseconds since 1970. */
interface OwnInvite {
  readonly id: string;
  readonly room: string;
  readonly role: RoomRole;
  readonly createdMs: number;
  readonly expiresMs: number;
}
interface IssueOptions extends InviteOptions {
  /** Whose token it is; random when not given. */
  readonly identity?: string;
  readonly name?: string;
}

/** An account as tokens of it are checked. */
export interface TokenAccount {
  readonly user: SignedInUser;
  readonly admin: boolean;
  /** Tokens of another one do not hold. */
  readonly version: string;
}

/** What was taken back, and who is who; asked with each check. */
export interface TokenRegister {
  /** By its `revocationKey`. */
  isRevoked(key: string): boolean;
  inviteHolds(invite: string): boolean;
  /** Why somebody with a token that was signed then may not come in; undefined when they may. */
  keptOut(room: string, identity: string, issuedAt: Date | undefined): KeptOutEntry['kind'] | undefined;
  /** Undefined for one that there is not, or that is disabled. */
  account(id: string): Promise<TokenAccount | undefined>;
  /** The account that made a room. */
  ownerOf(room: string): string | undefined;
}

interface TokensOptions {
  /** Signs. */
  readonly secret: Uint8Array;
  /** Signed before and still hold, newest first. */
  readonly olderSecrets?: readonly Uint8Array[];
  readonly adminToken: string;
  readonly clock: Clock;
  /** Viewers' tokens of another version of their room do not hold; undefined for rooms that do not exist. Default: 1. */
  readonly versionOf?: (room: string) => number | undefined;
  /**
   * When a room was made, which tells it from earlier ones of its id: milliseconds since 1970; undefined for rooms that do not
   * exist. Default: no room is told from another of its id.
   */
  readonly madeAt?: (room: string) => number | undefined;
  /** Default: nothing was taken back, and there are no accounts. */
  readonly register?: TokenRegister;
}

/** Under which a token is taken back: those of a room only there. */
export function revocationKey(grant: Grant | undefined, tokenId: string): string {
  return grant && 'room' in grant && !grant.user ? `${grant.room}/${tokenId}` : tokenId;
}

/** Issues and checks everything that opens a door. */
export class Tokens {
  readonly #signer: Signer;
  readonly #adminHash: Buffer;
  readonly #clock: Clock;
  readonly #versionOf: (room: string) => number | undefined;
  readonly #madeAt: (room: string) => number | undefined;
  readonly #register: TokenRegister | undefined;

  /** @throws ConfigError for a secret below 32 bytes. */
  constructor(options: TokensOptions) {
    this.#signer = new Signer(options);
    this.#adminHash = sha256(options.adminToken);
    this.#clock = options.clock;
    this.#versionOf = options.versionOf ?? (() => undefined);
    this.#madeAt = options.madeAt ?? (() => undefined);
    this.#register = options.register;
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

  /** The token of an invite itself: whoever comes by it counts. It is the same whenever it is asked for. */
  async ofInvite({ id, room, role, createdMs, expiresMs }: OwnInvite): Promise<string> {
    const claims = { room, role, use: '1', ...this.#tied(room, role), inv: id };
    const expiresAt = new Date(expiresMs);
    return (await this.#signer.issue(ROOM_AUDIENCE, claims, expiresAt, { id, atMs: createdMs })).token;
  }

  /** A token of an account, for `ttlSeconds` above 0. */
  async signIn({ user, version }: TokenAccount, ttlSeconds: number): Promise<IssuedToken> {
    const expiresAt = this.#expiry(ttlSeconds);
    return { ...(await this.#signer.issue(USER_AUDIENCE, { sub: user.id, ver: version }, expiresAt)), expiresAt };
  }

  /**
   * The session of an account as a key to one room, whose host they are: signed now, so that a removal from the room before does
   * not concern it. It ends with the session.
   * @throws UnauthorizedError `signed_out`
   */
  async join(grant: SignedInGrant, room: string): Promise<IssuedToken> {
    const { user, version, token: ses } = await this.sessionOf(grant);
    const { expiresAt } = grant;
    const claims = { sub: user, ver: version, room, ses };
    return { ...(await this.#signer.issue(USER_AUDIENCE, claims, expiresAt)), expiresAt, identity: user };
  }

  /** What ends with the session of `grant` can keep this of it. @throws UnauthorizedError `signed_out`. */
  async sessionOf({ user, tokenId }: SignedInGrant): Promise<AccountSession> {
    const account = await this.#register?.account(user.id);
    if (!account) throw signedOut();
    return { token: tokenId, user: user.id, version: account.version };
  }

  /** @throws UnauthorizedError `signed_out` when the session has ended. */
  async checkSession({ token, user, version }: AccountSession): Promise<void> {
    if (this.#register?.isRevoked(token) === true) throw signedOut();
    await this.#checkAccount({ user, version });
  }

  /**
   * What `token` allows; whoever made `room` is its host with the token of their account.
   * @throws UnauthorizedError `token_missing`, `token_invalid`, `token_expired`, `token_revoked`, `token_earlier_room` or
   *   `signed_out`, ForbiddenError `removed` or `banned`.
   */
  async verify(token: string | undefined, room?: string): Promise<Grant> {
    if (token === undefined || token === '') {
      throw new UnauthorizedError('A token is missing; ask a host of the room for a link.', 'token_missing');
    }
    if (timingSafeEqual(sha256(token), this.#adminHash)) return { role: 'admin' };
    const verdict = await this.#signer.verify(ROOM_AUDIENCE, token, roomClaims, LEEWAY_SECONDS);
    if (!verdict.ok) {
      if (verdict.reason === 'expired') throw refusal('expired');
      return this.#verifyUser(token, room);
    }
    const { sub, name, ver = '1', inv, use, made, ...where } = verdict.claims;
    const grant: RoomGrant = {
      ...where,
      tokenId: verdict.tokenId,
      expiresAt: verdict.expiresAt,
      ...(verdict.issuedAt && { issuedAt: verdict.issuedAt }),
      ...(sub === undefined ? {} : { identity: sub }),
      ...(name === undefined ? {} : { name }),
      ...(inv === undefined ? {} : { invite: inv }),
      ...(use === undefined ? {} : { counted: true }),
      ...(made === undefined ? {} : { made: Number(made) }),
    };
    this.check(grant);
    if (where.role === 'viewer' && ver !== this.#version(where.room)) throw revoked();
    return grant;
  }

  /**
   * Whether what was verified a moment ago still holds.
   * @throws UnauthorizedError `token_earlier_room`, `token_revoked` or `signed_out`, ForbiddenError `removed` or `banned`
   */
  check(grant: RoomGrant | UserGrant): void {
    if (grant.role !== 'user' && !grant.user && !this.#isOfThisRoom(grant)) throw ofEarlierRoom();
    if (this.#register?.isRevoked(revocationKey(grant, grant.tokenId)) === true) {
      throw grant.user ? signedOut() : revoked();
    }
    if (grant.role !== 'user') this.#checkHolder(grant);
  }

  /** The same, but for who made the room with their account: a host of it. */
  inRoom<G extends Grant | undefined>(grant: G, room: string): G | RoomGrant {
    if (grant?.role !== 'user' || this.#register?.ownerOf(room) !== grant.user.id) return grant;
    return hostOf(grant, room);
  }

  /** Whether nobody has taken this invite back. */
  inviteHolds(invite: string): boolean {
    return this.#register?.inviteHolds(invite) === true;
  }

  /** A ticket for one file of one recording, to be used within a minute unless `ttlSeconds` says otherwise. */
  async issueTicket(
    recording: string,
    file: string,
    ttlSeconds = TICKET_TTL_SECONDS,
    holder?: TicketHolder,
  ): Promise<{ readonly ticket: string; readonly expiresAt: Date }> {
    const expiresAt = this.#expiry(ttlSeconds);
    const claims = { recording, file, ...holderToClaims(holder) };
    return { ticket: await this.#signer.sign(DOWNLOAD_AUDIENCE, claims, expiresAt), expiresAt };
  }

  /**
   * @throws UnauthorizedError `ticket_invalid` or `ticket_expired`; of a ticket with a holder, what `check` throws about them
   */
  async verifyTicket(ticket: string, recording: string, file: string): Promise<void> {
    const verdict = await this.#signer.verify(DOWNLOAD_AUDIENCE, ticket, downloadClaims, 0);
    if (verdict.ok && verdict.claims.recording === recording && verdict.claims.file === file) {
      const holder = holderFromClaims(verdict.claims);
      if (holder) this.#checkHolder(holder);
      if (holder?.account) await this.#checkAccount(holder.account);
      return;
    }
    if (!verdict.ok && verdict.reason === 'expired') {
      throw new UnauthorizedError('This download link has expired; ask for a new one.', 'ticket_expired');
    }
    throw new UnauthorizedError('This download link is not valid here; ask for a new one.', 'ticket_invalid');
  }

  /** Ids of rooms are used again; whatever a token was issued for, it is not the next room of that id. */
  #isOfThisRoom({ room, made, issuedAt }: RoomGrant): boolean {
    const madeMs = this.#madeAt(room);
    if (madeMs === undefined) return true;
    if (made !== undefined) return made === madeMs;
    // As versions of this server made them that did not say for which one: tokens are issued for rooms that there are.
    return issuedAt !== undefined && issuedAt.getTime() >= Math.floor(madeMs / 1000) * 1000;
  }

  async #checkAccount({ user, version }: Pick<AccountSession, 'user' | 'version'>): Promise<void> {
    if ((await this.#register?.account(user))?.version !== version) throw signedOut();
  }

  #checkHolder({ room, identity, issuedAt, invite, revocation }: TicketHolder): void {
    if (revocation !== undefined && this.#register?.isRevoked(revocation) === true) throw revoked();
    if (invite !== undefined && this.#register?.inviteHolds(invite) !== true) throw revoked();
    const keptOut = identity === undefined ? undefined : this.#register?.keptOut(room, identity, issuedAt);
    if (keptOut !== undefined) throw keptOutError(keptOut);
  }

  async #verifyUser(token: string, room: string | undefined): Promise<AdminGrant | UserGrant | RoomGrant> {
    const verdict = await this.#signer.verify(USER_AUDIENCE, token, userClaims, LEEWAY_SECONDS);
    if (!verdict.ok) throw refusal(verdict.reason);
    const { claims, expiresAt, issuedAt } = verdict;
    const tokenId = claims.ses ?? verdict.tokenId;
    const account = await this.#register?.account(claims.sub);
    if (account?.version !== claims.ver || this.#register?.isRevoked(tokenId) === true) throw signedOut();
    const { user, admin } = account;
    const grant: UserGrant = { role: 'user', user, tokenId, expiresAt, ...(issuedAt && { issuedAt }) };
    if (claims.room !== undefined) {
      if (admin || this.#register?.ownerOf(claims.room) === user.id) return hostOf(grant, claims.room);
      // The room is another one of the same name: nothing of theirs.
      throw revoked();
    }
    if (admin) return { ...grant, role: 'admin' };
    return room === undefined ? grant : this.inRoom(grant, room);
  }

  async #sign(options: InviteOptions, claims: Readonly<Record<string, string>>): Promise<IssuedToken> {
    const wanted = options.ttlSeconds ?? DEFAULT_TTL_SECONDS;
    const expiresAt = this.#expiry(Math.max(1, Math.min(MAX_TTL_SECONDS, wanted)));
    const { room, role, invite } = options;
    const all = {
      room,
      role,
      ...claims,
      ...this.#tied(room, role),
      ...(invite !== undefined && { inv: invite }),
    };
    return { ...(await this.#signer.issue(ROOM_AUDIENCE, all, expiresAt)), expiresAt };
  }

  /** What ties a token to this room and, where somebody only watches, to the version of its rules. */
  #tied(room: string, role: RoomRole): Readonly<Record<string, string>> {
    const made = this.#madeAt(room);
    return {
      ...(made !== undefined && { made: String(made) }),
      ...(role === 'viewer' && { ver: this.#version(room) }),
    };
  }

  #version(room: string): string {
    return String(this.#versionOf(room) ?? 1);
  }

  #expiry(seconds: number): Date {
    return new Date((Math.floor(this.#clock.wallMs() / 1000) + seconds) * 1000);
  }
}

function hostOf({ role: _role, ...grant }: UserGrant, room: string): RoomGrant {
  const { id: identity, name } = grant.user;
  return { ...grant, role: 'host', room, identity, name };
}

function revoked(): UnauthorizedError {
  return new UnauthorizedError('This token was taken back; ask a host of the room for a new link.', 'token_revoked');
}

function ofEarlierRoom(): UnauthorizedError {
  const what = 'This link is for an earlier room of the same id, which was deleted';
  return new UnauthorizedError(`${what}; ask a host of this one for a new link.`, 'token_earlier_room');
}

function signedOut(): UnauthorizedError {
  return new UnauthorizedError('You are signed out; sign in again.', 'signed_out');
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
