import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../../helpers/temp-dir.ts';
import { startApi, type TestApi } from './api-server.ts';

async function withPages(): Promise<{ readonly api: TestApi; readonly outside: string }> {
  const dir = await tempDir();
  const webDir = join(dir, 'web');
  const outside = join(dir, 'secret.js');
  await mkdir(join(webDir, 'assets', 'deep'), { recursive: true });
  await Promise.all([
    ...['index', 'room', 'watch', 'admin', 'shared', 'contacts', 'sign-in', 'missing'].map((name) =>
      writeFile(join(webDir, `${name}.html`), `<p>${name}`),
    ),
    writeFile(join(webDir, 'assets', 'app-123.js'), 'run()'),
    writeFile(join(webDir, 'assets', 'deep', 'font.woff2'), 'font'),
    writeFile(join(webDir, 'assets', 'odd.xyz'), '?'),
    writeFile(join(webDir, 'assets', '.hidden'), 'hidden'),
    writeFile(join(webDir, 'favicon.svg'), '<svg/>'),
    writeFile(outside, 'secret'),
  ]);
  await symlink(outside, join(webDir, 'assets', 'link.js'));
  return { api: await startApi({ webDir }), outside };
}

describe('the pages', () => {
  it.each([
    ['/', 'index'],
    ['/contacts', 'contacts'],
    ['/sign-in', 'sign-in'],
    ['/r/hall', 'room'],
    ['/watch/hall', 'watch'],
    ['/admin', 'admin'],
    ['/shared/abc.DEF-1_2~', 'shared'],
    ['/admin/', 'admin'],
  ])('%s is %s.html, checked for freshness each time', async (path, name) => {
    const { api } = await withPages();
    const answer = await api.send('GET', path);
    expect(answer).toMatchObject({ status: 200, text: `<p>${name}` });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    const again = await api.send('GET', path, { headers: { 'If-None-Match': String(answer.headers.etag) } });
    expect(again).toMatchObject({ status: 304, text: '' });
    expect(await api.send('HEAD', path)).toMatchObject({ status: 200, text: '' });
  });

  it.each([
    ['/assets/app-123.js', 'text/javascript; charset=utf-8'],
    ['/assets/deep/font.woff2', 'font/woff2'],
    ['/assets/odd.xyz', 'application/octet-stream'],
  ])('bring %s, which never changes and may be embedded anywhere', async (path, type) => {
    const { api } = await withPages();
    const answer = await api.send('GET', path);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it.each(['/watch/hall.', '/r/', '/r/hall/more', '/recordings'])(
    'say to people that %s leads nowhere, and to programs as ever',
    async (path) => {
      const { api } = await withPages();
      const browser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
      const answer = await api.send('GET', path, { headers: browser });
      expect(answer).toMatchObject({ status: 404, text: '<p>missing' });
      expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      for (const Accept of ['*/*', 'application/json']) {
        const told = await api.send('GET', path, { headers: { Accept } });
        expect(told.headers['content-type']).toContain('application/problem+json');
      }
      expect((await api.send('POST', path, { headers: browser })).headers['content-type']).toContain('problem+json');
      const route = await api.send('GET', `/api${path}`, { headers: browser });
      expect(route.headers['content-type']).toContain('problem+json');
    },
  );

  it('come packed to whoever takes that, as long as they are what was packed', async () => {
    const dir = await tempDir();
    const file = join(dir, 'assets', 'app-123.js');
    await mkdir(join(dir, 'assets'));
    const text = 'run()\n'.repeat(200);
    await writeFile(file, text);
    await writeFile(`${file}.br`, brotliCompressSync(text));
    await writeFile(`${file}.gz`, gzipSync(text));
    const api = await startApi({ webDir: dir });
    const ask = (encoding: string, more: Readonly<Record<string, string>> = {}) =>
      api.send('GET', '/assets/app-123.js', { headers: { 'Accept-Encoding': encoding, ...more } });
    const smallest = await ask('gzip, deflate, br, zstd');
    expect(smallest.headers).toMatchObject({
      'content-encoding': 'br',
      'content-length': String(brotliCompressSync(text).byteLength),
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect(brotliDecompressSync(smallest.bytes).toString()).toBe(text);
    const packed = await ask('gzip, deflate');
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.bytes).toString()).toBe(text);
    expect((await ask('gzip, br;q=0')).headers['content-encoding']).toBe('gzip');
    const plain = await ask('identity');
    expect(plain.text).toBe(text);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const answers = [smallest, packed, plain];
    for (const { headers } of answers) expect(headers.vary).toContain('Accept-Encoding');
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
    // A part of the form that was asked for, and the same form again only if it is still that.
    const some = await ask('br', { Range: 'bytes=2-5', 'If-Range': String(smallest.headers.etag) });
    expect(some).toMatchObject({ status: 206, bytes: smallest.bytes.subarray(2, 6) });
    expect(some.headers['content-encoding']).toBe('br');
    expect((await ask('br', { 'If-None-Match': String(smallest.headers.etag) })).status).toBe(304);
    expect((await ask('gzip', { 'If-None-Match': String(smallest.headers.etag) })).status).toBe(200);
    await writeFile(file, 'walk()');
    const past = new Date(Date.now() - 60_000);
    await Promise.all(['br', 'gz'].map((ending) => utimes(`${file}.${ending}`, past, past)));
    expect((await ask('br, gzip')).text).toBe('walk()');
  });

  it('have an icon', async () => {
    const { api } = await withPages();
    expect((await api.send('GET', '/favicon.svg')).headers['content-type']).toBe('image/svg+xml');
    expect((await api.send('GET', '/favicon.ico')).status).toBe(404);
  });

  it.each([
    '/assets/../index.html',
    '/assets/..%2f..%2fsecret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/assets/..%5c..%5csecret.js',
    '/assets//etc/passwd',
    '/assets/%2fetc%2fpasswd',
    '/assets/link.js',
    '/assets/.hidden',
    '/assets/deep',
    '/assets/',
    '/assets/none.js',
    '/r/a%2fb',
    '/r/../admin',
    '/room.html',
  ])('show nothing at %s', async (path) => {
    const { api } = await withPages();
    const answer = await api.send('GET', path);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('say how to build them when they are not built', async () => {
    const api = await startApi();
    const answer = await api.send('GET', '/r/hall');
    expect(answer.json).toMatchObject({ status: 503, code: 'web_not_built' });
    expect(answer.json['detail']).toContain('npm run build:web');
  });
});
