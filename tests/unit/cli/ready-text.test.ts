import { describe, expect, it } from 'vitest';
import { type ReadyServer, readyText } from '../../../src/cli/ready-text.ts';

const SERVER: ReadyServer = {
  url: 'http://127.0.0.1:8080',
  pageUrl: 'http://127.0.0.1:8080',
  adminToken: 'the-admin-token-1234',
  adminTokenCreated: false,
  adminTokenSource: '/srv/data/admin-token',
  firstAdminToken: undefined,
  dataDir: '/srv/data',
  ffmpegVersion: '7.1',
};

/** Lines that are not blank. */
function lines(server: ReadyServer, colours = false): string[] {
  return readyText(server, colours)
    .split('\n')
    .filter((line) => line !== '');
}

describe('what a start says', () => {
  it('has the addresses at its end', () => {
    expect(lines(SERVER).slice(-2)).toEqual([
      '  Page     http://127.0.0.1:8080/',
      '  Admin    http://127.0.0.1:8080/admin  (with the token in /srv/data/admin-token)',
    ]);
  });

  it('has the address outside, and what a proxy has to pass it on to', () => {
    expect(lines({ ...SERVER, pageUrl: 'https://cast.example.org' }).slice(-3)).toEqual([
      '  Page     https://cast.example.org/',
      '           (on this machine it listens at http://127.0.0.1:8080)',
      '  Admin    https://cast.example.org/admin  (with the token in /srv/data/admin-token)',
    ]);
  });

  it('has a token that was made, once', () => {
    expect(lines({ ...SERVER, adminTokenCreated: true }).at(-2)).toBe(
      '  Admin    http://127.0.0.1:8080/admin#token=the-admin-token-1234',
    );
  });

  it('ends with the link for the first admin, when there is none yet', () => {
    expect(lines({ ...SERVER, firstAdminToken: 'first' }).slice(-3)).toEqual([
      '  There is no account yet. Whoever opens this link makes the first one, which is an admin’s:',
      '  Account  http://127.0.0.1:8080/sign-in#first=first',
      '           (good for one use until the server ends)',
    ]);
  });

  it('is the same in colours', () => {
    const plain = lines({ ...SERVER, firstAdminToken: 'first' }).join('\n');
    const bold = lines({ ...SERVER, firstAdminToken: 'first' }, true).join('\n');
    expect(bold).not.toBe(plain);
    expect(bold.replaceAll(new RegExp(`${String.fromCodePoint(0x1b)}\\[\\d+m`, 'g'), '')).toBe(plain);
  });
});
