import { describe, expect, it } from 'vitest';
import { MAX_INVITE_USES } from '../../../../src/accounts/invites.ts';
import { newInviteBody } from '../../../../src/api/account-schemas.ts';
import {
  INVITE_ROLES,
  type InviteFields,
  inviteOrder,
  isUsedUp,
  MAX_INVITE_LABEL,
  MOST_USES,
  TERMS,
} from '../../../../web/util/invite-order.ts';

const FIELDS: InviteFields = { label: '', role: 'participant', term: '86400', uses: '' };

describe('the fields of a new link', () => {
  it('say a role and a term, and the rest only where something stands', () => {
    expect(inviteOrder(FIELDS)).toEqual({ role: 'participant', ttl: 86_400 });
    expect(inviteOrder({ label: ' Guests ', role: 'host', term: '3600', uses: ' 12 ' })).toEqual({
      role: 'host',
      ttl: 3600,
      uses: 12,
      label: 'Guests',
    });
  });

  it('fall back to what lets in least when a field says something unknown', () => {
    expect(inviteOrder({ ...FIELDS, role: 'admin', term: '99999999' })).toEqual({ role: 'participant', ttl: 86_400 });
  });

  it.each([
    ['1', true],
    [String(MOST_USES), true],
    ['0', false],
    [String(MOST_USES + 1), false],
    ['-3', false],
    ['2.5', false],
    ['many', false],
  ])('take "%s" people: %s', (uses, taken) => {
    expect(inviteOrder({ ...FIELDS, uses }) !== undefined).toBe(taken);
  });

  it('offer nothing that the server refuses', () => {
    expect(MOST_USES).toBe(MAX_INVITE_USES);
    for (const { seconds } of TERMS) {
      for (const role of INVITE_ROLES) {
        const fields = { label: 'x'.repeat(MAX_INVITE_LABEL), role, term: String(seconds), uses: String(MOST_USES) };
        expect(newInviteBody.safeParse(inviteOrder(fields)).success).toBe(true);
      }
    }
  });
});

describe('a link', () => {
  it('is used up when as many have come as it is for, and never when it is for anybody', () => {
    expect([{ uses: 2, used: 1 }, { uses: 2, used: 2 }, { used: 500 }].map(isUsedUp)).toEqual([false, true, false]);
  });
});
