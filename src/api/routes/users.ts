/** The people of a server: for admins all about them, for each other their names. */
import { type Grant, requireGrant } from '../grant.ts';
import { ForbiddenError, LimitError, NotFoundError } from '../../errors.ts';
import type { EventType } from '../../events/event-types.ts';
import {
  changeUserBody,
  directorySchema,
  importSchema,
  newUserBody,
  peopleQuery,
  userList,
  userParams,
  userSchema,
} from '../account-schemas.ts';
import type { ApiDeps } from '../deps.ts';
import { actorOf } from '../event-person.ts';
import { type Route, route } from '../route.ts';

/** Largest list that can be imported at once, in bytes. */
export const MAX_IMPORT_BYTES = 1_048_576;

/** `/api/users` and below, and `/api/directory`. */
export function userRoutes(deps: ApiDeps): Route[] {
  const base = { tag: 'users', access: 'admin' } as const;
  const record = (type: EventType, grant: Grant | undefined, { id, name }: { id: string; name: string }): void => {
    deps.events.record({ type, ...actorOf(grant), subject: { id, name, role: 'user' } });
  };
  const existing = async (id: string) => {
    const found = await deps.accounts.find(id);
    if (found) return found;
    throw new NotFoundError('user_not_found', 'There is no such account; it may have been removed already.');
  };
  return [
    route({
      ...base,
      method: 'get',
      path: '/api/users',
      summary: 'List or search accounts by name',
      query: peopleQuery,
      responses: { 200: { description: 'A page of accounts, including disabled ones.', schema: userList } },
      async handle({ ctx, query: { q, limit, cursor } }) {
        ctx.body = await deps.accounts.search({ text: q, limit, cursor, withDisabled: true });
      },
    }),
    route({
      ...base,
      method: 'post',
      path: '/api/users',
      summary: 'Create an account',
      body: newUserBody,
      responses: { 201: { description: 'The account can be used at once.', schema: userSchema } },
      async handle({ ctx, grant, body }) {
        const account = await deps.accounts.create(body);
        record('user.created', grant, account);
        ctx.status = 201;
        ctx.set('Location', `/api/users/${account.id}`);
        ctx.body = account;
      },
    }),
    route({
      ...base,
      method: 'post',
      path: '/api/users/import',
      summary: 'Create accounts from a list: CSV, or one line each with a login and a name',
      bytes: {
        maxBytes: MAX_IMPORT_BYTES,
        types: ['text/csv', 'text/plain'],
        tooLarge: () => new LimitError('body_too_large', 'A list has at most 1 MB; divide it.', 413),
      },
      responses: {
        200: { description: 'The result, with each line that could not be used.', schema: importSchema },
      },
      async handle({ ctx, grant, bytes }) {
        const report = await deps.accounts.importText(Buffer.from(bytes).toString('utf8'));
        const { created, updated } = report;
        deps.events.record({ type: 'user.imported', ...actorOf(grant), data: { created, updated } });
        ctx.body = report;
      },
    }),
    route({
      ...base,
      method: 'patch',
      path: '/api/users/:user',
      summary: 'Change a name or password, disable an account, or make it an admin’s',
      params: userParams,
      body: changeUserBody,
      responses: { 200: { description: 'The changed account.', schema: userSchema } },
      async handle({ ctx, grant, params, body }) {
        const account = await deps.accounts.change(params.user, body);
        record(body.disabled === true ? 'user.disabled' : 'user.changed', grant, account);
        ctx.body = account;
      },
    }),
    route({
      ...base,
      method: 'delete',
      path: '/api/users/:user',
      summary: 'Delete an account; its rooms stay',
      params: userParams,
      responses: { 204: { description: 'The account is deleted, and all of its sessions have ended.' } },
      async handle({ ctx, grant, params }) {
        const account = await existing(params.user);
        await deps.accounts.remove(params.user);
        record('user.removed', grant, account);
        ctx.status = 204;
      },
    }),
    route({
      method: 'get',
      path: '/api/directory',
      summary: 'List or search people by name',
      tag: 'users',
      access: 'special',
      accessNote: 'admin, and signed-in people',
      query: peopleQuery,
      responses: { 200: { description: 'A page of people.', schema: directorySchema } },
      admit({ grant }) {
        const known = requireGrant(grant);
        if (known.role === 'admin' || known.role === 'user') return;
        throw new ForbiddenError('Only people who have signed in may see who is online.', 'user_only');
      },
      async handle({ ctx, query: { q, limit, cursor } }) {
        const { items, next } = await deps.accounts.search({ text: q, limit, cursor });
        ctx.body = { items: items.map(({ id, name }) => ({ id, name })), ...(next !== undefined && { next }) };
      },
    }),
  ];
}
