import { expect, it } from 'vitest';
import { LateDesk } from '../../../../web/controllers/late-desk.ts';

const LATE = { latencyMs: 9000, arrivalMs: 100 };
const FINE = { latencyMs: 200, arrivalMs: 100 };

it('tells once what is wrong for as long as it is, and within a minute no more of the same', () => {
  const told: string[] = [];
  const desk = new LateDesk({
    show: ({ code }) => told.push(`show ${code}`),
    settle: (code) => told.push(`settle ${code}`),
  });
  let second = 0;
  const pass = (seconds: number, figures: typeof LATE): void => {
    for (let passed = 0; passed < seconds; passed += 1) desk.measured(figures, second++ * 1000);
  };
  pass(10, LATE);
  expect(told).toEqual(['show play.slow']);
  pass(10, FINE);
  expect(told.splice(0)).toEqual(['show play.slow', 'settle play.slow']);
  pass(10, LATE);
  pass(10, FINE);
  expect(told.splice(0)).toEqual(['settle play.slow']);
  pass(30, FINE);
  pass(10, LATE);
  expect(told.splice(0)).toEqual(['show play.slow']);
  desk.cut(second * 1000);
  expect(told).toEqual(['settle play.slow']);
});
