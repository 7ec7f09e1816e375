import { describe, expect, it } from 'vitest';
import { isRoomGone } from '../../../../web/util/room-gone.ts';
import { describeClose } from '../../../../web/transport/close-words.ts';

describe('whoever comes to the room of a call', () => {
  it.each([
    ['room.missing', true],
    [describeClose(4404).code, true],
    [describeClose(4410).code, true],
    [describeClose(4403).code, false],
    [describeClose(1013, { code: 'room_full', message: '' }).code, false],
    ['browser.old', false],
    [undefined, false],
  ])('refused with %s finds it gone: %s', (code, gone) => {
    expect(isRoomGone(code)).toBe(gone);
  });
});
