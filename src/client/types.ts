/** What the API takes and answers, as its own schemas say it: nothing of them is left when this is run. */
import type { issueTokenBody, tokenSchema } from '../api/account-schemas.ts';
import type { z } from 'zod';
import type {
  changeUserBody,
  directorySchema,
  importSchema,
  inviteSchema,
  newInviteBody,
  newUserBody,
  openedSessionSchema,
  peopleQuery,
  sessionSchema,
  signInBody,
  userSchema,
} from '../api/account-schemas.ts';
import type { auditList } from '../api/audit-schemas.ts';
import type { chatAnswer, chatEntryAnswer, sayBody } from '../api/chat-schemas.ts';
import type { callList, callQuery } from '../api/call-schemas.ts';
import type { clipSchema, createClipBody } from '../api/clip-schemas.ts';
import type { readinessSchema } from '../api/health-schemas.ts';
import type { enterBody, waitingSchema } from '../api/door-schemas.ts';
import type {
  changeWebhookBody,
  createWebhookBody,
  deliveryList,
  eventList,
  eventQuery,
  newWebhookSchema,
  webhookSchema,
} from '../api/event-schemas.ts';
import type { fileAnswer, fileListAnswer } from '../api/file-schemas.ts';
import type { banSchema } from '../api/moderation-schemas.ts';
import type { createRenderBody, renderSchema } from '../api/render-schemas.ts';
import type { changeParticipantBody, participantSchema } from '../api/participant-schemas.ts';
import type {
  annotation,
  archiveFileList,
  captionBody,
  createRoomBody,
  layout,
  linkBody,
  linkSchema,
  notedSchema,
  recordingMarkerSchema,
  recordingQuery,
  recordingSchema,
  roomOrPublic,
  roomSchema,
  roomsQuery,
  updateRoomBody,
  viewersSchema,
} from '../api/schemas.ts';
import type { createShareBody, newShareSchema, shareList } from '../api/share-schemas.ts';
import type { trashedRecordingSchema, trashList, trashQuery } from '../api/trash-schemas.ts';

/** What came as JSON: it is only read, and what is optional is absent, never undefined. */
export type Answer<T extends z.ZodType> = Answered<z.output<T>>;
type Answered<T> = T extends object ? { readonly [K in keyof T]: Answered<Exclude<T[K], undefined>> } : T;

/** What is sent as JSON: nothing of it is changed, and what is undefined is not sent. */
export type Order<T extends z.ZodType> = Given<z.input<T>>;
type Given<T> = T extends object ? { readonly [K in keyof T]: Given<T[K]> } : T;

/** Filters of a list: those of the address, each optional. */
export type Filter<T extends z.ZodType> = { readonly [K in keyof z.output<T>]?: z.output<T>[K] | undefined };

