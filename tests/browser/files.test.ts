import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import type { Browser, Locator, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems, launchShell, openPage } from '../helpers/browser.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { TcpProxy } from '../helpers/tcp-proxy.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { TestServer } from '../helpers/test-server.ts';
import { soon } from './room-steps.ts';

const STAGE = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage')`;
const QUEUE = `${STAGE}.session.files.queue`;
const MEGABYTE = 1024 * 1024;
/** One page of nothing, with the two things that a document could do by itself. */
const PDF = Buffer.from(`%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (app.alert\\(1\\);)>>>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>> endobj
trailer <</Root 1 0 R>>
%%EOF
`);
/** Asks for something when it runs, in each way that a browser may take it. */
const HARM = `<svg xmlns="http://www.w3.org/2000/svg" onload="fetch('/hurt')"><script>fetch('/hurt')</script></svg>
<html xmlns="http://www.w3.org/1999/xhtml"><body onload="fetch('/hurt')"><script>fetch('/hurt')</script>
<img src="/hurt" onerror="fetch('/hurt')" /></body></html>`;
/** What names and titles may hold, and must not do. */
const MARKUP = '<img src=x onerror=window.hurt=1>';
/** A browser that lets a page keep nothing. */
const FORGETFUL = `for (const area of ['localStorage', 'sessionStorage']) Object.defineProperty(window, area, {
  get() {
    throw new DOMException('Not allowed', 'SecurityError');
  },
});`;
/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

let browser: Browser;
let server: TestServer;
let samples: MediaSamples;

beforeAll(async () => {
  samples = new MediaSamples();
  server = await TestServer.start({
    program: { width: 320, height: 180, framerate: 5, preset: 'ultrafast' },
    files: { maxFileMegabytes: 10, maxUserMegabytes: 30, maxRoomMegabytes: 50, diskFloorPercent: 0 },
  });
  browser = await launchShell();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await samples.close();
});

/** Somebody without camera and microphone, who cost nothing here, in a room with their chat open. */
async function enter(link: string, name: string, base = server.url, script = ''): Promise<Page> {
  const { page, context, errors } = await openPage(browser, { viewport: { width: 1040, height: 700 } });
  onTestFinished(async () => {
    await context.close();
    expect(errors.filter((error) => !error.includes('WebSocket'))).toEqual([]);
  });
  context.setDefaultTimeout(60_000);
  await page.addInitScript(`if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException('Not allowed', 'NotAllowedError');
  };`);
  await page.addInitScript(script);
  await comeIn(page, link, name, base);
  return page;
}

async function comeIn(page: Page, link: string, name: string, base: string): Promise<void> {
  const { pathname, hash } = new URL(link);
  await page.goto(new URL(pathname + hash, base).href);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: /^Chat/ }).click();
  await page.getByText('Nothing has been written yet.').waitFor();
}

async function createRoom(id: string, title = id): Promise<{ join: string; host: string }> {
  const { body } = await server.api<{ links: { join: string } }>('POST', '/api/rooms', { id, title });
  const asked = { role: 'host', name: 'Hal', identity: 'hal' };
  const { body: host } = await server.api<{ link: string }>('POST', `/api/rooms/${id}/tokens`, asked);
  return { join: body.links.join, host: host.link };
}

async function share(page: Page, name: string, buffer: Buffer, mimeType: string): Promise<void> {
  await page.getByRole('button', { name: /^Files/ }).click();
  await page.locator('input[type=file][multiple]').setInputFiles({ name, mimeType, buffer });
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Write a message').fill(text);
  await page.getByLabel('Write a message').press('Enter');
}

/** Bytes that no two of are alike enough to be left out. */
function noise(bytes: number): Buffer {
  const block = createHash('sha512').update('noise');
  const seed = block.digest();
  const all = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 64) createHash('sha512').update(seed).update(`${at}`).digest().copy(all, at);
  return all;
}

