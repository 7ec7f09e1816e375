/** A real Firefox with a made-up camera and microphone, driven by WebDriver BiDi over a socket of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { systemClock } from '../../src/util/clock.ts';

/** What its made-up microphone gives. */
export const FAKE_TONE_HZ = 1300;

/** Preferences of the profile: no questions, no first steps, devices that are none. */
const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  // The microphone is this tone.
  'media.navigator.audio.fake_frequency': FAKE_TONE_HZ,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/** A page that does not answer for this long never will. */
const PATIENCE_MS = 60_000;

/** A part of what is shown, pixels of the page. */
export interface ShownBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Answer {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly method?: string;
  readonly result?: unknown;
  readonly message?: string;
  readonly params?: unknown;
}

interface Evaluated {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

/** One browser with one page; everything it made goes with `close`. */
export class Firefox {
  /** What scripts of the page complained about. */
  readonly errors: string[] = [];
  readonly #process: ChildProcess;
  readonly #socket: WebSocket;
  readonly #profile: string;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #next = 1;
  #context = '';

  private constructor(process: ChildProcess, socket: WebSocket, profile: string) {
    this.#process = process;
    this.#socket = socket;
    this.#profile = profile;
    socket.on('message', (data: Buffer) => this.#onMessage(JSON.parse(data.toString()) as Answer));
  }

  /** Starts `command`. @throws when it cannot be started or driven. */
  static async launch(command: string): Promise<Firefox> {
    const profile = await mkdtemp(join(tmpdir(), 'gridcast-firefox-'));
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
    await writeFile(join(profile, 'user.js'), lines.join('\n'));
    const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      const socket = new WebSocket(`${await listening(child)}/session`);
      await once(socket, 'open');
      const firefox = new Firefox(child, socket, profile);
      await firefox.#begin();
      return firefox;
    } catch (error) {
      child.kill();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      throw error;
    }
  }

  /** Runs before any script of the pages to come. */
  async prepare(script: string): Promise<void> {
    await this.#command('script.addPreloadScript', { functionDeclaration: `() => { ${script} }` });
  }

  /** Opens an address; resolves when it has loaded. */
  async open(url: string): Promise<void> {
    await this.#command('browsingContext.navigate', { context: this.#context, url, wait: 'complete' });
  }

  /** The JSON value of an expression, as after a click of the person. @throws Error with what the page said. */
  async evaluate<T>(expression: string): Promise<T> {
    const params = {
      expression: `(async () => JSON.stringify(await (${expression})) ?? 'null')()`,
      target: { context: this.#context },
      awaitPromise: true,
      userActivation: true,
    };
    const answer = (await this.#command('script.evaluate', params)) as Evaluated;
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text ?? 'The page threw something.');
    return JSON.parse(String(answer.result?.value)) as T;
  }

  /** What the page, or a part of it, looks like, PNG. */
  async screenshot(box?: ShownBox): Promise<Buffer> {
    const clip = box && { clip: { type: 'box', ...box } };
    const params = { context: this.#context, ...clip };
    const taken = (await this.#command('browsingContext.captureScreenshot', params)) as { data: string };
    return Buffer.from(taken.data, 'base64');
  }

  async close(): Promise<void> {
    const gone = this.#process.exitCode === null ? once(this.#process, 'exit') : undefined;
    this.#socket.close();
    for (const [id, answered] of this.#waiting) answered({ id, type: 'error', message: 'The browser was closed.' });
    this.#waiting.clear();
    this.#process.kill();
    await gone;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #begin(): Promise<void> {
    await this.#command('session.new', { capabilities: {} });
    await this.#command('session.subscribe', { events: ['log.entryAdded'] });
    const tree = (await this.#command('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    this.#context = tree.contexts[0]?.context ?? '';
  }

  #command(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const cancel = systemClock.after(PATIENCE_MS, () => {
        this.#waiting.delete(id);
        reject(new Error(`${method}: no answer for ${PATIENCE_MS / 1000} s`));
      });
      this.#waiting.set(id, (answer) => {
        cancel();
        if (answer.type === 'success') resolve(answer.result);
        else reject(new Error(`${method}: ${answer.message ?? 'failed'}`));
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  #onMessage(answer: Answer): void {
    if (answer.id !== undefined) {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    } else if (answer.method === 'log.entryAdded') {
      const { level, text } = answer.params as { level: string; text: string };
      if (level === 'error') this.errors.push(text);
    }
  }
}

/** The address that a starting browser names. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Firefox ended with ${code} before it could be driven.`)));
    if (!child.stderr) return;
    createInterface(child.stderr).on('line', (line) => {
      const url = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}
