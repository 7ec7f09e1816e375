/** The shapes of the HTTP API, each once: they check requests and make the OpenAPI document. */
import { z } from 'zod';
import { PROGRAM_PIXELS, programOrderSchema, recordingOrderSchema, viewingOrderSchema } from '../config/schema.ts';
import { annotationSchema } from '../layout/annotation.ts';
import { layoutSchema } from '../layout/layout.ts';
import { MAX_NAME_LENGTH, MAX_ROOM_CURSOR } from '../protocol/limits.ts';
import { ARCHIVE_FAILURE_CODES } from '../recorder/archive/archive-failure.ts';
import { ARCHIVE_JOBS } from '../recorder/archive/archive-progress.ts';
import { ARCHIVE_FILE_KINDS } from '../recorder/archive/archive-step.ts';
import { chatOrderSchema, chatSettingsSchema } from '../room/chat-settings.ts';
import { doorOrderSchema, doorViewSchema } from '../room/door-settings.ts';
import { fileOrderSchema, fileSettingsSchema } from '../room/file-settings.ts';
import { ROOM_IMAGES } from '../room/room.ts';

const MAX_TITLE_LENGTH = 100;
const ID = /^[A-Za-z0-9_-]{1,64}$/;

const id = z.string().regex(ID, 'use 1 to 64 letters, digits, "-" and "_"');
// Titles and names end up in one-line places: a burnt-in label, a log field, a file name.
const oneLine = /^[^\p{Cc}\u2028\u2029]*$/u;
const title = z.string().trim().min(1).max(MAX_TITLE_LENGTH).regex(oneLine, 'leave out control characters');
/** How somebody is called. */
export const name = z.string().trim().min(1).max(MAX_NAME_LENGTH).regex(oneLine, 'leave out control characters');
const time = z.string().meta({ format: 'date-time' });
const fileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, 'give the name of a file, without folders');

/** Path of a room. */
export const roomParams = z.object({ room: id });
/** Path of a still picture of a room. */
export const imageParams = z.object({ room: id, slot: z.enum(ROOM_IMAGES) });
/** Path of somebody in a room. */
export const participantParams = z.object({ room: id, participant: id });
/** Path of a recording. */
export const recordingParams = z.object({ recording: id });
/** Path below the HLS of a recording. */
export const recordingHlsParams = z.object({ recording: id, path: z.string().max(1024) });
/** Path of a file of an archive. */
export const fileParams = z.object({ recording: id, name: fileName });
/** Path below `/hls`. */
export const hlsParams = z.object({ room: id, path: z.string().max(512) });
/** Query below `/hls`; the rest is the origin's. */
export const hlsQuery = z.looseObject({
  token: z.string().max(4096).optional().meta({ description: 'Of `index.m3u8` of a private room.' }),
});

/** An error (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    field: z.string().optional().meta({ description: 'What of the request is at fault, such as `door.opensAt`.' }),
    instance: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457: `code` is stable, `detail` says what to do.' });

/** A room's layout; what is left out takes its default. */
export const layout = layoutSchema.meta({
  id: 'Layout',
  description: 'Who stands where. Every field has a default; docs/operations.md tells what each means.',
});
/** What is drawn over a room's program; what is left out takes its default. */
export const annotation = annotationSchema.meta({
  id: 'Annotation',
  description: 'What is written and drawn over the program. Every field has a default.',
});
const programOrder = programOrderSchema.meta({
  id: 'ProgramOrder',
  description:
    'For the rest the configuration holds. Width times height is from ' +
    `${PROGRAM_PIXELS.min} to ${PROGRAM_PIXELS.max}. Holds from the next session on.`,
});
const program = programOrderSchema.required().meta({ id: 'Program' });
const viewingOrder = viewingOrderSchema.meta({
  id: 'ViewingOrder',
  description:
    'For the rest the configuration holds. `access` holds at once, `profile`, `abr` and `captions` from the next session on.',
});
const viewing = viewingOrderSchema.required().meta({ id: 'Viewing' });
const recordingOrder = recordingOrderSchema.meta({
  id: 'RecordingOrder',
  description:
    'For the rest the configuration holds. `consent` (everybody is told, or only who agrees is kept) holds at once, `auto` ' +
    '(it records from the first picture of each session) from the next session on.',
});
const recordingRules = recordingOrderSchema.required().meta({ id: 'RecordingRules' });

