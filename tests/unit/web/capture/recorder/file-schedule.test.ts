import { describe, expect, it } from 'vitest';
import { FileSchedule } from '../../../../../web/capture/recorder/file-schedule.ts';

describe('the schedule of a recorder', () => {
  it('begins a file when one is wanted, and none otherwise', () => {
    const schedule = new FileSchedule();
    expect(schedule.due(0)).toBe(false);
    schedule.want();
    expect(schedule.due(0)).toBe(true);
    schedule.began(0);
    expect(schedule.due(10_000)).toBe(false);
  });

  it('lets each file live for a second, and remembers a wish so long', () => {
    const schedule = new FileSchedule();
    schedule.began(0);
    schedule.want();
    expect(schedule.due(999)).toBe(false);
    expect(schedule.due(1000)).toBe(true);
    schedule.began(1000);
    expect(schedule.due(3000)).toBe(false);
  });
});
