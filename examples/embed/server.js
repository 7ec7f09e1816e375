/**
 * A site of its own that embeds Gridcast: it serves one page, and asks the Gridcast server for a token for each visitor. The admin
 * token stays here. Run it with Node 22 or later:
 *
 *     GRIDCAST_ADMIN_TOKEN=… node examples/embed/server.js http://127.0.0.1:8080
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} EmbedOptions
 * @property {string} gridcast address of the Gridcast server, as browsers reach it
 * @property {string} adminToken
 * @property {string} room id of the room; made when there is none
 * @property {number} port 0: any that is free
 */

/** What the site serves, and nothing else. */
const FILES = new Map([
  ['/', { name: 'index.html', type: 'text/html; charset=utf-8' }],
  ['/embed.js', { name: 'embed.js', type: 'text/javascript; charset=utf-8' }],
  ['/embed.css', { name: 'embed.css', type: 'text/css; charset=utf-8' }],
]);

/**
 * Asks the Gridcast server as an admin.
 * @param {EmbedOptions} options
 * @param {string} path
 * @param {object} body
 * @returns {Promise<Response>}
 */
function ask({ gridcast, adminToken }, path, body) {
  return fetch(new URL(path, gridcast), {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/**
 * What the page of one visitor needs. A site with accounts would put the visitor's name into the token.
 * @param {EmbedOptions} options
 */
async function visit(options) {
  const { gridcast, room } = options;
  const made = await ask(options, '/api/rooms', { id: room, title: 'Embedded', chat: { viewers: 'write' } });
  if (!made.ok && made.status !== 409) throw new Error(`The room cannot be made: ${await made.text()}`);
  const issued = await ask(options, `/api/rooms/${encodeURIComponent(room)}/tokens`, {
    role: 'participant',
    ttl: 3600,
  });
  if (!issued.ok) throw new Error(`There is no token: ${await issued.text()}`);
  const { token } = /** @type {{ token: string }} */ (await issued.json());
  return { server: gridcast, room, token };
}

/**
 * Listens on this machine alone; the caller closes it.
 * @param {EmbedOptions} options may be changed until the first visitor comes
 */
export async function startSite(options) {
  const server = createServer((request, response) => {
    answer(options, request.url ?? '/', response).catch((error) => {
      console.error(error);
      response.writeHead(502).end('The Gridcast server did not do its part; see the log of this site.');
    });
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/**
 * @param {EmbedOptions} options
 * @param {string} path
 * @param {import('node:http').ServerResponse} response
 */
async function answer(options, path, response) {
  if (path === '/visit') {
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(await visit(options)));
    return;
  }
  const file = FILES.get(path);
  if (!file) {
    response.writeHead(404).end('There is nothing here.');
    return;
  }
  const { origin } = new URL(options.gridcast);
  response.writeHead(200, {
    'content-type': file.type,
    // All that the elements need: scripts, sockets and pictures of one other server, and workers that import its scripts. Only a
    // frame with its page for viewers needs frame-src.
    'content-security-policy': [
      "default-src 'self'",
      `script-src 'self' ${origin}`,
      `worker-src blob: ${origin}`,
      `connect-src 'self' ${origin} ${origin.replace('http', 'ws')}`,
      `frame-src ${origin}`,
      `img-src 'self' data: blob: ${origin}`,
      `media-src blob: data: ${origin}`,
    ].join('; '),
  });
  response.end(await readFile(new URL(file.name, import.meta.url)));
}

const [, main = '', gridcast = 'http://127.0.0.1:8080', room = 'embedded', port = '8090'] = process.argv;
if (import.meta.url === pathToFileURL(main).href) {
  const adminToken = process.env.GRIDCAST_ADMIN_TOKEN ?? '';
  await startSite({ gridcast, adminToken, room, port: Number(port) });
  console.log(`Open http://127.0.0.1:${port}, which has to be in server.allowedOrigins of ${gridcast}.`);
}
