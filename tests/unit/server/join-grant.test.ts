import { describe, expect, it } from 'vitest';
import { joinGrant } from '../../../src/server/join-grant.ts';

describe('joinGrant', () => {
  it('lets an admin into every room', () => {
    expect(joinGrant({ role: 'admin' })).toEqual({ role: 'admin' });
  });

  it('keeps whose session it is and since when', () => {
    const user = { id: 'u-1', name: 'Ann' };
    const held = { user, tokenId: 's', issuedAt: new Date(5), expiresAt: new Date(9) };
    const kept = { user: 'u-1', revocation: 's', identity: 'u-1', name: 'Ann', issuedAt: new Date(5) };
    expect(joinGrant({ role: 'admin', ...held })).toEqual({ role: 'admin', ...kept });
    const host = { role: 'host', room: 'demo', identity: 'u-1', name: 'Ann' } as const;
    expect(joinGrant({ ...host, ...held })).toEqual({ ...host, ...kept, tokenId: 's' });
  });

  it.each(['host', 'participant', 'viewer'] as const)(
    'keeps what a token of a %s says about its room and holder',
    (role) => {
      const kept = { role, room: 'demo', name: 'Ana', identity: 'ana', tokenId: 't', issuedAt: new Date(5) };
      expect(joinGrant({ ...kept, expiresAt: new Date(0) })).toEqual({ ...kept, revocation: 'demo/t' });
    },
  );
});
