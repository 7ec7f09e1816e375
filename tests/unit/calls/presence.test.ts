import { beforeEach, describe, expect, it } from 'vitest';
import { Presence, type Tab } from '../../../src/calls/presence.ts';
import { LimitError } from '../../../src/errors.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

let clock: FakeClock;
let presence: Presence;

beforeEach(() => {
  clock = new FakeClock();
  presence = new Presence({ clock, tabsPerUser: 2 });
});

function tab(id: string): Tab & { readonly heard: string[] } {
  const heard: string[] = [];
  return {
    user: { id, name: id },
    heard,
    send: (message) => void heard.push(message.type === 'presence' ? `${message.user} ${message.state}` : message.type),
  };
}

describe('presence', () => {
  it('follows somebody from tab to tab, and tells those who watch', () => {
    const [watcher, first, second] = [tab('ann'), tab('bob'), tab('bob')];
    presence.add(watcher);
    presence.watch(watcher, ['bob']);
    presence.add(first);
    presence.setAway(first, true);
    presence.add(second);
    presence.remove(second);
    presence.remove(first);
    clock.advance(4000);
    expect(watcher.heard).toEqual(['bob offline', 'bob online', 'bob away', 'bob online', 'bob away', 'bob offline']);
    expect(clock.pending).toBe(0);
  });

  it('does not flicker while a page is loaded again', () => {
    const watcher = tab('ann');
    presence.add(watcher);
    const before = tab('bob');
    presence.add(before);
    presence.watch(watcher, ['bob']);
    presence.remove(before);
    expect(presence.isReachable('bob')).toBe(true);
    presence.add(tab('bob'));
    clock.advance(10_000);
    expect(watcher.heard).toEqual(['bob online']);
  });

  it('is in a call while somebody is in any room, or talks', () => {
    const watcher = tab('ann');
    presence.add(watcher);
    presence.watch(watcher, ['bob']);
    presence.enter('bob');
    presence.enter('bob');
    presence.leave('bob');
    presence.setTalking('bob', true);
    presence.leave('bob');
    presence.setTalking('bob', false);
    expect(watcher.heard).toEqual(['bob offline', 'bob in-call', 'bob offline']);
  });

  it('tells nobody of whom they do not watch any more', () => {
    const watcher = tab('ann');
    presence.add(watcher);
    presence.watch(watcher, ['bob']);
    presence.watch(watcher, ['eve']);
    presence.add(tab('bob'));
    expect(watcher.heard).toEqual(['bob offline', 'eve offline']);
  });

  it('takes as many tabs of one person as it is told, and not one more', () => {
    presence.add(tab('bob'));
    presence.add(tab('bob'));
    expect(() => presence.add(tab('bob'))).toThrow(LimitError);
    expect(() => presence.add(tab('eve'))).not.toThrow();
  });
});
