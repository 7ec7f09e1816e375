/** Every key of the configuration with its default: the one place that knows them. config.example.yml shows the same. */
import { z } from 'zod';

/** A count of bytes, frames, people… at least 1. */
const count = (fallback: number): z.ZodDefault<z.ZodInt> => z.int().min(1).default(fallback);

// Messages complete the sentence "KEY must be …".
const redisUrl = z.string().refine((text) => /^(rediss?|unix):\/\/.|^\//.test(text), {
  error: 'a URL such as redis://localhost:6379, or the path of a socket',
});
const databaseUrl = z.string().refine((text) => /^(sqlite|file):./.test(text), {
  error:
    'a file for SQLite such as sqlite:./data/gridcast.db, because this version stores its tables in SQLite only; leave it out to use a file in the data folder',
});

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
      /** Origins (https://example.org) whose pages may open a WebSocket, beside the server's own. */
      allowedOrigins: z.array(z.string()).default([]),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') }).prefault({}),
  redis: z.strictObject({ url: redisUrl.optional() }).prefault({}),
  database: z.strictObject({ url: databaseUrl.optional() }).prefault({}),
  ffmpeg: z.strictObject({ path: z.string().min(1).optional() }).prefault({}),
  program: z
    .strictObject({
      width: z.int().min(320).max(1920).multipleOf(16).default(1280),
      height: z.int().min(180).max(1088).multipleOf(2).default(720),
      framerate: z.int().min(5).max(60).default(30),
      videoKbit: z.int().min(100).max(20000).default(2500),
      audioKbit: z.int().min(32).max(320).default(128),
      preset: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium']).default('veryfast'),
    })
    .prefault({}),
  hls: z
    .strictObject({
      /** Program frames in one part. */
      partFrames: count(15),
      /** Seconds of one segment, and of one group of pictures. */
      segmentSeconds: z.int().min(1).max(10).default(2),
      /** Segments in the live playlist, and on disk while nothing records. */
      windowSegments: z.int().min(6).default(30),
    })
    .prefault({}),
  rooms: z
    .strictObject({
      /** Who may create rooms without the admin token. `loopback`: anybody, while `server.host` is a loopback address. */
      openCreation: z.enum(['loopback', 'always', 'never']).default('loopback'),
      max: count(50),
      maxParticipants: z.int().min(1).max(16).default(16),
      maxTracksPerParticipant: z.int().min(1).max(16).default(6),
      /** Seconds without anybody after which a session ends. */
      emptySeconds: z.int().min(0).default(30),
      /** Seconds for which a cut connection keeps its tile. */
      resumeSeconds: z.int().min(0).default(30),
    })
    .prefault({}),
  limits: z
    .strictObject({
      maxFrameBytes: count(2 * 1024 * 1024),
      maxTextBytes: count(64 * 1024),
      maxPixels: count(1920 * 1088),
      /** Per video track, averaged over two seconds. */
      maxVideoKbit: count(8000),
      /** Per track. */
      maxFramesPerSecond: count(70),
      socketsPerAddress: count(64),
      helloMs: count(5000),
    })
    .prefault({}),
  recordings: z
    .strictObject({
      /** Longest time that written parts may stay in the page cache only. */
      fsyncMs: z.int().min(0).default(1000),
    })
    .prefault({}),
  archive: z
    .strictObject({
      /** Archive workers that `serve` starts itself; 0 when they run elsewhere. */
      workers: z.int().min(0).max(16).default(1),
      attempts: count(3),
    })
    .prefault({}),
});

/** The same, with what keys demand of one another. */
export const configSchema = shape.refine(
  ({ hls, program }) => hls.partFrames <= hls.segmentSeconds * program.framerate,
  {
    path: ['hls', 'partFrames'],
    error: 'at most the frames of one segment (hls.segmentSeconds times program.framerate)',
  },
);

/** A complete, valid configuration. */
export type Config = z.infer<typeof configSchema>;
