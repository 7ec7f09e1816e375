/** The chat of a room as a file: pure, piece by piece, because a room may hold twenty megabytes of it. */
import type { ChatEntry } from '../protocol/chat.ts';
import { CSV_TYPE, csvTable } from '../recorder/archive/csv.ts';
import { plainLine } from '../recorder/archive/webvtt.ts';

/** What a chat can be exported as. */
export const CHAT_FORMATS = ['text', 'json', 'csv'] as const;
/** One of them. */
export type ChatFormat = (typeof CHAT_FORMATS)[number];

/** The room, and when it was asked for: milliseconds since 1970. */
export interface ExportOf {
  readonly room: string;
  readonly atMs: number;
}

interface Shape {
  readonly type: string;
  readonly extension: string;
  /** What stands before the first message, and behind the last. */
  head(of: ExportOf): string;
  /** @param first whether nothing stands before it */
  entries(entries: readonly ChatEntry[], first: boolean): string;
  readonly tail: string;
}

const COLUMNS = ['time', 'name', 'role', 'message', 'state', 'id', 'answer to'];

const SHAPES: Readonly<Record<ChatFormat, Shape>> = {
  text: {
    type: 'text/plain; charset=utf-8',
    extension: 'txt',
    head: ({ room, atMs }) => `Chat of the room ${room}, ${timeOf(atMs)}\n\n`,
    entries: (entries) => entries.map(textOf).join(''),
    tail: '',
  },
  json: {
    type: 'application/json; charset=utf-8',
    extension: 'json',
    head: ({ room, atMs }) => `{"room":${JSON.stringify(room)},"exported":${JSON.stringify(timeOf(atMs))},"entries":[`,
    entries: (entries, first) => entries.map((entry, at) => `${first && at === 0 ? '' : ','}${jsonOf(entry)}`).join(''),
    tail: '\n]}\n',
  },
  csv: {
    type: CSV_TYPE,
    extension: 'csv',
    head: () => csvTable([COLUMNS]),
    // The mark of UTF-8 stands once, before the first line.
    entries: (entries) => csvTable(entries.map(rowOf)).slice(1),
    tail: '',
  },
};

/** The media type of a format. */
export function exportType(format: ChatFormat): string {
  return SHAPES[format].type;
}

/** Name of the file that is saved. */
export function exportName(format: ChatFormat, { room, atMs }: ExportOf): string {
  return `chat-${room}-${timeOf(atMs).slice(0, 10)}.${SHAPES[format].extension}`;
}

/** The file. What is private is not among `pages`, which are the messages oldest first. */
export async function* exportChat(
  format: ChatFormat,
  of: ExportOf,
  pages: AsyncIterable<readonly ChatEntry[]>,
): AsyncGenerator<string, void> {
  const shape = SHAPES[format];
  yield shape.head(of);
  let first = true;
  for await (const page of pages) {
    yield shape.entries(page, first);
    first = false;
  }
  yield shape.tail;
}

function textOf({ at, author, text, edited, deleted }: ChatEntry): string {
  const who = plainLine(author.name);
  const mark = edited && !deleted ? ' (changed)' : '';
  const words = deleted ? '(deleted)' : text.split('\n').map(plainLine).join('\n    ');
  return `[${timeOf(at)}] ${who}${author.role === 'participant' ? '' : ` (${author.role})`}: ${words}${mark}\n`;
}

function jsonOf({ id, at, author, text, replyTo, edited, deleted }: ChatEntry): string {
  const { name, role } = author;
  const state = { ...(edited && { edited }), ...(deleted && { deleted }) };
  return `\n${JSON.stringify({ id, at: timeOf(at), name, role, text, ...(replyTo !== undefined && { replyTo }), ...state })}`;
}

function rowOf({ id, at, author, text, replyTo, edited, deleted }: ChatEntry): string[] {
  const state = deleted ? 'deleted' : edited ? 'changed' : '';
  return [timeOf(at), author.name, author.role, text, state, id, replyTo ?? ''];
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
