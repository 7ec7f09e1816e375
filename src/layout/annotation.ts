/** What is written and drawn over a room's program, as data. Shared with the pages. */
import { z } from 'zod';

/** Texts end up in one line of the picture. */
const oneLine = (max: number): z.ZodString =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'leave out control characters');

const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'use a colour such as "#101217"');

/** Languages that the program can speak, BCP 47. */
export const ANNOTATION_LANGUAGES = ['en', 'de', 'es', 'fr', 'pt-BR'] as const;
/** One of them. */
export type AnnotationLanguage = (typeof ANNOTATION_LANGUAGES)[number];

/** Two lines at the lower edge, for example who speaks about what. */
const lowerThird = z.strictObject({ title: oneLine(80).min(1), text: oneLine(120).default('') });

/** Every field has a default, so `{}` is valid: names, marks and the clock. */
export const annotationSchema = z.strictObject({
  /** Language of what the program says itself: who reconnects, who has paused, that nobody is here. */
  language: z.enum(ANNOTATION_LANGUAGES).default('en'),
  /** Names on the tiles. */
  names: z.boolean().default(true),
  /** Marks of hosts, of raised hands, of muted and of speaking participants. */
  marks: z.boolean().default(true),
  /** A border around whoever speaks. */
  speakerBorder: z.boolean().default(true),
  /** The wall clock of the program. */
  clock: z.boolean().default(true),
  /** The time at which each tile's picture was captured. */
  captureTime: z.boolean().default(false),
  /** The room's title. */
  title: z.boolean().default(false),
  /** Frame number and time as black and white blocks along the upper edge, for measuring by program. */
  timeStrip: z.boolean().default(false),
  /** Behind and between the tiles, where no picture is set. */
  background: color.default('#101217'),
  logo: z
    .strictObject({
      corner: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']).default('bottom-right'),
      /** Share of the program's height. */
      height: z.number().min(0.02).max(0.5).default(0.08),
      opacity: z.number().min(0).max(1).default(0.85),
    })
    .prefault({}),
  lowerThird: lowerThird.nullable().default(null),
});

/** A complete annotation. */
export type Annotation = z.infer<typeof annotationSchema>;
