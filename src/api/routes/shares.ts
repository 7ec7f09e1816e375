/** Links to recordings: made and taken back by admins and who made the room, opened by whoever has them. */
import { NotFoundError } from '../../errors.ts';
import { askerOf, whoIs } from '../audit-log.ts';
import { ChapterCache } from '../chapter-cache.ts';
import type { ApiDeps } from '../deps.ts';
import { attachmentNamed } from '../download-name.ts';
import { harmlessType } from '../harmless-types.ts';
import { shareLink } from '../links.ts';
import { baseUrl } from '../origin.ts';
import { admitOwner, OWNERS } from '../own-recordings.ts';
import type { ArchiveFile } from '../ports.ts';
import { type Route, type RouteCall, route } from '../route.ts';
import { recordingParams } from '../schemas.ts';
import { sendSource } from '../send-file.ts';
import { CHAPTERS, type Chapters, chaptersUnder, chaptersVtt, FILM, isShared, OFFERED } from '../shared-files.ts';
import {
  createShareBody,
  newShareSchema,
  sharedFileParams,
  sharedFileQuery,
  sharedParams,
  sharedSchema,
  shareList,
  shareParams,
} from '../share-schemas.ts';
import type { Share } from '../shares.ts';
import { existingRecording } from './recordings.ts';

const TIMELINE = 'timeline.json';
const ACCESS_NOTE = 'whoever has the link, until it expires or is revoked';

