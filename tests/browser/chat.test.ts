import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ChatEntry } from '../../src/protocol/chat.ts';
import { accessibilityProblems, launchChromium, launchShell } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { join, soon } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
});

async function open(path: string, width = 1280): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width, height: 900 } });
  await page.goto(server.url + path);
  return page;
}

function room(viewers: 'off' | 'read' | 'write'): void {
  server.addRoom('monday', { title: 'Monday stand-up', live: true, chat: { viewers, slowSeconds: 0, private: true } });
}

async function write(page: Page, text: string, name?: string): Promise<void> {
  if (name !== undefined) await page.locator('gridcast-chat').getByLabel('Your name').fill(name);
  await page.getByLabel('Write a message').fill(text);
  await page.getByLabel('Write a message').press('Enter');
}

const HOSTILE = [
  '<img src=x onerror="window.hurt=1">',
  '"><script>window.hurt=1</script>',
  '<svg/onload=window.hurt=1>',
  'javascript:window.hurt=1',
  'https://example.org/"onmouseover="window.hurt=1',
  '${window.hurt=1} {{window.hurt=1}}',
  '\u202Egnp.exe',
];

describe('the chat beside the player', () => {
  it('brings viewers together, and hands what they write on as text', async () => {
    room('write');
    const [ann, bob] = [await open('/watch/monday'), await open('/watch/monday', 390)];
    await write(ann, 'Hello from the back row', 'Ann');
    await bob.getByText('Hello from the back row').waitFor();
    await bob.getByText('Ann', { exact: true }).waitFor();
    await write(bob, 'Look: https://example.org/a?b=1. And @ann!', 'Bob');
    const link = ann.getByRole('link', { name: 'https://example.org/a?b=1' });
    expect(await link.getAttribute('rel')).toContain('noopener');
    await ann.locator('li.calls mark', { hasText: '@ann' }).waitFor();
    for (const page of [ann, bob]) {
      expect(await accessibilityProblems(page)).toEqual([]);
      const width = page.viewportSize()?.width ?? 0;
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });

  it('shows whatever is written as what it is', async () => {
    room('write');
    const ann = await open('/watch/monday');
    await write(ann, 'First', HOSTILE[0]);
    for (const text of HOSTILE.slice(0, 4)) await write(ann, text);
    await ann.getByText('javascript:window.hurt=1').waitFor();
    await ann
      .getByText(HOSTILE[0] ?? '', { exact: true })
      .first()
      .waitFor();
    expect(await ann.evaluate('window.hurt')).toBeUndefined();
    expect(await ann.locator('gridcast-chat li').locator('img, script, svg').count()).toBe(0);
  });

  it('lets people change and take back what they wrote', async () => {
    room('write');
    const [ann, bob] = [await open('/watch/monday'), await open('/watch/monday')];
    await write(ann, 'Helo', 'Ann');
    await bob.getByText('Helo').waitFor();
    await ann.getByText('Helo').hover();
    await ann.getByRole('button', { name: 'Change' }).click();
    await ann.getByLabel('Change your message').fill('Hello');
    await ann.getByRole('button', { name: 'Save' }).click();
    await bob.getByText('(changed)').waitFor();
    expect(await bob.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await ann.locator('gridcast-chat .text', { hasText: 'Hello' }).hover();
    await ann.getByRole('button', { name: 'Delete' }).click();
    await bob.getByText('This message was deleted.').waitFor();
  });

  it('is for reading alone, or not there at all, as the room says', async () => {
    room('read');
    const reader = await open('/watch/monday');
    await reader.getByText('You can read the chat here').waitFor();
    expect(await reader.getByLabel('Write a message').count()).toBe(0);
    room('off');
    const stranger = await open('/watch/monday');
    await stranger.locator('gridcast-viewer-chat').waitFor({ state: 'detached' });
    await stranger.locator('.player:not(.with-chat)').waitFor();
  });
});

describe('a long chat', () => {
  const TAKE = `(() => {
    const chat = document.querySelector('gridcast-watch').shadowRoot.querySelector('gridcast-viewer-chat').shadowRoot.querySelector('gridcast-chat');
    const author = { id: 'p2', name: 'Bo', role: 'participant' };
    const line = (_, index) => ({ id: 'm' + index, rev: index + 1, at: 1_900_000_000_000 + index * 1000, author, text: 'Line ' + (index + 1) });
    chat.desk.book.take(Array.from({ length: 10_000 }, line), undefined, true);
    chat.revision += 1;
  })()`;

  it('is drawn from its end, and further back when asked', async () => {
    room('read');
    const page = await open('/watch/monday', 390);
    await page.getByText('Nothing has been written yet.').waitFor();
    await page.evaluate(TAKE);
    await page.getByText('Line 10000', { exact: true }).waitFor();
    expect(await page.locator('gridcast-chat li').count()).toBe(150);
    await page.getByRole('button', { name: 'Show earlier messages' }).click();
    await soon(async () => expect(await page.locator('gridcast-chat li').count()).toBe(300));
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await soon(async () => expect(await page.locator('gridcast-chat li').count()).toBe(150));
    await page.getByText('Line 10000', { exact: true }).waitFor();
  });
});

describe('the chat in the room', () => {
  const author = { id: 'p2', name: 'Björn', role: 'participant' } as const;
  const entry = (index: number, more: Partial<ChatEntry> = {}): ChatEntry => {
    return {
      id: `m${index}`,
      rev: index,
      at: 1_900_000_000_000 + index * 1000,
      author,
      text: `Line ${index}`,
      ...more,
    };
  };

  async function enter(role: 'host' | 'participant' = 'participant', by = browser): Promise<Page> {
    server.addRoom('monday', { title: 'Monday stand-up', live: true });
    server.echo.rules.role = role;
    const { token } = await server.tokens.invite({ room: 'monday', role });
    const { page } = await openWatched(by, { viewport: { width: 1280, height: 900 } });
    await join(page, `${server.url}/r/monday#token=${token}`, 'Aiko');
    return page;
  }

  it('counts what is new, and sends what is written once, also after a refusal', async () => {
    const page = await enter();
    server.echo.say({ type: 'chat', entries: [entry(1), entry(2)] });
    server.echo.say({ type: 'chat', entries: [entry(3)] });
    await page.getByRole('button', { name: 'Chat: 1 new message' }).waitFor();
    await page.keyboard.press('Alt+c');
    await page.getByText('Line 3').waitFor();
    await page.getByRole('button', { name: 'Chat', exact: true }).waitFor();
    await write(page, 'Hello all');
    const said = await soon(() => {
      const found = server.echo.heard.find((message) => message.type === 'chat-say');
      if (found?.type !== 'chat-say') throw new Error('Nothing was said yet');
      return found;
    });
    expect(said.text).toBe('Hello all');
    await page.getByText('Sending…').waitFor();
    server.echo.say({ type: 'chat-refused', key: said.key, code: 'chat_slow', message: 'Wait 5 s.' });
    await page.getByText('Not sent: Wait 5 s.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await soon(() => expect(server.echo.heard.filter(({ type }) => type === 'chat-say')).toHaveLength(2));
    const self = { id: 'p1', name: 'Aiko', role: 'participant' } as const;
    const stored = entry(4, { text: 'Hello all', author: self });
    for (let times = 0; times < 2; times += 1) server.echo.say({ type: 'chat', entries: [stored], key: said.key });
    await page.getByText('Sending…').waitFor({ state: 'detached' });
    expect(await page.getByText('Hello all').count()).toBe(1);
  });

  it('stays at its end on a phone, when it is opened, written in, and a keyboard comes up', async () => {
    const page = await enter();
    await page.setViewportSize({ width: 360, height: 740 });
    const lines = Array.from({ length: 30 }, (_, index) => entry(index + 1));
    server.echo.say({ type: 'chat', entries: lines });
    await page.keyboard.press('Alt+c');
    const atEnd = async (): Promise<void> => {
      await soon(async () => {
        const rest = await page
          .getByRole('log', { name: 'Messages' })
          .evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight);
        expect(rest).toBeLessThan(2);
        expect(await page.getByRole('button', { name: 'To the newest message' }).count()).toBe(0);
      });
    };
    await atEnd();
    await page.getByLabel('Write a message').fill('One\nTwo\nThree\nFour');
    await atEnd();
    await page.setViewportSize({ width: 360, height: 600 });
    await atEnd();
    server.echo.say({ type: 'chat', entries: [entry(31)] });
    await page.getByText('Line 31').waitFor();
    await atEnd();
  });

  it('marks what is private, answers it in private, and says who is writing', async () => {
    const page = await enter();
    const secret = entry(1, { text: 'Only for you', to: { id: 'p1', name: 'Aiko' } });
    server.echo.say({ type: 'chat', entries: [secret] });
    await page.keyboard.press('Alt+c');
    await page.getByText('Private, to you alone').waitFor();
    server.echo.say({ type: 'chat-typing', participant: 'p2', to: 'p1' });
    await page.getByText('Björn Ångström is writing to you…').waitFor();
    await page.getByText('Only for you').hover();
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.getByText('Only Björn will see this').waitFor();
    await page.getByLabel('Write to Björn in private').fill('Thank you');
    await page.getByLabel('Write to Björn in private').press('Enter');
    const said = await soon(() => server.echo.heard.find((message) => message.type === 'chat-say') ?? fail());
    expect(said).toMatchObject({ text: 'Thank you', to: 'p2', replyTo: 'm1' });
    expect(server.echo.heard.filter(({ type }) => type === 'chat-typing')).toHaveLength(1);
    await page.getByText('Private, to Björn').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('has no private messages where a host has switched them off, says why, and sends nobody what was meant for one', async () => {
    const page = await enter();
    const secret = entry(1, { text: 'Only for you', to: { id: 'p1', name: 'Aiko' } });
    server.echo.say({ type: 'chat', entries: [secret, entry(2)] });
    await page.keyboard.press('Alt+c');
    await page.getByText('Only for you').hover();
    await page.getByRole('button', { name: 'Reply' }).first().click();
    await page.getByLabel('Write to Björn in private').fill('Between us');
    server.echo.rules.chat = { ...server.echo.rules.chat, private: false };
    server.echo.announce();
    await page.getByText('Private messages are switched off in this room: Björn will not get this.').waitFor();
    expect(await page.getByLabel('To', { exact: true }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await page.getByLabel('Write to Björn in private').press('Enter');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Write to everybody' }).click();
    await page.getByText('To everybody: private messages are switched off in this room.').waitFor();
    // What one began to write is still there, and goes to everybody only now.
    await page.getByLabel('Write a message').press('Enter');
    const said = await soon(() => server.echo.heard.find((message) => message.type === 'chat-say') ?? fail());
    expect(said).toEqual({ type: 'chat-say', key: said.key, text: 'Between us' });
    await page.getByText('Only for you').waitFor();
    await page.getByText('Line 2').hover();
    expect(await page.getByRole('button', { name: 'Private' }).count()).toBe(0);
    // From Reply, too.
    await page.getByText('Only for you').hover();
    await page.getByRole('button', { name: 'Reply' }).first().click();
    await page.getByText('Björn will not get this').waitFor();
    server.echo.rules.chat = { ...server.echo.rules.chat, private: true };
    server.echo.announce();
    await page.getByText('Only Björn will see this').waitFor();
    await page.getByLabel('To', { exact: true }).waitFor();
  });

  it('has a switch of private messages for hosts, which goes back when the server does not take it', async () => {
    const page = await enter('host');
    await page.keyboard.press('Alt+c');
    await page.getByRole('button', { name: 'More about the chat' }).click();
    const allow = page.getByLabel('People may write in private');
    await allow.click();
    await page.getByText('To everybody: private messages are switched off in this room.').waitFor();
    expect(server.state.rooms.get('monday')?.chat).toEqual({ viewers: 'read', slowSeconds: 0, private: false });
    expect(await allow.isChecked()).toBe(false);
    await page.route('**/api/rooms/monday', (route) => route.abort());
    await allow.click();
    await page.getByText('Not switched: The server does not answer').waitFor();
    expect(await allow.isChecked()).toBe(false);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('is written without a mouse: names that are called, emoji, and to whom', async () => {
    const page = await enter();
    await page.keyboard.press('Alt+c');
    await page.getByLabel('Write a message').pressSequentially('Hi @bj');
    await page.getByRole('option', { name: 'Björn Ångström', exact: true }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Emoji' }).press('Enter');
    await page.locator('gridcast-emoji-picker button:focus', { hasText: '😀' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await soon(async () => expect(await page.getByLabel('Write a message').inputValue()).toBe('Hi @Björn Ångström 😄'));
    await page.getByLabel('To', { exact: true }).selectOption({ label: '王 小明, in private' });
    await page.getByLabel('Write to 王 小明 in private').press('Enter');
    const said = await soon(() => server.echo.heard.find((message) => message.type === 'chat-say') ?? fail());
    expect(said).toMatchObject({ text: 'Hi @Björn Ångström 😄', to: 'p3' });
  });

  it('sends a pasted table, and cuts nothing off what is too long', async () => {
    const page = await enter();
    await page.keyboard.press('Alt+c');
    const field = page.getByLabel('Write a message');
    await write(page, 'Name\tHours\nAda\t3');
    const said = await soon(() => server.echo.heard.find((message) => message.type === 'chat-say') ?? fail());
    expect(said).toMatchObject({ text: 'Name Hours\nAda 3' });
    await write(page, 'x'.repeat(100_000));
    await page.getByText('98000 characters too many').waitFor();
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    expect(await field.inputValue()).toHaveLength(100_000);
    expect(await accessibilityProblems(page)).toEqual([]);
    await field.fill('y'.repeat(1999));
    await page.getByText('1 character left').waitFor();
    await field.press('Enter');
    await soon(() => expect(server.echo.heard.filter(({ type }) => type === 'chat-say')).toHaveLength(2));
    expect(await field.inputValue()).toBe('');
  });

  it('notifies of what is private, without its text, once that is switched on', async () => {
    // Without its windows it shows no notifications.
    const whole = await launchChromium();
    onTestFinished(() => whole.close());
    const page = await enter('participant', whole);
    await page.context().grantPermissions(['notifications']);
    await page.evaluate(`(() => {
      window.told = [];
      window.Notification = class extends Notification {
        constructor(title, options) { super(title, options); window.told.push(title, options.body); }
      };
    })()`);
    const secret = (index: number): ChatEntry => entry(index, { text: 'Psst', to: { id: 'p1', name: 'Aiko' } });
    server.echo.say({ type: 'chat', entries: [secret(1)] });
    await page.getByRole('button', { name: 'Chat: 1 new message' }).click();
    await page.getByRole('button', { name: 'More about the chat' }).click();
    await page.getByLabel('Desktop notifications').click();
    await page.getByRole('switch', { name: 'Desktop notifications', checked: true }).waitFor();
    await soon(async () => expect(await page.evaluate(`localStorage.getItem('gridcast.chat-notices')`)).toBe('on'));
    server.echo.say({ type: 'chat', entries: [secret(2)] });
    await soon(async () => expect(await page.getByText('Psst').count()).toBe(2));
    await page.keyboard.press('Alt+c');
    server.echo.say({ type: 'chat', entries: [secret(3)] });
    const told = ['Private message from Björn', 'Open the chat to read it.'];
    await soon(async () => expect(await page.evaluate('window.told')).toEqual(told));
  });

  it('is saved from its menu, and says so when that fails', async () => {
    const page = await enter();
    await page.keyboard.press('Alt+c');
    await page.getByRole('button', { name: 'More about the chat' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Table' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^chat-monday-.*\.csv$/);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.route('**/chat/export*', (route) => route.abort());
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByText('Not saved: The server does not answer').waitFor();
  });
});

function fail(): never {
  throw new Error('Nothing was said yet');
}
