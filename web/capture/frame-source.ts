/** Raw pictures of a camera track, whatever the browser offers for it. */
import { nowUs } from '../util/monotonic.ts';

/** Takes each frame over and must close it. `deviceUs` is by the device's clock, `arrivalUs` by the page's. */
export type FrameSink = (frame: VideoFrame, deviceUs: number, arrivalUs: number) => void;

/** Delivers until stopped. */
export interface FrameSource {
  stop(): void;
}

/** Reads the track itself where MediaStreamTrackProcessor exists, else what a hidden video element shows. */
export function openFrameSource(track: MediaStreamTrack, sink: FrameSink): FrameSource {
  return 'MediaStreamTrackProcessor' in window ? processorSource(track, sink) : elementSource(track, sink);
}

function processorSource(track: MediaStreamTrack, sink: FrameSink): FrameSource {
  // One frame of buffer: cameras own few, and an old picture is worth nothing.
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
  let stopped = false;
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (stopped) value.close();
      else sink(value, value.timestamp, nowUs());
    }
  };
  // The stream errors only when the track ends, which its owner hears by the track's own event.
  read().catch(() => undefined);
  return {
    stop() {
      stopped = true;
      reader.cancel().catch(() => undefined);
    },
  };
}

function elementSource(track: MediaStreamTrack, sink: FrameSink): FrameSource {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  let stopped = false;
  const shown = (now: number, metadata: VideoFrameCallbackMetadata): void => {
    if (stopped) return;
    const arrivalUs = nowUs();
    const deviceUs = Math.round((performance.timeOrigin + (metadata.captureTime ?? now)) * 1000);
    sink(new VideoFrame(video, { timestamp: deviceUs }), deviceUs, arrivalUs);
    video.requestVideoFrameCallback(shown);
  };
  video.requestVideoFrameCallback(shown);
  video.play().catch(() => undefined);
  return {
    stop() {
      stopped = true;
      video.srcObject = null;
    },
  };
}
