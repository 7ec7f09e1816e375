import { describe, expect, it } from 'vitest';
import { isRoomGone, isSentAway } from '../../../../web/util/room-gone.ts';
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

describe('whoever was in the room of a call', () => {
  const said = (code: string) => describeClose(4403, { code, message: 'A sentence.' }).code;
  it.each([
    [said('removed'), true],
    [said('banned'), true],
    [said('token_revoked'), true],
    [describeClose(4403).code, true],
    [describeClose(4410).code, false],
    [describeClose(1000).code, false],
    [undefined, false],
  ])('and left it with %s was sent out: %s', (code, sent) => {
    expect(isSentAway(code)).toBe(sent);
  });
});
