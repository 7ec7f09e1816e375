import { describe, expect, it } from 'vitest';
import { bestPicture, pictureScore } from '../../../../src/recorder/archive/picture-score.ts';

const WIDTH = 16;
const picture = (value: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: WIDTH * 9 }, (_, index) => value(index % WIDTH, Math.floor(index / WIDTH)));

describe('the choice of a poster', () => {
  it('prefers much to see to little, and anything to black or white', () => {
    const busy = pictureScore(
      picture((x, y) => 40 + ((x * 37 + y * 91) % 150)),
      WIDTH,
    );
    const soft = pictureScore(
      picture((x) => 100 + x),
      WIDTH,
    );
    const [black, white, grey] = [0, 255, 128].map((value) =>
      pictureScore(
        picture(() => value),
        WIDTH,
      ),
    );
    expect(busy).toBeGreaterThan(soft);
    expect(soft).toBeGreaterThan(0);
    expect([black, white, grey]).toEqual([0, 0, 0]);
    expect(
      pictureScore(
        picture((x) => (x === 8 ? 60 : 2)),
        WIDTH,
      ),
    ).toBeLessThan(busy / 4);
    expect(pictureScore(new Uint8Array(0), WIDTH)).toBe(0);
  });

  it('counts people who are seen like more to see', () => {
    const empty = { score: 0.5, people: 0 };
    expect(bestPicture([empty, { score: 0.3, people: 2 }, { score: 0, people: 9 }])).toBe(1);
    expect(bestPicture([empty, empty])).toBe(0);
    expect(bestPicture([])).toBe(-1);
  });
});
