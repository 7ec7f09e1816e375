/** Links that give one thing without a header, for as long as their ticket holds. */
import type { Context } from 'koa';
import type { ApiDeps } from './deps.ts';
import { baseUrl } from './origin.ts';

/**
 * Answers with such a link, as `linkSchema` says.
 * @param path from the root of this server, with the ticket
 * @throws BadRequestError `bad_host`
 */
export function answerLink(ctx: Context, { options }: Pick<ApiDeps, 'options'>, path: string, expiresAt: Date): void {
  ctx.status = 201;
  ctx.body = { url: baseUrl(ctx, options.publicUrl) + path, expires: expiresAt.toISOString() };
}
