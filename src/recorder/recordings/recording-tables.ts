/** The table of recordings: its columns, and the steps that make it. */
import { sql } from 'kysely';
import type { Migration } from '../../database/migrations.ts';
import type { RecordingState, StopReason } from './recording-view.ts';

/** A recording as SQL has it; times as ISO 8601, ranges as JSON. */
export interface RecordingRow {
  id: string;
  room: string;
  title: string;
  session: string;
  state: RecordingState;
  started_at: string;
  stopped_at: string | null;
  ranges: string;
  framerate: number;
  progress: number | null;
  error: string | null;
  duration: number | null;
  size: number | null;
  sha256: string | null;
  stop_reason: StopReason | null;
  recovered: number | null;
  stored: 'uploading' | 's3' | null;
  people: string | null;
  search: string | null;
  owner: string | null;
  trashed_at: string | null;
  deleting: number | null;
}

/** For queries. */
export interface RecordingTables {
  recordings: RecordingRow;
  removed_recordings: { id: string; removed_at: string };
}

/** In order. */
export const recordingMigrations: readonly Migration[] = [
  {
    name: 'recordings-1-create',
    async up(db) {
      await sql`create table recordings (
        id text primary key,
        room text not null,
        title text not null,
        session text not null,
        state text not null check (state in ('recording', 'paused', 'archiving', 'ready', 'failed')),
        started_at text not null,
        stopped_at text,
        ranges text not null,
        framerate real not null,
        progress real,
        error text,
        duration real,
        size integer,
        sha256 text
      ) strict`.execute(db);
      await sql`create index recordings_by_start on recordings (started_at desc, id desc)`.execute(db);
      await sql`create index recordings_by_room on recordings (room, started_at desc, id desc)`.execute(db);
      await sql`create index recordings_by_state on recordings (state)`.execute(db);
      await sql`create index recordings_by_session on recordings (session)`.execute(db);
    },
  },
  {
    name: 'recordings-2-how-it-ended',
    async up(db) {
      await sql`alter table recordings add column stop_reason text`.execute(db);
      await sql`alter table recordings add column recovered integer`.execute(db);
    },
  },
  {
    name: 'recordings-3-search',
    async up(db) {
      await sql`alter table recordings add column people text`.execute(db);
      await sql`alter table recordings add column search text`.execute(db);
      await sql`update recordings set search = lower(title || ${'\n'} || room)`.execute(db);
    },
  },
  {
    name: 'recordings-4-stored',
    async up(db) {
      await sql`alter table recordings add column stored text`.execute(db);
    },
  },
  {
    name: 'recordings-5-owner',
    async up(db) {
      await sql`alter table recordings add column owner text`.execute(db);
      await sql`create index recordings_by_owner on recordings (owner, started_at desc, id desc)`.execute(db);
    },
  },
  {
    name: 'recordings-6-removed',
    async up(db) {
      await sql`create table removed_recordings (id text primary key, removed_at text not null) strict`.execute(db);
    },
  },
  {
    name: 'recordings-7-states',
    async up(db) {
      // A page of the ready ones is not looked for among all of them.
      await sql`drop index recordings_by_state`.execute(db);
      await sql`create index recordings_by_state on recordings (state, started_at desc, id desc)`.execute(db);
    },
  },
  {
    name: 'recordings-8-trash',
    async up(db) {
      await sql`alter table recordings add column trashed_at text`.execute(db);
      await sql`alter table recordings add column deleting integer`.execute(db);
      await sql`create index recordings_by_trash on recordings (trashed_at, id)`.execute(db);
    },
  },
];
