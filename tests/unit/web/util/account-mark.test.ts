import { describe, expect, it } from 'vitest';
import { accountMark, renewedSession, type ToldSession } from '../../../../web/util/account-mark.ts';

const EVA = { token: 't', user: { id: 'u-1', name: 'Eva' } };

function told(change: Partial<ToldSession> = {}): ToldSession {
  return { role: 'none', accounts: { enabled: true, awaitsFirstAdmin: false }, ...change };
}

describe('the mark of a page', () => {
  it('names whoever is kept before the server has answered, and when it cannot be asked', () => {
    expect(accountMark(EVA, undefined)).toEqual({ kind: 'person', id: 'u-1', name: 'Eva', admin: false });
  });

  it('knows an admin by the word of the server, about the same person', () => {
    expect(accountMark(EVA, told({ role: 'admin', user: EVA.user }))).toMatchObject({ admin: true });
    expect(accountMark(EVA, told({ role: 'user', user: EVA.user }))).toMatchObject({ admin: false });
    expect(accountMark(EVA, told({ role: 'admin', user: { id: 'u-2', name: 'Ben' } }))).toMatchObject({ admin: false });
  });

  it('offers signing in only where the server has said that there are accounts', () => {
    expect(accountMark(undefined, told())).toEqual({ kind: 'sign-in' });
    expect(accountMark(undefined, undefined)).toEqual({ kind: 'nothing' });
    const off = told({ accounts: { enabled: false, awaitsFirstAdmin: false } });
    expect(accountMark(undefined, off)).toEqual({ kind: 'nothing' });
  });
});

describe('a kept session', () => {
  it('takes the name that the account has now', () => {
    const renamed = told({ role: 'user', user: { id: 'u-1', name: 'Eva Maria' } });
    expect(renewedSession(EVA, renamed)).toEqual({ token: 't', user: { id: 'u-1', name: 'Eva Maria' } });
  });

  it('is the same object while nothing is new, and never becomes somebody else', () => {
    expect(renewedSession(EVA, told({ role: 'user', user: EVA.user }))).toBe(EVA);
    expect(renewedSession(EVA, told({ role: 'user', user: { id: 'u-2', name: 'Ben' } }))).toBe(EVA);
    expect(renewedSession(EVA, told())).toBe(EVA);
  });
});
