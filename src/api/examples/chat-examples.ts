/** Examples of the chat. */
import type { RouteExamples } from './route-example.ts';

const PEN = 'q7Zr1mXc9Vb3Nk5Tj8Wp2s';
const MESSAGE = {
  id: '4DOVy1VeU_ierTDl',
  rev: 12,
  at: 1_936_339_200_000,
  author: { id: 'bJFlQnoZ7dR2', name: 'Ann Lee', role: 'participant' },
  text: 'The tide turns at noon.',
};

/** By route. */
export const chatExamples: RouteExamples = {
  'GET /api/rooms/:room/chat': {
    answer: { entries: [MESSAGE], more: false, mayWrite: true, slowSeconds: 10, rules: 'write-10' },
  },
  'POST /api/rooms/:room/chat': {
    body: { text: MESSAGE.text, key: 'k-7f3c9a10', name: 'Ann Lee', me: PEN },
    answer: MESSAGE,
  },
  'PATCH /api/rooms/:room/chat/:message': {
    body: { text: 'The tide turns at one.', me: PEN },
    answer: { ...MESSAGE, rev: 13, text: 'The tide turns at one.', edited: true },
  },
  'POST /api/rooms/:room/chat/:message/delete': {
    body: { me: PEN },
    answer: { ...MESSAGE, rev: 14, text: '', deleted: true },
  },
};
