/** The numbered events in SQL. */
import { type Generated, type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { EventDraft, EventPerson } from './event.ts';
import { areaOf, type EventFilter } from './event-filter.ts';

/** As it is stored: a type may be of another version of the server. */
interface KeptEvent extends Omit<EventDraft, 'type'> {
  readonly type: string;
}

/** An event with its number and its time. */
export interface StoredEvent extends KeptEvent {
  /** Grows with each event of a server, and is never given twice. */
  readonly seq: number;
  /** ISO 8601, UTC, with milliseconds. */
  readonly at: string;
}

/** An event that waits for its number. */
export interface DatedEvent extends KeptEvent {
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

interface EventRow {
  seq: Generated<number>;
  at: number;
  type: string;
  room: string | null;
  actor: string | null;
  subject: string | null;
  data: string | null;
}

interface EventTables {
  events: EventRow;
}

/** Steps that make the table of this store. */
export const eventMigrations: readonly Migration[] = [
  {
    name: 'events-1-create',
    async up(db) {
      // No reference to the rooms: that one was deleted is what it has to tell.
      await sql`create table events (
        seq integer primary key autoincrement,
        at integer not null,
        type text not null,
        room text,
        actor text,
        subject text,
        data text
      ) strict`.execute(db);
      await sql`create index events_room on events (room, seq) where room is not null`.execute(db);
      await sql`create index events_at on events (at)`.execute(db);
    },
  },
];

/** The table `events`. */
export class EventStore {
  readonly #database: Database;
  readonly #db: Kysely<EventTables>;

  constructor(database: Database) {
    this.#database = database;
    this.#db = database.tables<EventTables>();
  }

  /** Adds them all or none, in their order; answers with the number of the last. @param events at least 1, at most 200 */
  async add(events: readonly DatedEvent[]): Promise<number> {
    const rows = await this.#db.insertInto('events').values(events.map(toRow)).returning('seq').execute();
    return Math.max(...rows.map(({ seq }) => seq));
  }

  /** The highest number ever given; 0 when there was none. */
  newest(): Promise<number> {
    return this.#database.highestGiven('events', 'seq');
  }

  /** The lowest number that is still kept; undefined when there is none. */
  async oldest(): Promise<number | undefined> {
    const row = await this.#db.selectFrom('events').select('seq').orderBy('seq').limit(1).executeTakeFirst();
    return row?.seq;
  }

  /** When the first after a number happened, milliseconds since 1970; undefined when there is none. */
  async timeAfter(seq: number): Promise<number | undefined> {
    const query = this.#db.selectFrom('events').select('at').where('seq', '>', seq);
    return (await query.orderBy('seq').limit(1).executeTakeFirst())?.at;
  }

  /** Those after one number up to another, oldest first. */
  async list(
    page: EventFilter & { readonly after: number; readonly upTo: number; readonly limit: number },
  ): Promise<StoredEvent[]> {
    let query = this.#db.selectFrom('events').selectAll();
    query = query.where('seq', '>', page.after).where('seq', '<=', page.upTo);
    const { rooms, types } = page;
    if (rooms) query = query.where('room', 'in', rooms);
    if (types) {
      query = query.where((when) =>
        when.or(
          types.map((pattern) => {
            const area = areaOf(pattern);
            // Compared as text and not by LIKE, in which the underscore of a type would stand for any letter.
            return area === undefined
              ? when('type', '=', pattern)
              : when.and([when('type', '>=', area), when('type', '<', `${area.slice(0, -1)}/`)]);
          }),
        ),
      );
    }
    return (await query.orderBy('seq').limit(page.limit).execute()).map(fromRow);
  }

  /**
   * Forgets what happened before a time, and what the newest `maxEvents` leave over; at most `limit` in one go. Answers how
   * many went.
   */
  async prune(rules: {
    readonly beforeMs: number;
    readonly maxEvents: number;
    readonly limit: number;
  }): Promise<number> {
    const { beforeMs, maxEvents, limit } = rules;
    const most = (await this.newest()) - maxEvents;
    // Each by its own index: one condition for both would look at every event, also when none has to go.
    const many = await sql`delete from events where seq in (
      select seq from events where seq <= ${most} order by seq limit ${limit}
    )`.execute(this.#db);
    const gone = Number(many.numAffectedRows ?? 0n);
    if (gone === limit) return gone;
    const old = await sql`delete from events where seq in (
      select seq from events where at < ${beforeMs} order by at limit ${limit - gone}
    )`.execute(this.#db);
    return gone + Number(old.numAffectedRows ?? 0n);
  }
}

function toRow({ atMs, type, room, actor, subject, data }: DatedEvent): Omit<EventRow, 'seq'> {
  return {
    at: Math.round(atMs),
    type,
    room: room ?? null,
    actor: actor ? JSON.stringify(actor) : null,
    subject: subject ? JSON.stringify(subject) : null,
    data: data ? JSON.stringify(data) : null,
  };
}

function fromRow({ seq, at, type, room, actor, subject, data }: Selectable<EventRow>): StoredEvent {
  return {
    seq,
    at: new Date(at).toISOString(),
    type,
    ...(room !== null && { room }),
    ...(actor !== null && { actor: JSON.parse(actor) as EventPerson }),
    ...(subject !== null && { subject: JSON.parse(subject) as EventPerson }),
    ...(data !== null && { data: JSON.parse(data) as NonNullable<EventDraft['data']> }),
  };
}
