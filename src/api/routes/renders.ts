/** Renders: films and sounds that are made anew from what everybody in a recording sent themselves. */
import { askerOf, whoIs } from '../audit-log.ts';
import { answerLink } from '../answer-link.ts';
import type { ApiDeps } from '../deps.ts';
import { attachmentNamed } from '../download-name.ts';
import { requireAdmin } from '../grant.ts';
import { linkOwner } from '../own-recordings.ts';
import type { RenderView } from '../render-port.ts';
import { createRenderBody, renderList, renderParams, renderQuery, renderSchema } from '../render-schemas.ts';
import { type Route, route } from '../route.ts';
import { linkSchema, recordingParams } from '../schemas.ts';
import { sendSource } from '../send-file.ts';
import { existingRecording } from './recordings.ts';

const ALL = '/api/recordings/:recording/renders';
const ONE = '/api/recordings/:recording/renders/:render';

/** `/api/recordings/:recording/renders` and what is below it. */
export function renderRoutes(deps: ApiDeps): Route[] {
  const { renders } = deps;
  const base = { tag: 'renders', access: 'admin' } as const;
  return [
    route({
      ...base,
      method: 'post',
      path: ALL,
      summary: 'Render a recording again: another layout, a range, without somebody, another format',
      params: recordingParams,
      body: createRenderBody,
      responses: { 202: { description: 'The render is queued.', schema: renderSchema } },
      async handle({ ctx, grant, params, body }) {
        const { id: recording, room } = await existingRecording(deps, params.recording);
        const render = await renders.create(recording, body);
        const detail = { render: render.id, format: render.format };
        const entry = { who: whoIs(grant), action: 'render', recording, room, detail } as const;
        await deps.audit.note({ ...askerOf(ctx, deps.addresses), ...entry });
        ctx.status = 202;
        ctx.set('Location', `/api/recordings/${render.recording}/renders/${render.id}`);
        ctx.body = render;
      },
    }),
    route({
      ...base,
      method: 'get',
      path: ALL,
      summary: 'List the renders of a recording, newest first',
      params: recordingParams,
      responses: { 200: { description: 'The complete list.', schema: renderList } },
      async handle({ ctx, params }) {
        await existingRecording(deps, params.recording);
        ctx.body = { items: await renders.list(params.recording) };
      },
    }),
    route({
      ...base,
      method: 'get',
      path: ONE,
      summary: 'Get a render',
      params: renderParams,
      responses: { 200: { description: 'The render.', schema: renderSchema } },
      async handle({ ctx, params }) {
        await existingRecording(deps, params.recording);
        ctx.body = await renders.find(params.recording, params.render);
      },
    }),
    route({
      ...base,
      method: 'delete',
      path: ONE,
      summary: 'Delete a render, or cancel it while it is being made',
      params: renderParams,
      responses: { 204: { description: 'Deleted.' } },
      async handle({ ctx, grant, params }) {
        const { recording, render } = params;
        await existingRecording(deps, recording);
        await renders.remove(recording, render);
        const entry = { who: whoIs(grant), action: 'delete', recording, detail: { render } } as const;
        await deps.audit.note({ ...askerOf(ctx, deps.addresses), ...entry });
        deps.log.info('A render was deleted', { ...params });
        ctx.status = 204;
      },
    }),
    route({
      ...base,
      method: 'get',
      path: `${ONE}/download`,
      summary: 'Download a render',
      access: 'special',
      accessNote: 'admin, or a `ticket` for this render in the query',
      params: renderParams,
      query: renderQuery,
      responses: {
        200: { description: 'The whole file.', contentType: 'application/octet-stream' },
        206: { description: 'The requested range.', contentType: 'application/octet-stream' },
        304: { description: 'The client’s copy is current.' },
      },
      async handle({ ctx, grant, params, query: { ticket } }) {
        if (ticket !== undefined && !grant) {
          await deps.tokens.verifyTicket(ticket, params.recording, ticketName(params.render));
        } else {
          requireAdmin(grant);
        }
        const recording = await existingRecording(deps, params.recording);
        const file = await renders.file(params.recording, params.render);
        const { contentType, render } = file;
        ctx.set('Content-Disposition', attachmentNamed(nameOf(recording, render)));
        ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
        await sendSource(ctx, { source: file, contentType, cacheControl: 'private, no-cache' });
        const entry = { who: whoIs(grant), action: 'download', recording: recording.id, room: recording.room } as const;
        const noted = ctx.method === 'GET' && ctx.status !== 304;
        const asker = askerOf(ctx, deps.addresses);
        if (noted) await deps.audit.noteOnce({ ...asker, ...entry, detail: { render: render.id } });
      },
    }),
    route({
      ...base,
      method: 'post',
      path: `${ONE}/link`,
      summary: 'Make a link that downloads a render without a header, valid for a minute',
      params: renderParams,
      responses: { 201: { description: 'The link.', schema: linkSchema } },
      async handle({ ctx, grant, params }) {
        const { room } = await existingRecording(deps, params.recording);
        // Whoever clicks on the link should not be the one to learn that there is no such file.
        await renders.file(params.recording, params.render);
        const holder = await linkOwner(deps, grant, room);
        const name = ticketName(params.render);
        const { ticket, expiresAt } = await deps.tokens.issueTicket(params.recording, name, undefined, holder);
        const path = `/api/recordings/${params.recording}/renders/${params.render}/download`;
        answerLink(ctx, deps, `${path}?ticket=${ticket}`, expiresAt);
      },
    }),
  ];
}

/** No file of an archive has a name with a slash, so a ticket for one is none for the other. */
function ticketName(render: string): string {
  return `renders/${render}`;
}

/** Room, start, and what of it. */
function nameOf(
  recording: { readonly room: string; readonly startedAt: string },
  { from, to, format }: RenderView,
): string {
  const start = recording.startedAt.slice(0, 19).replaceAll(':', '-');
  return `${recording.room}-${start}Z-${Math.round(from)}-${Math.round(to)}.${format}`;
}
