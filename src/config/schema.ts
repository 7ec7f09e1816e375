/** Every key of the configuration with its default: the one place that knows them. config.example.yml shows the same. */
import { z } from 'zod';
import { LOOPBACK_RANGES } from '../util/client-address.ts';
import { addressRange } from '../util/ip-address.ts';
import { databaseFileOf, isPostgresUrl } from './database-url.ts';
import { eventSchema } from './event-schema.ts';
import { callsSchema } from './calls-schema.ts';
import { auditSchema, retentionSchema, storageSchema } from './storage-schema.ts';

/** A count of bytes, frames, people… at least 1. */
const count = (fallback: number): z.ZodDefault<z.ZodInt> => z.int().min(1).default(fallback);

// Messages complete the sentence "KEY must be …".
const redisUrl = z.string().refine((text) => /^(rediss?|unix):\/\/.|^\//.test(text), {
  error: 'a URL such as redis://localhost:6379, or the path of a socket',
});
const databaseUrl = z.string().refine((text) => databaseFileOf(text) !== undefined || isPostgresUrl(text), {
  error:
    'a Postgres database such as postgres://gridcast:PASSWORD@localhost/gridcast, or a file for SQLite such as sqlite:./data/gridcast.db; leave it out to use a file in the data folder',
});

const proxy = z.string().refine((text) => addressRange(text) !== undefined, {
  error: 'an IP address such as 192.0.2.7, or a range of them such as 10.0.0.0/8 or fd00::/8; names are not looked up',
});

// As browsers send it, or it would fit no page; and what stands in a Content-Security-Policy must not be more than one origin there.
const origin = z.string().refine((text) => isOrigin(text), {
  error: 'an origin such as https://www.example.org or http://localhost:8090: no path, no slash at its end, no "*"',
});

/** Also of pages that an app brings along, such as "capacitor://localhost". */
function isOrigin(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d+)?$/.test(text)) return false;
  return !/^https?:/.test(text) || URL.parse(text)?.origin === text;
}

/**
 * Fewest and most pixels of a program. As a count, so that portrait sizes are as good as landscape ones; 1088 is 1080 in
 * whole blocks of the encoder.
 */
export const PROGRAM_PIXELS = { min: 320 * 180, max: 1920 * 1088 } as const;

const edge = z.int().min(180).max(1920).multipleOf(2);
const programKeys = {
  width: edge,
  height: edge,
  framerate: z.int().min(5).max(60),
  videoKbit: z.int().min(100).max(20000),
  audioKbit: z.int().min(32).max(320),
  preset: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium']),
};

/** What a room may order of its own program; for the rest the configuration's keys hold. Pixels are checked in all. */
export const programOrderSchema = z.strictObject(programKeys).partial();
/** A room's order. */
export type ProgramOrder = z.infer<typeof programOrderSchema>;

const viewingKeys = {
  /** Who may watch: everybody, or whoever has a token of the room. */
  access: z.enum(['public', 'private']),
  /** How far behind viewers are: parts of half, a third or a whole second. */
  profile: z.enum(['standard', 'fast', 'safe']),
  /** Whether a smaller picture and the sound alone are offered too. */
  abr: z.boolean(),
  /** Whether there may be captions. */
  captions: z.boolean(),
};

/** What a room may order for its viewers; for the rest the keys of the configuration's `hls` hold. */
export const viewingOrderSchema = z.strictObject(viewingKeys).partial();
/** A room's order for its viewers. */
export type ViewingOrder = z.infer<typeof viewingOrderSchema>;

const recordingKeys = {
  /** Whether a recording begins with each session. */
  auto: z.boolean(),
  /** `notice`: everybody sees that it records; `ask`: only who agrees is kept. */
  consent: z.enum(['notice', 'ask']),
};

/** What a room may order for its recordings; for the rest the keys of the configuration's `recordings` hold. */
export const recordingOrderSchema = z.strictObject(recordingKeys).partial();
/** A room's order for its recordings. */
export type RecordingOrder = z.infer<typeof recordingOrderSchema>;

