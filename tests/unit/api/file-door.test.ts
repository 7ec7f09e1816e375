import { describe, expect, it } from 'vitest';
import { fileAsker } from '../../../src/api/file-door.ts';
import type { RoomGrant } from '../../../src/api/grant.ts';
import { KeptOut } from '../../../src/room/kept-out.ts';
import { keptOutEntry } from '../../helpers/kept-out.ts';

function grantOf(issuedMs: number): RoomGrant {
  const times = { issuedAt: new Date(issuedMs), expiresAt: new Date(10 * 3600_000) };
  return { role: 'participant', room: 'hall', identity: 'ana', tokenId: `t${issuedMs}`, ...times };
}

describe('whoever asks for files', () => {
  const keptOut = new KeptOut();
  keptOut.add(keptOutEntry('ana', { at: new Date(5000) }));
  const ask = (issuedMs: number) =>
    fileAsker(grantOf(issuedMs), 'hall', {}, (id, issuedAt) => keptOut.reason({ id, issuedAt }));

  it('is refused with the token that they had when they were removed', () => {
    expect(() => ask(4000)).toThrow(expect.objectContaining({ code: 'removed', status: 403 }));
  });

  it('is let in with one that was made for them afterwards, as in the room', () => {
    expect(ask(6000)).toMatchObject({ id: 'ana', role: 'participant' });
  });

  it('reads that they are banned, with whatever token they come', () => {
    keptOut.add(keptOutEntry('ana', { kind: 'banned', id: 'k-ban' }));
    expect(() => ask(6000)).toThrow(expect.objectContaining({ code: 'banned', status: 403 }));
  });
});
