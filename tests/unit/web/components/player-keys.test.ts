import { describe, expect, it } from 'vitest';
import { KEY_ROWS, wishOf } from '../../../../web/components/player-keys.ts';

const HELD = { altKey: false, ctrlKey: false, metaKey: false };

describe('the keys of the player', () => {
  it.each([
    ['K', { do: 'toggle' }],
    [' ', { do: 'toggle' }],
    ['j', { do: 'seek', seconds: -10 }],
    ['l', { do: 'seek', seconds: 10 }],
    ['End', { do: 'live' }],
    ['>', { do: 'speed', step: 1 }],
    ['x', undefined],
    ['Tab', undefined],
  ])('%s asks for %o', (key, wish) => {
    expect(wishOf({ ...HELD, key })).toEqual(wish);
  });

  it('are the browser’s with Alt, Ctrl or Cmd', () => {
    for (const held of ['altKey', 'ctrlKey', 'metaKey'])
      expect(wishOf({ ...HELD, [held]: true, key: 'f' })).toBe(undefined);
  });

  it('are all in the list', () => {
    const names: Readonly<Record<string, string>> = {
      '{space}': ' ',
      '←': 'ArrowLeft',
      '→': 'ArrowRight',
      '↑': 'ArrowUp',
      '↓': 'ArrowDown',
    };
    const unknown = KEY_ROWS.flatMap(([keys]) => keys).filter((key) => !wishOf({ ...HELD, key: names[key] ?? key }));
    expect(unknown).toEqual([]);
  });
});
