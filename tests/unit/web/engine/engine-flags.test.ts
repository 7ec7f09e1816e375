import { describe, expect, it } from 'vitest';
import { engineFlags } from '../../../../web/engine/engine-flags.ts';

describe('engineFlags', () => {
  it.each([
    ['', {}],
    ['?capture=mstp', { capture: 'stream' }],
    ['?capture=worker&codec=h264', { capture: 'track', codec: 'h264' }],
    ['?capture=rvfc&codec=vp8&engine=page', { capture: 'element', codec: 'vp8', host: 'page' }],
    ['?capture=recorder&codec=av1&engine=moon', {}],
    ['?capture=constructor', {}],
  ])('of "%s" are %j', (search, flags) => {
    expect(engineFlags(search)).toEqual(flags);
  });
});
