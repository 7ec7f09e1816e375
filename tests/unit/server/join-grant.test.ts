import { describe, expect, it } from 'vitest';
import { joinGrant } from '../../../src/server/join-grant.ts';

describe('joinGrant', () => {
  it('lets an admin into every room', () => {
    expect(joinGrant({ role: 'admin' })).toEqual({ role: 'admin' });
  });

  it.each(['host', 'participant', 'viewer'] as const)(
    'keeps what a token of a %s says about its room and holder',
    (role) => {
      const kept = { role, room: 'demo', name: 'Ana', identity: 'ana', tokenId: 't', issuedAt: new Date(5) };
      expect(joinGrant({ ...kept, expiresAt: new Date(0) })).toEqual({ ...kept, revocation: 'demo/t' });
    },
  );
});