describe('a line that is cut three times', () => {
  it('loses no message and no byte, doubles none, and no progress goes back', async () => {
    const room = await createRoom('cuts');
    const line = await TcpProxy.open(server.url);
    onTestFinished(() => line.close());
    const [ana, bo] = [await enter(room.join, 'Ana', line.url), await enter(room.host, 'Bo')];
    const bytes = noise(8 * MEGABYTE);
    line.up.bytesPerSecond = 2 * MEGABYTE;
    await ana.evaluate(`(() => {
      window.progress = [];
      const look = () => {
        const [upload] = ${QUEUE}.uploads;
        if (upload) window.progress.push(upload.sent);
        requestAnimationFrame(look);
      };
      look();
    })()`);
    await share(ana, 'holiday.bin', bytes, 'application/octet-stream');
    for (const cut of [1, 2, 3]) {
      const enough = (cut * bytes.length) / 4;
      await soon(async () => expect(await ana.evaluate(`${QUEUE}.uploads[0].sent`)).toBeGreaterThan(enough));
      line.cut();
      await ana.getByRole('button', { name: 'Messages' }).click();
      await write(ana, `Ana ${cut}`);
      await write(bo, `Bo ${cut}`);
      await ana.getByRole('button', { name: /^Files/ }).click();
    }
    await soon(async () => expect(await ana.evaluate(`${QUEUE}.uploads[0].state`)).toBe('done'));
    const progress = await ana.evaluate<number[]>('window.progress');
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const sum = createHash('sha256').update(bytes).digest('hex');
    await bo.getByRole('button', { name: 'Files: 1 new file' }).click();
    await bo.getByText(sum).waitFor();
    const [download] = await Promise.all([
      bo.waitForEvent('download'),
      bo.getByRole('button', { name: 'Download holiday.bin' }).click(),
    ]);
    const got = await readFile(await download.path());
    expect(createHash('sha256').update(got).digest('hex')).toBe(sum);
    for (const page of [ana, bo]) {
      await page.getByRole('button', { name: 'Messages' }).click();
      await soon(async () => {
        const texts = await page.locator('gridcast-chat .text').allTextContents();
        const wanted = [1, 2, 3].flatMap((cut) => [`Ana ${cut}`, `Bo ${cut}`]);
        expect(texts.map((text) => text.trim()).toSorted()).toEqual(wanted.toSorted());
        expect(await page.getByText('Sending…').count()).toBe(0);
      });
    }
  });
});

