import { expect, it, onTestFinished } from 'vitest';
import { requireSignedIn } from '../../../src/api/grant.ts';
import { endWhatWasTakenBack } from '../../../src/server/account-services.ts';
import { joinGrant } from '../../../src/server/join-grant.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { keptOutEntry } from '../../helpers/kept-out.ts';
import { openPeople, type People } from '../../helpers/people.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { Door } from './door.ts';

const ANN = { login: 'ann', password: 'one long password' };

async function start() {
  const clock = new FakeClock();
  const people = await openPeople({
    clock,
    adminToken: 'a'.repeat(20),
    rooms: ['demo'],
    keptOut: (_room, id, issuedAt) => door.room.keptOut.reason({ id, issuedAt }),
  });
  onTestFinished(() => people.close());
  const door: Door = await Door.open({
    clock,
    verifyToken: async (token, room) => joinGrant(await people.tokens.verify(token, room)),
    admitInvited: (invite, guest) => people.invites.admit(invite, guest),
  });
  const contacts = { revoke: () => undefined, expel: () => undefined };
  endWhatWasTakenBack(people, (ends) => door.ingest.expel(ends), contacts);
  const invite = async (uses?: number) => {
    const made = await people.invites.create({ room: 'demo', role: 'participant', ttlSeconds: 60, by: 'admin', uses });
    return { id: made.id, token: await people.tokens.ofInvite(made) };
  };
  /** A host sends somebody out; from the next second on other tokens are newer than that. */
  const sendOut = (participant: string, kind: 'removed' | 'banned' = 'removed'): void => {
    door.room.keptOut.add(keptOutEntry(participant, { id: kind, kind, at: new Date(clock.wallMs()) }));
    door.ingest.kick('demo', participant);
    clock.advance(1000);
  };
  const refused = async (token: string, identity?: string): Promise<string> => {
    const socket = await door.socket();
    socket.say({ type: 'hello', version: 1, token, ...(identity !== undefined && { identity }) });
    return (await socket.heard('error')).code;
  };
  return { people, clock, door, invite, sendOut, refused };
}

/** Somebody with an account, who made the room unless they are an admin. */
async function ann({ accounts, owners, control, tokens }: People, admin = false) {
  const { id } = await accounts.create({ ...ANN, name: 'Ann', admin });
  if (!admin) await owners.set('demo', id);
  const signIn = async (): Promise<string> => (await control.signIn(ANN.login, ANN.password, undefined)).token;
  const session = await signIn();
  const join = async (): Promise<string> => {
    return (await tokens.join(requireSignedIn(await tokens.verify(session)), 'demo')).token;
  };
  return { id, session, signIn, join };
}

/** How a socket was closed, and what was said on it last. */
async function goodbye({ closed, messages }: TestSocket): Promise<readonly unknown[]> {
  const { code } = await closed;
  const last = messages.at(-1);
  return [code, last?.type === 'error' ? last.code : last?.type];
}

it('whoever came by an invite is out when it is taken back, others stay', async () => {
  const { people, door, invite } = await start();
  const [one, other] = [await invite(), await invite()];
  const [out, stays] = [await door.join(one.token), await door.join(other.token)];
  const picture = await door.attach(out.welcome.ticket);
  await people.invites.revoke('demo', one.id);
  // Whichever of the two is seen closed first: its reader knows why.
  for (const socket of [out.control, picture]) expect(await goodbye(socket)).toEqual([4403, 'token_revoked']);
  expect(door.rooms.get('demo')?.participants.map(({ id }) => id)).toEqual([stays.welcome.participant]);
  const again = await door.socket();
  again.say({ type: 'hello', version: 1, token: one.token });
  expect(await again.heard('error')).toMatchObject({ code: 'token_revoked' });
});

it('whoever is in stays when their token expires, also when the line breaks after that, and nobody else comes in with it', async () => {
  const { people, clock, door, refused } = await start();
  const { token } = await people.tokens.issue({ room: 'demo', role: 'participant', ttlSeconds: 60 });
  const first = await door.join(token);
  clock.jumpWall(3_600_000);
  expect(await refused(token)).toBe('token_expired');
  first.control.socket.terminate();
  const { welcome } = await door.join(token, { resume: first.welcome.resume });
  expect(welcome.participant).toBe(first.welcome.participant);
  const stranger = await door.socket();
  stranger.say({ type: 'hello', version: 1, token, resume: 'x'.repeat(32) });
  expect(await stranger.heard('error')).toMatchObject({ code: 'token_expired' });
  const forged = await door.socket();
  forged.say({ type: 'hello', version: 1, token: 'forged', resume: welcome.resume });
  expect(await forged.heard('error')).toMatchObject({ code: 'token_invalid' });
});

