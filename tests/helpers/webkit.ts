/** A real WebKit (WebKitGTK's MiniBrowser) with a made-up camera and microphone, on a screen that nobody sees, driven by WebDriver. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { freePort } from './free-port.ts';

/** Beeps of its made-up microphone. */
export const WEBKIT_BEEP_HZ = 1500;

const LIBRARIES = '/usr/lib';
const SCREEN = '1400x1000x24';
/** A page that does not answer for this long never will. */
const PATIENCE_MS = 60_000;
const DRIVER_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** One browser with one page; everything it made goes with `close`. */
export class WebKit {
  readonly #screen: ChildProcess;
  readonly #driver: ChildProcess;
  readonly #home: string;
  readonly #url: string;
  #session = '';

  private constructor(screen: ChildProcess, driver: ChildProcess, home: string, url: string) {
    this.#screen = screen;
    this.#driver = driver;
    this.#home = home;
    this.#url = url;
  }

  /** Starts `command`, a WebKitWebDriver. @throws when it, Xvfb or the browser cannot be started. */
  static async launch(command: string): Promise<WebKit> {
    const home = await mkdtemp(join(tmpdir(), 'gridcast-webkit-'));
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const display = await displayOf(screen);
    const port = await freePort();
    // A bus of its own, which ends with it, in a group of processes that can be ended together.
    const driver = spawn('dbus-run-session', ['--', command, `--port=${port}`], {
      env: { ...process.env, DISPLAY: `:${display}`, HOME: home, LIBGL_ALWAYS_SOFTWARE: '1' },
      stdio: 'ignore',
      detached: true,
    });
    const webkit = new WebKit(screen, driver, home, `http://127.0.0.1:${port}`);
    try {
      await webkit.#begin();
      return webkit;
    } catch (error) {
      await webkit.close();
      throw error;
    }
  }

  /** Opens an address; resolves when it has loaded. */
  async open(url: string): Promise<void> {
    await this.#command('POST', '/url', { url });
  }

  /** Clicks what a script finds, as a person does: browsers let pages play sound after that. */
  async click(expression: string): Promise<void> {
    const found = await this.#command('POST', '/execute/sync', { script: `return ${expression};`, args: [] });
    const id = Object.values(found as Record<string, string>)[0];
    await this.#command('POST', `/element/${id}/click`, {});
  }

  /** The JSON value of an expression. @throws Error with what the page said. */
  async evaluate<T>(expression: string): Promise<T> {
    const script = `const done = arguments[0];
      (async () => JSON.stringify(await (${expression})) ?? 'null')().then(
        (value) => done({ value }),
        (error) => done({ error: String(error) }),
      );`;
    const answer = (await this.#command('POST', '/execute/async', { script, args: [] })) as {
      readonly value?: string;
      readonly error?: string;
    };
    if (answer.value === undefined) throw new Error(answer.error ?? 'The page threw something.');
    return JSON.parse(answer.value) as T;
  }

  /** What the page looks like, PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.#command('GET', '/screenshot')) as string, 'base64');
  }

  async close(): Promise<void> {
    await this.#command('DELETE', '').catch(() => undefined);
    await Promise.all([ended(this.#driver, true), ended(this.#screen, false)]);
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  async #begin(): Promise<void> {
    const options = { binary: smallBrowser(), args: ['--automation', '--enable-mock-capture-devices=true'] };
    const body = { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } };
    await this.#listening();
    const made = (await this.#ask('POST', '/session', body)) as { readonly sessionId: string };
    this.#session = made.sessionId;
    await this.#command('POST', '/timeouts', { script: PATIENCE_MS, pageLoad: PATIENCE_MS });
  }

  async #listening(): Promise<void> {
    const endMs = systemClock.monotonicMs() + DRIVER_MS;
    for (;;) {
      if (this.#driver.exitCode !== null) throw new Error('WebKitWebDriver ended before it could be used.');
      try {
        await this.#ask('GET', '/status');
        return;
      } catch (error) {
        if (systemClock.monotonicMs() > endMs) throw error;
        await sleep(systemClock, LOOK_EVERY_MS);
      }
    }
  }

  #command(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#ask(method, `/session/${this.#session}${path}`, body);
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const about = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(this.#url + path, { method, signal, ...about });
    const { value } = (await answer.json()) as { readonly value: unknown };
    if (!answer.ok) throw new Error(`${path}: ${(value as { readonly message?: string }).message ?? answer.status}`);
    return value;
  }
}

/** The number of the screen, which the server chooses. */
function displayOf(screen: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    screen.once('error', reject);
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
    createInterface(screen.stdio[3] as Readable).once('line', resolve);
  });
}

/** Where Debian has WebKitGTK's browser, whatever its version and machine. @throws when it is not installed. */
function smallBrowser(): string {
  for (const machine of readdirSync(LIBRARIES)) {
    const folder = join(LIBRARIES, machine);
    if (!machine.includes('-linux-')) continue;
    const version = readdirSync(folder).find((name) => /^webkit(2gtk|gtk)-/.test(name));
    if (version !== undefined) return join(folder, version, 'MiniBrowser');
  }
  throw new Error('WebKitGTK is not installed: apt-get install webkit2gtk-driver xvfb dbus');
}

async function ended(child: ChildProcess, group: boolean): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(group ? -child.pid : child.pid);
  await gone;
}
