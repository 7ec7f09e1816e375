import { describe, expect, it } from 'vitest';
import { MAX_INVITE_USES } from '../../../../src/accounts/invites.ts';
import { newInviteBody } from '../../../../src/api/account-schemas.ts';
import type { Invite } from '../../../../src/client/types.ts';
import {
  INVITE_ROLES,
  type InviteFields,
  inviteOrder,
  isUsedUp,
  lastingQuickLink,
  LONG_TERM_S,
  MAX_INVITE_LABEL,
  MOST_USES,
  QUICK_LABEL,
  quickOrder,
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

describe('the links at the top of the dialog', () => {
  const at = (ms: number): string => new Date(ms).toISOString();
  /** Made at 0 for 100 s. */
  const held = (change: Partial<Invite>): Invite => {
    const times = { createdAt: at(0), expires: at(100_000) };
    return { id: 'i', role: 'participant', label: QUICK_LABEL, ...times, used: 3, link: 'x', ...change };
  };

  it('are invites that the server takes', () => {
    for (const role of INVITE_ROLES) expect(newInviteBody.parse(quickOrder(role))).toEqual(quickOrder(role));
    expect(newInviteBody.parse(quickOrder('viewer', LONG_TERM_S))).toMatchObject({ ttl: LONG_TERM_S });
  });

  it('are those that there are, for as long as half of their term is left', () => {
    const one = held({});
    expect(lastingQuickLink([one], 'participant', 50_000)).toBe(one);
    expect(lastingQuickLink([one], 'participant', 50_001)).toBeUndefined();
    expect(lastingQuickLink([one], 'viewer', 0)).toBeUndefined();
  });

  it.each([{ label: 'Panel' }, { label: '' }, { uses: 5 }, { role: 'host' as const }])(
    'are not those with %o',
    (change) => {
      expect(lastingQuickLink([held(change)], 'participant', 0)).toBeUndefined();
    },
  );

  it('are few however short the own link of the host is, which no other outlives', () => {
    const endMs = 3_600_000;
    const made: Invite[] = [];
    for (let nowMs = 0; nowMs < endMs; nowMs += 1000) {
      if (lastingQuickLink(made, 'participant', nowMs)) continue;
      made.unshift(held({ createdAt: at(nowMs), expires: at(endMs) }));
    }
    expect(made.length).toBeLessThan(15);
  });
});

describe('a link', () => {
  it('is used up when as many have come as it is for, and never when it is for anybody', () => {
    expect([{ uses: 2, used: 1 }, { uses: 2, used: 2 }, { used: 500 }].map(isUsedUp)).toEqual([false, true, false]);
  });
});