/** Unknown keys are errors. */
const shape = z.strictObject({
  server: z
    .strictObject({
      port: z.int().min(0).max(65535).default(8080),
      host: z.string().min(1).default('127.0.0.1'),
      /** Folder of everything that must outlive the process. */
      data: z.string().min(1).default('./data'),
      /** Made and printed at the first start when empty. */
      adminToken: z.string().min(16).optional(),
      /** How the server is reached from outside, for links; empty: from the request. */
      publicUrl: z.url({ protocol: /^https?$/ }).optional(),
      /** Origins (https://example.org) whose pages may open a WebSocket and use the API, beside the server's own. */
      allowedOrigins: z.array(origin).default([]),
      /** Addresses and ranges of reverse proxies whose `X-Forwarded-For` is believed. */
      trustedProxies: z.array(proxy).default([...LOOPBACK_RANGES]),
    })
    .prefault({}),
  /** Paths of PEM files; both or neither. */
  tls: z.strictObject({ cert: z.string().min(1).optional(), key: z.string().min(1).optional() }).prefault({}),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
      /** `auto`: text at a terminal, JSON lines everywhere else. */
      format: z.enum(['auto', 'json', 'text']).default('auto'),
    })
    .prefault({}),
  redis: z.strictObject({ url: redisUrl.optional() }).prefault({}),
  database: z.strictObject({ url: databaseUrl.optional() }).prefault({}),
  ffmpeg: z.strictObject({ path: z.string().min(1).optional() }).prefault({}),
  program: z
    .strictObject({
      width: programKeys.width.default(1280),
      height: programKeys.height.default(720),
      framerate: programKeys.framerate.default(30),
      videoKbit: programKeys.videoKbit.default(2500),
      audioKbit: programKeys.audioKbit.default(128),
      preset: programKeys.preset.default('veryfast'),
      /** x264, a device's encoder if it passes a test, or auto: the first device that does. */
      encoder: z.enum(['auto', 'x264', 'vaapi', 'nvenc', 'videotoolbox', 'qsv']).default('x264'),
      /** Whether a program may become cheaper while the machine is too slow for it. */
      degrade: z.boolean().default(true),
    })
    .prefault({}),
  hls: z
    .strictObject({
      /** For rooms that order nothing else, like the next three. */
      access: viewingKeys.access.default('public'),
      profile: viewingKeys.profile.default('standard'),
      abr: viewingKeys.abr.default(false),
      captions: viewingKeys.captions.default(false),
      /** Seconds of one segment, and of one group of pictures. */
      segmentSeconds: z.int().min(1).max(10).default(2),
      /** Segments in the live playlist. */
      windowSegments: z.int().min(6).max(1000).default(30),
      /** How far viewers can go back in a session; the disk keeps twice as much of it. */
      dvrMinutes: z
        .int()
        .min(1)
        .max(24 * 60)
        .default(60),
    })
    .prefault({}),
  rooms: z
    .strictObject({
      /** Who may create rooms without the admin token. `loopback`: anybody, while `server.host` is a loopback address. */
      openCreation: z.enum(['loopback', 'always', 'never']).default('loopback'),
      max: count(50),
      maxParticipants: z.int().min(1).max(50).default(25),
      maxTracksPerParticipant: z.int().min(1).max(16).default(6),
      /** Seconds without anybody after which a session ends. */
      emptySeconds: z.int().min(0).default(30),
      /** Seconds for which a cut connection keeps its tile: 30, and the pause before the next try. */
      resumeSeconds: z.int().min(0).default(35),
    })
    .prefault({}),
  accounts: z
    .strictObject({
      /** Whether people have accounts; `auto`: unless `server.host` is a loopback address. */
      mode: z.enum(['auto', 'on', 'off']).default('auto'),
      /** Hours after which whoever has signed in signs in again. */
      sessionHours: z.int().min(1).max(720).default(168),
      /** Whether who made a room with their account has its recordings. */
      ownRecordings: z.boolean().default(true),
      /** Rooms that somebody who is no admin may have made at the same time; fewer than `rooms.max`, so that one alone cannot take all. */
      maxRooms: count(20),
    })
    .prefault({}),
  limits: z
    .strictObject({
      maxFrameBytes: count(2 * 1024 * 1024),
      maxTextBytes: count(64 * 1024),
      maxPixels: count(1920 * 1088),
      /** Million pixels per second of all pictures of a room together; one participant may have half of it. */
      maxRoomMegapixels: count(500),
      /** Per video track, averaged over two seconds. */
      maxVideoKbit: count(8000),
      /** Per track. */
      maxFramesPerSecond: count(70),
      socketsPerAddress: count(64),
      /** TCP connections to the port: each costs some 20 KB, and a file descriptor that recordings need, too. */
      connections: count(10_000),
      /** A building full of viewers, each with the six connections of a browser. */
      connectionsPerAddress: count(2000),
      helloMs: count(5000),
    })
    .prefault({}),
  recordings: z
    .strictObject({
      /** Longest time that written parts may stay in the page cache only. */
      fsyncMs: z.int().min(0).default(1000),
      /** After a crash: seconds in which people may come back to a recording. */
      graceSeconds: z.int().min(0).max(3600).default(30),
      /** Hours that one recording keeps at most, and gigabytes of the session's log. */
      maxHours: z.number().positive().max(1000).default(12),
      maxGigabytes: z.number().positive().default(100),
      /** Minutes without anybody sending anything after which a recording ends; 0: never. */
      idleMinutes: z.number().min(0).max(10_000).default(0),
      /** Percent of the disk that recordings leave free; 0: none. */
      diskFloorPercent: z.number().min(0).max(100).default(5),
      /** For rooms that order nothing else, like the next one. */
      auto: recordingKeys.auto.default(false),
      consent: recordingKeys.consent.default('notice'),
      retention: retentionSchema,
      /** Whether the files of finished recordings are encrypted. */
      encrypt: z.boolean().default(false),
      /** File of the key that wraps the recordings' own; made in the data folder when left out. */
      keyFile: z.string().min(1).optional(),
    })
    .prefault({}),
  clips: z
    .strictObject({
      maxPerRoom: count(100),
      /** Space for the clips of all rooms together. */
      maxMegabytes: count(20_000),
      /** Seconds of one clip. */
      maxSeconds: z.int().min(1).max(86_400).default(3600),
    })
    .prefault({}),
  /** What people share in rooms. */
  files: z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Most for one file, for one person in a room, and for a room. */
      maxFileMegabytes: count(2000),
      maxUserMegabytes: count(5000),
      maxRoomMegabytes: count(20_000),
      maxPerRoom: count(500),
      /** Files that one person may have begun and not finished. */
      maxUnfinished: count(10),
      unfinishedHours: z.number().positive().max(1000).default(24),
      /** 0: as long as their room. */
      keepDays: z.number().min(0).max(10_000).default(30),
      /** Percent of the disk that files leave free; 0: none. */
      diskFloorPercent: z.number().min(0).max(100).default(10),
    })
    .prefault({}),
  /** Films and sounds that are made anew of finished recordings. */
  renders: z
    .strictObject({
      /** Most renders of one recording, finished ones too. */
      maxPerRecording: count(20),
      /** Most renders that wait or are being made, of all recordings. */
      maxQueued: count(50),
      /** Seconds of one. */
      maxSeconds: z
        .int()
        .min(1)
        .max(7 * 86_400)
        .default(14_400),
    })
    .prefault({}),
  archive: z
    .strictObject({
      /** Archive workers that `serve` starts itself; 0 when they run elsewhere. */
      workers: z.int().min(0).max(16).default(1),
      attempts: count(3),
    })
    .prefault({}),
  calls: callsSchema,
  storage: storageSchema,
  audit: auditSchema,
  events: eventSchema,
});

