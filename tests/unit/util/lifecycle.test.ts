import { describe, expect, it } from 'vitest';
import { Lifecycle } from '../../../src/util/lifecycle.ts';

function create(): Lifecycle<'idle' | 'running' | 'draining' | 'closed'> {
  return new Lifecycle(['idle', 'running', 'draining', 'closed']);
}

describe('Lifecycle', () => {
  it('begins in the first state', () => {
    const life = create();
    expect(life.state).toBe('idle');
    expect(life.has('idle')).toBe(true);
    expect(life.has('running')).toBe(false);
  });

  it('tells only the first caller that it made the move', () => {
    const life = create();
    expect(life.advance('draining')).toBe(true);
    expect(life.advance('draining')).toBe(false);
    expect(life.advance('running')).toBe(false);
    expect(life.state).toBe('draining');
  });

  it('wakes those who wait for a state that is passed over', async () => {
    const life = create();
    const woken: string[] = [];
    const waits = (['running', 'draining'] as const).map((state) => life.reached(state).then(() => woken.push(state)));
    life.advance('closed');
    await Promise.all(waits);
    expect(woken).toEqual(['running', 'draining']);
  });

  it('does not wake those who wait for a later state', async () => {
    const life = create();
    let closed = false;
    const wait = life.reached('closed').then(() => {
      closed = true;
    });
    life.advance('draining');
    await life.reached('draining');
    expect(closed).toBe(false);
    life.advance('closed');
    await wait;
    expect(closed).toBe(true);
  });
});
