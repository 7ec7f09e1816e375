import { once } from 'node:events';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TLSSocket, connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { doctor } from '../../../src/cli/doctor.ts';
import { hostsOf, type Machine, makeCert } from '../../../src/cli/make-cert.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { isFor, readCertificate } from '../../../src/server/tls-certificate.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const address = (text: string, internal = false) => ({
  address: text,
  family: text.includes(':') ? ('IPv6' as const) : ('IPv4' as const),
  internal,
  netmask: '',
  mac: '',
  cidr: null,
  scopeid: 0,
});
const machine: Machine = {
  hostname: 'Studio.example.org',
  interfaces: {
    lo: [address('127.0.0.1', true)],
    eth0: [address('192.0.2.7'), address('fe80::1'), address('2001:db8::7')],
  },
};
const YEAR_MS = 366 * 24 * 3600 * 1000;

/** A real handshake: the names of the server as a client that trusts `ca` accepts them. */
async function shake(pair: { cert: string; key: string }, ca: string, servername: string): Promise<boolean> {
  const server = createServer(pair);
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket: TLSSocket = connect({ port, host: '127.0.0.1', ca, servername });
  onTestFinished(() => void socket.destroy());
  return once(socket, 'secureConnect').then(
    () => true,
    () => false,
  );
}

describe('the names of a machine', () => {
  it('are what browsers of its network may call it, the best to type first', () => {
    const config = configSchema.parse({ server: { host: '0.0.0.0', publicUrl: 'https://cast.home.arpa:8443' } });
    expect(hostsOf(config, machine)).toEqual([
      'studio.example.org',
      'studio.local',
      'localhost',
      '127.0.0.1',
      '::1',
      'cast.home.arpa',
      '192.0.2.7',
      '2001:db8::7',
    ]);
  });

  it('leave out what no certificate can name, and are 50 at most', () => {
    const many = Array.from({ length: 60 }, (_, index) => address(`198.51.100.${index}`));
    const hosts = hostsOf(configSchema.parse({}), { hostname: 'no_name at all', interfaces: { eth0: many } });
    expect(hosts.slice(0, 3)).toEqual(['localhost', '127.0.0.1', '::1']);
    expect(hosts).toHaveLength(50);
  });
});