const files = fileOrderSchema.meta({ id: 'FileOrder', description: 'Changes the fields that it names.' });
const chat = chatOrderSchema.meta({ id: 'ChatOrder', description: 'Changes the fields that it names.' });
const door = doorOrderSchema.meta({
  id: 'DoorOrder',
  description: 'Changes the fields that it names; null takes away what may be absent.',
});

/** Body of `POST /api/rooms`. */
export const createRoomBody = z
  .strictObject({
    id: id.optional(),
    title: title.optional(),
    program: programOrder.optional(),
    layout: layout.optional(),
    annotation: annotation.optional(),
    viewing: viewingOrder.optional(),
    recording: recordingOrder.optional(),
    chat: chat.optional(),
    door: door.optional(),
    files: files.optional(),
  })
  .meta({ id: 'CreateRoom', description: 'Without an id the room gets one that can be said aloud.' });
/** Body of `PATCH /api/rooms/{room}`. */
export const updateRoomBody = z
  .strictObject({
    title: title.optional(),
    program: programOrder.nullish(),
    layout: layout.optional(),
    annotation: annotation.optional(),
    viewing: viewingOrder.nullish(),
    recording: recordingOrder.nullish(),
    chat: chat.optional(),
    door: door.optional(),
    files: files.optional(),
  })
  .meta({
    id: 'UpdateRoom',
    description:
      '`program`, `viewing` and `recording` change the fields they name, null gives all of them back to the configuration; a `layout` ' +
      'or an `annotation` replaces the one before.',
  });

const links = z
  .object({
    join: z.string().optional().meta({ description: 'Invite for participants; for admins, hosts and the creator.' }),
    host: z.string().optional().meta({ description: 'Invite for hosts; for admins and, once, the creator.' }),
    watch: z.string(),
    hls: z.string(),
  })
  .meta({ id: 'RoomLinks' });
const recordingUrl = z
  .string()
  .optional()
  .meta({ description: 'Of the last session, for whoever may watch, while there is a link for them.' });
const publicDoor = z
  .object({
    password: z.boolean().meta({ description: 'Whether it can be entered with a password.' }),
    waitingRoom: z.boolean(),
    locked: z.boolean(),
    opensAt: time.optional(),
  })
  .meta({ id: 'PublicDoor', description: 'Absent of a room that everybody with an invite walks into.' });
const publicRoom = z
  .object({ id: z.string(), title: z.string(), live: z.boolean(), door: publicDoor.optional(), recordingUrl })
  .meta({ id: 'PublicRoom', description: 'What everybody may know of a room.' });
const health = z
  .object({
    step: z.int().meta({ description: 'Of the degrade ladder, 0 to 5; 0: everything as ordered.' }),
    reason: z.string().optional().meta({ description: 'Why the step was taken last.' }),
    encoder: z.string().optional().meta({ description: 'The video encoder in use.' }),
    tiles: z.int(),
    frames: z.int(),
    lateFrames: z.int(),
    skippedFrames: z.int(),
    restarts: z.int().meta({ description: 'How often the mixer process was started again.' }),
  })
  .meta({ id: 'RoomHealth', description: 'How the making of the program goes; counts are of the session so far.' });
/** A room as its members and admins see it. */
export const roomSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    createdAt: time,
    live: z.boolean(),
    recording: z.boolean(),
    participants: z.int(),
    program: z
      .object({
        ordered: program.meta({ description: 'Holds from the next session on.' }),
        inForce: program.optional().meta({ description: 'Of the session that runs.' }),
      })
      .meta({ id: 'RoomProgram' }),
    layout,
    annotation,
    viewing: viewing.meta({ description: 'What viewers get: `access` now, the rest from the next session on.' }),
    recordingRules: recordingRules.meta({
      description: 'How it is recorded: `consent` now, `auto` from the next session on.',
    }),
    chat: chatSettingsSchema.meta({ id: 'Chat' }),
    door: doorViewSchema.meta({ id: 'Door' }),
    files: fileSettingsSchema.meta({ id: 'Files' }),
    images: z.object({ logo: z.boolean(), background: z.boolean() }).meta({ description: 'Which are set.' }),
    viewers: z.int().optional().meta({ description: 'How many watch; for admins and hosts, while a session runs.' }),
    health: health.optional().meta({ description: 'For admins and hosts, while a session runs.' }),
    links,
    currentRecording: z
      .object({
        id: z.string(),
        state: z.enum(['recording', 'paused']),
        duration: z.number().meta({ description: 'Seconds of program kept so far.' }),
        owned: z
          .literal(true)
          .optional()
          .meta({ description: 'Whoever made the room with their account will find it among their own recordings.' }),
        own: z
          .literal(true)
          .optional()
          .meta({ description: 'Whoever asks has signed in and will find it among their own recordings.' }),
      })
      .optional()
      .meta({ description: 'For admins and hosts, while a recording runs or pauses.' }),
    recordingUrl,
  })
  .meta({ id: 'Room' });
