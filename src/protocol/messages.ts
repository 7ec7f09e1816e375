/**
 * The JSON text messages of the WebSocket protocol, one schema for server, browser and command line. A message is told
 * apart by `type`. docs/protocol.md describes each of them.
 */
import { z } from 'zod';
import { annotationSchema } from '../layout/annotation.ts';
import { layoutSchema } from '../layout/layout.ts';
import { chatClientMessages, chatServerMessages } from './chat.ts';
import { moderationClientMessages, moderationServerMessages } from './moderation.ts';
import { messageTypes, parseMessage } from './parse.ts';
import { doorServerMessages } from './door.ts';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH } from './limits.ts';
import { fileServerMessages } from './files.ts';

/** The version in `hello`. */
export const PROTOCOL_VERSION = 1;

/** Track numbers of the program, downstream. Participants number theirs 0–15. */
export const PROGRAM_TRACK = { video: 16, audio: 17 } as const;

/** Highest track number a participant may use. */
export const MAX_PARTICIPANT_TRACK = 15;

const track = z.int().min(0).max(MAX_PARTICIPANT_TRACK);
const anyTrack = z.int().min(0).max(65535);
const time = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const source = z.enum(['mic', 'camera', 'screen', 'file']);
/** `muted` is for sound, `paused` for pictures, `live` for both. */
const trackState = z.enum(['live', 'paused', 'muted']);
/** What a track's sender says of it. */
export type TrackStateName = z.infer<typeof trackState>;
const quality = z.enum(['auto', 'low']);
/** How large a picture of the program a client wants; `auto`: as large as its line takes. */
export type Quality = z.infer<typeof quality>;
const signalKind = z.enum(['silence', 'clipping', 'black', 'frozen', 'network']);
/** What can be wrong with what somebody sends: no sound, too loud, no light, no movement, a line that is too slow. */
export type SignalKind = z.infer<typeof signalKind>;
/** Shortest and longest `identity`, in UTF-16 code units: 16 random bytes in base64url are 22. */
export const MIN_IDENTITY_LENGTH = 22;
/** See `MIN_IDENTITY_LENGTH`. */
export const MAX_IDENTITY_LENGTH = 64;
const name = z.string().trim().min(1).max(MAX_NAME_LENGTH);

const hello = z.object({
  type: z.literal('hello'),
  version: z.literal(PROTOCOL_VERSION),
  token: z.string().max(4096),
  name: name.optional(),
  /** The room's password, where one is asked for. */
  password: z.string().max(MAX_PASSWORD_LENGTH).optional(),
  /** From an earlier `welcome`: the same participant, tile and track numbers go on. */
  resume: z.string().max(256).optional(),
  /** A secret of this client for this room: the same person again, who takes over from any other connection with it. */
  identity: z.string().min(MIN_IDENTITY_LENGTH).max(MAX_IDENTITY_LENGTH).optional(),
  /** What of the program the client wants; a publisher without eyes asks for neither. */
  receive: z.object({ video: z.boolean(), audio: z.boolean() }).optional(),
  /** Whether picture and voice may be kept in recordings, where people are asked; absent: not said yet. */
  consent: z.boolean().optional(),
});
const attach = z.object({
  type: z.literal('attach'),
  version: z.literal(PROTOCOL_VERSION),
  ticket: z.string().max(256),
});
const publish = z.object({ type: z.literal('publish'), track, kind: z.enum(['video', 'audio']), source });
const unpublish = z.object({ type: z.literal('unpublish'), track });

const configBase = { type: z.literal('config'), track: anyTrack, id: z.int().min(0).max(65535) };
const videoSize = {
  width: z.int().min(1).max(16384),
  height: z.int().min(1).max(16384),
  framerate: z.number().min(1).max(240),
};
const h264Config = z.object({
  ...configBase,
  codec: z.literal('h264'),
  codecString: z.string().regex(/^avc[13]\.[0-9A-Fa-f]{6}$/),
  ...videoSize,
});
const vp8Config = z.object({ ...configBase, codec: z.literal('vp8'), ...videoSize });
const opusConfig = z.object({
  ...configBase,
  codec: z.literal('opus'),
  sampleRate: z.literal(48000),
  channels: z.union([z.literal(1), z.literal(2)]),
});
const config = z.discriminatedUnion('codec', [h264Config, vp8Config, opusConfig]);
/** Describes the payload of frames with the same track and config id; sent before its first use. */
export type ConfigMessage = z.infer<typeof config>;
const webmConfig = z.object({
  ...configBase,
  codec: z.literal('webm'),
  framerate: videoSize.framerate,
  /** The sound track that the file's sound belongs to, when the file comes on the track of its picture. */
  sound: track.optional(),
});
const ownConfig = z.discriminatedUnion('codec', [h264Config, vp8Config, opusConfig, webmConfig]);
/** The same from a participant, who may send the files of a recorder instead of coded frames. */
export type OwnConfigMessage = z.infer<typeof ownConfig>;