describe('gridcast doctor --make-cert', () => {
  it('makes an authority and a certificate that a client accepts, keys for their owner alone', async () => {
    const data = join(await tempDir(), 'new');
    const clock = new FakeClock(Date.now());
    const text = await makeCert(configSchema.parse({ server: { data } }), clock, machine);
    const tls = join(data, 'tls');
    expect((await readdir(tls)).sort()).toEqual(['authority-key.pem', 'authority.pem', 'cert.pem', 'key.pem']);
    for (const name of ['authority-key.pem', 'key.pem']) {
      expect(((await stat(join(tls, name))).mode & 0o777).toString(8)).toBe('600');
    }
    for (const part of [join(tls, 'authority.pem'), join(tls, 'cert.pem'), '192.0.2.7', 'NODE_EXTRA_CA_CERTS']) {
      expect(text).toContain(part);
    }
    const pair = await readCertificate({ cert: join(tls, 'cert.pem'), key: join(tls, 'key.pem') });
    const ca = await readFile(join(tls, 'authority.pem'), 'utf8');
    expect(await shake(pair, ca, 'studio.local')).toBe(true);
    expect(await shake(pair, ca, 'bank.example.com')).toBe(false);
    expect(isFor(pair.leaf, '[2001:db8::7]')).toBe(true);
  });

  it('run again keeps the authority and renews the certificate', async () => {
    const data = await tempDir();
    const config = configSchema.parse({ server: { data } });
    const read = (name: string) => readFile(join(data, 'tls', name), 'utf8');
    const clock = new FakeClock(Date.now());
    expect(await makeCert(config, clock, machine)).toContain('made now');
    const [authority, first] = [await read('authority.pem'), await read('cert.pem')];
    clock.jumpWall(YEAR_MS);
    expect(await makeCert(config, clock, machine)).toContain('kept');
    expect(await read('authority.pem')).toBe(authority);
    expect(await read('cert.pem')).not.toBe(first);
    const { leaf } = await readCertificate({ cert: join(data, 'tls', 'cert.pem'), key: join(data, 'tls', 'key.pem') });
    expect(leaf.validToDate.getTime()).toBeGreaterThan(clock.wallMs() + YEAR_MS - 3 * 24 * 3600 * 1000);
  });

  it('leaves out a name that the authority may not sign for, and says so', async () => {
    const data = await tempDir();
    const config = configSchema.parse({ server: { data } });
    const clock = new FakeClock(Date.now());
    await makeCert(config, clock, machine);
    const text = await makeCert(config, clock, { ...machine, hostname: 'other.example.com' });
    expect(text).toMatch(/^Not for other\.example\.com: the authority was made before that name/m);
    expect(text).toMatch(/^For +other\.local, /m);
  });

  it('does not replace an authority that it cannot use', async () => {
    const data = await tempDir();
    const config = configSchema.parse({ server: { data } });
    const clock = new FakeClock(Date.now());
    await makeCert(config, clock, machine);
    const key = join(data, 'tls', 'authority-key.pem');
    await writeFile(key, 'no key');
    await expect(makeCert(config, clock, machine)).rejects.toThrow(
      /^The authority in .* cannot be used \(.*move both away/,
    );
    await rm(key);
    await expect(makeCert(config, clock, machine)).rejects.toThrow('one of the two files is missing');
  });

  it('says when the folder cannot be written', async () => {
    const data = join(await tempDir(), 'file');
    await writeFile(data, 'in the way');
    const config = configSchema.parse({ server: { data } });
    await expect(makeCert(config, new FakeClock(), machine)).rejects.toThrow(
      /^The certificate cannot be made in .*tls \(/,
    );
  });
});

describe('gridcast doctor', () => {
  async function lines(file: string, data: string): Promise<string> {
    const path = join(await tempDir(), 'gridcast.yml');
    await writeFile(path, file);
    let text = '';
    const env = { GRIDCAST_PORT: '0', GRIDCAST_DATA: data, GRIDCAST_CONFIG: path };
    await doctor([], env, (more) => {
      text += more;
    });
    return text;
  }

  it('makes one when asked, checks it, and says when it is not for the public address', async () => {
    const data = await tempDir();
    let made = '';
    const code = await doctor(['--make-cert'], { GRIDCAST_DATA: data }, (text) => {
      made += text;
    });
    expect([code, made]).toEqual([0, expect.stringContaining('made now')]);
    const tls = `tls: { cert: "${data}/tls/cert.pem", key: "${data}/tls/key.pem" }\n`;
    expect(await lines(tls, data)).toMatch(
      /^ok {4}Certificate +.*cert\.pem for .*localhost.*, signed locally.*, until \d/m,
    );
    const other = await lines(`${tls}server: { publicUrl: "https://cast.example.com" }\n`, data);
    expect(other).toMatch(/^warn {2}Certificate .*but not for cast\.example\.com of server\.publicUrl\n +-> have one/m);
  });

  it('fails for files that do not fit, and says nothing of certificates without one', async () => {
    const data = await tempDir();
    await mkdir(join(data, 'tls'));
    await writeFile(join(data, 'tls', 'cert.pem'), 'nothing');
    const tls = `tls: { cert: "${data}/tls/cert.pem", key: "${data}/tls/cert.pem" }\n`;
    expect(await lines(tls, data)).toMatch(/^FAIL {2}Certificate +tls\.cert names .*holds no certificate in PEM form/m);
    expect(await lines('{}', data)).not.toContain('Certificate');
  });
});
