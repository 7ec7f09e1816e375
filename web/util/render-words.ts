/** What a rendering of a recording is of, in plain words: pure. */
import { LAYOUT_POLICIES } from '../../src/layout/layout.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import type { RenderInfo } from '../recording-types.ts';
import { formatDuration } from './format.ts';

/** As far as the server tells, each thing for itself. */
export function renderWords({ format, layout, from, to, without = [] }: RenderInfo, { say }: Words<AdminKey>): string {
  const parts = [
    layoutWords(layout, say),
    ...(format === undefined ? [] : [format.toUpperCase()]),
    ...(from === undefined || to === undefined
      ? []
      : [say('renders.range', { from: formatDuration(from), to: formatDuration(to) })]),
    ...(without.length === 0 ? [] : [say('renders.without', { count: without.length })]),
  ];
  return parts.join(' · ');
}

/** @param layout as it was ordered: `recorded`, a policy's name, or an object with one */
function layoutWords(layout: unknown, say: Words<AdminKey>['say']): string {
  if (layout === 'recorded') return say('renders.recorded');
  const name = typeof layout === 'object' && layout !== null && 'policy' in layout ? layout.policy : layout;
  const policy = LAYOUT_POLICIES.find((known) => known === name);
  return policy === undefined ? say('renders.other') : say(`policy.${policy}`);
}