it('a place ends with what it began by, also when its line goes on by another link', async () => {
  const { people, door, invite } = await start();
  const { token, id, expiresAt } = await people.tokens.issue({ room: 'demo', role: 'host' });
  const first = await door.join(token);
  first.control.socket.terminate();
  const link = await invite();
  const second = await door.join(link.token, { resume: first.welcome.resume });
  expect(second.welcome.participant).toBe(first.welcome.participant);
  await people.revocations.revoke(`demo/${id}`, expiresAt);
  expect(await goodbye(second.control)).toEqual([4403, 'token_revoked']);
});

it('a place ends with what it goes on by', async () => {
  const { people, door, invite } = await start();
  const first = await door.join((await people.tokens.issue({ room: 'demo', role: 'participant' })).token);
  first.control.socket.terminate();
  const link = await invite();
  const { control } = await door.join(link.token, { resume: first.welcome.resume });
  await people.invites.revoke('demo', link.id);
  expect(await goodbye(control)).toEqual([4403, 'token_revoked']);
});

it('an admin who is one no more is out', async () => {
  const { people, door } = await start();
  const { id, session } = await ann(people, true);
  await people.accounts.create({ ...ANN, login: 'bea', name: 'Bea', admin: true });
  const { control } = await door.join(session);
  await people.accounts.change(id, { admin: false });
  expect(await goodbye(control)).toEqual([4403, 'signed_out']);
});

it('an invite for one lets in one, who comes again', async () => {
  const { door, invite } = await start();
  const { token } = await invite(1);
  await door.join(token, { identity: 'i'.repeat(22) });
  await door.join(token, { identity: 'i'.repeat(22) });
  const second = await door.socket();
  second.say({ type: 'hello', version: 1, token, identity: 'j'.repeat(22) });
  expect(await second.heard('error')).toMatchObject({ code: 'invite_used_up' });
});

it('whoever came with a token of their own is out when that is taken back', async () => {
  const { people, door } = await start();
  const { token, id, expiresAt } = await people.tokens.issue({ room: 'demo', role: 'host' });
  const { control } = await door.join(token);
  await people.revocations.revoke(`demo/${id}`, expiresAt);
  expect(await goodbye(control)).toEqual([4403, 'token_revoked']);
});

it('whoever made the room is a host with the token of their account, until that ends', async () => {
  const { people, door } = await start();
  const { id } = await people.accounts.create({ login: 'ann', name: 'Ann', password: 'one long password' });
  await people.owners.set('demo', id);
  const { token } = await people.control.signIn('ann', 'one long password', undefined);
  const { control } = await door.join(token);
  expect(door.rooms.get('demo')?.participants).toMatchObject([{ id, name: 'Ann', role: 'host' }]);
  await people.accounts.change(id, { disabled: true });
  expect(await goodbye(control)).toEqual([4403, 'signed_out']);
});

it.each([
  { who: 'made the room', admin: false },
  { who: 'is an admin', admin: true },
])('whoever $who and was sent out comes back with a way in that is newer, and with no older one', async ({ admin }) => {
  const { people, door, sendOut, refused } = await start();
  const { id, session, signIn, join } = await ann(people, admin);
  const before = await join();
  const { control } = await door.join(session);
  sendOut(id);
  expect(await goodbye(control)).toEqual([4403, 'removed']);
  for (const token of [session, before]) expect(await refused(token)).toBe('removed');
  const again = await door.join(await join());
  expect(door.room.participants).toMatchObject([{ id, name: 'Ann', role: 'host' }]);
  sendOut(id);
  expect(await goodbye(again.control)).toEqual([4403, 'removed']);
  await door.join(await signIn());
  expect(door.room.participants).toMatchObject([{ id, name: 'Ann', role: 'host' }]);
});

it('whoever made the room is banned from it all the same', async () => {
  const { people, sendOut, refused } = await start();
  const { id, join, signIn } = await ann(people);
  sendOut(id, 'banned');
  for (const token of [await join(), await signIn()]) expect(await refused(token)).toBe('banned');
});

it('a guest who was sent out stays out with their link, and comes back with a newer one', async () => {
  const { door, invite, sendOut, refused } = await start();
  const { token } = await invite();
  const identity = 'i'.repeat(22);
  const { welcome } = await door.join(token, { identity });
  sendOut(welcome.participant);
  expect(await refused(token, identity)).toBe('removed');
  await door.join((await invite()).token, { identity });
});

it('a way in with the own account ends with the session that it was made from', async () => {
  const { people, door, refused } = await start();
  const { session, join } = await ann(people);
  const [one, other] = [await join(), await join()];
  const { control } = await door.join(one);
  const { tokenId, expiresAt } = requireSignedIn(await people.tokens.verify(session));
  await people.revocations.revoke(tokenId, expiresAt);
  expect(await goodbye(control)).toEqual([4403, 'signed_out']);
  expect(await refused(other)).toBe('signed_out');
});
