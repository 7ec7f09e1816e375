import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  checkAddress,
  checkData,
  checkDisk,
  checkFonts,
  checkNode,
  checkPages,
  checkPort,
  judgeDisk,
} from '../../../src/cli/doctor-checks.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import { DataLock } from '../../../src/server/data-lock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

function config(env: NodeJS.ProcessEnv, file = ''): Config {
  return loadConfig({ ...env, GRIDCAST_CONFIG: 'test.yml' }, () => file);
}

describe('the check of Node', () => {
  it.each([
    ['22.15.9', 'FAIL'],
    ['20.20.2', 'FAIL'],
    ['22.16.0', 'ok'],
    ['24.0.0', 'ok'],
  ])('says of %s: %s', (version, verdict) => {
    expect(checkNode(version).verdict).toBe(verdict);
  });
});

describe('the check of the port', () => {
  it('finds a free port free, again and again', async () => {
    const free = config({ GRIDCAST_PORT: '0' });
    expect((await checkPort(free)).verdict).toBe('ok');
    expect((await checkPort(free)).verdict).toBe('ok');
  });

  it('names a port that is taken and what to do', async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const finding = await checkPort(config({ GRIDCAST_PORT: String(port) }));
    expect(finding).toMatchObject({ verdict: 'FAIL', text: expect.stringContaining(`EADDRINUSE`) });
    expect(finding.remedy).toContain('GRIDCAST_PORT');
  });

  it('knows the server that it is for, which may run while it looks', async () => {
    const data = await tempDir();
    const lock = await DataLock.take(data);
    onTestFinished(() => lock.close());
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const finding = await checkPort(config({ GRIDCAST_PORT: String(port), GRIDCAST_DATA: data }));
    expect(finding).toMatchObject({ verdict: 'ok', text: expect.stringContaining(`process ${process.pid}`) });
  });

  it('names an address that this machine does not have', async () => {
    const finding = await checkPort(config({ GRIDCAST_HOST: '192.0.2.1', GRIDCAST_PORT: '0' }));
    expect(finding).toMatchObject({ verdict: 'FAIL', text: expect.stringContaining('192.0.2.1') });
  });
});

describe('the check of the data folder', () => {
  it('finds one that is there, and one that is yet to be made', async () => {
    const dir = await tempDir();
    expect(await checkData(config({ GRIDCAST_DATA: dir }))).toMatchObject({ verdict: 'ok', text: dir });
    const deep = join(dir, 'a', 'b');
    expect(await checkData(config({ GRIDCAST_DATA: deep }))).toMatchObject({
      verdict: 'ok',
      text: `${deep}, to be made`,
    });
  });

  it('finds one that cannot be written, whoever asks', async () => {
    const finding = await checkData(config({ GRIDCAST_DATA: '/proc/gridcast' }));
    expect(finding).toMatchObject({
      verdict: 'FAIL',
      text: expect.stringContaining('/proc/gridcast cannot be written'),
    });
    expect(finding.remedy).toContain('GRIDCAST_DATA');
  });
});

