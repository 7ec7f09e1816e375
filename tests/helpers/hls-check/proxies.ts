/** The real nginx, Caddy, HAProxy and Varnish, with the documented configurations, in front of a server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep, systemClock } from '../../../src/util/clock.ts';
import { freePort } from '../free-port.ts';
import { makeLocal } from '../local-certificate.ts';

/** Those that can be started. */
export const PROXIES = ['nginx', 'caddy', 'haproxy', 'varnish'] as const;

/** Which one. */
export type ProxyKind = (typeof PROXIES)[number];

/** A running proxy. */
export interface Proxy {
  /** Where it answers. */
  readonly origin: string;
  /** To be trusted, PEM; undefined without TLS. */
  readonly ca?: string;
  /** Resolves when its processes and files are gone. */
  close(): Promise<void>;
}

const CONFIGURATIONS = join(import.meta.dirname, '../../../docs/proxies');
/** Where servers are that are not on everybody's PATH. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`;
const PATIENCE_MS = 20_000;
const LOOK_MS = 20;

/** Starts one in front of `backend`, an origin like `http://127.0.0.1:8080`. @throws Error with what it says */
export function startProxy(kind: ProxyKind, backend: string): Promise<Proxy> {
  const { port } = new URL(backend);
  return { nginx: startNginx, caddy: startCaddy, haproxy: startHaproxy, varnish: startVarnish }[kind](port);
}

async function startNginx(backendPort: string): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-nginx-'));
  const { authority, server } = await makeLocal();
  const port = await freePort();
  const site = await configuration('nginx.conf', {
    'server 127.0.0.1:8080;': `server 127.0.0.1:${backendPort};`,
    'listen 443 ssl http2;': `listen 127.0.0.1:${port} ssl http2;`,
    '/etc/ssl/CAST.EXAMPLE.ORG': folder,
    'CAST.EXAMPLE.ORG': 'localhost',
  });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const main = `daemon off; pid ${folder}/nginx.pid; error_log stderr warn; worker_processes 1;
events { worker_connections 4096; }
http { ${temporary.join(' ')} access_log off;
${site}
}`;
  await Promise.all([
    writeFile(join(folder, 'fullchain.pem'), server.cert),
    writeFile(join(folder, 'privkey.pem'), server.key),
    writeFile(join(folder, 'nginx.conf'), main),
  ]);
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH },
  });
  return running(child, folder, { origin: `https://localhost:${port}`, ca: authority.cert }, port);
}

async function startCaddy(backendPort: string): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-caddy-'));
  const { authority, server } = await makeLocal();
  const port = await freePort();
  const site = await configuration('Caddyfile', {
    'reverse_proxy 127.0.0.1:8080 {': `reverse_proxy 127.0.0.1:${backendPort} {`,
    'CAST.EXAMPLE.ORG {': `https://localhost:${port}, https://127.0.0.1:${port} {
bind 127.0.0.1
tls ${folder}/fullchain.pem ${folder}/privkey.pem`,
  });
  // It would listen on port 80, too, and take orders at another.
  const main = `{
admin off
auto_https disable_redirects
storage file_system ${folder}
}
${site}`;
  await Promise.all([
    writeFile(join(folder, 'fullchain.pem'), server.cert),
    writeFile(join(folder, 'privkey.pem'), server.key),
    writeFile(join(folder, 'Caddyfile'), main),
  ]);
  const child = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  return running(child, folder, { origin: `https://localhost:${port}`, ca: authority.cert }, port);
}

async function startHaproxy(backendPort: string): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-haproxy-'));
  const { authority, server } = await makeLocal();
  const port = await freePort();
  const main = await configuration('haproxy.cfg', {
    '  user haproxy\n  group haproxy\n': '',
    'bind :443 ': `bind 127.0.0.1:${port} `,
    '/etc/ssl/CAST.EXAMPLE.ORG': folder,
    'server gridcast 127.0.0.1:8080': `server gridcast 127.0.0.1:${backendPort}`,
  });
  await Promise.all([
    writeFile(join(folder, 'haproxy.pem'), `${server.cert}\n${server.key}`),
    writeFile(join(folder, 'haproxy.cfg'), main),
  ]);
  const child = spawn('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH },
  });
  return running(child, folder, { origin: `https://localhost:${port}`, ca: authority.cert }, port);
}

async function startVarnish(backendPort: string): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-varnish-'));
  const port = await freePort();
  const vcl = await configuration('varnish.vcl', { '.port = "8080";': `.port = "${backendPort}";` });
  await writeFile(join(folder, 'varnish.vcl'), vcl);
  // Without its jail it needs no user of its own, and its folder may be anybody's.
  const args = ['-j', 'none', '-F', '-n', join(folder, 'work'), '-s', 'malloc,128m', '-T', 'none'];
  const child = spawn('varnishd', [...args, '-a', `127.0.0.1:${port}`, '-f', join(folder, 'varnish.vcl')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH },
  });
  return running(child, folder, { origin: `http://127.0.0.1:${port}` }, port);
}

/** A documented file, with what is to be changed in it changed. @throws Error when it is not there */
async function configuration(name: string, changes: Readonly<Record<string, string>>): Promise<string> {
  let text = await readFile(join(CONFIGURATIONS, name), 'utf8');
  for (const [found, instead] of Object.entries(changes)) {
    if (!text.includes(found)) throw new Error(`${name} has no "${found}"`);
    text = text.replaceAll(found, instead);
  }
  return text;
}

async function running(
  child: ChildProcess,
  folder: string,
  address: { readonly origin: string; readonly ca?: string },
  port: number,
): Promise<Proxy> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = `${words}${text}`.slice(-4000)));
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      words += String(error);
      resolve();
    });
  });
  const state = { over: false };
  void ended.then(() => (state.over = true));
  const close = async (): Promise<void> => {
    if (!state.over) child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const giveUpMs = performance.now() + PATIENCE_MS;
  while (!(await isOpen(port))) {
    if (state.over || performance.now() > giveUpMs) {
      await close();
      throw new Error(`The proxy does not answer: ${words}`);
    }
    await sleep(systemClock, LOOK_MS);
  }
  return { ...address, close };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
