import { describe, expect, it } from 'vitest';
import { layoutSchema } from '../../../src/layout/layout.ts';

const part = { x: 0.5, y: 0, width: 0.5, height: 1 };

function problem(value: object): string | undefined {
  const issue = layoutSchema.safeParse(value).error?.issues[0];
  return issue && `${issue.path.join('.')}: ${issue.message}`;
}

describe('a layout', () => {
  it('is complete when nothing is said', () => {
    expect(layoutSchema.parse({})).toEqual({
      policy: 'grid',
      fit: 'contain',
      maxTiles: 25,
      more: true,
      pinned: [],
      hidden: [],
      order: [],
      rules: [{ screen: true, policy: 'presentation' }],
      transition: 'animate',
      regions: [],
    });
  });

  it('has unknown fields nowhere', () => {
    expect(problem({ polcy: 'grid' })).toMatch('Unrecognized key');
    expect(problem({ regions: [{ ...part, color: 'red' }] })).toMatch('Unrecognized key');
    expect(problem({ rules: [{ policy: 'grid', tiles: 3 }] })).toMatch('Unrecognized key');
  });

  it('names participants and tracks and nothing else', () => {
    for (const name of ['ada', 'Ada_1-x', 'ada/0', 'ada/15']) expect(problem({ pinned: [name] })).toBeUndefined();
    for (const name of ['', 'ada/', 'ada/100', '../x', 'a b', '@speaker', 'x'.repeat(65)]) {
      expect(problem({ pinned: [name] })).toMatch('pinned.0: name a participant');
    }
  });

  it('has limits on everything that is kept', () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${index}`);
    for (const list of ['pinned', 'hidden', 'order']) {
      expect(problem({ [list]: names(400) })).toBeUndefined();
      expect(problem({ [list]: names(401) })).toMatch(list);
    }
    const rules = (length: number): object[] => Array.from({ length }, () => ({ policy: 'grid' }));
    expect(problem({ rules: rules(8) })).toBeUndefined();
    expect(problem({ rules: rules(9) })).toMatch('rules');
    const regions = (length: number): object[] => Array.from({ length }, () => part);
    expect(problem({ regions: regions(25) })).toBeUndefined();
    expect(problem({ regions: regions(26) })).toMatch('regions');
    expect(problem({ maxTiles: 25 })).toBeUndefined();
    expect(problem({ maxTiles: 26 })).toMatch('maxTiles');
    expect(problem({ maxTiles: 0 })).toMatch('maxTiles');
  });

  it('needs regions when it, or one of its rules, is custom', () => {
    const message = 'regions: holds at least one region when the policy, or that of a rule, is "custom"';
    expect(problem({ policy: 'custom' })).toBe(message);
    expect(problem({ rules: [{ policy: 'grid' }, { screen: true, policy: 'custom' }] })).toBe(message);
    expect(problem({ policy: 'custom', regions: [part] })).toBeUndefined();
    expect(problem({ rules: [{ policy: 'custom' }], regions: [part] })).toBeUndefined();
  });

  it('keeps its regions inside the program', () => {
    expect(problem({ regions: [{ ...part, x: 0.6 }] })).toBe(
      'regions.0.width: ends inside the program (x + width <= 1)',
    );
    expect(problem({ regions: [{ ...part, y: 0.1 }] })).toBe(
      'regions.0.height: ends inside the program (y + height <= 1)',
    );
    // As thirds are written.
    expect(problem({ regions: [{ x: 0.6666666667, y: 0, width: 0.3333333334, height: 1 }] })).toBeUndefined();
    expect(problem({ regions: [{ x: 0, y: 0.6666666667, width: 1, height: 0.3333333334 }] })).toBeUndefined();
    expect(problem({ regions: [{ x: 0, y: 0.66666667, width: 1, height: 0.33333334 }] })).toMatch('regions.0.height');
    expect(problem({ regions: [{ x: 0.66666667, y: 0, width: 0.33333334, height: 1 }] })).toMatch('regions.0.width');
    expect(problem({ regions: [{ x: 0.7, y: 0.1, width: 0.3, height: 0.9 }] })).toBeUndefined();
    expect(problem({ regions: [{ ...part, width: 0 }] })).toBe('regions.0.width: is larger than 0');
    expect(problem({ regions: [{ ...part, x: -0.1 }] })).toMatch('regions.0.x');
    expect(problem({ regions: [{ ...part, x: Number.NaN }] })).toMatch('regions.0.x');
  });
});
