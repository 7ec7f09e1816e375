import { expect, it, onTestFinished } from 'vitest';
import { endWhatWasTakenBack } from '../../../src/server/account-services.ts';
import { joinGrant } from '../../../src/server/join-grant.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { openPeople } from '../../helpers/people.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { Door } from './door.ts';

async function start() {
  const clock = new FakeClock();
  const people = await openPeople({ clock, adminToken: 'a'.repeat(20), rooms: ['demo'] });
  onTestFinished(() => people.close());
  const door = await Door.open({
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
  return { people, door, invite };
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
