import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { zipStream } from '../../../src/recorder/archive/archive-bundle.ts';
import { ADMIN_TOKEN, startApi } from './api-server.ts';

const BUNDLE = '/api/recordings/rec1/bundle.zip';
const MANIFEST = { name: 'manifest.json', text: Buffer.from('{}') };
/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

describe('a recording as one file', () => {
  it('is a ZIP that says how long it is and how it is called', async () => {
    const api = await startApi();
    const answer = await api.send('GET', BUNDLE, { token: ADMIN_TOKEN });
    expect(answer).toMatchObject({ status: 200, text: 'zip' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-length': '3',
      'content-disposition': 'attachment; filename="Sitzung 1.zip"',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'accept-ranges': 'none',
    });
    const described = await api.send('HEAD', BUNDLE, { token: ADMIN_TOKEN });
    expect(described).toMatchObject({ status: 200, text: '', headers: { 'content-type': 'application/zip' } });
  });

  it('is given for a ticket of its own, and for no other', async () => {
    const api = await startApi();
    const ticketFor = async (file: string): Promise<string> => (await api.deps.tokens.issueTicket('rec1', file)).ticket;
    const own = await api.send('GET', `${BUNDLE}?ticket=${await ticketFor('bundle.zip')}`);
    expect(own).toMatchObject({ status: 200, text: 'zip' });
    const other = await api.send('GET', `${BUNDLE}?ticket=${await ticketFor('recording.mp4')}`);
    expect(other).toMatchObject({ status: 401, json: { code: 'ticket_invalid' } });
    const nobody = await api.send('GET', BUNDLE);
    expect(nobody.status).toBe(401);
    const none = await api.send('GET', '/api/recordings/rec9/bundle.zip', { token: ADMIN_TOKEN });
    expect(none.status).toBe(404);
  });

  it('closes the file it reads when whoever asked goes away', async () => {
    const endless = new Readable({ read() {} });
    endless.push('x'.repeat(1000));
    const entry = { name: 'a', size: 1_000_000, open: async () => endless };
    const start = () => zipStream([entry], MANIFEST, new Date(0));
    const api = await startApi({ ports: { bundles: { find: async () => ({ downloadName: 'a.zip', start }) } } });
    const request = get({
      port: api.port,
      host: '127.0.0.1',
      path: BUNDLE,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await once(response, 'data');
    expect(endless.destroyed).toBe(false);
    request.destroy();
    await vi.waitFor(() => expect(endless.destroyed).toBe(true), WAIT);
  });

  it('breaks off when a file is not what it was, so that nobody takes it for whole', async () => {
    const entry = { name: 'a', size: 5, open: async () => Readable.from([Buffer.from('xx')]) };
    const start = () => zipStream([entry], MANIFEST, new Date(0));
    const api = await startApi({ ports: { bundles: { find: async () => ({ downloadName: 'a.zip', start }) } } });
    await expect(api.send('GET', BUNDLE, { token: ADMIN_TOKEN })).rejects.toThrow();
  });
});
