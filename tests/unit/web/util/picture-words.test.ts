import { describe, expect, it } from 'vitest';
import { MAX_PICTURE_BYTES, PICTURE_TYPES as SERVER_TYPES } from '../../../../src/room/picture-file.ts';
import { PICTURE_TYPES, refusePicture } from '../../../../web/util/picture-words.ts';

describe('refusePicture', () => {
  it('takes what the server takes', () => {
    expect(PICTURE_TYPES).toBe(SERVER_TYPES.join());
    for (const type of SERVER_TYPES) expect(refusePicture({ type, size: MAX_PICTURE_BYTES })).toBeUndefined();
  });

  it('refuses what the server would refuse', () => {
    expect(refusePicture({ type: 'image/png', size: MAX_PICTURE_BYTES + 1 })?.detail).toContain('larger than 2 MB');
    expect(refusePicture({ type: 'image/gif', size: 10 })?.detail).toContain('no PNG, JPEG or WebP');
  });
});
