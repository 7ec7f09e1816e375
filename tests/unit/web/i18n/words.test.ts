import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../../web/i18n/message.ts';
import { ApiError, reasonIn } from '../../../../web/api-client.ts';
import { createWords } from '../../../../web/i18n/words.ts';

const POLISH: Catalogue = {
  locale: 'pl',
  messages: {
    'prejoin.join': 'Dołącz',
    'room.peopleJoined': { one: '{count} osoba', few: '{count} osoby', many: '{count} osób', other: '{count} osoby' },
  },
  problems: { 'camera.blocked': { title: 'Kamera zablokowana', detail: 'Zezwól na nią.' } },
};

describe('words', () => {
  it('are English without a catalogue', () => {
    const words = createWords();
    expect(words.say('prejoin.join')).toBe('Join');
    expect(words.say('room.personJoined', { name: 'Ana' })).toBe('Ana joined');
    expect(words.say('room.peopleJoined', { count: 1 })).toBe('1 person joined');
    expect(words.say('room.peopleJoined', { count: 5 })).toBe('5 people joined');
  });

  it('come from the catalogue, in the forms that its language has', () => {
    const words = createWords(POLISH);
    const forms = [1, 3, 7].map((count) => words.say('room.peopleJoined', { count }));
    expect([words.say('prejoin.join'), ...forms]).toEqual(['Dołącz', '1 osoba', '3 osoby', '7 osób']);
  });

  it('stay English, with English forms, where the catalogue has none', () => {
    expect(createWords(POLISH).say('room.peopleLeft', { count: 3 })).toBe('3 people left');
  });

  it('write numbers as the language does', () => {
    expect(createWords({ locale: 'ar-EG', messages: {} }).say('stats.ms', { value: 12 })).toBe('١٢ ms');
  });

  it('write dates as whoever reads them does, in the language of the words', () => {
    const dates = (languages: readonly string[], catalogue?: Catalogue) => createWords(catalogue, languages).dateLocale;
    expect(dates(['en-GB', 'en-US'])).toBe('en-GB');
    expect(dates(['de-AT', 'en-AU'])).toBe('en-AU');
    expect(dates(['de-AT'])).toBe('en');
    expect(dates(['en-GB', 'pl-PL'], POLISH)).toBe('pl-PL');
    expect(dates(['no such language'])).toBe('en');
  });

  it('take values as text, whatever they hold', () => {
    expect(createWords().say('room.personJoined', { name: '{name} $& <b>' })).toBe('{name} $& <b> joined');
  });

  it('are English when the catalogue names no language', () => {
    expect(createWords({ locale: 'no such language', messages: {} }).locale).toBe('en');
  });

  it('replace a problem that the catalogue knows by its code, and leave others as they are', () => {
    const words = createWords(POLISH);
    const problem = { title: 'The camera is blocked', detail: 'Allow it.', retry: true, code: 'camera.blocked' };
    expect(words.problem(problem)).toEqual({ ...problem, title: 'Kamera zablokowana', detail: 'Zezwól na nią.' });
    const filled: Catalogue = {
      locale: 'de',
      messages: {},
      problems: { 'file.gone': { title: '{name} ist weg', detail: '{detail} {else}' } },
    };
    const gone = {
      title: 'Gone',
      detail: 'It went.',
      retry: true,
      code: 'file.gone',
      values: { name: 'a {detail} b' },
    };
    expect(createWords(filled).problem(gone)).toMatchObject({
      title: 'a {detail} b ist weg',
      detail: 'It went. {else}',
    });
    const ended: Catalogue = {
      locale: 'de',
      messages: {},
      problems: { 'closed.unknown': { title: 'Getrennt', detail: 'Code {code}.' } },
    };
    const closed = { title: 'Closed', detail: 'Say hello once.', retry: true, code: 'closed.already_greeted' };
    expect(createWords(ended).problem({ ...closed, values: { code: '4400' } }).detail).toBe('Code 4400.');
    expect(createWords(ended).problem(closed)).toBe(closed);
    const slow: Catalogue = {
      locale: 'de',
      messages: {},
      problems: { 'api.slow': { title: 'Zu schnell', detail: 'Warten.' } },
    };
    const refused = (code: string) => reasonIn(createWords(slow), new ApiError('Wait a moment.', 429, code));
    expect([refused('slow'), refused('busy'), refused('')]).toEqual(['Warten.', 'Wait a moment.', 'Wait a moment.']);
    expect(reasonIn(createWords(slow), new TypeError('No network.'))).toBe('No network.');
    const other = { title: 'Else', detail: 'Else.', retry: false };
    expect(words.problem(other)).toBe(other);
  });

  it('say for how long one waits, as the answer tells it, else a minute', () => {
    const problems = { 'api.too_many_attempts': { title: 'Zu oft', detail: 'Warten Sie {wait}.' } };
    const words = createWords({ locale: 'de', messages: {}, problems });
    const refused = (retryAfter?: number): string =>
      reasonIn(words, new ApiError('Too often.', 429, 'too_many_attempts', { ...(retryAfter && { retryAfter }) }));
    expect([9, 1, 150, undefined].map(refused)).toEqual([
      'Warten Sie 9 Sekunden.',
      'Warten Sie 1 Sekunde.',
      'Warten Sie 3 Minuten.',
      'Warten Sie 1 Minute.',
    ]);
  });

  it('tell of a field that they know what it needs, and of others what the server says', () => {
    const refused = (field: string): ApiError => new ApiError('In the body, no.', 400, 'invalid_request', { field });
    const problems = { 'api.invalid_request': { title: 'Nein', detail: 'So nicht: {detail}' } };
    const words = createWords({ locale: 'de', messages: { 'field.login': 'Der Anmeldename passt nicht.' }, problems });
    expect(reasonIn(words, refused('login'))).toBe('Der Anmeldename passt nicht.');
    expect(reasonIn(words, refused('door.opensAt'))).toBe('So nicht: In the body, no.');
    expect(reasonIn(words, refused('__proto__'))).toBe('So nicht: In the body, no.');
    expect(reasonIn(createWords(), refused('name'))).toMatch(/^Use 1 to 64 characters for the name/);
    // A word of the admin page alone.
    expect(reasonIn(createWords(), refused('types.3'))).toBe('In the body, no.');
  });
});
