/** `timeline.json` of an archive: who was there, who spoke, and everything that happened, on the recording's own clock. */
import { z } from 'zod';
import { type SessionEvent, sessionEventSchema } from '../session/session-events.ts';

/** Name of the file in an archive. */
export const TIMELINE_FILE = 'timeline.json';

/** Seconds of the recording. */
const seconds = z.number().min(0);
const span = z.object({ from: seconds, to: seconds });
const id = z.string().max(80);

/** A file of one person's own picture or sound; its time 0 is that of the recording. */
const trackSchema = z.object({
  /** Plain name in the archive. */
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/),
  kind: z.enum(['video', 'audio']),
  source: z.enum(['mic', 'camera', 'screen', 'file']),
  codec: z.string().max(20),
  from: seconds,
  to: seconds,
  width: z.int().min(1).optional(),
  height: z.int().min(1).optional(),
});

const personSchema = z.object({
  id,
  name: z.string(),
  role: z.enum(['host', 'participant']),
  present: z.array(span),
  spoke: z.array(span),
  spokeSeconds: seconds,
  tracks: z.array(trackSchema),
});

type Untimed<E> = E extends SessionEvent ? Omit<E, 'ms'> : never;

/** An event of the session at `t` seconds of the recording. */
export type TimelineEvent = Untimed<SessionEvent> & { readonly t: number };

/** Events of a later version are left out. */
const events = z.array(z.looseObject({ t: seconds, type: z.string() })).transform((all) =>
  all.flatMap(({ t, ...event }): TimelineEvent[] => {
    const parsed = sessionEventSchema.safeParse({ ...event, ms: 0 });
    if (!parsed.success) return [];
    const { ms: _, ...known } = parsed.data;
    return [{ ...known, t }];
  }),
);

/**
 * Its shape. `events` are in order; first come those that tell what was in force at the beginning (who was there with which
 * tracks in which state, layout, annotation, who spoke), with `t` 0, as if all of it had happened then. What happened in a gap stands at
 * the gap's `resumesAt`.
 */
export const archiveTimelineSchema = z.object({
  version: z.literal(1),
  recording: id,
  room: id,
  title: z.string(),
  session: z.string(),
  /** ISO 8601, UTC: the wall clock at `t` 0. */
  startedAt: z.iso.datetime(),
  duration: seconds,
  framerate: z.number().positive(),
  width: z.int().min(2),
  height: z.int().min(2),
  /** What was recorded without a break, with the wall clock at its `from`. */
  pieces: z.array(z.object({ from: seconds, to: seconds, startedAt: z.iso.datetime() })),
  /** Between two pieces. `at`: where the first of them ends; `resumesAt`: where the next begins, later when a slate stands between them. */
  gaps: z.array(
    z.object({
      at: seconds,
      resumesAt: seconds,
      leftOutSeconds: seconds,
      reason: z.enum(['pause', 'interruption', 'disk']),
    }),
  ),
  chapters: z.array(z.object({ t: seconds, title: z.string() })),
  markers: z.array(z.object({ t: seconds, label: z.string() })),
  /** In the order they joined. */
  people: z.array(personSchema),
  events,
});

/** The content of the file. */
export type ArchiveTimeline = z.output<typeof archiveTimelineSchema>;
/** Somebody who was in the recording. */
export type TimelinePerson = ArchiveTimeline['people'][number];
/** One of their files. */
export type TimelineTrack = TimelinePerson['tracks'][number];
