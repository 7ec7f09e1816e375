/** Examples of what hosts do about people. */
import type { RouteExamples } from './route-example.ts';

const BAN = {
  id: 'Zk3vQ9aXw1pL',
  participant: 'p-8vN2cQxYt4Lr0aWm',
  name: 'Trouble',
  by: 'Hanna Ode',
  at: '2031-05-12T08:22:09.481Z',
};

/** By route. */
export const moderationExamples: RouteExamples = {
  'GET /api/rooms/:room/bans': { answer: { items: [BAN] } },
  'POST /api/rooms/:room/bans': { body: { participant: BAN.participant }, answer: BAN },
  'POST /api/rooms/:room/hands/lower': { answer: { changed: 3 } },
  'POST /api/rooms/:room/mute': { body: { muted: true }, answer: { changed: 11 } },
};
