import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { CLOSE_CODES, mayReconnect } from '../../../src/protocol/close-codes.ts';
import { parseClientMessage, parseServerMessage } from '../../../src/protocol/messages.ts';

const root = new URL('../../../', import.meta.url);
const document = readFileSync(new URL('docs/protocol.md', root), 'utf8');

/** Cells of the table rows between two headings. */
function rows(heading: string): string[][] {
  const from = document.indexOf(heading);
  const rest = document.slice(from + heading.length);
  const end = /\n##/.exec(rest)?.index ?? rest.length;
  const lines = rest.slice(0, end).split('\n');
  const cells = lines.flatMap((line) =>
    line.startsWith('|') ? [line.replaceAll('\\|', '∣').split('|').slice(1, -1)] : [],
  );
  // Without the head and the line below it.
  return cells.slice(2).map((row) => row.map((cell) => cell.trim()));
}

/** What stands in code style in a cell. */
function names(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

/** The types that a parser knows, from its own words. */
function knownTypes(problem: unknown): string[] {
  return [...String(problem).matchAll(/'([\w-]+)'/g)].map(([, type = '']) => type).toSorted();
}

function sources(folder: string): string {
  const url = new URL(folder, root);
  return readdirSync(url, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, url), 'utf8'))
    .join('\n');
}

describe('docs/protocol.md', () => {
  it('describes every message that the schemas know, and no other', () => {
    const client = rows('## 2. Messages from the client').flatMap(([type]) => names(type));
    expect(client.toSorted()).toEqual(knownTypes(parseClientMessage('{}')));
    const server = rows('## 3. Messages from the server').flatMap(([type]) => names(type));
    expect(server.toSorted()).toEqual(knownTypes(parseServerMessage('{}')));
  });

  it('lists every close code, and says truly which of them mean to come back', () => {
    const listed = rows('## 6. Closing and reconnecting').flatMap(([codes = '', , back = '']) =>
      codes.split(',').map((code) => [Number(code), back.startsWith('yes')] as const),
    );
    const closeTable = listed.filter(([code]) => Number.isInteger(code));
    const codes = closeTable.map(([code]) => code);
    expect(new Set(codes)).toEqual(new Set([...Object.values(CLOSE_CODES), 1006, 1009]));
    for (const [code, back] of closeTable) expect(mayReconnect(code), String(code)).toBe(back);
  });

  it('gives the limits that hold by default', () => {
    const { limits, rooms } = configSchema.parse({});
    const [table] = [rows('## 5. Limits')];
    const limit = (what: string): string => table.find(([name]) => name?.startsWith(what))?.[1] ?? '';
    expect(limit('payload of a picture')).toContain(`${limits.maxFrameBytes / 1024 / 1024} MiB`);
    expect(limit('text message')).toContain(`${limits.maxTextBytes / 1024} KiB`);
    expect(limit('picture size')).toContain('1920×1088');
    expect(limits.maxPixels).toBe(1920 * 1088);
    expect(limit('frames of a track')).toContain(`${limits.maxFramesPerSecond} a second`);
    expect(limit('frames of no track')).toContain(
      `${limits.maxFramesPerSecond} a second for each of ${rooms.maxTracksPerParticipant} tracks`,
    );
    expect(limit('pixels to decode')).toContain(`${limits.maxRoomMegapixels} million a second in a room`);
    expect(limit('bit rate')).toContain(`${limits.maxVideoKbit / 1000} Mbit/s`);
    expect(limit('tracks of a participant')).toMatch(new RegExp(`^${rooms.maxTracksPerParticipant} `));
    expect(limit('participants of a room')).toMatch(new RegExp(`^${rooms.maxParticipants}, or `));
    expect(limit('sockets of one address')).toBe(String(limits.socketsPerAddress));
    expect(document).toContain(`within ${limits.helloMs / 1000} seconds`);
    expect(document).toContain(`\`resumeMs\` (${rooms.resumeSeconds} s)`);
  });

  it('names every code of an error that the server may say on a socket, and no other', () => {
    const listed = rows('### Codes of `error`').flatMap(([codes]) => names(codes));
    const code = [
      sources('src/ingest/'),
      readFileSync(new URL('src/room/room.ts', root), 'utf8'),
      sources('src/broadcast/'),
    ];
    const thrown =
      /(?:(?:Protocol|Limit|Conflict|NotFound)Error|#strike|#sendError|#refuse|#starve|onNotice)\(\s*'(\w+)'/g;
    const said = [...code.join('\n').matchAll(thrown)].map(([, name = '']) => name);
    for (const name of said) expect(listed).toContain(name);
    const everything = [
      'src/ingest/',
      'src/room/',
      'src/broadcast/',
      'src/mixer/',
      'src/api/',
      'src/accounts/',
      'src/server/',
    ]
      .map(sources)
      .join('\n');
    const errors = readFileSync(new URL('src/errors.ts', root), 'utf8');
    for (const name of listed) expect(everything + errors, name).toContain(`'${name}'`);
  });
});
