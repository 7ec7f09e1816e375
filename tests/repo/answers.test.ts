/** What the server answers is read in the language of the page: none shows its English as it came. */
import { describe, expect, it } from 'vitest';
import { ADMIN_PROBLEM_CODES } from '../../web/i18n/admin-problem-codes.ts';
import { PROBLEM_CODES } from '../../web/i18n/problem-codes.ts';
import { sourceFiles, stripComments } from './source-files.ts';

/** What a browser says of its own, and what makes problems out of answers. */
const NOT_OF_THE_SERVER: readonly string[] = [
  'web/components/room-stage.ts',
  'web/controllers/hls-engine.ts',
  'web/controllers/own-tracks.ts',
];
const pages = sourceFiles('web/components/*.ts', 'web/controllers/*.ts').filter(
  ({ path }) => !NOT_OF_THE_SERVER.includes(path),
);

/** Where the refusals come from that people in a room, viewers and callers can meet. */
const DOORS = sourceFiles(
  'src/calls/*.ts',
  'src/files/*.ts',
  'src/room/*.ts',
  'src/accounts/attempt-limits.ts',
  'src/accounts/invites.ts',
  'src/accounts/password.ts',
  'src/api/permissions.ts',
  'src/api/tokens.ts',
  'src/api/chat-door.ts',
  'src/api/file-door.ts',
  'src/api/body.ts',
  'src/api/routes/calls.ts',
  'src/api/routes/chat.ts',
  'src/api/routes/door.ts',
  'src/api/routes/files.ts',
  'src/api/routes/invites.ts',
  'src/api/routes/markers.ts',
  'src/api/routes/moderation.ts',
  'src/api/routes/participants.ts',
  'src/api/routes/session.ts',
);
/** Where those come from that only admins can meet, besides. */
const OFFICES = sourceFiles(
  'src/accounts/accounts.ts',
  'src/accounts/read-people.ts',
  'src/api/shares.ts',
  'src/api/routes/users.ts',
  'src/api/routes/webhooks.ts',
  'src/events/public-address.ts',
  'src/events/webhooks.ts',
);
/** Faults of a program, which pages do not make; and what a socket tells by how it closes. */
const OF_PROGRAMS: ReadonlySet<string> = new Set([
  'bad_checksum',
  'bad_identity',
  'bad_message',
  'hello_expected',
  'hello_timeout',
  'identity_missing',
  'invalid_json',
  'me_missing',
  'not_own',
  'not_ready',
  'room_full',
  'ticket_expired',
  'ticket_invalid',
  'too_many_tracks',
  'track_exists',
  'tus_version',
  'unsupported_body',
]);

/** Codes of the errors that a text makes. */
function codesOf(text: string): readonly string[] {
  const made = stripComments(text).match(/new \w+Error\([\s\S]*?\);/g) ?? [];
  return made.flatMap((error) => [...error.matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)].map(([, code = '']) => code));
}

describe('answers of the server', () => {
  it('are shown by their codes', () => {
    const shown = pages.flatMap(({ path, text }) =>
      stripComments(text)
        .split('\n')
        .filter((line) => /\bsentenceOf\b|\b(error|message)\.message\b/.test(line) && !line.includes('saidProblem('))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(shown).toEqual([]);
  });

  it('have words in every language, where people can meet them', () => {
    const known = new Set<string>(PROBLEM_CODES);
    const met = new Set(DOORS.flatMap(({ text }) => codesOf(text)));
    expect(met.size).toBeGreaterThan(30);
    expect([...met].filter((code) => !known.has(`api.${code}`) && !OF_PROGRAMS.has(code)).toSorted()).toEqual([]);
  });

  it('have words on the admin page, where admins can meet them', () => {
    const known = new Set<string>([...PROBLEM_CODES, ...ADMIN_PROBLEM_CODES]);
    // The page of a link that has ended tells it in words of its own.
    const others = new Set([...OF_PROGRAMS, 'share_expired']);
    const met = new Set(OFFICES.flatMap(({ text }) => codesOf(text)));
    expect(met.size).toBeGreaterThan(8);
    expect([...met].filter((code) => !known.has(`api.${code}`) && !others.has(code)).toSorted()).toEqual([]);
  });
});
