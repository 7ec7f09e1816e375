import { expect, it } from 'vitest';
import { rows, urlOf } from './api-routes.ts';
import { ADMIN_TOKEN, startApi } from './api-server.ts';

const ROOM = '/api/rooms/:room';
/** It is for accounts, and wants one first. */
const JOIN = `${ROOM}/join`;
/** Clips outlive their room. */
const CLIP = `${ROOM}/clips/:clip`;
const ofRooms = rows.filter(
  ({ method, route }) => route.startsWith(ROOM) && method !== 'OPTIONS' && route !== JOIN && route !== CLIP,
);

it.each(ofRooms)('$method $route tells even an admin that there is no such room', async (row) => {
  const api = await startApi();
  const path = urlOf(row.route, { ...api.made, ':room': 'nowhere', ':file': 'a' });
  const answer = await api.send(row.method, path, { ...row.send, token: ADMIN_TOKEN });
  // A HEAD is answered without words.
  if (row.method !== 'HEAD') expect(answer.json).toMatchObject({ code: 'room_not_found' });
  expect(answer.status).toBe(404);
  expect(api.calls).toEqual([]);
});
