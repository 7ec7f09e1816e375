import { describe, expect, it } from 'vitest';
import { createRoutes } from '../../../src/api/app.ts';
import { rows, urlOf } from './api-routes.ts';
import { ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const CALLERS = ['nobody', 'viewer', 'participant', 'host of the room', 'host of another room', 'admin'] as const;
type Caller = (typeof CALLERS)[number];

/** What hosts may do with a recording of their room; everything else is for admins. */
const FOR_HOSTS = /^\/api\/recordings\/:recording\/(?:pause|resume|stop|markers)$/;

async function tokenOf(api: TestApi, caller: Caller): Promise<string | undefined> {
  const issue = async (role: 'viewer' | 'participant' | 'host', room: string) =>
    (await api.deps.tokens.issue({ room, role })).token;
  switch (caller) {
    case 'nobody':
      return undefined;
    case 'admin':
      return ADMIN_TOKEN;
    case 'host of the room':
      return issue('host', 'hall');
    case 'host of another room':
      return issue('host', 'attic');
    case 'viewer':
    case 'participant':
      return issue(caller, 'hall');
  }
}

/** The status and the code of the refusal; undefined for whom it is allowed. */
function refusal(path: string, caller: Caller): string | undefined {
  if (caller === 'admin') return undefined;
  if (caller === 'nobody') return '401 token_missing';
  if (!FOR_HOSTS.test(path)) return '403 admin_only';
  if (caller === 'host of the room') return undefined;
  return caller === 'host of another room' ? '403 wrong_room' : '403 host_only';
}

const ours = (path: string): boolean => path.startsWith('/api/recordings') || path === '/api/audit';
const routes = rows.filter(({ route }) => ours(route));

describe('recordings', () => {
  it('have no route that is not tried here', async () => {
    const { deps } = await startApi();
    const declared = createRoutes(deps).map(({ method, path }) => ({ method: method.toUpperCase(), path }));
    const tried = routes.map(({ method, route: path }) => ({ method, path }));
    expect(declared.filter(({ path }) => ours(path))).toEqual(expect.arrayContaining(tried));
    expect(tried).toHaveLength(declared.filter(({ path }) => ours(path)).length);
  });

  it.each(routes)('$method $route tells everybody else why not', async ({ method, route, send }) => {
    const found: Record<string, string | undefined> = {};
    const wanted: Record<string, string | undefined> = {};
    for (const caller of CALLERS) {
      const api = await startApi();
      const { status, json } = await api.send(method, urlOf(route), { ...send, token: await tokenOf(api, caller) });
      const refused = status === 401 || status === 403;
      found[caller] = refused ? `${status} ${String(json['code'])}` : undefined;
      wanted[caller] = refusal(route, caller);
      if (refused) expect(api.calls, `${caller} got further`).toEqual([]);
    }
    expect(found).toEqual(wanted);
  });

  it.each(routes.filter(({ method }) => method === 'GET'))('HEAD $route is no way around', async ({ route }) => {
    const api = await startApi();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host' });
    expect((await api.send('HEAD', urlOf(route), { token })).status).toBe(403);
    expect((await api.send('HEAD', urlOf(route))).status).toBe(401);
  });
});