/** `/api/recordings/:recording/shares` and `/api/shared/:token`. */
export function shareRoutes(deps: ApiDeps): Route[] {
  const chapterCache = new ChapterCache();
  return [
    route({
      method: 'post',
      path: '/api/recordings/:recording/shares',
      summary: 'Make a link that shows a recording to anybody who has it',
      tag: 'recordings',
      access: 'special',
      accessNote: OWNERS,
      admit: admitOwner(deps),
      params: recordingParams,
      body: createShareBody,
      responses: { 201: { description: 'The link, which is returned only once.', schema: newShareSchema } },
      async handle({ ctx, grant, params, body }) {
        const { id: recording, room } = await existingRecording(deps, params.recording);
        const { ttl: ttlSeconds, watchPage } = body;
        const { share, token } = await deps.shares.create({ recording, ttlSeconds, watchPage });
        const detail = { share: share.id, expires: share.expiresAt.toISOString(), watchPage };
        const entry = { who: whoIs(grant), action: 'share_made', recording, room, detail } as const;
        await deps.audit.note({ ...askerOf(ctx, deps.addresses), ...entry });
        ctx.status = 201;
        ctx.body = { ...shown(share), url: shareLink(baseUrl(ctx, deps.options.publicUrl), token) };
      },
    }),
    route({
      method: 'get',
      path: '/api/recordings/:recording/shares',
      summary: 'List the links of a recording, without their tokens',
      tag: 'recordings',
      access: 'special',
      accessNote: OWNERS,
      admit: admitOwner(deps),
      params: recordingParams,
      responses: { 200: { description: 'Newest first.', schema: shareList } },
      async handle({ ctx, params }) {
        const { id } = await existingRecording(deps, params.recording);
        ctx.body = { items: (await deps.shares.list(id)).map(shown) };
      },
    }),
    route({
      method: 'delete',
      path: '/api/recordings/:recording/shares/:share',
      summary: 'Revoke a link',
      tag: 'recordings',
      access: 'special',
      accessNote: OWNERS,
      admit: admitOwner(deps),
      params: shareParams,
      responses: { 204: { description: 'The link is revoked.' } },
      async handle({ ctx, grant, params: { recording, share } }) {
        await existingRecording(deps, recording);
        await deps.shares.revoke(recording, share);
        const entry = { who: whoIs(grant), action: 'share_revoked', recording, detail: { share } } as const;
        await deps.audit.note({ ...askerOf(ctx, deps.addresses), ...entry });
        ctx.status = 204;
      },
    }),
    route({
      method: 'get',
      path: '/api/shared/:token',
      summary: 'Get what a link shows',
      tag: 'recordings',
      access: 'special',
      accessNote: ACCESS_NOTE,
      params: sharedParams,
      responses: {
        200: { description: 'The recording, and where its media are.', schema: sharedSchema },
        410: { description: 'The link has ended.' },
      },
      async handle(call) {
        const { ctx, params } = call;
        const share = await admitted(deps, call, params.token);
        const { title, startedAt, duration } = await existingRecording(deps, share.recording);
        const chapters = chaptersUnder(title, await chaptersIn(deps, chapterCache, share.recording));
        const at = (name: string): string => `/api/shared/${params.token}/${name}`;
        const media: Record<string, string> = { mp4: at(FILM), ...(chapters.length > 0 && { chapters: at(CHAPTERS) }) };
        // Whoever opens the page should not be the one to learn that there is no film.
        await deps.recordings.file(share.recording, FILM);
        for (const [key, name] of Object.entries(OFFERED)) {
          if (await fileIfAny(deps, share.recording, name)) media[key] = at(name);
        }
        ctx.body = { title, startedAt, duration, expires: share.expiresAt.toISOString(), chapters, media };
      },
    }),
    route({
      method: 'get',
      path: '/api/shared/:token/:name',
      summary: 'Get the film or its other files through a link',
      tag: 'recordings',
      access: 'special',
      accessNote: ACCESS_NOTE,
      params: sharedFileParams,
      query: sharedFileQuery,
      responses: {
        200: { description: 'The whole file.', contentType: 'application/octet-stream' },
        206: { description: 'The requested range.', contentType: 'application/octet-stream' },
        304: { description: 'The client’s copy is current.' },
        410: { description: 'The link has ended.' },
      },
      async handle(call) {
        const { ctx, params, query } = call;
        const { recording } = await admitted(deps, call, params.token);
        if (params.name === CHAPTERS) {
          const { title, duration } = await existingRecording(deps, recording);
          ctx.set('Content-Type', 'text/vtt; charset=utf-8');
          ctx.body = chaptersVtt(chaptersUnder(title, await chaptersIn(deps, chapterCache, recording)), duration);
          return;
        }
        if (!isShared(params.name)) throw notShared();
        const file = await deps.recordings.file(recording, params.name);
        if (query.download !== undefined) ctx.set('Content-Disposition', attachmentNamed(file.downloadName));
        ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
        const contentType = harmlessType(file.contentType);
        await sendSource(ctx, { source: file, contentType, cacheControl: 'private, no-cache' });
      },
    }),
  ];
}

/** What a link opens; each visitor is written down. */
async function admitted(
  deps: ApiDeps,
  { ctx }: Pick<RouteCall<unknown, unknown, unknown>, 'ctx'>,
  token: string,
): Promise<Share> {
  const share = await deps.shares.open(token);
  ctx.set('X-Robots-Tag', 'noindex');
  const entry = { who: `share:${share.id}`, action: 'share_used', recording: share.recording } as const;
  await deps.audit.noteOnce({ ...askerOf(ctx, deps.addresses), ...entry });
  return share;
}

function shown({ id, createdAt, expiresAt, watchPage }: Share) {
  return { id, createdAt: createdAt.toISOString(), expires: expiresAt.toISOString(), watchPage };
}

async function fileIfAny(deps: ApiDeps, recording: string, name: string): Promise<ArchiveFile | undefined> {
  try {
    return await deps.recordings.file(recording, name);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

async function chaptersIn(deps: ApiDeps, cache: ChapterCache, recording: string): Promise<Chapters> {
  const file = await fileIfAny(deps, recording, TIMELINE);
  return file ? cache.of(file) : { chapters: [] };
}

function notShared(): NotFoundError {
  return new NotFoundError('not_shared', 'The link does not show this file; ask an admin for it.');
}
