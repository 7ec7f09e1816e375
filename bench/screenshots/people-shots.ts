/** The pictures of rooms that people live in: the door, the chat, what hosts do, contacts and calls. As data. */
import type { Page } from 'playwright-core';
import type { TestServer } from '../../tests/helpers/test-server.ts';

/** What a shot can do besides using its page. */
export interface PeopleStage {
  readonly page: Page;
  readonly server: TestServer;
  /** A page of somebody else, in a browser profile of its own. */
  readonly person: () => Promise<Page>;
  /** Link to the room with an invite. */
  readonly link: (role: 'host' | 'participant') => Promise<string>;
}

/** One picture of one page of the documents. */
export interface PeopleShot {
  /** Name of the file. */
  readonly name: string;
  /** In docs/. */
  readonly page: string;
  /** One sentence. */
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'dark' | 'light';
  /** A finger instead of a mouse. */
  readonly touch?: boolean;
  /** Painted people who are in the room already. */
  readonly others: number;
  /** How the room's door is set. */
  readonly door?: Readonly<Record<string, unknown>>;
  /** Resolves when the page is as it is to be seen. */
  act(stage: PeopleStage): Promise<void>;
}

const WIDE = { width: 1280, height: 800 } as const;
const PHONE = { width: 390, height: 800, touch: true } as const;
const HOST = 'Rui Lima';
const GUEST = 'Ana Duarte';
const PASSWORD = 'correct horse battery';

async function knock(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
}

