import { describe, expect, it } from 'vitest';
import { type AltKey, altAction, type PressedKey, roomAction } from '../../../../web/util/shortcuts.ts';

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

describe('shortcuts with Alt', () => {
  const alt = (change: Partial<AltKey>): ReturnType<typeof altAction> =>
    altAction({
      ...{ code: 'KeyM', altKey: true, ctrlKey: false, metaKey: false },
      ...{ repeat: false, inDialog: false, types: false, ...change },
    });

  it('are keys by their place', () => {
    const actions = ['KeyM', 'KeyV', 'KeyH', 'KeyP', 'KeyC', 'KeyL', 'KeyK', 'KeyX'].map((code) => alt({ code }));
    expect(actions).toEqual(['microphone', 'camera', 'hand', 'people', 'chat', 'layout', 'marker', undefined]);
  });

  it('are nothing without Alt, together with others, while the key is held down, or where it types a sign', () => {
    const changes = [{ altKey: false }, { ctrlKey: true }, { metaKey: true }, { repeat: true }, { types: true }];
    for (const change of changes) expect(alt(change)).toBeUndefined();
  });

  it('open nothing behind a dialog, and switch microphone and camera from there', () => {
    const actions = ['KeyM', 'KeyV', 'KeyH', 'KeyP', 'KeyC', 'KeyL', 'KeyK'].map((code) =>
      alt({ code, inDialog: true }),
    );
    expect(actions).toEqual(['microphone', 'camera', 'hand', undefined, undefined, undefined, undefined]);
  });
});
