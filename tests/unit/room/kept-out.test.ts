import { describe, expect, it } from 'vitest';
import { KeptOut, MAX_BANNED, MAX_REMOVED } from '../../../src/room/kept-out.ts';
import { keptOutEntry } from '../../helpers/kept-out.ts';

describe('KeptOut', () => {
  it('keeps who was removed out until they come with an invite that is newer', () => {
    const keptOut = new KeptOut();
    keptOut.add(keptOutEntry('ana', { at: new Date(5500) }));
    expect(keptOut.reason({ id: 'ana' })).toBe('removed');
    expect(keptOut.reason({ id: 'ana', issuedAt: new Date(5000) })).toBe('removed');
    expect(keptOut.reason({ id: 'ana', issuedAt: new Date(6000) })).toBeUndefined();
    expect(keptOut.reason({ id: 'bob' })).toBeUndefined();
  });

  it('keeps who is banned out whatever they come with, also under another name from the same browser', () => {
    const keptOut = new KeptOut();
    keptOut.add(keptOutEntry('ana', { kind: 'banned', clientKey: 'laptop' }));
    expect(keptOut.reason({ id: 'ana', issuedAt: new Date(1e12) })).toBe('banned');
    expect(keptOut.reason({ id: 'other', clientKey: 'laptop' })).toBe('banned');
    expect(keptOut.reason({ id: 'other', clientKey: 'phone' })).toBeUndefined();
    expect(keptOut.reason({ id: 'other' })).toBeUndefined();
  });

  it('forgets a removal together with the ban that is lifted', () => {
    const keptOut = new KeptOut();
    keptOut.add(keptOutEntry('ana'));
    keptOut.add(keptOutEntry('ana', { id: 'ban', kind: 'banned' }));
    expect(keptOut.lift('k-ana')).toEqual([]);
    expect(keptOut.lift('ban').map(({ id }) => id)).toEqual(['ban', 'k-ana']);
    expect(keptOut.reason({ id: 'ana' })).toBeUndefined();
    expect(keptOut.bans).toEqual([]);
  });

  it('keeps one entry of a kind for each, and says what it replaces', () => {
    const keptOut = new KeptOut();
    keptOut.add(keptOutEntry('ana', { id: 'first', kind: 'banned' }));
    const replaced = keptOut.add(keptOutEntry('ana', { id: 'second', kind: 'banned' }));
    expect(replaced.map(({ id }) => id)).toEqual(['first']);
    expect(keptOut.bans.map(({ id }) => id)).toEqual(['second']);
  });

  it('remembers as many removals as it may, and of one more the newest', () => {
    const keptOut = new KeptOut();
    for (let index = 0; index < MAX_REMOVED; index += 1) expect(keptOut.add(keptOutEntry(`p${index}`))).toEqual([]);
    expect(keptOut.reason({ id: 'p0' })).toBe('removed');
    expect(keptOut.add(keptOutEntry('last')).map(({ id }) => id)).toEqual(['k-p0']);
    expect(['p0', 'p1', 'last'].map((id) => keptOut.reason({ id }))).toEqual([undefined, 'removed', 'removed']);
  });

  it('takes as many bans as it may, and not one more', () => {
    const keptOut = new KeptOut();
    for (let index = 0; index < MAX_BANNED; index += 1) keptOut.add(keptOutEntry(`p${index}`, { kind: 'banned' }));
    const add = (): unknown => keptOut.add(keptOutEntry('last', { kind: 'banned' }));
    expect(add).toThrow(expect.objectContaining({ code: 'too_many_bans', status: 429 }));
    expect(keptOut.reason({ id: 'last' })).toBeUndefined();
    expect(() => keptOut.add(keptOutEntry('p0', { kind: 'banned', id: 'again' }))).not.toThrow();
    keptOut.lift('k-p1');
    expect(add).not.toThrow();
  });
});