/** A room, or the little that everybody may know of it. */
export const roomOrPublic = z.union([roomSchema, publicRoom]);
/** Query of `GET /api/rooms`. */
export const roomsQuery = z.object({
  q: z.string().trim().max(200).optional().meta({ description: 'Words of the title or the id, in any order.' }),
  live: z
    .stringbool({ truthy: ['true', '1'], falsy: ['false', '0'], error: 'say true or false' })
    .optional()
    .meta({ description: 'Only rooms in which a session runs, or only the others.' }),
  own: z
    .stringbool({ truthy: ['true', '1'], falsy: ['false', '0'], error: 'say true or false' })
    .optional()
    .meta({ description: 'Only rooms that the account of whoever asks has made; for all but admins it is always so.' }),
  sort: z
    .enum(['oldest', 'live'])
    .optional()
    .meta({ description: '`live`: those in which a session runs before all others. Absent: oldest first.' }),
  limit: z.coerce.number().int().min(1).max(200).optional().meta({ description: 'Most on a page; absent: all.' }),
  cursor: z
    .string()
    .max(MAX_ROOM_CURSOR)
    .optional()
    .meta({ description: '`next` of the page before, with the same `sort`.' }),
});
/** A page of rooms. */
export const roomList = z.object({ items: z.array(roomSchema), next: z.string().optional() }).meta({ id: 'RoomList' });

/** Body of `POST /api/rooms/{room}/markers`. */
export const markerBody = z.strictObject({ label: title }).meta({ id: 'Marker' });
/** Body of `POST /api/rooms/{room}/captions`; `seconds`: how long it is shown. */
export const captionBody = z
  .strictObject({
    text: z.string().trim().min(1).max(500),
    seconds: z.number().min(0.5).max(20).default(4).meta({ description: 'How long it is shown.' }),
  })
  .meta({ id: 'Caption' });
/** A marker of a recording. */
export const recordingMarkerSchema = z
  .object({ at: z.number().meta({ description: 'Seconds of the recording.' }), label: z.string() })
  .meta({ id: 'RecordingMarker' });
/** When something was told to viewers. */
export const notedSchema = z.object({ at: time }).meta({ id: 'Noted' });

const failure = z
  .object({ code: z.enum(ARCHIVE_FAILURE_CODES), message: z.string() })
  .meta({ id: 'ArchiveFailure', description: 'Why it failed: cause and remedy.' });
const archiveStep = z.object({
  name: z.enum(ARCHIVE_JOBS),
  state: z.enum(['waiting', 'active', 'done', 'failed']),
  progress: z.number().meta({ description: '0 to 1.' }),
  attempts: z.int(),
  failure: failure.optional(),
  error: z.string().optional().meta({ description: 'Why the newest try failed, as the machine says it; for admins.' }),
});
/** The files of a finished archive. */
export const archiveFileList = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(ARCHIVE_FILE_KINDS),
        title: z.string().optional(),
        contentType: z.string(),
        size: z.int().meta({ description: 'Bytes.' }),
        sha256: z.string(),
      }),
    ),
  })
  .meta({ id: 'ArchiveFileList' });
