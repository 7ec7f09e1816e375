/** The page's end of a picture source: whatever this browser has to hand a track's pictures over. */
import type { CapturePath } from '../engine/engine-flags.ts';
import { nowUs } from '../util/monotonic.ts';
import type { FrameInput, PostedFrame } from './frame-input.ts';

/** An input for the engine, to be posted with `transfer`; `stop` ends what is left of it in the page. */
export interface FrameFeed {
  readonly input: FrameInput;
  readonly transfer: Transferable[];
  stop(): void;
}

// More than this on the way to the encoder, and pictures are left out: each is megabytes.
const MOST_UNDER_WAY = 2;

/** The best way of this browser, or the one that is asked for. */
export function capturePath(engineReadsTracks: boolean, forced: CapturePath | undefined): CapturePath {
  if (forced) return forced;
  if ('MediaStreamTrackProcessor' in window) return 'stream';
  return engineReadsTracks ? 'track' : 'element';
}

/** Opens a feed of `track`, which stays its owner's. `hidden` is called when pictures stop, or come again, with the page being hidden. */
export function openFrameFeed(
  track: MediaStreamTrack,
  path: CapturePath,
  hidden: (hidden: boolean) => void,
): FrameFeed {
  if (path === 'element') return feedOfElement(track, hidden);
  if (path === 'track') {
    const clone = track.clone();
    return {
      input: { kind: 'track', track: clone },
      transfer: [clone],
      stop: () => undefined,
    };
  }
  // One frame of buffer: cameras own few, and an old picture is worth nothing.
  const stream = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
  return { input: { kind: 'stream', stream }, transfer: [stream], stop: () => undefined };
}

function feedOfElement(track: MediaStreamTrack, hidden: (hidden: boolean) => void): FrameFeed {
  const { port1: port, port2 } = new MessageChannel();
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  let underWay = 0;
  let stopped = false;
  port.onmessage = () => {
    underWay -= 1;
    if (stopped && underWay === 0) port.close();
  };
  const shown = (now: number, metadata: VideoFrameCallbackMetadata): void => {
    if (stopped) return;
    video.requestVideoFrameCallback(shown);
    if (underWay >= MOST_UNDER_WAY) return;
    const deviceUs = Math.round((performance.timeOrigin + (metadata.captureTime ?? now)) * 1000);
    const frame = new VideoFrame(video, { timestamp: deviceUs });
    const posted: PostedFrame = { frame, deviceUs, arrivalUs: nowUs() };
    port.postMessage(posted, [frame]);
    underWay += 1;
  };
  video.requestVideoFrameCallback(shown);
  video.play().catch(() => undefined);
  // What nobody sees is not composed, so a hidden page has no pictures to give.
  const onVisibility = (): void => hidden(document.hidden);
  document.addEventListener('visibilitychange', onVisibility);
  return {
    input: { kind: 'port', port: port2 },
    transfer: [port2],
    stop() {
      stopped = true;
      document.removeEventListener('visibilitychange', onVisibility);
      video.srcObject = null;
      // A picture that is still on its way when the port closes is never closed itself: the last answer closes the port.
      if (underWay === 0) port.close();
    },
  };
}