/** The same, with what keys demand of one another. */
export const configSchema = shape
  .refine(({ tls }) => tls.cert === undefined || tls.key !== undefined, {
    path: ['tls', 'key'],
    error: 'the file of the private key that belongs to tls.cert; give both or neither',
  })
  .refine(({ tls }) => tls.key === undefined || tls.cert !== undefined, {
    path: ['tls', 'cert'],
    error: 'the file of the certificate that belongs to tls.key; give both or neither',
  })
  .refine(({ tls, server }) => tls.cert === undefined || server.publicUrl?.startsWith('http:') !== true, {
    path: ['server', 'publicUrl'],
    error: 'an https:// address, because with tls.cert the server speaks nothing else',
  })
  .refine(({ storage }) => storage.kind !== 's3' || storage.bucket !== undefined, {
    path: ['storage', 'bucket'],
    error: 'the name of a bucket, because storage.kind is s3',
  })
  .refine(
    ({ storage }) =>
      (storage.accessKey === undefined) === (storage.secretKey === undefined && storage.secretKeyFile === undefined),
    {
      path: ['storage', 'accessKey'],
      error: 'given together with storage.secretKey or storage.secretKeyFile, or all of them left out',
    },
  )
  .refine(({ program }) => program.width * program.height >= PROGRAM_PIXELS.min, {
    path: ['program', 'height'],
    error: `so large that width times height is at least ${PROGRAM_PIXELS.min} pixels (320x180)`,
  })
  .refine(({ program }) => program.width * program.height <= PROGRAM_PIXELS.max, {
    path: ['program', 'height'],
    error: `so small that width times height is at most ${PROGRAM_PIXELS.max} pixels (1920x1088)`,
  });

/** A complete, valid configuration. */
export type Config = z.infer<typeof configSchema>;
