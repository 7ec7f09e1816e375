import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { CertificateWatch } from '../../../src/server/certificate-watch.ts';
import { type Certificate, readCertificate } from '../../../src/server/tls-certificate.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { makeLocal } from '../../helpers/local-certificate.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

async function watched() {
  const dir = await tempDir();
  const files = { cert: join(dir, 'cert.pem'), key: join(dir, 'key.pem') };
  const write = (pair: { cert: string; key: string }) =>
    Promise.all([writeFile(files.cert, pair.cert), writeFile(files.key, pair.key)]);
  const first = (await makeLocal()).server;
  await write(first);
  const clock = new FakeClock(Date.now());
  const taken: Certificate[] = [];
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const watch = new CertificateWatch({
    current: await readCertificate(files),
    onChange: (certificate) => void taken.push(certificate),
    clock,
    log: { ...nullLogger, info: say, warn: say },
  });
  onTestFinished(() => watch.close());
  return { files, write, first, clock, taken, said, watch };
}

describe('CertificateWatch', () => {
  it('takes files that have changed within ten seconds, once', async () => {
    const { write, clock, taken, said } = await watched();
    const { server } = await makeLocal();
    await write(server);
    clock.advance(9999);
    expect(taken).toEqual([]);
    clock.advance(1);
    await vi.waitFor(() => expect(taken).toHaveLength(1), WAIT);
    expect(taken[0]).toMatchObject(server);
    await vi.waitFor(() => {
      clock.advance(10_000);
      expect(said).toEqual(['A new certificate is in use']);
    }, WAIT);
    expect(taken).toHaveLength(1);
  });

  it('keeps the old one while the files do not fit, and says so once when they stay so', async () => {
    const { files, write, clock, taken, said } = await watched();
    const { server } = await makeLocal();
    await writeFile(files.cert, server.cert);
    await vi.waitFor(() => {
      clock.advance(10_000);
      expect(said).toEqual(['The new certificate cannot be used; the old one stays in use']);
    }, WAIT);
    expect(taken).toEqual([]);
    await write(server);
    await vi.waitFor(() => {
      clock.advance(10_000);
      expect(taken).toHaveLength(1);
    }, WAIT);
    expect(said).toHaveLength(2);
  });

  it('waits for the second file before it complains', async () => {
    const { files, clock, said, watch } = await watched();
    await writeFile(files.cert, (await makeLocal()).server.cert);
    clock.advance(10_000);
    await watch.close();
    expect(said).toEqual([]);
  });

  it('leaves no timer and takes nothing after its close', async () => {
    const { write, clock, taken, watch } = await watched();
    await write((await makeLocal()).server);
    clock.advance(10_000);
    await watch.close();
    expect(clock.pending).toBe(0);
    expect(taken).toEqual([]);
  });
});
