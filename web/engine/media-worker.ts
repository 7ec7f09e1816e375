/** The worker that a stay in a room runs in: pictures, sound and sockets go on whatever the page is busy with. */
// Before anything makes a schema.
import '../transport/zod-without-eval.ts';
import type { EngineCommand, EngineEvent } from './engine-messages.ts';
import { MediaEngine } from './media-engine.ts';

const say = (event: EngineEvent): void => self.postMessage(event);
const engine = new MediaEngine('worker', say);
self.addEventListener('message', ({ data }: MessageEvent<EngineCommand>) => engine.receive(data));

const codecs = ['VideoEncoder', 'VideoDecoder', 'AudioEncoder', 'AudioDecoder', 'requestAnimationFrame'];
say({
  type: 'ready',
  works: codecs.every((name) => name in self),
  readsTracks: 'MediaStreamTrackProcessor' in self,
});
