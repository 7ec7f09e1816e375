import { EventEmitter, once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { ADMIN_TOKEN, startApi } from './api-server.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

describe('health', () => {
  it('says that the process answers, and its version', async () => {
    const api = await startApi();
    expect((await api.send('GET', '/healthz')).json).toEqual({ status: 'ok', version: '1.2.3' });
  });

  it('is ready when every check is', async () => {
    const api = await startApi();
    const answer = await api.send('GET', '/readyz');
    expect(answer).toMatchObject({ status: 200, json: { status: 'ready', checks: { redis: { ok: true } } } });
  });

  it('is not ready for a reason', async () => {
    const checks = { redis: { ok: false, detail: 'does not answer' }, disk: { ok: true, detail: '3 GB free' } };
    const api = await startApi({ ports: { readiness: { check: async () => checks } } });
    expect(await api.send('GET', '/readyz')).toMatchObject({ status: 503, json: { status: 'unready', checks } });
  });

  it('is ready without what it says is not vital', async () => {
    const checks = { archives: { ok: false, vital: false as const, detail: 'wait', code: 'worker_missing' } };
    const api = await startApi({ ports: { readiness: { check: async () => checks } } });
    expect(await api.send('GET', '/readyz')).toMatchObject({ status: 200, json: { status: 'ready', checks } });
  });

  it('checks once for all who ask at the same time', async () => {
    let arrivals = 0;
    class CountingClock extends FakeClock {
      override monotonicMs(): number {
        arrivals += 1;
        return super.monotonicMs();
      }
    }
    let runs = 0;
    const calls = new EventEmitter();
    const check = async () => {
      runs += 1;
      await once(calls, 'answer');
      return {};
    };
    const api = await startApi({ ports: { readiness: { check }, clock: new CountingClock() } });
    const answers = [1, 2, 3].map(() => api.send('GET', '/readyz'));
    // The request log looks at the clock when a request comes in.
    await vi.waitFor(() => expect(arrivals).toBe(3), WAIT);
    expect(runs).toBe(1);
    calls.emit('answer');
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
    const later = api.send('GET', '/readyz');
    await vi.waitFor(() => expect(runs).toBe(2), WAIT);
    calls.emit('answer');
    expect((await later).status).toBe(200);
  });

  it('is unknown when the checks fail, and asks them again next time', async () => {
    let runs = 0;
    const check = async () => {
      runs += 1;
      if (runs === 1) throw new Error('boom');
      return {};
    };
    const api = await startApi({ ports: { readiness: { check } } });
    expect((await api.send('GET', '/readyz')).json).toMatchObject({ status: 503, code: 'readiness_unknown' });
    expect((await api.send('GET', '/readyz')).status).toBe(200);
  });
});

describe('metrics', () => {
  it('are for this machine and for admins', async () => {
    const api = await startApi();
    const local = await api.send('GET', '/metrics');
    expect(local.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(local.text).toContain('gridcast_rooms_live 0');
    const headers = { Host: 'rooms.example' };
    expect((await api.send('GET', '/metrics', { headers })).status).toBe(401);
    expect((await api.send('GET', '/metrics', { headers, token: ADMIN_TOKEN })).status).toBe(200);
  });
});