async function join(page: Page, link: string, name: string): Promise<void> {
  await knock(page, link, name);
  for (const device of ['Camera', 'Microphone']) {
    await page.getByRole('button', { name: device, pressed: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText(/^Connected/).waitFor();
}

async function joinAsHost({ page, link }: PeopleStage): Promise<void> {
  await join(page, await link('host'), HOST);
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Write a message').fill(text);
  await page.keyboard.press('Enter');
  await page.getByText(text).first().waitFor();
}

/** Signs somebody in with this page's browser profile and opens their contacts. */
async function contacts({ server }: PeopleStage, page: Page, login: string): Promise<void> {
  const { body } = await server.api<{ token: string; user: unknown }>(
    'POST',
    '/api/session',
    { login, password: PASSWORD },
    '',
  );
  await page.goto(`${server.url}/contacts`);
  const session = JSON.stringify({ token: body.token, user: body.user });
  await page.evaluate(`localStorage.setItem('gridcast.session', ${JSON.stringify(session)})`);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Contacts' }).waitFor();
}

async function addPeople({ server }: PeopleStage): Promise<void> {
  const people = { rui: HOST, ana: GUEST, tomas: 'Tomás Okafor', emi: '佐藤 恵美', dmitri: 'Дмитрий Волков' };
  for (const [login, name] of Object.entries(people)) {
    await server.api('POST', '/api/users', { login, name, password: PASSWORD });
  }
}

async function ring(stage: PeopleStage): Promise<void> {
  await addPeople(stage);
  await contacts(stage, stage.page, 'rui');
  const other = await stage.person();
  await contacts(stage, other, 'ana');
  await other
    .getByRole('button', { name: `Call ${HOST}` })
    .first()
    .click();
  await stage.page.getByRole('heading', { name: `${GUEST} is calling` }).waitFor();
}

async function invite(stage: PeopleStage): Promise<void> {
  const { page } = stage;
  await joinAsHost(stage);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByText('Links that can be taken back').click();
  for (const [whom, count] of [
    ['Panel', '4'],
    ['Press', '12'],
  ] as const) {
    await page.getByLabel('For whom').fill(whom);
    await page.getByLabel('For how many people').fill(count);
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByRole('button', { name: `Copy the link “${whom}”` }).waitFor();
  }
  await page.getByRole('button', { name: 'Make a link' }).evaluate((element) => element.scrollIntoView());
}

async function addToCall(stage: PeopleStage): Promise<void> {
  await ring(stage);
  const { page } = stage;
  await page.getByRole('button', { name: 'Answer with camera' }).click();
  await page.getByText(/^Connected/).waitFor();
  await contacts(stage, await stage.person(), 'emi');
  await page.getByRole('button', { name: 'Add somebody' }).click();
  await page.getByText('Online').waitFor();
}

/** In the order of the pages. */
export const PEOPLE_SHOTS: readonly PeopleShot[] = [
  {
    name: 'lobby-password',
    page: 'rooms.md',
    caption: 'The lobby of a room with a password and a waiting room.',
    ...WIDE,
    theme: 'dark',
    others: 0,
    door: { password: PASSWORD, waitingRoom: true },
    async act({ page, link }) {
      await knock(page, await link('participant'), GUEST);
      await page.getByLabel('Password of the room').first().waitFor();
    },
  },
  {
    name: 'waiting',
    page: 'rooms.md',
    caption: 'The waiting room.',
    ...WIDE,
    theme: 'dark',
    others: 2,
    door: { waitingRoom: true },
    act: wait,
  },
  {
    name: 'waiting-phone',
    page: 'rooms.md',
    caption: 'The same on a phone, light.',
    ...PHONE,
    theme: 'light',
    others: 2,
    door: { waitingRoom: true },
    act: wait,
  },
  {
    name: 'at-the-door',
    page: 'rooms.md',
    caption: 'What a host sees when somebody knocks.',
    ...WIDE,
    theme: 'light',
    others: 2,
    door: { waitingRoom: true },
    async act(stage) {
      await joinAsHost(stage);
      await knockFrom(stage, GUEST);
      await stage.page.getByText(`${GUEST} would like to come in`).waitFor();
    },
  },
  {
    name: 'chat-files',
    page: 'chat.md',
    caption: 'The chat with a file that somebody shares.',
    ...WIDE,
    theme: 'dark',
    others: 2,
    act: chat,
  },
  {
    name: 'chat-files-phone',
    page: 'chat.md',
    caption: 'The same on a phone, light.',
    ...PHONE,
    theme: 'light',
    others: 2,
    act: chat,
  },
  {
    name: 'host-menu',
    page: 'moderation.md',
    caption: 'What a host can do about everybody.',
    ...WIDE,
    theme: 'dark',
    others: 4,
    async act(stage) {
      await joinAsHost(stage);
      await stage.page.getByRole('button', { name: 'Host', exact: true }).click();
      await stage.page.getByRole('group', { name: 'What hosts can do' }).waitFor();
    },
  },
  {
    name: 'contacts',
    page: 'calls.md',
    caption: 'Contacts, with who is there.',
    ...WIDE,
    theme: 'light',
    others: 0,
    async act(stage) {
      await addPeople(stage);
      await contacts(stage, stage.page, 'rui');
      await contacts(stage, await stage.person(), 'ana');
      await stage.page.getByText('Online').first().waitFor();
    },
  },
  {
    name: 'incoming-call',
    page: 'calls.md',
    caption: 'Somebody calls.',
    ...WIDE,
    theme: 'dark',
    others: 0,
    act: ring,
  },
  {
    name: 'incoming-call-phone',
    page: 'calls.md',
    caption: 'The same on a phone.',
    ...PHONE,
    theme: 'dark',
    others: 0,
    act: ring,
  },
  {
    name: 'call-add',
    page: 'calls.md',
    caption: 'Whom to bring into a call that goes on.',
    ...WIDE,
    theme: 'dark',
    others: 0,
    act: addToCall,
  },
  {
    name: 'invites',
    page: 'accounts.md',
    caption: 'The links of a room: for whom, how many have come, and how to take them back.',
    ...WIDE,
    theme: 'dark',
    others: 2,
    act: invite,
  },
  {
    name: 'invites-phone',
    page: 'accounts.md',
    caption: 'The same on a phone, light.',
    ...PHONE,
    theme: 'light',
    others: 2,
    act: invite,
  },
];

async function wait({ page, link }: PeopleStage): Promise<void> {
  await knock(page, await link('participant'), GUEST);
  await page.getByRole('button', { name: 'Camera', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText('A host will let you in soon').first().waitFor();
}

async function knockFrom(stage: PeopleStage, name: string): Promise<void> {
  const other = await stage.person();
  await knock(other, await stage.link('participant'), name);
  await other.getByRole('button', { name: 'Join', exact: true }).click();
}

async function chat(stage: PeopleStage): Promise<void> {
  const { page } = stage;
  await joinAsHost(stage);
  await page.getByRole('button', { name: /^Chat/ }).first().click();
  await say(page, 'Good morning! The plan for today is below.');
  const plan = { name: 'Plan for Monday.pdf', mimeType: 'application/pdf', buffer: smallPdf() };
  const tabs = page.getByRole('group', { name: 'Messages or files' });
  await tabs.getByRole('button', { name: /^Files/ }).click();
  await page.locator('input[type=file][multiple]').first().setInputFiles([plan]);
  await page.getByRole('button', { name: `Delete ${plan.name}` }).waitFor();
  await tabs.getByRole('button', { name: /^Messages/ }).click();
  await say(page, 'Questions? Raise a hand 🙂');
}

/** One empty page. */
function smallPdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R /Size 4 >>\n%%EOF\n`);
}
