/**
 * Put into a bare page: players that are not our page, and eyes on what they show. `globalThis.viewer` is their face; see
 * tests/helpers/viewer-page.ts.
 */
import Hls from 'hls.js';
import shaka from 'shaka-player';
import { HlsEngine } from '../../../web/controllers/hls-engine.ts';
import { Eyes, offer } from './eyes.ts';

function show(): HTMLVideoElement {
  const video = document.createElement('video');
  video.style.width = '100%';
  document.body.replaceChildren(video);
  return video;
}

/** Our player's engine, in its own settings, without the page around it. */
function playHlsJs(url: string): { readonly eyes: Eyes; readonly engine: HlsEngine } {
  const video = show();
  const { trigger } = Hls.prototype;
  // The engine keeps what hls.js mends by itself to itself.
  Hls.prototype.trigger = function (event, data) {
    if (event === Hls.Events.ERROR && data && 'details' in data && 'fatal' in data)
      eyes.note(`${data.fatal ? 'fatal ' : ''}${data.details}`);
    return trigger.call(this, event, data);
  };
  const engine = new HlsEngine(video, url, {
    failed: ({ kind }) => eyes.note(`failed ${kind}`),
    trouble: () => eyes.note('trouble'),
    alive: () => {},
    ready: () => void video.play(),
    updated: () => {},
  });
  const eyes = new Eyes(video, () => (engine.shownMs === undefined ? undefined : Date.now() - engine.shownMs));
  return { eyes, engine };
}

async function playShaka(url: string): Promise<Eyes> {
  const video = show();
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  const eyes = new Eyes(video, () => {
    const date = player.getPlayheadTimeAsDate();
    return date ? Date.now() - date.getTime() : undefined;
  });
  player.addEventListener('error', () => eyes.note('fatal'));
  await player.attach(video);
  player.configure({ streaming: { lowLatencyMode: true } });
  await player.load(url);
  await video.play();
  return eyes;
}

let eyes: Eyes | undefined;
let engine: HlsEngine | undefined;

Object.assign(globalThis, {
  viewer: {
    ...offer(() => eyes),
    playHlsJs(url: string): void {
      ({ eyes, engine } = playHlsJs(url));
    },
    async playShaka(url: string): Promise<void> {
      eyes = await playShaka(url);
    },
    /** The qualities of the room, the best first. */
    qualities: () => engine?.qualities ?? [],
    choose(index: number): void {
      if (engine) engine.quality = index;
    },
  },
});