describe('the files of a room', () => {
  it('are those of whoever shares them also where a page may keep nothing, as in one that is embedded', async () => {
    const room = await createRoom('forgetful');
    const ana = await enter(room.join, 'Ana', server.url, FORGETFUL);
    await share(ana, 'notes.txt', Buffer.from('abc'), 'text/plain');
    await ana.getByRole('button', { name: 'Delete notes.txt' }).waitFor();
    const { body } = await server.api<{ items: object[] }>('GET', '/api/rooms/forgetful/files');
    expect(body.items).toMatchObject([{ by: { name: 'Ana' } }]);
  });

  it('are dropped, shown, deleted by hosts, and switched off', async () => {
    const room = await createRoom('desk', `Desk ${MARKUP}`);
    const [ana, host] = [await enter(room.join, `Ana ${MARKUP}`), await enter(room.host, 'Hal')];
    const red = `red ${MARKUP}.png`;
    await ana.evaluate(`(() => {
      const bytes = Uint8Array.from(atob('${PNG.toString('base64')}'), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], '${red}', { type: 'image/png' }));
      data.items.add(new File(['<script>window.hurt=1</script>'], 'page.html', { type: 'text/html' }));
      for (const type of ['dragover', 'drop']) {
        ${STAGE}.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, composed: true, cancelable: true }));
      }
    })()`);
    await ana.getByRole('button', { name: `Delete ${red}` }).waitFor();
    await ana.getByRole('button', { name: 'Delete page.html' }).waitFor();
    expect(await accessibilityProblems(ana)).toEqual([]);
    await host.getByText(`Ana ${MARKUP} has shared a file`).first().waitFor();
    await host.getByText(`Desk ${MARKUP}`).first().waitFor();
    expect(await host.getByRole('button', { name: 'Show page.html' }).count()).toBe(0);
    const [response] = await Promise.all([
      host.waitForResponse((answer) => answer.url().includes('inline=1')),
      host.getByRole('button', { name: `Show ${red}` }).click(),
    ]);
    expect([response.status(), response.headers()['content-type']]).toEqual([200, 'image/png']);
    await host.locator('gridcast-file-preview img').waitFor();
    expect(await accessibilityProblems(host)).toEqual([]);
    await host.locator('gridcast-file-preview').getByRole('button', { name: 'Close' }).click();
    await host.getByRole('button', { name: 'Delete page.html' }).click();
    await host.locator('gridcast-confirm-dialog').getByRole('button', { name: 'Delete' }).click();
    await ana.getByRole('button', { name: 'Delete page.html' }).waitFor({ state: 'detached' });
    await host.getByLabel('People may share files').click();
    await ana.getByText('Files are switched off in this room.').waitFor();
    await ana.getByRole('button', { name: `Download ${red}` }).waitFor();
    for (const page of [ana, host]) expect(await page.evaluate('window.hurt')).toBeUndefined();
  });

  it('too large for the room are refused with what to do, and what a reload has stopped goes on', async () => {
    const room = await createRoom('reload');
    let [arrived, enough] = [0, Number.POSITIVE_INFINITY];
    const line = await TcpProxy.open(server.url, (way, _, data) => {
      if (way === 'up') arrived += data.length;
      // Else the rest were there before somebody slow had read the question.
      if (arrived > enough) line.up.bytesPerSecond = MEGABYTE / 64;
    });
    onTestFinished(() => line.close());
    const ana = await enter(room.join, 'Ana', line.url);
    await share(ana, 'huge.bin', Buffer.alloc(11 * MEGABYTE), '');
    await ana.getByText(/^Not sent: /).waitFor();
    await ana.getByRole('button', { name: 'Cancel huge.bin' }).click();
    [arrived, enough, line.up.bytesPerSecond] = [0, 2 * MEGABYTE, 2 * MEGABYTE];
    const bytes = noise(5 * MEGABYTE);
    const path = joinPath(await tempDir(), 'talk.bin');
    await writeFile(path, bytes);
    const choose = () => ana.locator('input[type=file][multiple]').setInputFiles(path);
    await choose();
    await soon(() => expect(arrived).toBeGreaterThan(enough));
    const [question] = await Promise.all([ana.waitForEvent('dialog'), ana.close({ runBeforeUnload: true })]);
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await ana.getByRole('button', { name: 'Pause talk.bin' }).click();
    await ana.getByText('Paused').waitFor();
    expect(await accessibilityProblems(ana)).toEqual([]);
    await ana.goto('about:blank');
    // The browser's kernel may hold the whole rest by now, and would hand it over yet.
    line.cut();
    [enough, line.up.bytesPerSecond] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    await comeIn(ana, room.join, 'Ana', line.url);
    await ana.getByRole('button', { name: /^Files/ }).click();
    await ana.getByText('Choose the same file again').waitFor();
    const [request] = await Promise.all([
      ana.waitForRequest((asked) => asked.method() === 'PATCH' || asked.method() === 'POST'),
      choose(),
    ]);
    expect([request.method(), Number(request.headers()['upload-offset']) > MEGABYTE]).toEqual(['PATCH', true]);
    await ana.getByText(createHash('sha256').update(bytes).digest('hex')).waitFor();
  });
});

/** Where a sound or a film is, and how long it is, in seconds; -1 for anything else. */
function timesOf(element: Locator): Promise<{ readonly at: number; readonly length: number }> {
  return element.evaluate((media) => {
    const numbers = 'currentTime' in media && 'duration' in media ? [media.currentTime, media.duration] : [];
    const [at, length] = numbers.map((value) => (typeof value === 'number' ? value : -1));
    return { at: at ?? -1, length: length ?? -1 };
  });
}

/** Opens what is shared under `name`, and gives the answer that it is shown from. */
async function show(page: Page, name: string): Promise<Response> {
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.url().includes('inline=1')),
    page.getByRole('button', { name: `Show ${name}` }).click(),
  ]);
  return response;
}

/** Puts a file into a room without its page. */
async function put(room: string, type: string, bytes: Buffer): Promise<string> {
  const headers = {
    Authorization: `Bearer ${server.token}`,
    'Tus-Resumable': '1.0.0',
    'Upload-Length': String(bytes.length),
    'Upload-Metadata': `filename ${btoa('harm.html')},filetype ${btoa(type)}`,
    'Content-Type': 'application/offset+octet-stream',
  };
  const body = new Uint8Array(bytes);
  const made = await fetch(`${server.url}/api/rooms/${room}/files`, { method: 'POST', headers, body });
  const id = made.headers.get('location')?.split('/').at(-1) ?? '';
  const path = `/api/rooms/${room}/files/${id}/link`;
  return `${(await server.api<{ url: string }>('POST', path, {})).body.url}&inline=1`;
}