const recordingState = z.enum(['recording', 'paused', 'archiving', 'ready', 'failed']);
/** A recording; durations in seconds, sizes in bytes, progress 0–1. */
export const recordingSchema = z
  .object({
    id: z.string(),
    room: z.string(),
    title: z.string(),
    state: recordingState,
    startedAt: time,
    stoppedAt: time.optional(),
    duration: z.number().meta({ description: 'Seconds of program kept so far.' }),
    progress: z.number().optional().meta({ description: '0 to 1 while archiving.' }),
    failure: failure.optional(),
    error: z.string().optional().meta({ description: 'Why its archive failed, as the machine says it; for admins.' }),
    size: z.int().optional().meta({ description: 'Bytes of the MP4.' }),
    sha256: z.string().optional(),
    people: z.array(z.string()).optional().meta({ description: 'Names of who took part, once it is ready.' }),
    problem: z
      .object({ code: z.enum(['disk_full', 'disk_slow', 'disk_failed', 'interrupted']), message: z.string() })
      .optional()
      .meta({ description: 'Why nothing is kept at the moment, although it records; it goes on by itself.' }),
    stopReason: z
      .enum(['asked', 'session_ended', 'duration_limit', 'size_limit', 'idle', 'disk_floor', 'crash'])
      .optional(),
    recovered: z.literal(true).optional().meta({ description: 'A crash ended it.' }),
    stored: z
      .enum(['local', 's3', 'uploading'])
      .optional()
      .meta({ description: 'Where its files lie, once it is ready.' }),
    markers: z.array(recordingMarkerSchema).optional().meta({ description: 'Of one recording alone.' }),
    steps: z
      .array(archiveStep)
      .optional()
      .meta({ description: 'Of one recording alone, while the queue knows of them.' }),
    log: z.array(z.string()).optional().meta({ description: 'The newest lines that the jobs of its archive wrote.' }),
  })
  .meta({ id: 'Recording' });
/** Body of `PATCH /api/recordings/{recording}`. */
export const updateRecordingBody = z
  .strictObject({ title: title.meta({ description: 'Its files keep the title that they were made with.' }) })
  .meta({ id: 'UpdateRecording' });
/** A page of recordings. */
export const recordingList = z
  .object({ items: z.array(recordingSchema), next: z.string().optional() })
  .meta({ id: 'RecordingList' });
const moment = z.iso.datetime({ offset: true });
/** Filters of `GET /api/recordings`. */
export const recordingQuery = z.strictObject({
  room: id.optional(),
  state: recordingState.optional(),
  q: z
    .string()
    .trim()
    .max(100)
    .optional()
    .meta({ description: 'Words in title, room or names of people; all are to be found.' }),
  own: z
    .stringbool({ truthy: ['true', '1'], falsy: ['false', '0'], error: 'say true or false' })
    .optional()
    .meta({
      description: 'Only those of rooms that the account of whoever asks has made; for all but admins always so.',
    }),
  since: moment.optional().meta({ description: 'Started then or later.' }),
  until: moment.optional().meta({ description: 'Started before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(50).meta({ type: 'integer' }),
  cursor: z.string().min(1).max(256).optional(),
});

/** Body of `POST /api/recordings/{recording}/link`. */
export const linkBody = z
  .strictObject({
    name: fileName.optional().meta({ description: 'Default: the MP4.' }),
    ttl: z
      .int()
      .min(1)
      .max(6 * 3600)
      .optional()
      .meta({ description: 'Seconds; default 60. A player asks again and again, a download once.' }),
  })
  .meta({ id: 'CreateDownloadLink' });
/** A link that downloads one file, and when it ends. */
export const linkSchema = z
  .object({ url: z.string(), expires: time.meta({ description: 'The download must begin before.' }) })
  .meta({ id: 'DownloadLink' });
/** Query of a download: the ticket of such a link. */
export const downloadQuery = z.object({ ticket: z.string().max(4096).optional() });

/** Answer of `/api/time`. */
export const timeSchema = z
  .object({ ms: z.int().meta({ description: 'Milliseconds since 1970-01-01T00:00Z.' }) })
  .meta({ id: 'ServerTime' });
/** Body of `POST /api/rooms/{room}/viewers`. */
export const viewerBody = z
  .strictObject({ id: id.meta({ description: 'Random, the same for as long as the tab is open.' }) })
  .meta({ id: 'Viewer' });
/** Answer of it. */
export const viewersSchema = z
  .object({ viewers: z.int(), recording: z.boolean().meta({ description: 'What is seen and heard is being kept.' }) })
  .meta({ id: 'Viewers' });
