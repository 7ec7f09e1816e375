import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRound, type RoundPlan } from '../../bench/kill/round.ts';
import { type OpenStage, openStage } from '../../bench/kill/stage.ts';

// One kill of each; `npm run soak:kill` makes hundreds at random moments.
const ROUNDS: readonly RoundPlan[] = [
  { victim: 'mixer', killAt: 1, stopAt: 3 },
  { victim: 'encoder', killAt: 1, stopAt: 3 },
  { victim: 'redis', killAt: 1.6, stopAt: 1.5 },
  { victim: 'worker', killAt: 1.6, stopAt: 1.5 },
  { victim: 'server', killAt: 1.5, stopAt: 2 },
];

let stage: OpenStage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage?.close();
});

describe('a recording, when something is killed', () => {
  it.each(ROUNDS)('is a film without more than a part lost: $victim', async (plan) => {
    const result = await playRound(stage, plan);
    expect(result.faults).toEqual([]);
    expect(result.seconds).toBeGreaterThan(1);
  });

  it('leaves no process behind', async () => {
    expect(await stage.close()).toEqual([]);
  });
});