/** A page of a list; `next`: give it as `cursor` for the page after it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** A room as its members and admins see it. */
export type Room = Answer<typeof roomSchema>;
/** A room, or the little that everybody may know of it. */
export type RoomGlimpse = Answer<typeof roomOrPublic>;
/** What a new room is to be. */
export type CreateRoom = Order<typeof createRoomBody>;
/** What is to be another in a room. */
export type UpdateRoom = Order<typeof updateRoomBody>;
/** Which rooms are wanted: words of title or id, whether they are live, and how many on a page. */
export type RoomFilter = Filter<typeof roomsQuery>;
/** Somebody who waits before a room. */
export type Waiting = Answer<typeof waitingSchema>;
/** The password of a room, and how whoever knows it is called. */
export type Enter = Order<typeof enterBody>;
/** What a token is to be; `ttl` in seconds. */
export type IssueToken = Order<typeof issueTokenBody>;
/** A signed token and when it ends. */
export type Token = Answer<typeof tokenSchema>;
/** Who stands where in the program. */
export type Layout = Answer<typeof layout>;
/** A layout to be; what is left out takes its default. */
export type LayoutOrder = Order<typeof layout>;
/** What is drawn over the program. */
export type Annotation = Answer<typeof annotation>;
/** An annotation to be; what is left out takes its default. */
export type AnnotationOrder = Order<typeof annotation>;
/** Somebody in a room. */
export type Participant = Answer<typeof participantSchema>;
/** What a host can change about somebody. */
export type ChangeParticipant = Order<typeof changeParticipantBody>;
/** A recording; durations in seconds, sizes in bytes, progress 0–1. */
export type Recording = Answer<typeof recordingSchema>;
/** A recording in the trash. */
export type TrashedRecording = Answer<typeof trashedRecordingSchema>;
/** A page of the trash, and for how many days a recording stays there. */
export type TrashList = Answer<typeof trashList>;
/** Which page of the trash. */
export type TrashFilter = Filter<typeof trashQuery>;
/** Which recordings to list. */
export type RecordingFilter = Filter<typeof recordingQuery>;
/** A file of a finished recording. */
export type RecordingFile = Answer<typeof archiveFileList>['items'][number];
/** A marker of a recording; `at` in seconds. */
export type RecordingMarker = Answer<typeof recordingMarkerSchema>;
/** Which file a link is to be for, and for how long. */
export type LinkOrder = Order<typeof linkBody>;
/** An address that needs no token until it ends. */
export type TimedLink = Answer<typeof linkSchema>;
/** A render to be made. */
export type CreateRender = Order<typeof createRenderBody>;
/** A render. */
export type Render = Answer<typeof renderSchema>;
/** A link to be made that shows one recording; `ttl` in seconds. */
export type CreateShare = Order<typeof createShareBody>;
/** A new link to a recording: the only time that its address is told. */
export type NewShare = Answer<typeof newShareSchema>;
/** A link to a recording. */
export type Share = Answer<typeof shareList>['items'][number];
/** A clip to be cut from what was live. */
export type CreateClip = Order<typeof createClipBody>;
/** A clip. */
export type Clip = Answer<typeof clipSchema>;
/** One message of a chat, or what became of it. */
export type ChatEntry = Answer<typeof chatEntryAnswer>;
/** What is new in a chat. */
export type ChatChanges = Answer<typeof chatAnswer>;
/** A message to be. */
export type Say = Order<typeof sayBody>;
/** A text shown to viewers for a while. */
export type Caption = Order<typeof captionBody>;
/** When something was told to viewers. */
export type Noted = Answer<typeof notedSchema>;
/** How many watch. */
export type Viewers = Answer<typeof viewersSchema>;
/** Every check of the server by name. */
export type Readiness = Answer<typeof readinessSchema>;
/** A page of the audit log. */
export type AuditPage = Answer<typeof auditList>;
/** Something that has happened; `seq` grows by one with each. */
export type ServerEvent = Answer<typeof eventList>['items'][number];
/** A part of the log of events; give `next` as `after` of the next request. */
export type EventPage = Answer<typeof eventList>;
/** Which events: types and rooms with commas between them, after which number, and how long to wait for the next, seconds. */
export type EventFilter = Filter<typeof eventQuery>;
/** A webhook to be. */
export type CreateWebhook = Order<typeof createWebhookBody>;
/** What is to be another of a webhook. */
export type ChangeWebhook = Order<typeof changeWebhookBody>;
/** A webhook. */
export type Webhook = Answer<typeof webhookSchema>;
/** A webhook with its secret, which is told once. */
export type NewWebhook = Answer<typeof newWebhookSchema>;
/** One try of a webhook. */
export type WebhookDelivery = Answer<typeof deliveryList>['items'][number];
/** A file that somebody shares in a room. */
export type SharedFile = Answer<typeof fileAnswer>;
/** The files of a room, and how much room there is for more. */
export type FileList = Answer<typeof fileListAnswer>;
/** Somebody who is kept out of a room for good. */
export type BannedPerson = Answer<typeof banSchema>;
/** Which of one's calls. */
export type CallFilter = Filter<typeof callQuery>;
/** One's calls, newest first. */
export type CallPage = Answer<typeof callList>;
/** A sign-in name and its password. */
export type SignIn = Order<typeof signInBody>;
/** A session that was opened: its token, and whose it is. */
export type OpenedSession = Answer<typeof openedSessionSchema>;
/** Who asks, and what they may do. */
export type Session = Answer<typeof sessionSchema>;
/** An account. */
export type User = Answer<typeof userSchema>;
/** An account to be. */
export type CreateUser = Order<typeof newUserBody>;
/** What is to be another of an account. */
export type ChangeUser = Order<typeof changeUserBody>;
/** What became of a table of accounts. */
export type UserImport = Answer<typeof importSchema>;
/** Which accounts. */
export type PeopleFilter = Filter<typeof peopleQuery>;
/** People with accounts, as others see them. */
export type Directory = Answer<typeof directorySchema>;
/** A link into a room to be; `ttl` in seconds. */
export type CreateInvite = Order<typeof newInviteBody>;
/** A link into a room. */
export type Invite = Answer<typeof inviteSchema>;
