import { expect, it, onTestFinished } from 'vitest';
import { GridcastClient } from '../../../src/client/client.ts';
import { TestServer } from '../../helpers/test-server.ts';

it('a program makes a room, lets somebody in by a link, and takes the link back', async () => {
  const server = await TestServer.start();
  onTestFinished(() => server.close());
  const admin = new GridcastClient({ url: server.url, token: server.token });
  expect(await admin.session.get()).toMatchObject({ role: 'admin' });
  const { id } = await admin.rooms.create({ id: 'made', door: { waitingRoom: true } });
  const invite = await admin.invites.create(id, { role: 'participant' });
  const token = new URLSearchParams(new URL(invite.link ?? '').hash.slice(1)).get('token') ?? '';
  const guest = new GridcastClient({ url: server.url, token });
  expect(await guest.session.get()).toMatchObject({ role: 'participant', room: id });
  await expect(guest.rooms.waiting(id)).rejects.toMatchObject({ status: 403, code: 'host_only' });
  expect((await admin.rooms.waiting(id)).items).toEqual([]);
  expect((await admin.invites.list(id)).items.map((item) => item.id)).toContain(invite.id);
  await admin.invites.revoke(id, invite.id);
  await expect(guest.session.get()).rejects.toMatchObject({ status: 401, code: 'token_revoked' });
  expect((await admin.webhooks.list()).items).toEqual([]);
  expect((await admin.users.list()).items).toEqual([]);
  expect((await admin.participants.bans(id)).items).toEqual([]);
});
