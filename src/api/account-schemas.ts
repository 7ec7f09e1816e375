/** The shapes of accounts, sessions and invites in the HTTP API. */
import { z } from 'zod';
import { MAX_INVITE_USES } from '../accounts/invites.ts';
import { LOGIN, MIN_ACCOUNT_PASSWORD } from '../accounts/read-people.ts';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH } from '../protocol/limits.ts';
import { PERMISSIONS, type Permission } from './permissions.ts';
import { DEFAULT_TTL_SECONDS, MAX_TTL_SECONDS } from './tokens.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'use 1 to 64 letters, digits, "-" and "_"');
const oneLine = /^[^\p{Cc}\u2028\u2029]*$/u;
const name = z.string().trim().min(1).max(MAX_NAME_LENGTH).regex(oneLine, 'leave out control characters');
const time = z.string().meta({ format: 'date-time' });
const role = z.enum(['host', 'participant', 'viewer']);
const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(LOGIN, 'use 1 to 64 letters without accents, digits, or any of . _ @ + -');
const password = z.string().min(MIN_ACCOUNT_PASSWORD).max(MAX_PASSWORD_LENGTH);
// Whatever somebody types where they sign in is wrong or right, never refused for its form.
const typed = z.string().max(MAX_PASSWORD_LENGTH);

/** Path of an account. */
export const userParams = z.object({ user: id });
/** Path of an invite. */
export const inviteParams = z.object({ room: id, invite: id });
/** Path of a token. */
export const tokenParams = z.object({ room: id, token: id });

/** Body of `POST /api/session`. */
export const signInBody = z.strictObject({ login: z.string().max(200), password: typed }).meta({ id: 'SignIn' });
/** Body of `POST /api/session/first`. */
export const firstAdminBody = z
  .strictObject({ token: z.string().max(100), login, name, password })
  .meta({ id: 'FirstAdmin', description: 'With the token of the link that the server printed when it started.' });
/** Body of `PATCH /api/session`. */
export const ownPasswordBody = z.strictObject({ current: typed, password }).meta({ id: 'OwnPassword' });

/** An account as admins and its owner see it. */
export const userSchema = z
  .object({ id, name: z.string(), login: z.string(), admin: z.boolean(), disabled: z.boolean(), createdAt: time })
  .meta({ id: 'User' });
/** A part of the accounts. */
export const userList = z.object({ items: z.array(userSchema), next: z.string().optional() }).meta({ id: 'Users' });
/** Query of lists of people. */
export const peopleQuery = z.object({
  q: z.string().max(100).default('').meta({ description: 'Part of the name or login.' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional().meta({ description: '`next` of the part before.' }),
});
/** Body of `POST /api/users`. */
export const newUserBody = z
  .strictObject({ login, name, password: password.optional(), admin: z.boolean().default(false) })
  .meta({ id: 'NewUser' });
/** Body of `PATCH /api/users/{user}`. */
export const changeUserBody = z
  .strictObject({ name, password, admin: z.boolean(), disabled: z.boolean() })
  .partial()
  .meta({ id: 'ChangeUser' });
/** How an import went. */
export const importSchema = z
  .object({
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    faults: z.array(
      z.object({
        line: z.int(),
        reason: z.string().meta({ description: 'In English.' }),
        code: z.string().meta({ description: 'Names the reason, for other languages.' }),
        values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    ),
  })
  .meta({ id: 'Import', description: 'Lines that were left out, at most the first hundred.' });
/** People as everybody who has signed in sees them. */
export const directorySchema = z
  .object({ items: z.array(z.object({ id, name: z.string() })), next: z.string().optional() })
  .meta({ id: 'Directory' });

/** A token of somebody who has just signed in. */
export const openedSessionSchema = z
  .object({ token: z.string(), expires: time, user: userSchema })
  .meta({ id: 'OpenedSession' });
/** Whose token it is and what that may do. */
export const sessionSchema = z
  .object({
    role: z.enum(['none', 'admin', 'user', 'host', 'participant', 'viewer']),
    permissions: z.array(z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]])),
    accounts: z.object({ enabled: z.boolean(), awaitsFirstAdmin: z.boolean() }),
    user: z.object({ id, name: z.string() }).optional(),
    room: id.optional(),
    identity: id.optional().meta({ description: 'Absent with a link that is for anybody.' }),
    name: z.string().optional(),
    expires: time.optional(),
  })
  .meta({ id: 'Session' });

/** Body of `POST /api/rooms/{room}/invites`. */
export const newInviteBody = z
  .strictObject({
    role,
    ttl: z.int().min(1).max(MAX_TTL_SECONDS).default(DEFAULT_TTL_SECONDS).meta({ description: 'Seconds.' }),
    uses: z
      .int()
      .min(1)
      .max(MAX_INVITE_USES)
      .optional()
      .meta({ description: 'How many people may come by it; without, as many as like.' }),
    label: z.string().trim().max(100).regex(oneLine, 'leave out control characters').optional(),
  })
  .meta({ id: 'NewInvite' });
/** An invite. */
export const inviteSchema = z
  .object({
    id,
    role,
    label: z.string(),
    createdAt: time,
    expires: time,
    uses: z.int().optional().meta({ description: 'How many people may come by it; absent: as many as like.' }),
    used: z.int().meta({ description: 'How many have come.' }),
    link: z.string(),
  })
  .meta({ id: 'Invite' });
/** The invites of a room. */
export const inviteList = z.object({ items: z.array(inviteSchema) }).meta({ id: 'Invites' });

// Not those of guests, of accounts, of viewers who write, and of whoever has the admin token: everybody in a room sees them, and whoever
// comes with one takes that person's place, and changes what they wrote.
const chosenIdentity = id.refine(
  (given) => !/^(?:[pu]-|w_|admin$)/.test(given),
  'choose one that is not "admin" and does not begin with "p-", "u-" or "w_"',
);

/** Body of `POST /api/rooms/{room}/tokens`; `ttl` in seconds. */
export const issueTokenBody = z
  .strictObject({
    role,
    name: name.optional(),
    ttl: z.int().min(1).max(MAX_TTL_SECONDS).default(DEFAULT_TTL_SECONDS).meta({ description: 'Seconds.' }),
    identity: chosenIdentity
      .optional()
      .meta({ description: 'Whose token it is, the same on all their devices; else random.' }),
    invite: z.boolean().default(false).meta({ description: 'For nobody in particular: each use makes a participant.' }),
  })
  .meta({ id: 'IssueToken' });
/** A signed token and when it ends. */
export const tokenSchema = z
  .object({
    token: z.string(),
    id: id.optional(),
    role,
    identity: z.string().optional(),
    expires: time,
    link: z.string(),
  })
  .meta({ id: 'Token' });
