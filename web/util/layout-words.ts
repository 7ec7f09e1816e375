/** Layouts in words. */
import type { LayoutPolicy } from '../../src/layout/layout.ts';

/** What each policy is called. */
export const POLICY_NAMES: Readonly<Record<LayoutPolicy, string>> = {
  grid: 'Grid',
  speaker: 'Speaker',
  presentation: 'Presentation',
  single: 'One person',
  'side-by-side': 'Side by side',
  'picture-in-picture': 'Picture in picture',
  portrait: 'Portrait',
  custom: 'Custom',
};

/** What each policy does. */
export const POLICY_HINTS: Readonly<Record<LayoutPolicy, string>> = {
  grid: 'Everybody at the same size.',
  speaker: 'Whoever is pinned, or else speaks, is large; the others stand beside.',
  presentation: 'The shared screen is large; people stand beside. Without a screen it is “Speaker”.',
  single: 'One at a time: whoever is pinned, else a shared screen, else whoever speaks.',
  'side-by-side': 'Two at the same size. Without pins the second is whoever speaks.',
  'picture-in-picture': 'One takes all of the picture; up to three others stand on top of it.',
  portrait: 'Everybody in an upright column in the middle, for phones.',
  custom: 'Places of your own, in percent of the picture.',
};

/** What a tile shows. */
export function sourceWord(source: 'camera' | 'screen' | 'file' | 'none'): string {
  return { camera: 'camera', screen: 'screen', file: 'film', none: 'no picture' }[source];
}
