import { describe, expect, it, vi } from 'vitest';
import type { DoorMessage } from '../../../../src/protocol/door.ts';
import { type DoorApi, DoorDesk, KNOCK_MS } from '../../../../web/controllers/door-desk.ts';

function doorWith(...ids: readonly string[]): DoorMessage {
  const waiting = ids.map((id) => ({ id, name: id, sinceMs: 0, connected: true }));
  return { type: 'door', locked: false, waitingRoom: true, waiting };
}

function deskOf(api: Partial<DoorApi> = {}) {
  const now = { ms: 0 };
  const knocked = vi.fn<() => void>();
  const all: DoorApi = {
    admit: async () => {},
    admitAll: async () => ({ decided: 0 }),
    openNow: async () => {},
    ...api,
  };
  const desk = new DoorDesk({ api: all, room: 'demo', knocked, nowMs: () => now.ms, changed: () => undefined });
  return { desk, knocked, now };
}

describe('the desk at the door', () => {
  it('knocks for whoever is new, at most every few seconds', () => {
    const { desk, knocked, now } = deskOf();
    desk.follow(doorWith());
    desk.follow(doorWith('ana'));
    desk.follow(doorWith('ana'));
    expect(knocked).toHaveBeenCalledTimes(1);
    now.ms = KNOCK_MS - 1;
    desk.follow(doorWith('ana', 'ben'));
    expect(knocked).toHaveBeenCalledTimes(1);
    now.ms = KNOCK_MS;
    desk.follow(doorWith('ana', 'ben'));
    expect(knocked).toHaveBeenCalledTimes(1);
    desk.follow(doorWith('ana', 'ben', 'cleo'));
    expect(knocked).toHaveBeenCalledTimes(2);
  });

  it('asks once for one person, and says what went wrong until the next try', async () => {
    let fail: (error: Error) => void = () => undefined;
    const admit = vi.fn<DoorApi['admit']>(() => new Promise((_, reject) => (fail = reject)));
    const { desk } = deskOf({ admit });
    const asked = desk.decide('ana', true);
    void desk.decide('ana', false);
    expect(admit.mock.calls).toEqual([['demo', 'ana', true]]);
    expect([desk.busy('ana'), desk.busy('ben')]).toEqual([true, false]);
    fail(new Error('The room is full.'));
    await asked;
    expect([desk.busy('ana'), desk.problem?.detail]).toEqual([false, 'The room is full.']);
    admit.mockResolvedValue();
    await desk.decide('ana', true);
    expect(desk.problem).toBeUndefined();
  });

  it('says when not everybody could be let in', async () => {
    const { desk } = deskOf({ admitAll: async () => ({ decided: 1 }) });
    desk.follow(doorWith('ana', 'ben'));
    await desk.admitAll();
    expect(desk.full).toBe(true);
    desk.follow(doorWith());
    expect(desk.full).toBe(false);
  });
});
