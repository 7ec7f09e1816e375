import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { viewOfRoom } from '../../helpers/room-views.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ADMIN_TOKEN, type Answer, startApi, type StoredFile, storedFile, type TestApi } from './api-server.ts';

const SHARES = '/api/recordings/rec1/shares';
const DAY = 86_400;
const TIMELINE = JSON.stringify({
  version: 1,
  chapters: [
    { t: 0, title: 'Welcome' },
    { t: 0.5, title: '<b>Ebb</b> & flow\n\n--> 会议' },
  ],
});

let api: TestApi;

beforeEach(async () => {
  api = await startApi();
  const dir = await tempDir();
  const add = async (name: string, contentType: string, text: string): Promise<void> => {
    await writeFile(join(dir, name), text);
    api.files.set(
      name,
      storedFile(join(dir, name), Buffer.byteLength(text), { contentType, downloadName: `hall-${name}` }),
    );
  };
  await add('recording.mp4', 'video/mp4', '0123456789');
  await add('poster.jpg', 'image/jpeg', 'poster');
  await add('sprite.vtt', 'text/vtt', 'WEBVTT');
  await add('sprite.jpg', 'image/jpeg', 'small');
  await add('chat.vtt', 'text/vtt', 'secrets');
  await add('track-01-camera.mp4', 'video/mp4', 'ann');
  await add('timeline.json', 'application/json', TIMELINE);
});

async function share(body: object = {}): Promise<{ id: string; token: string; url: string; expires: string }> {
  const { status, json } = await api.send('POST', SHARES, { token: ADMIN_TOKEN, body });
  expect(status).toBe(201);
  const url = String(json['url']);
  return { id: String(json['id']), expires: String(json['expires']), url, token: url.split('/').at(-1) ?? '' };
}

const look = (token: string, file = ''): Promise<Answer> =>
  api.send('GET', `/api/shared/${token}${file && `/${file}`}`);

