import { expect, it } from 'vitest';
import { measureOffset } from '../../../../web/controllers/clock-offset.ts';

/** A server 5000 ms ahead whose answers take these ways, up and down, milliseconds; undefined: none comes. */
function server(ways: readonly (readonly [number, number] | undefined)[]) {
  let here = 1_000_000;
  let asked = 0;
  return {
    now: () => here,
    ask: async () => {
      const way = ways[asked];
      asked += 1;
      if (!way) throw new Error('no answer');
      here += way[0];
      const serverMs = here + 5000;
      here += way[1];
      return serverMs;
    },
    asked: () => asked,
  };
}

it('takes the answer with the shortest way of five', async () => {
  const { ask, now, asked } = server([[200, 10], undefined, [4, 6], [90, 300], [50, 50]]);
  expect(await measureOffset(ask, now)).toBe(4999);
  expect(asked()).toBe(5);
});

it('knows nothing without an answer', async () => {
  const { ask, now } = server([]);
  expect(await measureOffset(ask, now)).toBeUndefined();
});
