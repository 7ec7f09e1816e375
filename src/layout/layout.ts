/** A room's layout as data: what its host, the REST API and rules may say about who stands where. Shared with the pages. */
import { z } from 'zod';

/** Ways to arrange tiles. `custom` takes its regions from the layout itself. */
export const LAYOUT_POLICIES = [
  'grid',
  'speaker',
  'presentation',
  'single',
  'side-by-side',
  'picture-in-picture',
  'portrait',
  'custom',
] as const;
/** One of the policies. */
export type LayoutPolicy = (typeof LAYOUT_POLICIES)[number];

/** Most tiles that a program shows. */
export const MAX_TILES = 25;
/** Most names in one of a layout's lists: everybody of a full room with each of their tracks. */
const MAX_KEYS = 400;
const MAX_RULES = 8;

/** A participant (`ID`) or one of their tracks (`ID/NUMBER`). */
const key = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9_-]{1,64}(\/\d{1,2})?$/, 'name a participant ("ID") or one of their tracks ("ID/NUMBER")');
const keys = z.array(key).max(MAX_KEYS);
const fit = z.enum(['contain', 'cover']);
const ratio = z.number().min(0).max(1);
const side = z.number().gt(0, 'is larger than 0').max(1);
const policy = z.enum(LAYOUT_POLICIES);

/** A part of the program in ratios of its width and height. */
const customRegion = z
  .strictObject({
    x: ratio.describe('Left edge, as a share of the width of the program.'),
    y: ratio.describe('Upper edge, as a share of the height of the program.'),
    width: side.describe('Share of the width of the program; x + width is at most 1.'),
    height: side.describe('Share of the height of the program; y + height is at most 1.'),
    show: z
      .union([key, z.enum(['@speaker', '@screen'])])
      .optional()
      .describe(
        'A participant, one of their tracks, who speaks, or the newest screen; without it the next one in order who stands nowhere else.',
      ),
    z: z.int().min(0).max(MAX_TILES).default(0).describe('Higher ones cover lower ones.'),
    fit: fit.optional().describe('Instead of that of the layout; also for screens.'),
  })
  .refine(({ x, width }) => x + width <= 1 + 1e-9, {
    path: ['width'],
    error: 'ends inside the program (x + width <= 1)',
  })
  .refine(({ y, height }) => y + height <= 1 + 1e-9, {
    path: ['height'],
    error: 'ends inside the program (y + height <= 1)',
  });

/** Applies `policy` instead of the layout's own while all of its conditions hold. */
const rule = z.strictObject({
  screen: z.boolean().optional().describe('Whether somebody shares a screen.'),
  minTiles: z.int().min(0).max(1000).optional().describe('Tiles that could be shown, at least.'),
  maxTiles: z.int().min(0).max(1000).optional().describe('Tiles that could be shown, at most.'),
  policy: policy.describe('In force while the conditions hold.'),
});

/** Every field has a default, so `{}` is a layout: a grid that a shared screen turns into a presentation. */
export const layoutSchema = z
  .strictObject({
    policy: policy.default('grid').describe('How the tiles are arranged, when no rule says otherwise.'),
    fit: fit.default('contain').describe('Whole pictures with bars, or filled cells with cut edges.'),
    maxTiles: z.int().min(1).max(MAX_TILES).default(MAX_TILES).describe('Whoever is beyond it is not shown.'),
    more: z.boolean().default(true).describe('Whether "+7 more" is written when somebody finds no place.'),
    pinned: keys.default([]).describe('Take the main places of their policy, in this order.'),
    hidden: keys.default([]).describe('Not shown.'),
    order: keys.default([]).describe('Come first, in this order; everybody else follows as they joined.'),
    rules: z
      .array(rule)
      .max(MAX_RULES)
      .default([{ screen: true, policy: 'presentation' }])
      .describe('The first whose conditions all hold wins over the policy.'),
    transition: z
      .enum(['animate', 'cut'])
      .default('animate')
      .describe('How tiles reach their new places: moving for a quarter of a second, or at once.'),
    regions: z.array(customRegion).max(MAX_TILES).default([]).describe('For the policy "custom" only.'),
  })
  .refine(({ policy: own, rules, regions }) => regions.length > 0 || ![{ policy: own }, ...rules].some(isCustom), {
    path: ['regions'],
    error: 'holds at least one region when the policy, or that of a rule, is "custom"',
  });

function isCustom({ policy: chosen }: { policy: LayoutPolicy }): boolean {
  return chosen === 'custom';
}

/** A complete layout. */
export type Layout = z.infer<typeof layoutSchema>;
/** One region of a custom layout. */
export type CustomRegion = z.infer<typeof customRegion>;
/** One rule of a layout. */
export type LayoutRule = z.infer<typeof rule>;

/** What can be placed: one video track, or somebody without a picture. */
export interface Candidate {
  /** `ID/NUMBER` of a track, `ID` of somebody without one. Unique. */
  readonly key: string;
  /** Id of the participant. */
  readonly participant: string;
  readonly source: 'camera' | 'screen' | 'file' | 'none';
  /** Larger for what was added later, whatever it counts; tells the newest screen. Without it the last one is the newest. */
  readonly since?: number | undefined;
}

/** What a layout is applied to. */
export interface LayoutInput {
  /** In the order they joined. */
  readonly candidates: readonly Candidate[];
  /** Id of the participant who speaks, when somebody has spoken at all. */
  readonly speaker?: string | undefined;
  /** Pixels of the program. */
  readonly width: number;
  readonly height: number;
}

/** A rectangle of the program in pixels; every number is even, because chroma is halved (4:2:0). */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where one candidate stands. */
export interface Region extends Cell {
  readonly key: string;
  readonly fit: 'contain' | 'cover';
}

/** The outcome. */
export interface Arrangement {
  /** The policy in force, a rule's or the layout's own. */
  readonly policy: LayoutPolicy;
  /** In drawing order: later ones cover earlier ones. */
  readonly regions: readonly Region[];
  /** Keys in the large places; empty where all places are alike. */
  readonly main?: readonly string[];
  /** Candidates that found no place, without those the layout hides, and where "+N more" is said. */
  readonly more?: { readonly count: number; readonly cell: Cell };
}
