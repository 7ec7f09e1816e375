import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { RoomGrant } from '../../../src/api/grant.ts';
import { keyName } from '../../../src/api/signer.ts';
import { MAX_TTL_SECONDS, Tokens } from '../../../src/api/tokens.ts';
import { ConfigError, UnauthorizedError } from '../../../src/errors.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const SECRET = new Uint8Array(32).fill(1);
const ADMIN = 'the-admin-token-of-this-test';

function make(clock = new FakeClock(), secret = SECRET): { readonly tokens: Tokens; readonly clock: FakeClock } {
  return { tokens: new Tokens({ secret, adminToken: ADMIN, clock }), clock };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof UnauthorizedError ? error.code : 'no refusal';
}

async function forge(
  claims: Record<string, unknown>,
  change: { issuer?: string; audience?: string } = {},
): Promise<string> {
  return new SignJWT({ room: 'hall', role: 'host', jti: 'x', exp: 2_000_000_000, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(change.issuer ?? 'gridcast')
    .setAudience(change.audience ?? 'gridcast:room')
    .sign(SECRET);
}

describe('a room token', () => {
  it('says whose it is, where and until when', async () => {
    const { tokens, clock } = make();
    const { token, identity, expiresAt } = await tokens.issue({ room: 'hall', role: 'participant', name: 'Zoë' });
    expect(expiresAt).toEqual(new Date(clock.wallMs() + 6 * 3600 * 1000));
    expect(await tokens.verify(token)).toEqual({
      role: 'participant',
      room: 'hall',
      identity,
      name: 'Zoë',
      tokenId: expect.stringMatching(/^[\w-]{16}$/),
      expiresAt,
      issuedAt: new Date(Math.floor(clock.wallMs() / 1000) * 1000),
    });
  });

  it('is somebody else’s each time, and an invite is nobody’s', async () => {
    const { tokens } = make();
    const [a, b] = await Promise.all([1, 2].map(() => tokens.issue({ room: 'hall', role: 'participant' })));
    expect(a?.identity).not.toBe(b?.identity);
    const { token } = await tokens.invite({ room: 'hall', role: 'participant' });
    expect(await tokens.verify(token)).not.toHaveProperty('identity');
  });

  it('of a viewer is worth nothing once viewers were sent out; others hold', async () => {
    let version: number | undefined = 1;
    const tokens = new Tokens({ secret: SECRET, adminToken: ADMIN, clock: new FakeClock(), versionOf: () => version });
    const before = new Tokens({ secret: SECRET, adminToken: ADMIN, clock: new FakeClock() });
    const make = async (role: 'viewer' | 'host') => (await tokens.invite({ room: 'hall', role })).token;
    const [viewer, host] = [await make('viewer'), await make('host')];
    expect(await tokens.verify(viewer)).toMatchObject({ role: 'viewer' });
    // As versions of this server made them that knew no versions of rooms.
    const old = await forge({ role: 'viewer' });
    expect(await tokens.verify(old)).toMatchObject({ role: 'viewer' });
    version = 2;
    for (const token of [viewer, old]) expect(await codeOf(tokens.verify(token))).toBe('token_revoked');
    expect(await tokens.verify(host)).toMatchObject({ role: 'host' });
    const next = await make('viewer');
    expect(await tokens.verify(next)).toMatchObject({ role: 'viewer' });
    expect(await codeOf(before.verify(next))).toBe('token_revoked');
    expect(await codeOf(tokens.verify(await forge({ role: 'viewer', ver: 2 })))).toBe('token_invalid');
    version = undefined;
    expect(await tokens.verify(viewer)).toMatchObject({ role: 'viewer' });
  });

  it('is for the room that there was when it was issued, not for the next one of its id', async () => {
    const clock = new FakeClock();
    let made: number | undefined = clock.wallMs() + 250;
    const tokens = new Tokens({ secret: SECRET, adminToken: ADMIN, clock, madeAt: () => made });
    clock.advance(500);
    const { token } = await tokens.issue({ room: 'hall', role: 'host' });
    const all = [token, (await tokens.invite({ room: 'hall', role: 'viewer' })).token];
    // As versions of this server made them that did not say for which room: by when that was, in whole seconds.
    const second = clock.wallMs() / 1000 - 0.5;
    all.push(await forge({ iat: second }));
    for (const one of all) expect(await codeOf(tokens.verify(one))).toBe('no refusal');
    const grant = await tokens.verify(token);
    for (const old of [{ iat: second - 1 }, {}]) {
      expect(await codeOf(tokens.verify(await forge(old)))).toBe('token_earlier_room');
    }
    // The room is gone: there is nothing that they would open.
    made = undefined;
    for (const one of all) expect(await codeOf(tokens.verify(one))).toBe('no refusal');
    made = clock.wallMs() + 500;
    for (const one of all) expect(await codeOf(tokens.verify(one))).toBe('token_earlier_room');
    expect(() => tokens.check(grant as RoomGrant)).toThrow(UnauthorizedError);
    const next = await tokens.issue({ room: 'hall', role: 'host' });
    expect(await codeOf(tokens.verify(next.token))).toBe('no refusal');
    // A wall clock that was set back made the next room seem the older one.
    made -= 3_600_000;
    expect(await codeOf(tokens.verify(next.token))).toBe('token_earlier_room');
    expect(await codeOf(tokens.verify(await forge({ made: 'then' })))).toBe('token_invalid');
  });

  it('holds at most 30 days and at least a second, whatever is asked for', async () => {
    const { tokens, clock } = make();
    const ttl = async (ttlSeconds: number): Promise<number> =>
      ((await tokens.invite({ room: 'hall', role: 'viewer', ttlSeconds })).expiresAt.getTime() - clock.wallMs()) / 1000;
    expect(await ttl(Number.POSITIVE_INFINITY)).toBe(MAX_TTL_SECONDS);
    expect(await ttl(0)).toBe(1);
  });

  it('holds a minute longer than it says, for clocks that differ, and no more', async () => {
    const { tokens, clock } = make();
    const { token } = await tokens.issue({ room: 'hall', role: 'host', ttlSeconds: 10 });
    clock.advance(69_000);
    expect(await codeOf(tokens.verify(token))).toBe('no refusal');
    clock.advance(1_000);
    expect(await codeOf(tokens.verify(token))).toBe('token_expired');
  });

  it.each([
    ['', 'token_missing'],
    ['x', 'token_invalid'],
    ['a.b.c', 'token_invalid'],
    ['..', 'token_invalid'],
    [`${ADMIN}x`, 'token_invalid'],
    [ADMIN.slice(1), 'token_invalid'],
    ['é\0', 'token_invalid'],
    ['a'.repeat(1_000_000), 'token_invalid'],
  ])('is refused when it is no more than %j', async (text, code) => {
    expect(await codeOf(make().tokens.verify(text))).toBe(code);
  });

  it('is missing when there is none', async () => {
    expect(await codeOf(make().tokens.verify(undefined))).toBe('token_missing');
  });

  it('of another key is refused', async () => {
    const { token } = await make(undefined, new Uint8Array(32).fill(2)).tokens.issue({ room: 'hall', role: 'host' });
    expect(await codeOf(make().tokens.verify(token))).toBe('token_invalid');
  });

  it.each([
    { why: 'another issuer', claims: {}, change: { issuer: 'other' } },
    { why: 'another purpose', claims: {}, change: { audience: 'gridcast:download' } },
    { why: 'a role that only the admin token gives', claims: { role: 'admin' } },
    { why: 'a room that is no id', claims: { room: '../etc' } },
    { why: 'no room', claims: { room: undefined } },
    { why: 'an identity that is no id', claims: { sub: 'a b' } },
    { why: 'a name that is too long', claims: { name: 'a'.repeat(65) } },
    { why: 'no identity of its own', claims: { jti: undefined } },
    { why: 'no end', claims: { exp: undefined } },
    { why: 'a beginning in the future', claims: { nbf: 1_999_999_999 } },
  ])('with the right signature but $why is refused', async ({ claims, change }) => {
    expect(await codeOf(make().tokens.verify(await forge({})))).toBe('no refusal');
    expect(await codeOf(make().tokens.verify(await forge(claims, change)))).toBe('token_invalid');
  });

  it('cannot be signed with a short secret', () => {
    expect(() => make(undefined, new Uint8Array(31))).toThrow(ConfigError);
  });
});

describe('the admin token', () => {
  it('is accepted wherever a room token is', async () => {
    expect(await make().tokens.verify(ADMIN)).toEqual({ role: 'admin' });
  });
});

describe('a download ticket', () => {
  it('holds for one file and a minute', async () => {
    const { tokens, clock } = make();
    const { ticket, expiresAt } = await tokens.issueTicket('rec', 'a.mp4');
    expect(expiresAt).toEqual(new Date(clock.wallMs() + 60_000));
    expect(await codeOf(tokens.verifyTicket(ticket, 'rec', 'a.mp4'))).toBe('no refusal');
    expect(await codeOf(tokens.verifyTicket(ticket, 'rec', 'b.mp4'))).toBe('ticket_invalid');
    expect(await codeOf(tokens.verifyTicket(ticket, 'other', 'a.mp4'))).toBe('ticket_invalid');
    expect(await codeOf(tokens.verify(ticket))).toBe('token_invalid');
    clock.advance(60_000);
    expect(await codeOf(tokens.verifyTicket(ticket, 'rec', 'a.mp4'))).toBe('ticket_expired');
  });
});

describe('a ring of keys', () => {
  const NEW = new Uint8Array(32).fill(2);
  const ring = () => new Tokens({ secret: NEW, olderSecrets: [SECRET], adminToken: ADMIN, clock: new FakeClock() });
  const invite = async (tokens: Tokens) => (await tokens.invite({ room: 'hall', role: 'host' })).token;
  const header = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as object;

  it('signs with the newest and goes on taking what the others signed, until they retire', async () => {
    const before = await invite(make().tokens);
    const after = await invite(ring());
    expect(header(after)).toEqual({ alg: 'HS256', typ: 'JWT', kid: keyName(NEW) });
    expect(await ring().verify(before)).toMatchObject({ role: 'host' });
    expect(await ring().verify(after)).toMatchObject({ role: 'host' });
    expect(await codeOf(make(new FakeClock(), NEW).tokens.verify(before))).toBe('token_invalid');
    expect(await codeOf(make().tokens.verify(after))).toBe('token_invalid');
  });

  it('takes tokens of the time before keys had names for those of the oldest key', async () => {
    expect(await ring().verify(await forge({}))).toMatchObject({ room: 'hall' });
    expect(await codeOf(make(new FakeClock(), NEW).tokens.verify(await forge({})))).toBe('token_invalid');
  });

  it.each([
    ['a key that nobody has', { alg: 'HS256', kid: 'elsewhere' }, SECRET],
    ['a key that it was not signed with', { alg: 'HS256', kid: keyName(NEW) }, SECRET],
    ['another algorithm', { alg: 'HS384', kid: keyName(SECRET) }, new Uint8Array(48).fill(1)],
  ])('refuses a token that names %s', async (_, head, key) => {
    const token = await new SignJWT({ room: 'hall', role: 'host', jti: 'x', exp: 2_000_000_000 })
      .setProtectedHeader(head)
      .setIssuer('gridcast')
      .setAudience('gridcast:room')
      .sign(key);
    expect(await codeOf(ring().verify(token))).toBe('token_invalid');
  });

  it('refuses a token without a signature, whatever key it names', async () => {
    const [, body] = (await invite(ring())).split('.');
    const head = Buffer.from(JSON.stringify({ alg: 'none', kid: keyName(NEW) })).toString('base64url');
    for (const token of [`${head}.${body}.`, `${head}.${body}`]) {
      expect(await codeOf(ring().verify(token))).toBe('token_invalid');
    }
  });
});