describe('what is shared, in the page', () => {
  const preview = 'gridcast-file-preview';

  it('plays when it is a sound or a film, is shown when it is a document, and ends when it is closed', async () => {
    const room = await createRoom('looks');
    const ana = await enter(room.join, 'Ana');
    const [film, sound] = await Promise.all([samples.file({ seconds: 1 }), samples.soundFile({ seconds: 1 })]);
    await ana.getByRole('button', { name: /^Files/ }).click();
    await ana.locator('input[type=file][multiple]').setInputFiles([
      { name: 'film.mp4', mimeType: 'video/mp4', buffer: await readFile(film) },
      { name: 'tone.ogg', mimeType: 'audio/ogg', buffer: await readFile(sound) },
      { name: 'paper.pdf', mimeType: 'application/pdf', buffer: PDF },
    ]);
    for (const [name, tag, type] of [
      ['film.mp4', 'video', 'video/mp4'],
      ['tone.ogg', 'audio', 'audio/ogg'],
      ['paper.pdf', 'iframe', 'application/pdf'],
    ] as const) {
      // Asked for again, as the browser tells what its own viewer of documents has made of them.
      const shown = await fetch((await show(ana, name)).url());
      await shown.arrayBuffer();
      expect(Object.fromEntries(shown.headers)).toMatchObject({
        'content-type': type,
        'content-disposition': `inline; filename=${name}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(/^default-src 'none'; /),
      });
      const element = ana.locator(`${preview} ${tag}`);
      await element.waitFor();
      if (tag !== 'iframe') {
        await element.press('Space');
        await soon(async () => expect((await timesOf(element)).at).toBeGreaterThan(0.1));
        expect((await timesOf(element)).length).toBeCloseTo(1, 0);
      }
      await ana.locator(preview).getByRole('button', { name: 'Close' }).click();
      await element.waitFor({ state: 'detached' });
    }
  });

  it('never runs, whatever it says it is', async () => {
    await createRoom('harm');
    const { page, context } = await openPage(browser);
    onTestFinished(() => context.close());
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'text/javascript']) {
      const link = await put('harm', type, Buffer.from(HARM));
      const [download] = await Promise.all([page.waitForEvent('download'), page.goto(link).catch(() => undefined)]);
      expect(download.suggestedFilename()).toBe('harm.html');
    }
    for (const type of ['image/png', 'text/plain', 'video/mp4']) {
      const answer = await page.goto(await put('harm', type, Buffer.from(HARM)));
      const { 'content-type': told, 'content-security-policy': policy } = answer?.headers() ?? {};
      expect([told, policy]).toEqual([type, expect.stringMatching(/; sandbox$/)]);
    }
    expect(asked.filter((path) => !path.endsWith('/content'))).toEqual([]);
  });

  it('is what was pasted, a picture by the moment it was, and a text is left to the message', async () => {
    const room = await createRoom('paste');
    const ana = await enter(room.join, 'Ana');
    const paste = (name: string, type: string, text = '') =>
      ana.evaluate<boolean>(`(() => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File(['${name}'], '${name}', { type: '${type}' }));
        if ('${text}') clipboardData.setData('text/plain', '${text}');
        const to = ${STAGE};
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true });
        return to.dispatchEvent(event);
      })()`);
    // Taken once the room has said that files are shared in it.
    await soon(async () => expect(await paste('notes.odt', 'application/vnd.oasis.opendocument.text')).toBe(false));
    expect(await paste('image.png', 'image/png', 'a cell of a table')).toBe(true);
    expect(await paste('image.png', 'image/png')).toBe(false);
    await ana.getByRole('button', { name: /^Files/ }).click();
    await ana.getByRole('button', { name: 'Delete notes.odt' }).waitFor();
    await ana.getByRole('button', { name: /^Delete pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/ }).waitFor();
    expect(await ana.getByRole('button', { name: /^Delete / }).count()).toBe(2);
  });
});
