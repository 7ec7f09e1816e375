/** Examples of what concerns the whole server. */
import type { RouteExamples } from './route-example.ts';

/** By route. */
export const serverExamples: RouteExamples = {
  'GET /healthz': { answer: { status: 'ok', version: '1.0.0' } },
  'GET /readyz': {
    answer: {
      status: 'ready',
      checks: {
        redis: { ok: true, detail: 'answers', code: 'answers' },
        archives: { ok: true, detail: 'none waits for a worker', code: 'archives_attended' },
        renders: { ok: true, detail: 'none waits for a worker', code: 'renders_attended' },
      },
    },
  },
  'GET /api/time': { answer: { ms: 1_936_339_200_000 } },
  'GET /api/settings': {
    answer: {
      items: [
        { key: 'server.port', value: 8080, origin: 'default' },
        { key: 'server.adminToken', value: null, origin: 'environment', secret: true },
      ],
    },
  },
  'GET /api/audit': {
    answer: {
      items: [
        {
          at: '2031-05-12T09:00:00.000Z',
          who: 'admin',
          action: 'download',
          recording: 'r-20310512-8Jk3',
          room: 'monday',
          address: '203.0.113.7',
          detail: { file: 'recording.mp4' },
        },
      ],
      next: '118',
    },
  },
};
