import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { AwayWatch } from '../../../../web/controllers/away-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watch() {
  const told: boolean[] = [];
  const page = Object.assign(new EventTarget(), { hidden: false });
  const away = new AwayWatch((on) => told.push(on), page);
  onTestFinished(() => away.close());
  const show = (hidden: boolean): void => {
    page.hidden = hidden;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  return { told, show, touch: () => page.dispatchEvent(new Event('keydown')), away };
}

describe('who is away', () => {
  it('has touched nothing for five minutes, and is back with the first key', () => {
    const { told, touch } = watch();
    vi.advanceTimersByTime(299_000);
    touch();
    vi.advanceTimersByTime(299_000);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([true]);
    touch();
    expect(told).toEqual([true, false]);
  });

  it('has hidden the page for a minute, and is back when it is shown', () => {
    const { told, show } = watch();
    show(true);
    vi.advanceTimersByTime(59_999);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    show(false);
    expect(told).toEqual([true, false]);
  });

  it('is nobody any more once it is closed', () => {
    const { told, away } = watch();
    away.close();
    vi.advanceTimersByTime(600_000);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
