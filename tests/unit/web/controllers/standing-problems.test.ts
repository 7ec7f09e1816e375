import { expect, it } from 'vitest';
import type { Problem } from '../../../../web/util/problem.ts';
import { StandingProblems } from '../../../../web/controllers/standing-problems.ts';

function problem(code?: string, detail = ''): Problem {
  return { title: code ?? 'something', detail, retry: false, ...(code !== undefined && { code }) };
}

it('shows the newest, and what it hid again when it is settled', () => {
  const problems = new StandingProblems();
  problems.add(problem('signal.silence'));
  problems.add(problem('signal.black'));
  problems.add(problem('signal.network'));
  expect(problems.newest?.code).toBe('signal.network');
  problems.settle('signal.network');
  expect(problems.newest?.code).toBe('signal.black');
  problems.settle('signal.silence');
  problems.settle('signal.black');
  expect(problems.newest).toBeUndefined();
});

it('shows nothing again that was settled while it was hidden', () => {
  const problems = new StandingProblems();
  problems.add(problem('signal.silence'));
  problems.add(problem('signal.network'));
  problems.settle('signal.silence');
  expect(problems.newest?.code).toBe('signal.network');
  problems.settle('signal.network');
  expect(problems.newest).toBeUndefined();
});

it('has each code once, in its newest words and at its newest place', () => {
  const problems = new StandingProblems();
  problems.add(problem('signal.silence', 'first'));
  problems.add(problem('signal.network'));
  problems.add(problem('signal.silence', 'again'));
  expect(problems.newest?.detail).toBe('again');
  problems.settle('signal.silence');
  problems.settle('signal.network');
  expect(problems.newest).toBeUndefined();
});

it('forgets what nothing can settle behind what comes later', () => {
  const problems = new StandingProblems();
  problems.add(problem());
  expect(problems.newest?.title).toBe('something');
  problems.add(problem('signal.network'));
  problems.settle('signal.network');
  expect(problems.newest).toBeUndefined();
});

it('is empty once somebody has read it', () => {
  const problems = new StandingProblems();
  problems.add(problem('signal.silence'));
  problems.add(problem('signal.network'));
  problems.clear();
  expect(problems.newest).toBeUndefined();
});
