/** The built web pages: documents, their assets, and the elements that pages of other sites load by a name that stays. */
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context, Middleware } from 'koa';
import { NotFoundError, UnavailableError } from '../errors.ts';
import { type FileToSend, sendFile } from './send-file.ts';

const PAGES: ReadonlyArray<{ readonly pattern: RegExp; readonly file: string }> = [
  { pattern: /^\/$/, file: 'index.html' },
  { pattern: /^\/r\/[A-Za-z0-9_-]{1,64}\/?$/, file: 'room.html' },
  { pattern: /^\/watch\/[A-Za-z0-9_-]{1,64}\/?$/, file: 'watch.html' },
  { pattern: /^\/admin\/?$/, file: 'admin.html' },
  { pattern: /^\/sign-in\/?$/, file: 'sign-in.html' },
  { pattern: /^\/contacts\/?$/, file: 'contacts.html' },
  { pattern: /^\/shared\/[A-Za-z0-9._~-]{1,512}\/?$/, file: 'shared.html' },
];
const ICONS = new Set(['/favicon.ico', '/favicon.svg']);
const ASSETS = '/assets/';
/** Not below them: their content changes, their names do not. */
const ELEMENTS = /^\/embed\/[a-z]+\.js$/;
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Whether a path is a page's or an asset's, so that other methods get 405 there. */
export function isStaticPath(urlPath: string): boolean {
  return (
    urlPath.startsWith(ASSETS) ||
    ELEMENTS.test(urlPath) ||
    ICONS.has(urlPath) ||
    PAGES.some(({ pattern }) => pattern.test(urlPath))
  );
}

/** Serves GET and HEAD of pages (checked for freshness each time) and assets (their names change with their content). */
export function staticPages(webDir: string): Middleware {
  return async (ctx, next) => {
    if (!isStaticPath(ctx.path) || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    if (ctx.path.startsWith(ASSETS)) return sendAsset(ctx, webDir, decodeURIComponent(ctx.path), IMMUTABLE);
    if (ELEMENTS.test(ctx.path)) return sendAsset(ctx, webDir, ctx.path, 'no-cache');
    if (ICONS.has(ctx.path)) return sendAsset(ctx, webDir, ctx.path, 'public, max-age=86400');
    const page = PAGES.find(({ pattern }) => pattern.test(ctx.path));
    if (page) await sendPage(ctx, path.join(webDir, page.file));
  };
}

/** Where programs ask; people who come there by a link are helped by the answer itself. */
const FOR_PROGRAMS = /^\/(?:api|hls|assets|embed)(?:\/|$)/;

/** Who follows a link that leads nowhere reads so in a page; programs, and whoever asks for no page, go on to `next`. */
export function missingPage(webDir: string): Middleware {
  return async (ctx, next) => {
    const asks = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (!asks || FOR_PROGRAMS.test(ctx.path) || isStaticPath(ctx.path)) return next();
    ctx.vary('Accept');
    // The first where both will do, as for programs that take anything.
    if (ctx.accepts('json', 'html') !== 'html') return next();
    const page = await readFile(path.join(webDir, 'missing.html')).catch(() => undefined);
    if (!page) return next();
    ctx.status = 404;
    ctx.set('Cache-Control', 'no-store');
    ctx.type = 'text/html; charset=utf-8';
    ctx.body = page;
  };
}

const IMMUTABLE = 'public, max-age=31536000, immutable';

async function sendPage(ctx: Context, file: string): Promise<void> {
  try {
    await sendPacked(ctx, { path: file, contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache' });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new UnavailableError(
      'web_not_built',
      'The web pages are not built; run "npm run build:web" and load this page again.',
    );
  }
}

async function sendAsset(ctx: Context, webDir: string, urlPath: string, cacheControl: string): Promise<void> {
  const missing = new NotFoundError('file_missing', 'There is no such file; load the page again.');
  const parts = urlPath.slice(1).split('/');
  if (parts.some((part) => part === '' || part.startsWith('.') || part.includes('\\'))) throw missing;
  const file = await resolveInside(webDir, parts);
  if (file === undefined) throw missing;
  const contentType = TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
  await sendPacked(ctx, { path: file, contentType, cacheControl });
}

/** The smallest first. Browsers take the first over TLS only: proxies were known to spoil what they did not understand. */
const PACKED = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

/** As it was packed when it was built, for whoever takes that: on a slow line a page is there three times as fast. */
async function sendPacked(ctx: Context, file: FileToSend): Promise<void> {
  for (const { encoding, ending } of PACKED) {
    const packed = `${file.path}${ending}`;
    if (!(await isAsNew(packed, file.path))) continue;
    ctx.vary('Accept-Encoding');
    // One by one: of several that it likes as much, the first in its own words would be meant.
    if (ctx.acceptsEncodings(encoding, 'identity') !== encoding) continue;
    await sendFile(ctx, { ...file, path: packed });
    if (ctx.status !== 304) ctx.set('Content-Encoding', encoding);
    return;
  }
  await sendFile(ctx, file);
}

/** A page that somebody has changed since is sent as they have it. */
async function isAsNew(packed: string, plain: string): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([stat(packed), stat(plain)]);
    return one.mtimeMs >= other.mtimeMs;
  } catch {
    return false;
  }
}

/** The real path, unless a link leads out of the folder. */
async function resolveInside(root: string, parts: readonly string[]): Promise<string | undefined> {
  try {
    const realRoot = await realpath(root);
    const file = await realpath(path.join(realRoot, ...parts));
    return file.startsWith(realRoot + path.sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
