/** How often a password may be guessed, over HTTP and with the limits of a server. */
import { describe, expect, it } from 'vitest';
import { AttemptLimits } from '../../../src/accounts/attempt-limits.ts';
import { Passwords } from '../../../src/accounts/password.ts';
import { Doors } from '../../../src/ingest/door.ts';
import { doorSettingsSchema } from '../../../src/room/door-settings.ts';
import { Room } from '../../../src/room/room.ts';
import { RoomDoors } from '../../../src/server/room-doors.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { type Answer, startApi } from './api-server.ts';
import { SIGN_IN } from './sign-in.ts';

/** Attempts a minute of one address. */
const ALLOWED = 5;
const RIGHT = 'open sesame';

/** One secret that can be guessed. */
interface Door {
  readonly clock: FakeClock;
  /** What a wrong guess is answered with. */
  readonly wrong: string;
  guess(password: string, from?: string): Promise<Answer>;
  readonly right: string;
}

const DOORS: readonly { readonly what: string; readonly open: () => Promise<Door> }[] = [
  { what: 'the password of an account', open: account },
  { what: 'the password of a room', open: room },
];

async function account(): Promise<Door> {
  const api = await startApi();
  return {
    clock: api.clock,
    wrong: 'sign_in_failed',
    right: SIGN_IN.password,
    guess: (password, from) =>
      api.send('POST', '/api/session', { body: { ...SIGN_IN, password }, headers: { 'X-Forwarded-For': from } }),
  };
}

async function room(): Promise<Door> {
  const clock = new FakeClock();
  const passwords = new Passwords({ log2Cost: 10 });
  const limits = { maxParticipants: 9, maxTracksPerParticipant: 1 };
  const hall = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  hall.door.settings = doorSettingsSchema.parse({ password: await passwords.hash(RIGHT) });
  const doors = new Doors({ resumeMs: 1000, clock });
  const door = new RoomDoors({
    room: (id) => (id === 'hall' ? hall : undefined),
    doors: () => doors,
    events: { record: () => {} },
    passwords,
    addressLimits: new AttemptLimits({ clock }),
    roomLimits: new AttemptLimits({ clock, perMinute: 30 }),
    clock,
  });
  const api = await startApi({ ports: { door, clock } });
  return {
    clock,
    wrong: 'password_wrong',
    right: RIGHT,
    guess: (password, from) =>
      api.send('POST', '/api/rooms/hall/enter', { body: { password }, headers: { 'X-Forwarded-For': from } }),
  };
}

function told({ status, json }: Answer): [number, unknown] {
  return [status, json['code']];
}

describe.each(DOORS)('$what', ({ open }) => {
  it('may be wrong five times a minute, and then not even be right before the time that is told', async () => {
    const { clock, guess, wrong, right } = await open();
    for (let attempt = 0; attempt < ALLOWED; attempt += 1) {
      expect(told(await guess(`guess number ${attempt}`))).toEqual([401, wrong]);
    }
    const refused = await guess(right);
    expect(told(refused)).toEqual([429, 'too_many_attempts']);
    expect(refused.headers['retry-after']).toBe('12');
    clock.advance(6000);
    const early = await guess(right);
    expect([early.status, early.headers['retry-after']]).toEqual([429, '6']);
    clock.advance(6000);
    expect((await guess(right)).status).toBe(201);
  });

  it('may be right as often as somebody likes', async () => {
    const { guess, right } = await open();
    for (let attempt = 0; attempt < 3 * ALLOWED; attempt += 1) expect((await guess(right)).status).toBe(201);
  });
});

it('guesses at a room through a proxy of this machine are those of who makes them, and lock nobody else out', async () => {
  const { guess, right } = await room();
  for (let attempt = 0; attempt < ALLOWED; attempt += 1) {
    expect((await guess('guess', '203.0.113.7')).status).toBe(401);
  }
  expect((await guess(right, '203.0.113.7')).status).toBe(429);
  // What a client says of itself stands before what the proxy says.
  expect((await guess(right, '198.51.100.1, 203.0.113.7')).status).toBe(429);
  expect((await guess(right, '203.0.113.8')).status).toBe(201);
});

it('guesses at an account are counted from wherever they come', async () => {
  const { guess, right } = await account();
  for (let attempt = 0; attempt < ALLOWED; attempt += 1) {
    expect((await guess('guess', `203.0.113.${attempt}`)).status).toBe(401);
  }
  expect(told(await guess(right, '203.0.113.99'))).toEqual([429, 'too_many_attempts']);
});
