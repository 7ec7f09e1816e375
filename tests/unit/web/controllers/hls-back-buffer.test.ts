import { describe, expect, it } from 'vitest';
import { type Appended, removalsAfter } from '../../../../web/controllers/hls-back-buffer.ts';

/** The newest part of a room's program, with picture and sound in one. */
const NEWEST: Appended = {
  playlist: 'main',
  partEndS: 62,
  listedEndS: 62,
  shownS: 61,
  begins: { audiovideo: 10 },
};

describe('what lies behind the picture', () => {
  it('is removed but for half a minute, once there are more than forty seconds', () => {
    expect(removalsAfter(NEWEST)).toEqual([{ kind: 'audiovideo', untilS: 31 }]);
    expect(removalsAfter({ ...NEWEST, begins: { audiovideo: 21 } })).toEqual([]);
    expect(removalsAfter({ ...NEWEST, begins: { audiovideo: 20.9 } })).toHaveLength(1);
  });

  it('stays while another part can be loaded at once', () => {
    expect(removalsAfter({ ...NEWEST, partEndS: 61.5 })).toEqual([]);
    expect(removalsAfter({ ...NEWEST, partEndS: 61.94 })).toEqual([]);
    expect(removalsAfter({ ...NEWEST, partEndS: 61.96 })).toHaveLength(1);
  });

  it('goes behind any whole segment, and where nobody knows what is listed', () => {
    expect(removalsAfter({ ...NEWEST, partEndS: undefined, listedEndS: 99 })).toHaveLength(1);
    expect(removalsAfter({ ...NEWEST, listedEndS: undefined })).toHaveLength(1);
  });

  it('is picture or sound, whichever was appended, where they are loaded apart', () => {
    const apart: Appended = { ...NEWEST, begins: { video: 10, audio: 10 } };
    expect(removalsAfter(apart)).toEqual([{ kind: 'video', untilS: 31 }]);
    expect(removalsAfter({ ...apart, playlist: 'audio' })).toEqual([{ kind: 'audio', untilS: 31 }]);
    expect(removalsAfter({ ...apart, begins: { video: 31, audio: 10 }, playlist: 'audio' })).toHaveLength(1);
    expect(removalsAfter({ ...apart, begins: { video: 10, audio: 31 }, playlist: 'audio' })).toEqual([]);
  });

  it('is sound where there is nothing else', () => {
    expect(removalsAfter({ ...NEWEST, begins: { audio: 10 } })).toEqual([{ kind: 'audio', untilS: 31 }]);
    expect(removalsAfter({ ...NEWEST, begins: {} })).toEqual([]);
  });
});
