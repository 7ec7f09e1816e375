import { describe, expect, it } from 'vitest';
import { rosterChanges } from '../../../../web/util/roster-changes.ts';

const ana = { id: 'a', name: 'Ana' };
const bo = { id: 'b', name: 'Bo' };
const me = { id: 'me', name: 'Me' };

describe('rosterChanges', () => {
  it('names who came and who went', () => {
    expect(rosterChanges([ana, me], [me, bo], 'me')).toEqual({ joined: ['Bo'], left: ['Ana'] });
  });

  it('takes a new name for the same person', () => {
    expect(rosterChanges([ana], [{ ...ana, name: 'Anna' }], 'me')).toEqual({ joined: [], left: [] });
  });

  it('leaves oneself out', () => {
    expect(rosterChanges([ana], [ana, me], 'me')).toEqual({ joined: [], left: [] });
  });
});