describe('the check of the disk', () => {
  const GIB = 2 ** 30;

  it('says how many hours of recordings fit, and what it counts', async () => {
    const finding = await checkDisk(config({ GRIDCAST_DATA: await tempDir() }));
    expect(finding.text).toMatch(
      /^\d+\.\d GiB free, of which \d+\.\d GiB stay free and 2\.2 are for going back live: about \d+ hours of recordings of one room \(an hour is 1\.2 GB of film, 1\.2 GB of the same as HLS and 1\.6 GB of what 4 people send\)$/,
    );
  });

  it('counts what stays here, without what is left free and what live rooms keep', () => {
    const disk = { free: 100 * GIB, size: 200 * GIB };
    // 100 - 10 - 2.2 GiB of 3.94 GB an hour.
    expect(judgeDisk(config({}), disk).text).toContain(
      '10.0 GiB stay free and 2.2 are for going back live: about 24 hours',
    );
    const wide = config({}, '{ recordings: { diskFloorPercent: 0 }, hls: { dvrMinutes: 600 } }');
    expect(judgeDisk(wide, disk).text).toContain('0.0 GiB stay free and 22.0 are for going back live: about 21 hours');
  });

  it('counts what is under way where finished recordings go to a store', () => {
    const disk = { free: 100 * GIB, size: 200 * GIB };
    const away = config({}, 'storage: { kind: s3, bucket: b, keepLocal: false }');
    expect(judgeDisk(away, disk).text).toMatch(
      /about 17 hours .*; it goes to the store and stays here only until then\)$/,
    );
    const copied = config({}, 'storage: { kind: s3, bucket: b }');
    expect(judgeDisk(copied, disk).text).toContain('about 24 hours');
  });

  it('says which rules delete recordings', () => {
    const file = 'recordings: { retention: { days: 30, maxGigabytes: 50 } }';
    expect(judgeDisk(config({}, file), { free: 100 * GIB, size: 200 * GIB }).text).toContain(
      '; the oldest go beyond 50 GB; each goes after 30 days)',
    );
  });

  it('warns of less than ten hours, and fails below one', () => {
    const size = 0;
    const verdict = (gib: number): string => judgeDisk(config({}), { free: gib * GIB, size }).verdict;
    expect([verdict(45), verdict(30), verdict(5)]).toEqual(['ok', 'warn', 'FAIL']);
  });

  it('fails where nothing fits', async () => {
    expect(await checkDisk(config({ GRIDCAST_DATA: '/proc/gridcast' }))).toMatchObject({ verdict: 'FAIL' });
  });
});

describe('the check of the address', () => {
  it.each([
    ['server: {}', 'ok'],
    ['server: { host: "::1" }', 'ok'],
    ['server: { host: 0.0.0.0 }', 'warn'],
    ['{ server: { host: 0.0.0.0 }, tls: { cert: a.pem, key: b.pem } }', 'ok'],
    ['server: { publicUrl: "http://rooms.example.org" }', 'warn'],
    ['server: { host: 0.0.0.0, publicUrl: "https://rooms.example.org" }', 'ok'],
  ])('says of %s: %s', (file, verdict) => {
    expect(checkAddress(config({}, file)).verdict).toBe(verdict);
  });
});

describe('the check of fonts', () => {
  it('is content with fonts for every script', () => {
    const noto = ['Noto Sans', 'Noto Sans Arabic', 'Noto Sans Devanagari', 'Noto Sans CJK JP', 'Noto Color Emoji'];
    expect(checkFonts(noto).verdict).toBe('ok');
    const mac = ['Helvetica', 'Geeza Pro', 'Kohinoor Devanagari', 'PingFang SC', 'Apple Color Emoji'];
    expect(checkFonts(mac).verdict).toBe('ok');
  });

  it('names the scripts that would stay blank', () => {
    expect(checkFonts(['Noto Sans'])).toMatchObject({
      verdict: 'warn',
      text: '1 families, but none for Arabic, Devanagari, Chinese/Japanese/Korean, and emoji',
    });
    expect(checkFonts(['Noto Sans Arabic', 'Noto Sans Devanagari', 'Noto Sans CJK JP'])).toMatchObject({
      verdict: 'warn',
      text: '3 families, but none for emoji',
    });
  });

  it('fails without any font', () => {
    expect(checkFonts([])).toMatchObject({ verdict: 'FAIL', remedy: expect.stringContaining('fonts-noto-core') });
  });
});

describe('the check of the pages', () => {
  it('says how to build them', async () => {
    const dir = await tempDir();
    await mkdir(join(dir, 'assets'));
    expect(await checkPages(dir)).toMatchObject({ verdict: 'FAIL', remedy: 'build them with "npm run build:web"' });
  });
});