describe('a link to a recording', () => {
  it('shows the film and what belongs to it to whoever has it, without a token', async () => {
    const { token, url } = await share();
    expect(url).toBe(`http://127.0.0.1:${api.port}/shared/${token}`);
    expect(token).toMatch(/^[\w-]{22}$/);
    const { json, headers } = await look(token);
    const at = (name: string): string => `/api/shared/${token}/${name}`;
    expect(json).toEqual({
      title: 'hall',
      startedAt: '2026-01-01T00:00:00.000Z',
      duration: 1.5,
      expires: '2026-01-08T00:00:00.000Z',
      chapters: [
        { t: 0, title: 'Welcome' },
        { t: 0.5, title: '<b>Ebb</b> & flow\n\n--> 会议' },
      ],
      media: {
        mp4: at('recording.mp4'),
        poster: at('poster.jpg'),
        sprite: at('sprite.vtt'),
        chapters: at('chapters.vtt'),
      },
    });
    expect(headers).toMatchObject({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store' });
    expect((await look(token, 'chapters.vtt')).text).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:00.500\nWelcome\n\n' +
        '00:00:00.500 --> 00:00:01.500\n&lt;b&gt;Ebb&lt;/b&gt; &amp; flow --&gt; 会议\n',
    );
    expect((await look(token, 'sprite.jpg')).text).toBe('small');
  });

  it('shows the title that the recording has now, also as the chapter that has the title of the whole', async () => {
    const text = JSON.stringify({ ...(JSON.parse(TIMELINE) as object), title: 'Welcome' });
    const path = join(await tempDir(), 'timeline.json');
    await writeFile(path, text);
    api.files.set('timeline.json', storedFile(path, Buffer.byteLength(text)));
    const { token } = await share();
    const body = { title: 'Ebb' };
    expect((await api.send('PATCH', '/api/recordings/rec1', { token: ADMIN_TOKEN, body })).status).toBe(200);
    const { json } = await look(token);
    expect(json).toMatchObject({ title: 'Ebb', chapters: [{ t: 0, title: 'Ebb' }, { t: 0.5 }] });
    expect((await look(token, 'chapters.vtt')).text).toContain('00:00:00.500\nEbb\n');
  });

  it('reads the chapters once, however often they are asked for, and again when they are others', async () => {
    const { token } = await share();
    const file = api.files.get('timeline.json') as StoredFile;
    let reads = 0;
    const read: StoredFile['read'] = (span) => {
      reads += 1;
      return file.read(span);
    };
    api.files.set('timeline.json', { ...file, etag: 'one', read });
    for (const path of ['', 'chapters.vtt', '']) expect((await look(token, path)).status).toBe(200);
    expect(reads).toBe(1);
    api.files.set('timeline.json', { ...file, etag: 'two', read });
    await look(token);
    expect(reads).toBe(2);
    api.files.set('timeline.json', { ...file, etag: 'three', size: 16 * 1024 * 1024 + 1, read });
    expect((await look(token)).json['chapters']).toEqual([]);
    expect(reads).toBe(2);
  });

  it('gives the film in parts, to play or to save', async () => {
    const { token } = await share();
    const path = `/api/shared/${token}/recording.mp4`;
    const part = await api.send('GET', path, { headers: { Range: 'bytes=2-4' } });
    expect(part).toMatchObject({ status: 206, text: '234' });
    expect(part.headers).toMatchObject({
      'content-range': 'bytes 2-4/10',
      'content-type': 'video/mp4',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(part.headers['content-disposition']).toBeUndefined();
    const saved = await api.send('GET', `${path}?download=1`);
    expect(saved.headers['content-disposition']).toBe('attachment; filename=hall-recording.mp4');
    expect(await api.send('HEAD', path)).toMatchObject({ status: 200, text: '' });
    expect((await api.send('GET', path, { headers: { Range: 'bytes=99-' } })).status).toBe(416);
  });

  it.each([
    'chat.vtt',
    'track-01-camera.mp4',
    'timeline.json',
    'manifest.json',
    '..%2frecording.mp4',
    '%2e%2e',
    'stored.json',
  ])('does not show %s', async (name) => {
    const { token } = await share();
    api.calls.length = 0;
    expect([404, 400]).toContain((await look(token, name)).status);
    expect(api.calls).toEqual([]);
  });

  it('opens nothing else: no other recording, no API', async () => {
    const { token } = await share();
    for (const path of ['/api/recordings', '/api/recordings/rec1/download', '/api/rooms', '/api/audit', SHARES]) {
      expect((await api.send('GET', path, { token })).json, path).toMatchObject({ code: 'token_invalid' });
      expect((await api.send('GET', `${path}?ticket=${token}`)).status, path).toBe(401);
    }
  });

  it('ends when it was said to, to the second, and says so to who comes too late', async () => {
    const { token, expires } = await share({ ttl: 60 });
    expect(expires).toBe('2026-01-01T00:01:00.000Z');
    api.clock.advance(59_999);
    expect((await look(token, 'recording.mp4')).status).toBe(200);
    api.clock.advance(1);
    for (const file of ['', 'recording.mp4', 'chapters.vtt']) {
      expect((await look(token, file)).json, file).toMatchObject({ status: 410, code: 'share_expired' });
    }
  });

  it.each([{ ttl: 59 }, { ttl: 30 * DAY + 1 }, { ttl: 1.5 }, { forever: true }])(
    'is not made with %o',
    async (body) => {
      expect((await api.send('POST', SHARES, { token: ADMIN_TOKEN, body })).json).toMatchObject({
        code: 'invalid_request',
      });
    },
  );

  it('holds for thirty days at most', async () => {
    expect((await share({ ttl: 30 * DAY })).expires).toBe('2026-01-31T00:00:00.000Z');
  });

  it('is listed without what opens it, and opens nothing once it is taken back', async () => {
    const one = await share();
    api.clock.advance(1000);
    const two = await share({ watchPage: true });
    const { json, text } = await api.send('GET', SHARES, { token: ADMIN_TOKEN });
    const [newest, older] = json['items'] as readonly unknown[];
    expect(newest).toMatchObject({ id: two.id, watchPage: true, createdAt: '2026-01-01T00:00:01.000Z' });
    expect(older).toMatchObject({ id: one.id, watchPage: false });
    expect(text).not.toContain(one.token);
    expect(text).not.toContain(two.token);
    expect((await api.send('DELETE', `${SHARES}/${one.id}`, { token: ADMIN_TOKEN })).status).toBe(204);
    expect((await look(one.token)).json).toMatchObject({ status: 404, code: 'share_not_found' });
    expect((await look(one.token, 'recording.mp4')).status).toBe(404);
    expect((await look(two.token)).status).toBe(200);
    const again = await api.send('DELETE', `${SHARES}/${one.id}`, { token: ADMIN_TOKEN });
    expect(again.json).toMatchObject({ code: 'share_not_found' });
    const other = await api.send('DELETE', `/api/recordings/rec2/shares/${two.id}`, { token: ADMIN_TOKEN });
    expect(other.status).toBe(404);
  });

  it.each(['x', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}!`, "' or 1=1 --"])(
    'of the token "%s" was never there',
    async (token) => {
      expect((await look(encodeURIComponent(token))).json).toMatchObject({ status: 404, code: 'share_not_found' });
    },
  );

  it('is one of a hundred at most', async () => {
    for (let made = 1; made < 100; made += 1) await share();
    const { json } = await api.send('POST', SHARES, { token: ADMIN_TOKEN, body: {} });
    expect(json).toMatchObject({ status: 409, code: 'too_many_shares' });
  });

  it('is one of a hundred also when several are made at the same moment', async () => {
    for (let made = 1; made < 99; made += 1) await share();
    const order = { recording: 'rec1', ttlSeconds: DAY, watchPage: false };
    const made = await Promise.allSettled([1, 2, 3].map(() => api.deps.shares.create(order)));
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('leaves its token neither in the log nor in the database', async () => {
    const { token } = await share({ watchPage: true });
    await look(token, 'recording.mp4');
    await api.send('GET', `/shared/${token}`);
    expect(JSON.stringify(api.log)).not.toContain(token);
    expect(JSON.stringify(await api.rows('shares'))).not.toContain(token);
    expect(JSON.stringify(await api.rows('audit'))).not.toContain(token);
  });
});

describe('the page of a room that was recorded', () => {
  const room = async (options: { token?: string } = {}): Promise<unknown> =>
    (await api.send('GET', '/api/rooms/hall', options)).json['recordingUrl'];

  it('is told of the newest link for viewers, while that holds', async () => {
    expect(await room()).toBeUndefined();
    await share();
    expect(await room()).toBeUndefined();
    const first = await share({ watchPage: true, ttl: 120 });
    expect(await room()).toBe(first.url);
    api.clock.advance(1000);
    const second = await share({ watchPage: true, ttl: 60 });
    expect(await room()).toBe(second.url);
    await api.send('DELETE', `${SHARES}/${second.id}`, { token: ADMIN_TOKEN });
    expect(await room()).toBe(first.url);
    api.clock.advance(120_000);
    expect(await room()).toBeUndefined();
  });

  it('is told nothing of a session before the last one', async () => {
    await share({ watchPage: true });
    api.lastSession = 's2';
    expect(await room()).toBeUndefined();
    api.lastSession = 's1';
    expect(await room()).toBeDefined();
  });

  it('is told nothing of another room that had its name before, though its people make links for viewers', async () => {
    await share({ watchPage: true });
    expect(await room()).toBeDefined();
    api.clock.advance(1000);
    const createdAt = new Date(api.clock.wallMs()).toISOString();
    api.rooms.set('hall', viewOfRoom('hall', { createdAt }));
    await share({ watchPage: true });
    expect(await room()).toBeUndefined();
    api.lastSession = 's1';
    expect(await room()).toBeUndefined();
  });

  it('of a private room is told so with a token of the room alone', async () => {
    const { url } = await share({ watchPage: true });
    await api.deps.rooms.update('hall', { viewing: { access: 'private' } });
    expect(await room()).toBeUndefined();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'viewer' });
    expect(await room({ token })).toBe(url);
    const out = await api.deps.tokens.issue({ room: 'hall', role: 'participant', identity: 'out' });
    expect(await room({ token: out.token })).toBe(url);
    await api.send('DELETE', '/api/rooms/hall/participants/out', { token: ADMIN_TOKEN });
    expect(await room({ token: out.token })).toBeUndefined();
  });
});
