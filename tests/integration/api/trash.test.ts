import { describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, type Answer, startApi, type TestApi } from './api-server.ts';

const ask = (api: TestApi, method: string, path: string): Promise<Answer> =>
  api.send(method, path, { token: ADMIN_TOKEN });

describe('the trash', () => {
  it('takes a recording, lists it with its end, gives it back and deletes it for good, and the audit log tells who', async () => {
    const api = await startApi();
    const until = { trashedAt: '2025-12-31T12:00:00.000Z', deletesAt: '2026-01-07T12:00:00.000Z' };
    expect((await ask(api, 'POST', '/api/recordings/rec1/trash')).json).toMatchObject({ id: 'rec1', ...until });
    const { json } = await ask(api, 'GET', '/api/trash?limit=2&cursor=abc');
    expect(json).toMatchObject({ items: [{ id: 'rec3', ...until }], next: 'more', days: 7 });
    expect((await ask(api, 'POST', '/api/trash/rec1/restore')).json).toMatchObject({ id: 'rec1', title: 'hall' });
    expect((await ask(api, 'DELETE', '/api/trash/rec1')).status).toBe(204);
    expect(api.calls).toEqual([
      'trash rec1',
      'list trash {"limit":2,"cursor":"abc"}',
      'restore rec1',
      'remove trashed rec1',
    ]);
    const about = { who: 'admin', recording: 'rec1', room: 'hall', address: '127.0.0.1', detail: { title: 'hall' } };
    expect((await ask(api, 'GET', '/api/audit')).json['items']).toMatchObject(
      ['delete', 'restore', 'trash'].map((action) => ({ ...about, action })),
    );
  });

  it('lets the days of what was put in while the clock was not set begin with the clock', async () => {
    const api = await startApi();
    api.trash.set('rec1', '1970-01-06T00:00:00.000Z');
    const { json } = await ask(api, 'GET', '/api/trash/rec1');
    expect(json).toMatchObject({ trashedAt: '1970-01-06T00:00:00.000Z', deletesAt: '2026-01-08T00:00:00.000Z' });
  });

  it.each([
    ['POST', '/api/recordings/rec9/trash', '404 recording_not_found'],
    ['DELETE', '/api/trash/rec9', '404 not_in_trash'],
    ['GET', '/api/trash?limit=101', '400 invalid_request'],
    ['GET', '/api/trash?room=hall', '400 invalid_request'],
  ])('answers %s %s with %s', async (method, path, code) => {
    const api = await startApi();
    const { json } = await ask(api, method, path);
    expect(`${String(json['status'])} ${String(json['code'])}`).toBe(code);
    expect(api.calls).toEqual([]);
  });

  it('is none where the configuration says so', async () => {
    const api = await startApi({ trashDays: 0 });
    const { json } = await ask(api, 'POST', '/api/recordings/rec1/trash');
    expect(json).toMatchObject({ status: 409, code: 'no_trash' });
    expect((await ask(api, 'GET', '/api/trash')).json).toMatchObject({ days: 0 });
    expect(api.calls).toEqual(['list trash {"limit":50}']);
  });

  it('is emptied of a recording that somebody deletes at once', async () => {
    const api = await startApi();
    api.recordings.delete('rec1');
    expect((await ask(api, 'DELETE', '/api/recordings/rec1')).status).toBe(204);
    api.trash.delete('rec1');
    expect((await ask(api, 'DELETE', '/api/recordings/rec1')).status).toBe(404);
  });
});
