/** The files of rooms over the API: limits, owners, hostile words, and what a crash leaves. */
import { createHash } from 'node:crypto';
import { readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { ForbiddenError } from '../../../src/errors.ts';
import type { FileLimits } from '../../../src/files/file-limits.ts';
import { FileStore } from '../../../src/files/file-store.ts';
import { RoomFiles } from '../../../src/files/room-files.ts';
import { nullLogger } from '../../../src/logger.ts';
import { fileControl } from '../../../src/server/file-services.ts';
import type { FilePerson } from '../../../src/protocol/files.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { DEFAULT_FILE_LIMITS, type FileRooms, openFileRooms } from '../../helpers/file-rooms.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { type Answer, startApi, type TestApi } from '../api/api-server.ts';

const TUS = { 'Tus-Resumable': '1.0.0' };
const FILES = '/api/rooms/hall/files';
const ANN = { id: 'ann', name: 'Ann', role: 'participant' } as const;
const BODY = { ...TUS, 'Content-Type': 'application/offset+octet-stream' };

/** The API over files with these limits. */
async function start(limits: Partial<FileLimits> = {}, free = 50): Promise<TestApi & { files: FileRooms }> {
  const clock = new FakeClock();
  const files = await openFileRooms(clock, new Set(['hall', 'attic']), { limits, freePercent: async () => free });
  onTestFinished(() => files.close());
  const api = await startApi({ ports: { files: fileControl(files.files, clock) } });
  return Object.assign(api, { files });
}

async function tokenOf(api: TestApi, identity: string, role: 'host' | 'participant' = 'participant'): Promise<string> {
  return (await api.deps.tokens.issue({ room: 'hall', role, identity })).token;
}

function begin(api: TestApi, token: string, size: number, metadata?: string): Promise<Answer> {
  const more = metadata === undefined ? {} : { 'Upload-Metadata': metadata };
  return api.send('POST', FILES, { token, headers: { ...TUS, 'Upload-Length': size, ...more } });
}

function patch(api: TestApi, path: string, token: string, offset: number, body: string, more = {}): Promise<Answer> {
  return api.send('PATCH', path, { token, headers: { ...BODY, 'Upload-Offset': offset, ...more }, body });
}

function told({ status, json }: Answer): [number, unknown] {
  return [status, json['code']];
}

describe('limits of files', () => {
  it.each([
    ['of one file', { maxFileBytes: 10 }, [], 10, 413, 'file_too_large'],
    ['of one person', { maxUserBytes: 10 }, [4], 6, 507, 'user_quota'],
    ['of a room', { maxRoomBytes: 10 }, [4], 6, 507, 'room_quota'],
  ] as const)('take as many bytes %s as they say, and no more', async (_of, limits, before, size, status, code) => {
    const api = await start(limits);
    const token = await tokenOf(api, 'ann');
    for (const bytes of before) expect((await begin(api, token, bytes)).status).toBe(201);
    const refused = await begin(api, token, size + 1);
    expect(told(refused)).toEqual([status, code]);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect((await begin(api, token, size)).status).toBe(201);
  });

  it.each([
    ['of a room', { maxFiles: 2 }, 507, 'too_many_files'],
    ['that one has not finished', { maxUnfinished: 2 }, 429, 'too_many_unfinished'],
  ] as const)('take as many files %s as they say, and no more', async (_of, limits, status, code) => {
    const api = await start(limits);
    const token = await tokenOf(api, 'ann');
    const first = await begin(api, token, 3);
    expect(first.status).toBe(201);
    expect((await begin(api, token, 3)).status).toBe(201);
    expect(told(await begin(api, token, 3))).toEqual([status, code]);
    const gone = await api.send('DELETE', String(first.headers.location), { token });
    expect(gone.status).toBe(204);
    expect((await begin(api, token, 3)).status).toBe(201);
  });

  it('keep the disk from filling up', async () => {
    const full = await start({ diskFloorPercent: 10 }, 9.9);
    expect(told(await begin(full, await tokenOf(full, 'ann'), 3))).toEqual([507, 'disk_floor']);
    const enough = await start({ diskFloorPercent: 10 }, 10);
    expect((await begin(enough, await tokenOf(enough, 'ann'), 3)).status).toBe(201);
  });

  it('bound how quickly files are begun', async () => {
    const api = await start({ maxUnfinished: 100 });
    const token = await tokenOf(api, 'ann');
    for (let index = 0; index < 20; index += 1) expect((await begin(api, token, 1)).status).toBe(201);
    expect(told(await begin(api, token, 1))).toEqual([429, 'too_fast']);
  });

  it('remember the pace of so many people, and begin anew with whoever began longest ago', async () => {
    const files = await openFileRooms(new FakeClock(), new Set(['hall']), {
      limits: { maxUnfinished: 100 },
      maxPaces: 2,
    });
    onTestFinished(() => files.close());
    const begin = (id: string) => files.files.begin('hall', { ...ANN, id }, { name: 'a', type: null, size: 1 });
    for (let count = 0; count < 20; count += 1) await begin('ann');
    await begin('bob');
    await expect(begin('ann')).rejects.toMatchObject({ code: 'too_fast' });
    await begin('bob');
    await begin('eve');
    await expect(begin('ann')).resolves.toMatchObject({ size: 1 });
  });

  it('delete what nobody finishes after a day, and what is finished after its time', async () => {
    const clock = new FakeClock();
    const files = await openFileRooms(clock, new Set(['hall']), { limits: { keepMs: 3 * 86_400_000 } });
    onTestFinished(() => files.close());
    const gone: string[] = [];
    files.room('hall')?.events.on('fileGone', ({ id }) => gone.push(id));
    const begun = await files.files.begin('hall', ANN, { name: 'a', type: null, size: 3 });
    const whole = await files.put('hall', ANN, 'b', 'abc');
    clock.advance(86_400_000 - 1);
    await files.files.sweep();
    expect(gone).toEqual([]);
    clock.advance(1);
    await files.files.sweep();
    expect(gone).toEqual([begun.id]);
    clock.advance(2 * 86_400_000);
    await files.files.sweep();
    expect(gone).toEqual([begun.id, whole.id]);
    expect(await readdir(files.dir)).toEqual([]);
  });

  it('delete nothing for its age while a clock that was set ahead may be set right', async () => {
    const clock = new FakeClock();
    const files = await openFileRooms(clock, new Set(['hall']), { limits: { keepMs: 30 * 86_400_000 } });
    onTestFinished(() => files.close());
    const gone: string[] = [];
    files.room('hall')?.events.on('fileGone', ({ id }) => gone.push(id));
    const { id } = await files.put('hall', ANN, 'b', 'abc');
    clock.jumpWall(365 * 86_400_000);
    await files.files.sweep();
    clock.advance(59 * 60_000);
    await files.files.sweep();
    clock.jumpWall(-365 * 86_400_000);
    clock.advance(86_400_000);
    await files.files.sweep();
    expect(gone).toEqual([]);
    clock.jumpWall(60 * 86_400_000);
    await files.files.sweep();
    clock.advance(60 * 60_000);
    await files.files.sweep();
    expect(gone).toEqual([id]);
  });
});

describe('an upload', () => {
  it('is for nobody but who sends it, and hosts', async () => {
    const api = await start();
    const [ann, bob, host] = [await tokenOf(api, 'ann'), await tokenOf(api, 'bob'), await tokenOf(api, 'h', 'host')];
    const path = String((await begin(api, ann, 6)).headers.location);
    expect((await patch(api, path, ann, 0, 'abc')).headers['upload-offset']).toBe('3');
    expect((await api.send('HEAD', path, { token: bob, headers: TUS })).status).toBe(403);
    expect(told(await patch(api, path, bob, 3, 'xyz'))).toEqual([403, 'not_yours']);
    expect(told(await api.send('DELETE', path, { token: bob }))).toEqual([403, 'not_yours']);
    expect(told(await api.send('GET', path, { token: bob }))).toEqual([403, 'not_yours']);
    expect(told(await api.send('GET', `${path}/content`, { token: bob }))).toEqual([404, 'file_incomplete']);
    expect((await api.send('GET', FILES, { token: bob })).json['items']).toEqual([]);
    expect((await api.send('GET', FILES, { token: ann })).json['items']).toMatchObject([
      { received: 3, complete: false },
    ]);
    const seen = await api.send('HEAD', path, { token: host, headers: TUS });
    expect([seen.status, seen.headers['upload-offset'], seen.headers['upload-length']]).toEqual([200, '3', '6']);
    expect(told(await patch(api, path, ann, 2, 'cdef'))).toEqual([409, 'offset_mismatch']);
    expect(told(await patch(api, path, ann, 3, 'defg'))).toEqual([413, 'too_many_bytes']);
    expect((await patch(api, path, ann, 3, 'def')).status).toBe(204);
    const content = await api.send('GET', `${path}/content`, { token: bob });
    expect([content.status, content.text]).toEqual([200, 'abcdef']);
  });

  it('tells people with one link apart by their own secrets', async () => {
    const api = await start();
    const { token } = await api.deps.tokens.invite({ room: 'hall', role: 'participant' });
    expect(told(await begin(api, token, 3))).toEqual([400, 'identity_missing']);
    const headers = (secret: string) => ({ ...TUS, 'Gridcast-Identity': secret.repeat(22) });
    const mine = await api.send('POST', FILES, { token, headers: { ...headers('a'), 'Upload-Length': 3 } });
    const path = String(mine.headers.location);
    expect((await api.send('HEAD', path, { token, headers: headers('a') })).status).toBe(200);
    expect((await api.send('HEAD', path, { token, headers: headers('b') })).status).toBe(403);
    expect((await api.send('HEAD', path, { token, headers: TUS })).status).toBe(403);
  });

  it('drops bytes that are not those of their checksum', async () => {
    const api = await start();
    const token = await tokenOf(api, 'ann');
    const path = String((await begin(api, token, 6)).headers.location);
    const sum = (text: string) => `sha1 ${createHash('sha1').update(text).digest('base64')}`;
    expect((await patch(api, path, token, 0, 'abc', { 'Upload-Checksum': sum('abc') })).status).toBe(204);
    expect(told(await patch(api, path, token, 3, 'dxf', { 'Upload-Checksum': sum('def') }))).toEqual([
      460,
      'checksum_mismatch',
    ]);
    expect(told(await patch(api, path, token, 3, 'def', { 'Upload-Checksum': 'md5 abc' }))).toEqual([
      400,
      'bad_checksum',
    ]);
    expect((await patch(api, path, token, 3, 'def', { 'Upload-Checksum': sum('def') })).status).toBe(204);
    const { json } = await api.send('GET', path, { token });
    expect(json['sha256']).toBe(createHash('sha256').update('abcdef').digest('hex'));
  });

  it('is refused where a host has switched files off, and what is there stays', async () => {
    const api = await start();
    const token = await tokenOf(api, 'ann');
    const path = String((await begin(api, token, 3)).headers.location);
    const there = await api.files.put('hall', ANN, 'a.txt', 'abc', 'text/plain');
    const room = api.files.room('hall');
    if (room) room.files = { enabled: false };
    expect(told(await begin(api, token, 3))).toEqual([403, 'files_off']);
    expect(told(await patch(api, path, token, 0, 'abc'))).toEqual([403, 'files_off']);
    expect((await api.send('GET', FILES, { token })).json['enabled']).toBe(false);
    expect((await api.send('GET', `${FILES}/${there.id}/content`, { token })).text).toBe('abc');
  });

  it('goes on where it was when the server has died, and is finished when only that was missing', async () => {
    const clock = new FakeClock();
    const dir = await tempDir();
    const place = { dir: join(dir, 'files'), database: join(dir, 'db') };
    const before = await openFileRooms(clock, new Set(['hall']), place);
    const half = await before.files.begin('hall', ANN, { name: 'half', type: null, size: 6 });
    const whole = await before.files.begin('hall', ANN, { name: 'whole', type: null, size: 6 });
    const lost = await before.files.begin('hall', ANN, { name: 'lost', type: null, size: 6 });
    await before.close();
    // As bytes that were written but of which nobody was told.
    await writeFile(join(place.dir, half.id), 'abc');
    await writeFile(join(place.dir, whole.id), 'abcdef');
    await rm(join(place.dir, lost.id));
    await writeFile(join(place.dir, 'nobody-knows-me'), 'x');
    await utimes(join(place.dir, 'nobody-knows-me'), 0, 0);
    const after = await openFileRooms(clock, new Set(['hall']), place);
    onTestFinished(() => after.close());
    expect((await readdir(place.dir)).toSorted()).toEqual([half.id, whole.id, `${whole.id}.json`].toSorted());
    const sha256 = createHash('sha256').update('abcdef').digest('hex');
    expect(await after.files.find('hall', whole.id)).toMatchObject({ complete: true, sha256 });
    expect(await after.files.find('hall', half.id)).toMatchObject({ complete: false, received: 3 });
    const arriving = {
      offset: 3,
      source: (async function* () {
        yield Buffer.from('def');
      })(),
      check: undefined,
      signal: new AbortController().signal,
      cut: () => {},
    };
    expect(await after.files.append(await after.files.stored('hall', half.id), arriving)).toBe(6);
    expect(await after.files.find('hall', half.id)).toMatchObject({ complete: true, sha256 });
  });

  it('is not lost when the disk is full as the server starts again, and is finished once it is asked for', async () => {
    const clock = new FakeClock();
    const dir = await tempDir();
    const place = { dir: join(dir, 'files'), database: join(dir, 'db') };
    const before = await openFileRooms(clock, new Set(['hall']), place);
    const whole = await before.files.begin('hall', ANN, { name: 'whole', type: null, size: 6 });
    await before.close();
    await writeFile(join(place.dir, whole.id), 'abcdef');
    const completed = vi.spyOn(FileStore.prototype, 'completed');
    completed.mockRejectedValueOnce(new Error('database or disk is full'));
    const after = await openFileRooms(clock, new Set(['hall']), place);
    onTestFinished(() => after.close());
    expect(completed).toHaveBeenCalledTimes(1);
    await after.files.settle(await after.files.stored('hall', whole.id));
    const sha256 = createHash('sha256').update('abcdef').digest('hex');
    expect(await after.files.find('hall', whole.id)).toMatchObject({ complete: true, sha256 });
  });
});

describe('bytes on their way', () => {
  async function arriving(signal = new AbortController().signal) {
    const rooms = await openFileRooms(new FakeClock(), new Set(['hall']));
    const file = await rooms.files.begin('hall', ANN, { name: 'a', type: null, size: 6 });
    const source = new PassThrough();
    const cut = vi.fn<() => void>(() => void source.destroy());
    const appended = rooms.files.append(file, { offset: 0, source, check: undefined, signal, cut });
    return { rooms, file, source, cut, appended };
  }

  it('are cut off also when another request has taken over before they are read', async () => {
    const { rooms, cut, appended } = await arriving(AbortSignal.abort());
    expect(cut).toHaveBeenCalledOnce();
    await expect(appended).rejects.toThrow('Premature close');
    await rooms.close();
  });

  it('wait for their sender when nobody can say whether they may still share them, and go when they may not', async () => {
    const rooms = await openFileRooms(new FakeClock(), new Set(['hall']));
    const send = async (refusal: Error): Promise<string> => {
      const { id } = await rooms.files.begin('hall', ANN, { name: 'a', type: null, size: 3 });
      const source = new PassThrough().end('abc');
      const cut = (): void => void source.destroy();
      const { signal } = new AbortController();
      const mayShare = async () => Promise.reject(refusal);
      const arriving = { offset: 0, source, check: undefined, signal, cut, mayShare };
      await expect(rooms.files.append(await rooms.files.stored('hall', id), arriving)).rejects.toBe(refusal);
      return id;
    };
    const waits = await send(new Error('the database is away'));
    await rooms.files.settle(await rooms.files.stored('hall', waits));
    expect(await rooms.files.find('hall', waits)).toMatchObject({ complete: true });
    const gone = await send(new ForbiddenError('A host has sent you out.', 'removed'));
    await expect(rooms.files.stored('hall', gone)).rejects.toMatchObject({ code: 'file_not_found' });
    await rooms.close();
  });

  it('come in six requests of one person at once, and in one more when one has ended', async () => {
    const rooms = await openFileRooms(new FakeClock(), new Set(['hall']));
    const send = async (by: FilePerson) => {
      const file = await rooms.files.begin('hall', by, { name: 'a', type: null, size: 3 });
      const source = new PassThrough();
      const cut = (): void => void source.destroy();
      const { signal } = new AbortController();
      const whole = rooms.files.append(file, { offset: 0, source, check: undefined, signal, cut });
      return { source, whole };
    };
    const sent = [];
    for (let count = 0; count < 6; count += 1) sent.push(await send(ANN));
    await expect((await send(ANN)).whole).rejects.toMatchObject({ code: 'too_many_uploads', status: 429 });
    sent.push(await send({ ...ANN, id: 'bob' }));
    sent[0]?.source.end('abc');
    expect(await sent[0]?.whole).toBe(3);
    sent.push(await send(ANN));
    for (const { source } of sent.slice(1)) source.end('abc');
    expect(await Promise.all(sent.map(({ whole }) => whole))).toEqual(Array.from(sent, () => 3));
    await rooms.close();
  });

  it('are not even begun on the disk when they cannot be listed', async () => {
    const rooms = await openFileRooms(new FakeClock(), new Set(['hall']));
    onTestFinished(() => rooms.close());
    await rooms.files.begin('hall', ANN, { name: 'a', type: null, size: 3 });
    vi.spyOn(rooms.store, 'insert').mockRejectedValueOnce(new Error('The disk is full'));
    const refused = rooms.files.begin('hall', ANN, { name: 'b', type: null, size: 3 });
    await expect(refused).rejects.toThrow('The disk is full');
    expect(await readdir(rooms.dir)).toHaveLength(1);
  });

  it('are written when the files are closed', async () => {
    const { rooms, file, source, appended } = await arriving();
    const ended = vi.fn<() => void>();
    appended.then(ended, ended);
    source.write('abc');
    await vi.waitFor(async () => expect(await rooms.files.received(file)).toBe(3), { timeout: 9000 });
    await rooms.files.close();
    expect(ended).toHaveBeenCalledOnce();
    await rooms.close();
  });
});

describe('hostile words', () => {
  it.each(['..', '.', '%2e%2e', '..%2f..%2fgridcast.db', '%2fetc%2fpasswd', 'a%5cb', 'a%00b', '~', '.part'])(
    'find nothing as an id: %s',
    async (id) => {
      const api = await start();
      await api.files.put('hall', ANN, 'a.txt', 'abc');
      const token = await tokenOf(api, 'ann', 'host');
      for (const [method, below] of [
        ['GET', ''],
        ['GET', '/content'],
        ['PATCH', ''],
        ['DELETE', ''],
      ] as const) {
        const { status } = await api.send(method, `${FILES}/${id}${below}`, { token, headers: BODY });
        expect([400, 404, 405]).toContain(status);
      }
      expect((await api.send('GET', FILES, { token })).json['items']).toHaveLength(1);
    },
  );

  it('are neither folders, nor headers, nor pages that run', async () => {
    const api = await start();
    const token = await tokenOf(api, 'ann');
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const name = '../../etc/x\r\nSet-Cookie: a=b\u202e.html';
    const made = await begin(api, token, 3, `filename ${base64(name)},filetype ${base64('text/html')}`);
    const path = String(made.headers.location);
    await patch(api, path, token, 0, 'abc');
    expect((await api.send('GET', path, { token })).json).toMatchObject({
      name: 'xSet-Cookie: a=b.html',
      type: 'text/html',
    });
    for (const inline of ['', '?inline=1']) {
      const { headers } = await api.send('GET', `${path}/content${inline}`, { token });
      expect(headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
      expect(headers['content-disposition']).toMatch(/^attachment; filename="/);
      expect(headers['set-cookie']).toBeUndefined();
    }
    const id = path.split('/').at(-1);
    expect((await readdir(api.files.dir)).toSorted()).toEqual([id, `${id}.json`]);
  });

  it('lead nowhere through a link in place of a file', async () => {
    const api = await start();
    const token = await tokenOf(api, 'ann');
    const file = await api.files.put('hall', ANN, 'a.txt', 'abc', 'text/plain');
    const other = join(await tempDir(), 'secret');
    await writeFile(other, 'abc');
    await rm(join(api.files.dir, file.id));
    await symlink(other, join(api.files.dir, file.id));
    expect(told(await api.send('GET', `${FILES}/${file.id}/content`, { token }))).toEqual([404, 'file_missing']);
  });
});

describe('a link to a file', () => {
  it('shows harmless types without a header, this file only, and not for long', async () => {
    const api = await start();
    const token = await tokenOf(api, 'ann');
    const file = await api.files.put('hall', ANN, 'a.png', 'abc', 'image/png');
    const other = await api.files.put('hall', ANN, 'b.png', 'abc', 'image/png');
    const { json } = await api.send('POST', `${FILES}/${file.id}/link`, { token, body: {} });
    const { pathname, search } = new URL(String(json['url']));
    const shown = await api.send('GET', `${pathname}${search}&inline=1`);
    expect([shown.status, shown.headers['content-type'], shown.text]).toEqual([200, 'image/png', 'abc']);
    expect(shown.headers['content-disposition']).toBe('inline; filename=a.png');
    expect(shown.headers['content-security-policy']).toContain('sandbox');
    expect((await api.send('GET', `${FILES}/${other.id}/content${search}`)).status).toBe(401);
    api.clock.advance(61_000);
    expect(told(await api.send('GET', `${pathname}${search}`))).toEqual([401, 'ticket_expired']);
  });
});

it('deletes the files of a room with it, bytes and all', async () => {
  const api = await start();
  await api.files.put('hall', ANN, 'a.txt', 'abc');
  const stays = await api.files.put('attic', ANN, 'b.txt', 'abc');
  await api.files.files.removeRoom('hall');
  expect((await readdir(api.files.dir)).toSorted()).toEqual([stays.id, `${stays.id}.json`]);
  expect(await api.files.store.ofRoom('hall')).toEqual([]);
});

it('leaves no timer behind when it cannot be opened', async () => {
  const clock = new FakeClock();
  const database = await Database.open({ path: ':memory:', migrations: [], log: nullLogger });
  onTestFinished(() => database.close());
  const files = RoomFiles.open({
    store: new FileStore(database),
    dir: join(await tempDir(), 'files'),
    limits: DEFAULT_FILE_LIMITS,
    room: () => undefined,
    freePercent: async () => 50,
    clock,
    log: nullLogger,
  });
  await expect(files).rejects.toThrow('no such table');
  expect(clock.pending).toBe(0);
});
