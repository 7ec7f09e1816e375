/** Put into our own page for viewers: eyes on its video. `globalThis.viewer` is their face; see tests/helpers/viewer-page.ts. */
import type { GridcastPlayer } from '../../../web/components/gridcast-player.ts';
import { Eyes, offer } from './eyes.ts';

const player = document.querySelector('gridcast-watch')?.shadowRoot?.querySelector<GridcastPlayer>('gridcast-player');
const video = player?.shadowRoot?.querySelector('video');
if (!player || !video) throw new Error('There is no player on this page');
const eyes = new Eyes(video, () => {
  const { latency } = player;
  return latency === undefined ? undefined : latency * 1000;
});
Object.assign(globalThis, { viewer: offer(() => eyes) });