const ack = z.object({
  type: z.literal('ack'),
  track: anyTrack,
  seq: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  bytes: z.int().min(0),
  /** Receiver's monotonic clock, milliseconds. */
  receivedMs: time,
});
const keyframe = z.object({ type: z.literal('keyframe'), track: anyTrack });
const ping = z.object({ type: z.literal('ping'), sentMs: time });
/** The track goes on, but its sender switched the microphone off, or holds the picture. */
const state = z.object({ type: z.literal('state'), track, state: trackState });
const qualityWish = z.object({ type: z.literal('quality'), quality });
/** The sender's own watch over a track, or with `network` over the line, has noticed something, or it is over. */
const signal = z.object({ type: z.literal('signal'), kind: signalKind, track: track.optional(), active: z.boolean() });
const delay = z.number().min(0).max(60_000);
const rate = z.number().min(0).max(1000);
const count = z.int().min(0).max(100_000);
/** What a client measures itself; delays in milliseconds, counts since the message before. */
const stats = z.object({
  type: z.literal('stats'),
  /** `offsetMs`: added to the client's capture times it gives the room's clock; `rttMs`: of the ping it is taken from. */
  clock: z.object({ offsetMs: z.number().min(-1e15).max(1e15), rttMs: delay }).optional(),
  sent: z
    .object({
      fps: rate,
      dropped: count,
      /** From the capture of a picture to its coded form. */
      encodeMs: delay.optional(),
      /** From the socket to the server's word that it has arrived. */
      ackMs: delay.optional(),
    })
    .optional(),
  shown: z
    .object({
      fps: rate,
      dropped: count,
      underruns: count,
      /** By the room's clock, how old the program's picture is when it is shown, and its sound when it is heard. */
      pictureMs: delay.optional(),
      soundMs: delay.optional(),
      /** Sound in stock. */
      bufferMs: delay.optional(),
      /** From somebody's camera to this screen: the slowest of those who are in the picture. */
      glassMs: delay.optional(),
    })
    .optional(),
});
/** Whether picture and voice may be kept in recordings; may be said again at any time. */
const consent = z.object({ type: z.literal('consent'), given: z.boolean() });
const bye = z.object({ type: z.literal('bye') });

const clientMessage = z.discriminatedUnion('type', [
  hello,
  attach,
  publish,
  unpublish,
  ownConfig,
  ack,
  keyframe,
  ping,
  state,
  qualityWish,
  signal,
  stats,
  consent,
  ...chatClientMessages,
  ...moderationClientMessages,
  bye,
]);
/** Everything a client may say. */
export type ClientMessage = z.infer<typeof clientMessage>;
/** First message of the control socket. */
export type HelloMessage = z.infer<typeof hello>;
/** Announces a track. */
export type PublishMessage = z.infer<typeof publish>;
/** Acknowledges what arrived of a track. */
export type AckMessage = z.infer<typeof ack>;
/** Says what a track's sender does with it. */
export type StateMessage = z.infer<typeof state>;
/** What a sender's own watch has noticed. */
export type SignalMessage = z.infer<typeof signal>;
/** What a client measures itself. */
export type StatsMessage = z.infer<typeof stats>;

const participant = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['host', 'participant']),
  /** A host silenced them: they are in nobody's sound, whatever they do. */
  muted: z.boolean(),
  /** False while their connection is cut and may come back. */
  connected: z.boolean(),
  /** Their hand is up: the smaller, the longer; absent: it is down. */
  hand: z.int().min(1).optional(),
  /** What they said to being recorded, where people are asked; absent: nothing yet. */
  consent: z.boolean().optional(),
  /** A recording runs without them: the program shows a placeholder for them, and viewers do not hear them. */
  withheld: z.boolean().optional(),
  /** What their own watch has noticed and is not over; `track` is absent when it is no single one. */
  signals: z.array(z.object({ kind: signalKind, track: anyTrack.optional() })).optional(),
  tracks: z.array(
    z.object({
      track: anyTrack,
      kind: z.enum(['video', 'audio']),
      source,
      state: trackState,
      /** Larger: published later, compared with all tracks of the room. */
      since: z.int().min(0).optional(),
    }),
  ),
});
/** One person in the roster. */
export type RosterEntry = z.infer<typeof participant>;

