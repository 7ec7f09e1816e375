/** What somebody wants to have made again of a recording. */
import { z } from 'zod';
import { PROGRAM_PIXELS } from '../../config/schema.ts';
import { layoutSchema } from '../../layout/layout.ts';

/** Kinds of files that can be made; the last two are sound alone. */
export const RENDER_FORMATS = ['mp4', 'webm', 'mp3', 'wav'] as const;
/** One of them. */
export type RenderFormat = (typeof RENDER_FORMATS)[number];

/** Names a room could never hold at once are no request. */
const MAX_WITHOUT = 200;
/** A day and more; what a server really makes is in its configuration. */
const MAX_SECONDS = 7 * 86_400;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'use 1 to 64 letters, digits, "-" and "_"');
const seconds = z.number().min(0).max(MAX_SECONDS);
const edge = z.int().min(180).max(1920).multipleOf(2);

/** Its keys. */
export const renderRequestShape = z.strictObject({
  /** `recorded`: the layouts as they were; else one for all of it. */
  layout: z.union([layoutSchema, z.literal('recorded')]).default('recorded'),
  /** Seconds of the recording; default: all of it. */
  from: seconds.default(0),
  to: seconds.optional(),
  /** Ids of people who are left out, with picture and sound. */
  without: z.array(id).max(MAX_WITHOUT).default([]),
  format: z.enum(RENDER_FORMATS).default('mp4'),
  /** Pixels; default: as it was recorded. */
  width: edge.optional(),
  height: edge.optional(),
});

/** The same, with what keys demand of one another. */
export const renderRequestSchema = renderRequestShape
  .refine(({ from, to }) => to === undefined || to > from, { path: ['to'], error: 'is later than "from"' })
  .refine(({ width, height }) => (width === undefined) === (height === undefined), {
    path: ['height'],
    error: 'is given together with "width", or neither of them',
  })
  .refine(({ width = 1920, height = 1080 }) => fits(width * height), {
    path: ['height'],
    error: `makes, with "width", from ${PROGRAM_PIXELS.min} to ${PROGRAM_PIXELS.max} pixels`,
  });

/** What is wanted, with its defaults. */
export type RenderRequest = z.output<typeof renderRequestSchema>;

/** What is made, of which nothing is left open: the range lies in the recording. */
export interface RenderOrder extends Omit<RenderRequest, 'to' | 'width' | 'height'> {
  /** Seconds of the recording. */
  readonly to: number;
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
}

/** What a worker reads from the disk. */
export const renderOrderSchema = renderRequestShape.required();

/** Whether a format has a picture. */
export function hasPicture(format: RenderFormat): boolean {
  return format === 'mp4' || format === 'webm';
}

/** What a browser is told of a file of this format. */
export const RENDER_TYPES: Readonly<Record<RenderFormat, string>> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
};

function fits(pixels: number): boolean {
  return pixels >= PROGRAM_PIXELS.min && pixels <= PROGRAM_PIXELS.max;
}

/** Frames of a render. */
export function framesOf({ from, to }: RenderOrder, framerate: number): number {
  return Math.max(1, Math.round((to - from) * framerate));
}
