/** Examples of events and webhooks. */
import type { RouteExamples } from './route-example.ts';

const EVENT = {
  seq: 4711,
  at: '2031-05-12T09:30:05.120Z',
  type: 'participant.joined',
  room: 'tides',
  subject: { id: 'p-3kfJ0aQm2xYw71Lz', name: 'Ann Lee', role: 'participant' },
};
const DELIVERY = {
  seq: 4711,
  type: 'participant.joined',
  at: '2031-05-12T09:30:05.180Z',
  attempt: 1,
  took: 0.042,
  taken: true,
  status: 204,
  answer: '',
};
const WEBHOOK = {
  id: 'wQ1r8ZkT0bX5n',
  url: 'https://hooks.example.org/gridcast',
  types: ['participant.*', 'recording.ready'],
  createdAt: '2031-05-11T16:00:00.000Z',
  state: 'working',
  after: 4711,
  behind: 0,
  failures: 0,
  last: DELIVERY,
};
const NEW = { ...WEBHOOK, secret: 'whsec_7fK2mQx9VbT4nRj8Wp2sLz1cXd5gHy6uEa3oIi0kNvM' };

/** By route. */
export const eventExamples: RouteExamples = {
  'GET /api/events': { answer: { items: [EVENT], next: 4711, oldest: 1, newest: 4711 } },
  'POST /api/webhooks': { body: { url: WEBHOOK.url, types: WEBHOOK.types }, answer: NEW },
  'GET /api/webhooks': { answer: { items: [WEBHOOK] } },
  'GET /api/webhooks/:webhook': { answer: WEBHOOK },
  'PATCH /api/webhooks/:webhook': {
    body: { paused: true },
    answer: { ...WEBHOOK, state: 'paused', reason: 'asked' },
  },
  'POST /api/webhooks/:webhook/secret': { answer: NEW },
  'POST /api/webhooks/:webhook/replay': { body: { after: 4700 }, answer: { ...WEBHOOK, after: 4700, behind: 11 } },
  'GET /api/webhooks/:webhook/deliveries': { answer: { items: [DELIVERY] } },
};
