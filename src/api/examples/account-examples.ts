/** Examples of accounts, sessions and invites. */
import type { RouteExamples } from './route-example.ts';

const ANN = {
  id: 'u-8Jk3hG5sQ2aZ',
  name: 'Ann Meyer',
  login: 'ann@example.org',
  admin: false,
  disabled: false,
  createdAt: '2031-05-12T08:00:00.000Z',
};
const OPENED = { token: 'eyJhbGciOiJIUzI1NiJ9.….…', expires: '2031-05-19T09:00:00.000Z', user: ANN };
const INVITE = {
  id: 'kX3v9Qm2Lr7a',
  role: 'participant',
  label: 'Tuesday group',
  createdAt: '2031-05-12T09:00:00.000Z',
  expires: '2031-05-13T09:00:00.000Z',
  uses: 5,
  used: 2,
  link: 'https://gridcast.example.org/r/monday#token=eyJhbGciOiJIUzI1NiJ9.….…',
};

/** By route. */
export const accountExamples: RouteExamples = {
  'POST /api/session': { body: { login: 'ann@example.org', password: 'correct horse battery' }, answer: OPENED },
  'GET /api/session': {
    answer: {
      role: 'participant',
      permissions: ['room.watch', 'room.join', 'room.chat', 'room.files'],
      accounts: { enabled: true, awaitsFirstAdmin: false },
      room: 'monday',
      identity: 'ann',
      name: 'Ann',
      expires: '2031-05-12T15:00:00.000Z',
    },
  },
  'PATCH /api/session': {
    body: { current: 'correct horse battery', password: 'staple of another kind' },
    answer: OPENED,
  },
  'POST /api/session/first': {
    body: { token: 'Q2h1…', login: 'root', name: 'Rosa Root', password: 'correct horse battery' },
    answer: { ...OPENED, user: { ...ANN, admin: true } },
  },
  'GET /api/users': { answer: { items: [ANN], next: 'WyJhbm4…' } },
  'POST /api/users': { body: { login: 'ann@example.org', name: 'Ann Meyer', admin: false }, answer: ANN },
  'POST /api/users/import': {
    answer: {
      created: 41,
      updated: 1,
      unchanged: 0,
      faults: [
        {
          line: 7,
          reason: 'the password needs 10 to 128 characters',
          code: 'password',
          values: { least: 10, most: 128 },
        },
      ],
    },
  },
  'PATCH /api/users/:user': { body: { disabled: true }, answer: { ...ANN, disabled: true } },
  'GET /api/directory': { answer: { items: [{ id: ANN.id, name: ANN.name }] } },
  'POST /api/rooms/:room/invites': {
    body: { role: 'participant', ttl: 86_400, uses: 5, label: 'Tuesday group' },
    answer: { ...INVITE, used: 0 },
  },
  'GET /api/rooms/:room/invites': { answer: { items: [INVITE] } },
};