const welcome = z.object({
  type: z.literal('welcome'),
  participant: z.string(),
  room: z.object({ id: z.string(), title: z.string() }),
  /** Give it in `hello` within `resumeMs` after a cut. */
  resume: z.string(),
  resumeMs: z.number(),
  /** Give it in `attach` on the video socket. */
  ticket: z.string(),
  limits: z.object({ maxFrameBytes: z.number(), maxMessageBytes: z.number(), maxTracks: z.number() }),
});
const attached = z.object({ type: z.literal('attached') });
const published = z.object({ type: z.literal('published'), track });
const target = z.object({
  type: z.literal('target'),
  track,
  /** Largest picture worth sending: the tile's size. */
  width: z.number(),
  height: z.number(),
  framerate: z.number(),
  maxBitrate: z.number(),
});
const roster = z.object({ type: z.literal('roster'), participants: z.array(participant) });
const room = z.object({
  type: z.literal('room'),
  title: z.string(),
  /** What comes is kept: said before the first frame that is. */
  recording: z.boolean(),
  /** A recording pauses: nothing is kept until a host goes on with it; absent: none does. */
  recordingPaused: z.literal(true).optional(),
  /** `ask`: only who says so is kept; absent: nobody is asked. */
  consent: z.enum(['notice', 'ask']).optional(),
  /** A host has switched private messages off; absent: people may write to one another. */
  privateChat: z.literal(false).optional(),
  /** Least time between two chat messages of anybody but hosts; absent: as quickly as they can. */
  slowSeconds: z.int().min(1).optional(),
  /** What viewers may do in the chat; absent: read it. */
  chatViewers: z.enum(['off', 'write']).optional(),
});
const layout = z.object({
  type: z.literal('layout'),
  layout: layoutSchema,
  annotation: annotationSchema,
  /** Pixels of the program, for a preview that is drawn by the same functions. */
  program: z.object({ width: z.int().min(1), height: z.int().min(1) }),
});
const speaking = z.object({
  type: z.literal('speaking'),
  /** Ids of those who are heard. */
  participants: z.array(z.string()),
  /** Who holds the floor, also in a pause; absent before the first word. */
  speaker: z.string().optional(),
});
/** Something about the room that its hosts should know. */
const notice = z.object({
  type: z.literal('notice'),
  code: z.string(),
  message: z.string(),
  /** Whom it is about, when it is about somebody: the sentence does not name them. */
  participant: z.object({ id: z.string(), name: z.string() }).optional(),
});
/** How old people's pictures are in the program: from capture, by the sender's own clock, to the program's time. */
const delays = z.object({
  type: z.literal('delay'),
  participants: z.array(z.object({ id: z.string(), programMs: z.number() })),
});
const pong = z.object({
  type: z.literal('pong'),
  sentMs: time,
  /** The room's clock when the ping arrived and when this left: wall-clock milliseconds. */
  receivedMs: z.number(),
  repliedMs: z.number(),
});
const error = z.object({
  type: z.literal('error'),
  code: z.string(),
  message: z.string(),
  /** The track it concerns, when one does. */
  track: anyTrack.optional(),
  /** The track has ended by this; it may be published again. */
  ended: z.literal(true).optional(),
  /** Seconds after which another try may succeed, where that is known. */
  retryAfter: z.int().min(1).optional(),
});

const serverMessage = z.discriminatedUnion('type', [
  welcome,
  attached,
  published,
  config,
  target,
  roster,
  room,
  layout,
  speaking,
  notice,
  delays,
  pong,
  error,
  ack,
  keyframe,
  ...chatServerMessages,
  ...doorServerMessages,
  ...fileServerMessages,
  ...moderationServerMessages,
]);
/** Everything the server may say. */
export type ServerMessage = z.infer<typeof serverMessage>;
/** First answer on the control socket. */
export type WelcomeMessage = z.infer<typeof welcome>;
/** Who stands where in the program, and what is written over it. */
export type LayoutMessage = z.infer<typeof layout>;
/** How old people's pictures are in the program. */
export type DelayMessage = z.infer<typeof delays>;
/** For hosts. */
export type NoticeMessage = z.infer<typeof notice>;

/** Every `type` of a client's message. */
export function clientMessageTypes(): readonly string[] {
  return messageTypes(clientMessage);
}

/** A client's message, or a sentence that says what is wrong with it. */
export function parseClientMessage(text: string): ClientMessage | string {
  return parseMessage(clientMessage, text);
}

/** A server's message, or a sentence that says what is wrong with it. */
export function parseServerMessage(text: string): ServerMessage | string {
  return parseMessage(serverMessage, text);
}
