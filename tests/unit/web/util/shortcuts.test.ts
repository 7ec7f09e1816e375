import { describe, expect, it } from 'vitest';
import { type PressedKey, roomAction } from '../../../../web/util/shortcuts.ts';

const press = (change: Partial<PressedKey>): ReturnType<typeof roomAction> =>
  roomAction({ key: 'm', altKey: false, ctrlKey: false, metaKey: false, place: 'page', ...change });

describe('shortcuts', () => {
  it('are single letters, small or large, and the question mark', () => {
    const actions = ['m', 'M', 'v', 's', 'f', 'p', '?', 'x'].map((key) => press({ key }));
    expect(actions).toEqual(['microphone', 'microphone', 'camera', 'screen', 'fullscreen', 'pip', 'help', undefined]);
  });

  it('leave the browser its own', () => {
    for (const modifier of ['altKey', 'ctrlKey', 'metaKey']) expect(press({ [modifier]: true })).toBeUndefined();
  });

  it('do nothing while somebody types', () => {
    for (const key of ['m', ' ', '?']) expect(press({ key, place: 'text' })).toBeUndefined();
  });

  it('talk with the space bar, unless it presses a button', () => {
    expect(press({ key: ' ' })).toBe('talk');
    expect(press({ key: ' ', place: 'control' })).toBeUndefined();
    expect(press({ key: 'm', place: 'control' })).toBe('microphone');
  });
});
