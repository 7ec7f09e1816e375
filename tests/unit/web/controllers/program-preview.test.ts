import { describe, expect, it } from 'vitest';
import { arrange } from '../../../../src/layout/arrange.ts';
import { LAYOUT_POLICIES, layoutSchema } from '../../../../src/layout/layout.ts';
import { describePreview, previewOf, thumbnailOf } from '../../../../web/controllers/program-preview.ts';
import type { TileRow } from '../../../../web/controllers/tile-rows.ts';
import { createWords } from '../../../../web/i18n/words.ts';

const HD = { width: 1280, height: 720 };
const NOBODY = { participants: new Set<string>(), speaker: undefined };

function row(participant: string, source: TileRow['source'] = 'camera'): TileRow {
  const about = { handle: participant, name: participant, host: false, muted: false, connected: true, hand: false };
  return { key: source === 'none' ? participant : `${participant}/1`, participant, source, ...about };
}

describe('previewOf', () => {
  it.each(LAYOUT_POLICIES)('stands where the mixer puts people: %s', (policy) => {
    const rows = [row('ann'), row('bob', 'none'), row('cy', 'screen'), row('dora')];
    const regions = [{ x: 0, y: 0, width: 0.5, height: 1, z: 0 }];
    const layout = layoutSchema.parse({ policy, rules: [], regions });
    const wanted = arrange(layout, { candidates: rows, speaker: 'dora', ...HD });
    const preview = previewOf(layout, { rows, speaking: { participants: new Set(), speaker: 'dora' } }, HD);
    expect(preview.tiles.map(({ key, x, y, width, height }) => ({ key, x, y, width, height }))).toEqual(
      wanted.regions.map(({ key, x, y, width, height }) => ({ key, x, y, width, height })),
    );
    expect(preview.more?.count).toBe(wanted.more?.count);
  });

  it('marks who is heard and who holds the floor', () => {
    const speaking = { participants: new Set(['ann', 'bob']), speaker: 'bob' };
    const { tiles } = previewOf(layoutSchema.parse({}), { rows: [row('ann'), row('bob'), row('cy')], speaking }, HD);
    expect(tiles.map((tile) => [tile.speaking, tile.floor])).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
  });

  it('tells the policy that a rule brings', () => {
    const rows = [row('ann'), row('cy', 'screen')];
    expect(previewOf(layoutSchema.parse({}), { rows, speaking: NOBODY }, HD).policy).toBe('presentation');
  });
});

describe('thumbnailOf', () => {
  const layout = layoutSchema.parse({});

  it('shows each policy by itself, whatever the rules say', () => {
    const rows = [row('ann'), row('bob'), row('cy'), row('dora', 'screen')];
    const sizes = thumbnailOf('grid', layout, { rows, speaker: undefined }, HD).map(({ width }) => width);
    expect(new Set(sizes).size).toBe(1);
  });

  it('fills up with ghosts while there are too few to tell policies apart', () => {
    const people = { rows: [row('ann')], speaker: undefined };
    expect(thumbnailOf('grid', layout, people, HD).map(({ ghost }) => ghost)).toEqual([false, true, true, true]);
    const [screen] = thumbnailOf('presentation', layout, people, HD);
    expect(screen).toMatchObject({ ghost: true });
    const many = { rows: 'abcde'.split('').map((id) => row(id)), speaker: undefined };
    expect(thumbnailOf('grid', layout, many, HD).some(({ ghost }) => ghost)).toBe(false);
  });
});

describe('describePreview', () => {
  it('names everybody, the largest first', () => {
    const rows = [row('ann'), row('bob'), row('cy')];
    const layout = layoutSchema.parse({ policy: 'speaker', maxTiles: 2 });
    const preview = previewOf(layout, { rows, speaking: { ...NOBODY, speaker: 'bob' } }, HD);
    expect(describePreview(preview, createWords())).toMatch(
      /^Preview\. Speaker, largest first: bob \(speaking\), ann, and 1 more\.$/,
    );
    const nobody = previewOf(layout, { rows: [], speaking: NOBODY }, HD);
    expect(describePreview(nobody, createWords())).toBe('Preview. Speaker: nobody is shown.');
  });
});
