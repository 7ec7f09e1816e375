/** What the server names by a code has words on the admin page. */
import { describe, expect, it } from 'vitest';
import { readPeople } from '../../../../src/accounts/read-people.ts';
import { ARCHIVE_FILE_KINDS } from '../../../../src/recorder/archive/archive-step.ts';
import { TIMELINE_FILE } from '../../../../src/recorder/archive/archive-timeline-file.ts';
import { VOD_PLAYLIST } from '../../../../src/recorder/archive/vod-files.ts';
import { createReadiness } from '../../../../src/server/readiness.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { adminEnglish } from '../../../../web/i18n/admin-english.ts';
import { together } from '../../../../web/i18n/together.ts';
import { germanAdmin } from '../../../../web/i18n/de/admin-catalogue.ts';
import { createWords } from '../../../../web/i18n/words.ts';
import { fileTitleWords } from '../../../../web/util/archive-file-words.ts';
import { importFaultWords } from '../../../../web/util/import-fault-words.ts';
import { sourceFiles } from '../../../repo/source-files.ts';

const words = createWords(undefined, ['en'], adminEnglish);
const KEYS = Object.keys(adminEnglish);
const missing = (prefix: string, names: readonly string[]): readonly string[] =>
  names.filter((name) => !KEYS.includes(`${prefix}.${name}`));

it('the kinds of files of an archive have words', () => {
  expect(missing('fileKind', ARCHIVE_FILE_KINDS)).toEqual([]);
});

it('the titles that every archive gives its files have words', () => {
  const steps = sourceFiles('src/recorder/archive/steps/*.ts').map(({ text }) => text);
  const files = steps.flatMap((text) => [
    ...text.matchAll(/name: '?([\w.]+)'?,\s+kind: '(\w+)',\s+contentType: [^,]+,\s+title: '([^']+)'/g),
    ...text.matchAll(/picture\('?([\w.]+)'?, '(\w+)', '([^']+)'\)/g),
  ]);
  expect(files.length).toBeGreaterThan(8);
  const german = createWords({ locale: 'de', messages: together(germanAdmin.parts) }, ['de'], adminEnglish);
  const real = { VOD_PLAYLIST, TIMELINE_FILE, file: 'sprite-1.jpg' };
  for (const [, written = '', kind = '', title = ''] of files) {
    const name = Object.entries(real).find(([word]) => word === written)?.[1] ?? written;
    const file = { name, kind, title, size: 1, sha256: '', contentType: '' };
    expect(fileTitleWords(words, file)).toBe(title);
    if (title !== 'Chat') expect(fileTitleWords(german, file)).not.toBe(title);
  }
});

it('titles that people have given stay as they are', () => {
  const named = (name: string, kind: string, title?: string) =>
    fileTitleWords(words, { name, kind, size: 1, sha256: '', contentType: '', ...(title !== undefined && { title }) });
  expect(named('chat.vtt', 'shared', 'Minutes')).toBe('Minutes');
  expect(named('track-01-camera.mp4', 'track', 'Ann, camera')).toBe('Ann, camera');
  expect(named('recording.mp4', 'film')).toBe('recording.mp4');
  expect(named('new.json', 'new', 'Something new')).toBe('Something new');
});

it('the checks of the server, and what they find, have words', async () => {
  const attended = { archives: async () => ({}), renders: async () => ({}), ownWorkers: 0 };
  const services = { redis: async () => 'well' as const, database: async () => {}, ...attended };
  const well = { dataDir: '.', ffmpegVersion: '7.1', ...services };
  const ill = {
    dataDir: './nowhere',
    redis: async () => 'silent' as const,
    database: () => Promise.reject(new Error()),
  };
  const refusing = { redis: async () => 'refuses' as const };
  const alone = { archives: async () => ({ since: 0 }) };
  const ended = { ...alone, ownWorkers: 1 };
  for (const found of [{}, ill, refusing, alone, ended]) {
    const options = { ...well, ...found };
    const checks = await createReadiness({ ...options, clock: systemClock }).check();
    expect(missing('healthCheck', Object.keys(checks))).toEqual([]);
    const codes = Object.values(checks).flatMap(({ code }) => (code === undefined ? [] : [code]));
    expect(missing('healthDetail', codes)).toEqual([]);
  }
});

it('everything that the audit log notes has words', () => {
  const noted = sourceFiles('src/**/*.ts').flatMap(({ text }) =>
    [...text.matchAll(/\baction: '(\w+)'/g)].map(([, action = '']) => action),
  );
  expect(noted).toContain('share_made');
  expect(missing('auditAction', noted)).toEqual([]);
});

describe('what is wrong with a line of a list of people', () => {
  const said = (list: string): readonly string[] =>
    readPeople(list).flatMap(({ line, fault }) => (fault ? [importFaultWords(words, { line, ...fault })] : []));

  it('is said with its numbers and names', () => {
    expect(said(`ä,Ann\nann,${'A'.repeat(65)}\nben,Ben,short\n`)).toEqual([
      'The login needs 1 to 64 letters without accents, digits, or any of . _ @ + -',
      'The name may have 64 characters, none of them invisible',
      'The password needs 10 to 128 characters',
    ]);
    expect(said('Login,E-Mail,Pet\nann,ann@example.org,Rex\n')).toEqual([
      'The column “E-Mail” is a duplicate, so it was ignored',
      'The column “Pet” is not login, name or password, so it was ignored',
    ]);
  });

  it('is said as the server does where there are no words for it', () => {
    const reason = 'the moon is full';
    for (const code of ['moon', 'constructor', 'password']) {
      expect(importFaultWords(words, { line: 1, code, reason })).toBe(reason);
    }
  });
});
