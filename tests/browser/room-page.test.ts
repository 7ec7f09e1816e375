import type { Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AckMessage, ClientMessage } from '../../src/protocol/messages.ts';
import { accessibilityProblems, launchShell, type WatchedPage } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { changedDoorView, viewOfRoom } from '../helpers/room-views.ts';
import { join, knock, seeMovement, soon, STAGE, statsOf, stopRecording } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

let browser: Browser;
let server: PageServer;
let link: string;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
  link = `${server.url}/r/monday#token=${(await server.tokens.invite({ room: 'monday', role: 'host' })).token}`;
});

/** A page of this test alone; nothing in it may have failed when the test ends. */
async function open(): Promise<WatchedPage> {
  const watched = await openWatched(browser);
  return watched;
}

function heard<T extends ClientMessage['type']>(type: T): Extract<ClientMessage, { type: T }>[] {
  return server.echo.heard.filter((message): message is Extract<ClientMessage, { type: T }> => message.type === type);
}

describe('the room page', () => {
  it('takes the token out of the address bar, remembers the name, and is accessible before joining', async () => {
    const { page } = await open();
    await knock(page, link, 'Aiko');
    expect(page.url()).toBe(`${server.url}/r/monday`);
    await page.reload();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Aiko');
    await page.getByRole('heading', { name: 'Monday stand-up' }).waitFor();
    await soon(async () => expect(await page.title()).toBe('Monday stand-up · Gridcast'));
    expect(await accessibilityProblems(page)).toEqual([]);
    // The made-up microphone beeps once a second.
    const meter = page.getByRole('meter', { name: 'Microphone level' });
    const shown = new Set<string | null>();
    await soon(async () => {
      shown.add(await meter.getAttribute('aria-valuenow'));
      expect(shown.size).toBeGreaterThan(1);
    });
  });

  it('shows nothing of the door that the answer about the room would move, and does not wait for it for ever', async () => {
    const { page } = await open();
    let answer = (): void => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/rooms/monday', async (route) => {
      await asked;
      await route.continue();
    });
    await page.goto(link);
    await page.getByRole('heading', { name: 'this room' }).waitFor();
    // However long a machine took for that, the page waits here.
    await page.addInitScript(
      `{ const real = setTimeout; window.setTimeout = (then, ms, ...rest) => real(then, ms === 1000 ? 1e8 : ms, ...rest); }`,
    );
    await page.reload();
    await page.locator('#name').waitFor({ state: 'attached' });
    expect(await page.locator('#name').isVisible()).toBe(false);
    answer();
    await page.locator('#name').waitFor();
    expect(await page.locator('h1').innerText()).toBe('Monday stand-up');
  });

  it('is there before what one needs inside, which is loaded again when it did not come, or the whole page when that is gone', async () => {
    const { page } = await open();
    const inside = '**/assets/room-inside-*.js';
    await page.route(inside, (route) => route.abort());
    await knock(page, link, 'Aiko');
    await page.getByRole('heading', { name: 'Could not join' }).waitFor();
    // As after an update of the server: what the page is made of is gone, too.
    const gone = (route: Route) =>
      route.request().method() === 'HEAD' ? route.fulfill({ status: 404 }) : route.continue();
    await page.route('**/assets/gridcast-room-*.js', gone);
    await page.getByRole('button', { name: 'Join again' }).click();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('heading', { name: 'This page is older than the server' }).waitFor();
    await page.unroute(inside);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText(/^Connected/).waitFor();
  });

  it('sends picture and sound, shows the program in motion and plays its sound', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    // A page that does something with each frame of the screen is laid out and painted with each.
    await page.evaluate(`{
      const real = requestAnimationFrame;
      window.framesAsked = 0;
      window.requestAnimationFrame = (then) => ((framesAsked += 1), real(then));
    }`);
    await seeMovement(page);
    const stats = await statsOf(
      page,
      ({ soundMs, shownFps, receivedBitrate, sending }) =>
        (soundMs ?? 0) > 0 && shownFps > 0 && receivedBitrate > 0 && sending !== undefined,
    );
    expect(await page.evaluate('framesAsked')).toBe(0);
    expect(stats.sending).toMatchObject({ width: 640, height: 360 });
    expect(heard('publish').map(({ track, kind, source }) => [track, kind, source])).toEqual(
      expect.arrayContaining([
        [0, 'audio', 'mic'],
        [1, 'video', 'camera'],
      ]),
    );
    expect(heard('config').find(({ codec }) => codec === 'h264')).toMatchObject({
      track: 1,
      codecString: 'avc1.42E01F',
    });
    expect(heard('config').find(({ codec }) => codec === 'opus')).toMatchObject({ track: 0, channels: 1 });
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('acknowledges what it receives on both program tracks', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    const acks = await soon(() => {
      const found = [16, 17].map((track) => heard('ack').filter((ack) => ack.track === track));
      expect(Math.min(...found.map(({ length }) => length))).toBeGreaterThan(4);
      return found;
    });
    for (const list of acks) {
      const rising = list.every((ack, index) => index === 0 || ack.bytes > (list[index - 1] as AckMessage).bytes);
      expect(rising).toBe(true);
    }
  });

  it('obeys the size of its tile', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    await seeMovement(page, 2);
    server.echo.say({ type: 'target', track: 1, width: 320, height: 180, framerate: 5, maxBitrate: 200_000 });
    const stats = await statsOf(page, ({ sending, sentFps }) => sending?.width === 320 && sentFps > 0 && sentFps < 8);
    expect(stats.sending).toMatchObject({ width: 320, height: 180 });
    await seeMovement(page, 2);
    expect(heard('config').at(-1)).toMatchObject({ track: 1, width: 320, height: 180 });
  });

  it('ends the camera’s track when it is switched off, and begins a new one when it is switched on', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    await seeMovement(page, 2);
    await page.getByRole('button', { name: 'Camera' }).click();
    await soon(() => expect(heard('unpublish')).toEqual([{ type: 'unpublish', track: 1 }]));
    await page.getByRole('button', { name: 'Camera' }).click();
    await soon(() => expect(heard('publish').filter(({ track }) => track === 1)).toHaveLength(2));
    await seeMovement(page, 3);
  });

  it('comes back by itself after a cut, as the same participant', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    await seeMovement(page, 2);
    server.echo.cut();
    await soon(() => expect(heard('hello').at(-1)?.resume).toBe('resume-1'));
    await page.getByText(/^Connected/).waitFor();
    await seeMovement(page, 3);
  });

  it('says that the connection is lost while it cannot come back', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    await seeMovement(page, 2);
    const [self = ''] = await page.evaluate<string[]>(`${STAGE}.session.facts.roster.map(({ id }) => id)`);
    server.echo.say({ type: 'speaking', participants: [self], speaker: self });
    await page.getByText('Speaking').waitFor();
    server.echo.rules.refuse = { close: 1013, code: 'busy', message: 'The server is busy; try again later.' };
    server.echo.cut();
    await page.getByText('Connection lost').waitFor();
    // Before anything that takes a busy machine long: after half a minute it says something else.
    await page.getByText('Your place in the picture is kept for half a minute.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    // Nobody can know that any more.
    expect(await page.getByText('Speaking').count()).toBe(0);
    // In one go, as the page renews it with every try.
    const later = await page.evaluate<string>(`(async () => {
      const overlay = ${STAGE}.renderRoot.querySelector('gridcast-room-overlay');
      overlay.connection = { kind: 'reconnecting', attempt: 30, delayMs: 1000, lastedMs: 40_000 };
      await overlay.updateComplete;
      return overlay.renderRoot.textContent;
    })()`);
    expect(later).toContain('(attempt 30). Your place in the picture may be gone');
    delete server.echo.rules.refuse;
    await page.getByText(/^Connected/).waitFor();
  });

  it.each([
    [
      'a full room',
      { close: 1013, code: 'room_full', message: 'The room holds at most 16 people.' },
      'The room is full',
    ],
    ['a wrong token', { close: 4401, code: 'token_invalid', message: 'No.' }, 'This invite link does not work'],
    ['an ended room', { close: 4410, code: 'room_ended', message: 'Over.' }, 'This room has ended'],
  ])('explains %s', async (what, refuse, title) => {
    const { page } = await open();
    server.echo.rules.refuse = refuse;
    await knock(page, link, 'Aiko');
    await page.getByRole('heading', { name: title }).waitFor();
    // That it is over for everybody is nothing to be warned of.
    expect(await page.locator('.sign.trouble').count()).toBe(what === 'an ended room' ? 0 : 1);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says of a room that is not there whom to ask, and goes on by itself when it comes to be', async () => {
    const { page } = await open();
    const { token } = await server.tokens.invite({ room: 'tuesday', role: 'participant' });
    await page.goto(`${server.url}/r/tuesday#token=${token}`);
    await page.getByRole('heading', { name: 'There is no such room' }).waitFor();
    await page.getByText('Ask whoever sent you the link').waitFor();
    // Nothing that only some can do, and nothing to watch.
    expect(await page.getByText(/create/i).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Watch instead' }).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    server.addRoom('tuesday', { title: 'Tuesday lunch' });
    await page.getByRole('heading', { name: 'Tuesday lunch' }).waitFor();
    await page.getByRole('button', { name: 'Camera', pressed: true }).waitFor();
    // Whoever hears the page, or works with the keyboard, is where there is something to do now.
    const heard = `(() => {
      let active = document.activeElement;
      while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active.textContent.trim();
    })()`;
    await soon(async () => expect(await page.evaluate<string>(heard)).toBe('Tuesday lunch'));
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it.each([
    ['that is cut short', '#token=eyJhbGciOiJIUzI1NiJ9.eyJ'],
    ['without what opens the room', ''],
  ])('explains a link %s before anybody joins', async (_what, fragment) => {
    const { page } = await open();
    await page.goto(`${server.url}/r/monday${fragment}`);
    await page.getByRole('heading', { name: 'This invite link does not work' }).waitFor();
    await page.getByText('Ask the host for a new invite link').waitFor();
    expect(await page.getByRole('button', { name: 'Join again' }).count()).toBe(0);
    expect(server.echo.heard).toEqual([]);
  });

  it('asks for the password of a room whoever comes by a link that holds no more', async () => {
    const { page } = await open();
    const door = { password: 'open sesame' };
    server.addRoom('tuesday', { title: 'Tuesday', live: true, door: changedDoorView(viewOfRoom('').door, door) });
    await page.goto(`${server.url}/r/tuesday#token=eyJhbGciOiJIUzI1NiJ9.eyJ`);
    await page.getByLabel('Your name').fill('Aiko');
    await page.getByLabel('Password of the room').fill('open sesame');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText(/^Connected/).waitFor();
  });

  it('lets somebody in whose camera and microphone are blocked, and says how to allow them', async () => {
    const { page } = await open();
    await page.addInitScript(
      `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); }`,
    );
    await page.goto(link);
    await page.getByText('Camera and microphone are blocked').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('Your name').fill('Aiko');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText(/^Connected/).waitFor();
    expect(heard('publish')).toEqual([]);
  });

  it('shows a host the recording and lets them pause and stop it', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('REC', { exact: true }).waitFor();
    const states = () => [...server.state.recordings.values()].map(({ state }) => state);
    expect(states()).toEqual(['recording']);
    await page.getByRole('button', { name: 'Pause recording' }).click();
    await page.getByText('REC paused', { exact: true }).waitFor();
    await page.getByText('REC', { exact: true }).waitFor({ state: 'detached' });
    expect(states()).toEqual(['paused']);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Resume recording' }).click();
    await page.getByText('REC', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stop recording' }).click();
    const dialog = page.getByRole('dialog', { name: 'Stop recording?' });
    await dialog.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    // It goes on unless somebody says that it is over.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(states()).toEqual(['recording']);
    expect(await stopRecording(page)).toContain(
      '0:02 is recorded so far. It is kept, and made into a film. The admins',
    );
    await page.getByText('REC', { exact: true }).waitFor({ state: 'detached' });
    expect([...server.state.recordings.values()].map(({ state }) => state)).toEqual(['archiving']);
  });

  it.each([
    ['that runs', { recording: true }],
    ['that begins with the first person', { recordingRules: { auto: true, consent: 'notice' as const } }],
  ])('tells of a recording %s before anybody joins', async (_when, change) => {
    server.addRoom('monday', { title: 'Monday stand-up', ...change });
    const { page } = await open();
    await page.goto(link);
    await page.getByText('This room is recorded: what you say').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says where the recording is that a host has stopped, until they have read it', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    await page.getByRole('button', { name: 'Record' }).click();
    await stopRecording(page);
    await page.getByText('The recording is stopped').waitFor();
    await page.getByText('Admins can download and share it').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    // The admin page would ask them to sign in.
    expect(await page.getByRole('link', { name: 'Show it on the admin page' }).count()).toBe(0);
    await page.getByRole('button', { name: 'I see' }).click();
    await page.getByText('The recording is stopped').waitFor({ state: 'detached' });
  });

  it('leads an admin who has stopped a recording to its page', async () => {
    const { page } = await open();
    await page.route(/\/api\/session$/, (route) => route.fulfill({ json: { role: 'admin' } }));
    await page.goto(`${server.url}/sign-in`);
    const kept = JSON.stringify({ token: 'of an admin', user: { id: 'a', name: 'Ada' } });
    await page.evaluate(`localStorage.setItem('gridcast.session', ${JSON.stringify(kept)})`);
    await join(page, link, 'Ada');
    await page.getByRole('button', { name: 'Record' }).click();
    await stopRecording(page);
    const shown = page.getByRole('link', { name: 'Show it on the admin page' });
    const [id] = server.state.recordings.keys();
    expect(await shown.getAttribute('href')).toBe(`${server.url}/admin#/recordings/${id}`);
    await page.getByRole('button', { name: 'I see' }).click();
    await shown.waitFor({ state: 'detached' });
  });

  it('gives a host an invite that makes no hosts', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    await page.getByRole('button', { name: 'Invite' }).click();
    const field = page.getByLabel('Invite link', { exact: true });
    const invite = await soon(async () => {
      const value = await field.inputValue();
      expect(value).toContain('/r/monday#token=');
      return value;
    });
    const token = new URLSearchParams(new URL(invite).hash.slice(1)).get('token') ?? '';
    const grant = await server.people.tokens.verify(token);
    expect(grant.role).toBe('participant');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says goodbye when somebody leaves, and lets them come back', async () => {
    const { page } = await open();
    await join(page, link, 'Aiko');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'You left the room' }).waitFor();
    await soon(() => expect(heard('bye')).toHaveLength(1));
    await page.getByRole('button', { name: 'Join again' }).click();
    await page.getByRole('button', { name: 'Camera', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText(/^Connected/).waitFor();
    await seeMovement(page, 3);
  });
});
