/** Who the files of a room are from, and who may have them. */
import { describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const FILES = '/api/rooms/hall/files';

/** The token of an admin's account, and its id. */
async function signedInAdmin(api: TestApi): Promise<{ readonly id: string; readonly token: string }> {
  const password = 'one long password';
  const { id } = await api.people.accounts.create({ login: 'ada', name: 'Ada', password, admin: true });
  const { token } = await api.people.control.signIn('ada', password, undefined);
  return { id, token };
}

/** The sender of a file as the room sees them. */
async function senderOf(api: TestApi, token: string): Promise<unknown> {
  const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '0', 'Upload-Metadata': 'filename aGk=' };
  const begun = await api.send('POST', FILES, { token, headers });
  expect(begun.status).toBe(201);
  const id = String(begun.headers['location']).split('/').at(-1);
  return (await api.send('GET', `${FILES}/${id}`, { token })).json['by'];
}

describe('a file that an admin sends', () => {
  it('is of the account that has signed in', async () => {
    const api = await startApi();
    const { id, token } = await signedInAdmin(api);
    expect(await senderOf(api, token)).toEqual({ id, name: 'Ada', role: 'host' });
  });

  it('is of nobody in particular with the admin token', async () => {
    const api = await startApi();
    expect(await senderOf(api, ADMIN_TOKEN)).toEqual({ id: 'admin', name: 'Admin', role: 'host' });
  });
});
