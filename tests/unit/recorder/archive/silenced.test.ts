import { describe, expect, it } from 'vitest';
import { silencedSpans } from '../../../../src/recorder/archive/silenced.ts';
import type { SessionEvent } from '../../../../src/recorder/session/session-events.ts';

const loudness = (ms: number, participant: string, silenced: boolean, gainDb = 0): SessionEvent => {
  return { type: 'loudness', ms, participant, silenced, gainDb };
};

describe('who was silenced', () => {
  it('is so from one word of a host to the next, whatever else they turn', () => {
    const spans = silencedSpans([
      loudness(1000, 'ann', true),
      loudness(2000, 'ann', true, -6),
      { type: 'left', ms: 2500, participant: 'bo' },
      loudness(3000, 'ann', false),
      loudness(4000, 'bo', false, 3),
      loudness(5000, 'ann', true),
    ]);
    expect([...spans]).toEqual([
      [
        'ann',
        [
          { fromMs: 1000, toMs: 3000 },
          { fromMs: 5000, toMs: Number.POSITIVE_INFINITY },
        ],
      ],
    ]);
  });
});
