/** Examples of the doors of rooms. */
import type { RouteExamples } from './route-example.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoibW9uZGF5In0.c2lnbmF0dXJl';

/** By route. */
export const doorExamples: RouteExamples = {
  'GET /api/rooms/:room/waiting': {
    answer: { items: [{ id: 'w-3Kd8Qz1m', name: 'Ben Ode', since: '2031-05-12T08:01:10.000Z', connected: true }] },
  },
  'POST /api/rooms/:room/waiting': { body: { admit: true }, answer: { decided: 3 } },
  'POST /api/rooms/:room/waiting/:waiting': { body: { admit: true } },
  'POST /api/rooms/:room/enter': {
    body: { password: 'tide-at-noon', name: 'Ben Ode' },
    answer: {
      token: JWT,
      role: 'participant',
      identity: 'hT5vW2xKp9Qz',
      expires: '2031-05-12T20:01:00.000Z',
      link: `https://rooms.example.org/r/monday#token=${JWT}`,
    },
  },
};
