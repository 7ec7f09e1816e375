/** Uploads with a tus client that many use, over the real API. */
import { createHash, randomBytes } from 'node:crypto';
import { Upload, type UploadOptions } from 'tus-js-client';
import { expect, it, onTestFinished } from 'vitest';
import type { FileView } from '../../../src/protocol/files.ts';
import { BreakableLine } from '../../helpers/breakable-line.ts';
import { startApi, type TestApi } from '../api/api-server.ts';

async function tokenOf(api: TestApi, identity: string, role: 'host' | 'participant' = 'participant'): Promise<string> {
  return (await api.deps.tokens.issue({ room: 'hall', role, identity, name: identity })).token;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Resolves when it has arrived. */
function send(bytes: Buffer, options: UploadOptions): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const upload: Upload = new Upload(bytes, {
      retryDelays: [0, 20, 20, 20, 20, 20],
      onError: reject,
      onSuccess: () => resolve(upload),
      ...options,
    });
    upload.start();
  });
}

it('arrives whole over a line that is cut three times, is told to the room with its checksum, and can be downloaded', async () => {
  const api = await startApi();
  const line = await BreakableLine.open(`http://127.0.0.1:${api.port}`);
  onTestFinished(() => line.close());
  const told: FileView[] = [];
  api.shared.room('hall')?.events.on('file', (file) => told.push(file));
  const bytes = randomBytes(12_000_000);
  const cuts = [2_000_000, 5_000_000, 9_000_000];
  const token = await tokenOf(api, 'ann');
  const offsets: number[] = [];
  // What was sent to a connection that is cut goes on being told for a while.
  let sending = false;
  const upload = await send(bytes, {
    endpoint: `${line.url}/api/rooms/hall/files`,
    headers: { Authorization: `Bearer ${token}` },
    metadata: { filename: 'Gezeiten 🌊.bin', filetype: 'video/mp4; codecs="x"' },
    chunkSize: 3_000_000,
    onProgress: (sent) => {
      if (!sending || sent < (cuts[0] ?? Number.POSITIVE_INFINITY)) return;
      sending = false;
      cuts.shift();
      line.break();
      line.mend();
    },
    onAfterResponse: (request, response) => {
      sending = true;
      if (request.getMethod() === 'HEAD') offsets.push(Number(response.getHeader('Upload-Offset')));
    },
  });
  expect(cuts).toEqual([]);
  expect(offsets.length).toBeGreaterThanOrEqual(3);
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  const id = upload.url?.split('/').at(-1) ?? '';
  const file = { id, name: 'Gezeiten 🌊.bin', type: 'video/mp4', size: bytes.byteLength, sha256: sha256(bytes) };
  expect(told).toEqual([
    {
      ...file,
      received: file.size,
      by: expect.anything(),
      at: expect.any(Number),
      expires: expect.any(Number),
      complete: true,
    },
  ]);
  expect(told[0]?.by).toEqual({ id: 'ann', name: 'Ann', role: 'participant' });
  const other = await tokenOf(api, 'bob');
  const content = `/api/rooms/hall/files/${id}/content`;
  const whole = await api.send('GET', content, { token: other });
  expect(sha256(whole.bytes)).toBe(file.sha256);
  expect(whole.headers).toMatchObject({
    etag: `"${file.sha256}"`,
    'content-type': 'video/mp4',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect(whole.headers['content-disposition']).toMatch(
    /^attachment; filename="Gezeiten .*"; filename\*=UTF-8''Gezeiten%20%F0%9F%8C%8A\.bin$/,
  );
  const part = await api.send('GET', content, {
    token: other,
    headers: { Range: 'bytes=5-9', 'If-Range': `"${file.sha256}"` },
  });
  expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 5-9/${bytes.byteLength}`]);
  expect(part.bytes.equals(bytes.subarray(5, 10))).toBe(true);
  const again = await api.send('GET', content, { token: other, headers: { 'If-None-Match': `"${file.sha256}"` } });
  expect(again.status).toBe(304);
  const beyond = await api.send('GET', content, { token: other, headers: { Range: 'bytes=99999999-' } });
  expect(beyond.status).toBe(416);
  const head = await api.send('HEAD', content, { token: other });
  expect([head.status, head.headers['content-length'], head.bytes.byteLength]).toEqual([200, '12000000', 0]);
});
