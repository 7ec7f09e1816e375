/** Raw pictures as they reach the encoder, whichever way they came. */
import { nowUs } from '../util/monotonic.ts';

/** What the page hands over: a track's own stream, a clone of the track to read here, or pictures one by one. */
export type FrameInput =
  | { readonly kind: 'stream'; readonly stream: ReadableStream<VideoFrame> }
  | { readonly kind: 'track'; readonly track: MediaStreamTrack }
  | { readonly kind: 'port'; readonly port: MessagePort };

/** One picture on a port; each is answered by a message once it was taken. */
export interface PostedFrame {
  readonly frame: VideoFrame;
  /** By the device's clock, microseconds. */
  readonly deviceUs: number;
  /** By the page's clock, microseconds. */
  readonly arrivalUs: number;
}

/** Looks at a frame, which is closed right after. `deviceUs` is by the device's clock, `arrivalUs` by the page's. */
export type FrameSink = (frame: VideoFrame, deviceUs: number, arrivalUs: number) => void;

/** Delivers until stopped, and frees what it was given. */
export interface FrameReader {
  stop(): void;
}

/** Begins to read at once. */
export function readFrames(input: FrameInput, sink: FrameSink): FrameReader {
  switch (input.kind) {
    case 'stream':
      return readStream(input.stream, sink);
    case 'track':
      return readTrack(input.track, sink);
    case 'port':
      return readPort(input.port, sink);
  }
}

function readStream(stream: ReadableStream<VideoFrame>, sink: FrameSink): FrameReader {
  const reader = stream.getReader();
  let stopped = false;
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      try {
        if (!stopped) sink(value, value.timestamp, nowUs());
      } finally {
        value.close();
      }
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

function readTrack(track: MediaStreamTrack, sink: FrameSink): FrameReader {
  // One frame of buffer: cameras own few, and an old picture is worth nothing.
  const reader = readStream(new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable, sink);
  return {
    stop() {
      reader.stop();
      track.stop();
    },
  };
}

function readPort(port: MessagePort, sink: FrameSink): FrameReader {
  let stopped = false;
  port.onmessage = ({ data }: MessageEvent<PostedFrame>) => {
    try {
      if (!stopped) sink(data.frame, data.deviceUs, data.arrivalUs);
    } finally {
      data.frame.close();
      port.postMessage(null);
    }
  };
  return {
    // The port stays open until the page closes it: pictures that are under way must be closed, too.
    stop() {
      stopped = true;
    },
  };
}
