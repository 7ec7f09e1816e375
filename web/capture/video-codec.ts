/** What this browser really encodes, and at once: some say yes and then throw or keep pictures back, so real frames decide. */
import type { Size, SizeStep } from './fit-size.ts';
import { type EncoderSettings, h264CodecString, type PictureEncoding } from './picture-settings.ts';

const PROBE_TIMEOUT_MS = 3000;
/** Even and no more than that, and whole blocks. */
const PROBES: readonly (Size & { readonly step: SizeStep })[] = [
  { step: 2, width: 318, height: 178 },
  { step: 16, width: 320, height: 192 },
];
/** More than any encoder for conversations keeps; Firefox with x264 keeps forty, which is two seconds. */
const PROBE_FRAMES = 8;
const FRAME_US = 33_333;
const LOOK_EVERY_MS = 20;
/** For the first frame to come out after the encoder has taken the last one. */
const PATIENCE_MS = 600;

type Answer = 'at once' | 'late' | 'never';

/** Annex B, so that parameter sets travel with every key frame. */
export function encoderConfig(settings: EncoderSettings): VideoEncoderConfig {
  return {
    codec: settings.codec === 'h264' ? h264CodecString(settings) : 'vp8',
    width: settings.width,
    height: settings.height,
    framerate: settings.framerate,
    bitrate: settings.bitrate,
    latencyMode: 'realtime',
    ...(settings.detail ? { contentHint: 'detail' } : {}),
    ...(settings.codec === 'h264' ? { avc: { format: 'annexb' as const } } : {}),
  };
}

/**
 * The first codec that gives a key frame as soon as it is given frames; else the first one that gives it when it is asked for all it
 * keeps; undefined when none does within 3 s each. Any even size if it can, else whole blocks. Only `forced` is tried when given.
 */
export async function probePictureEncoding(forced?: PictureEncoding['codec']): Promise<PictureEncoding | undefined> {
  const codecs = forced ? [forced] : (['h264', 'vp8'] as const);
  let late: PictureEncoding | undefined;
  for (const codec of codecs) {
    for (const { step: sizeStep, ...size } of PROBES) {
      const answer = await encodeSome(codec, size);
      if (answer === 'at once') return { codec, sizeStep };
      if (answer === 'late') {
        late ??= { codec, sizeStep };
        break;
      }
    }
  }
  return late;
}

async function encodeSome(codec: PictureEncoding['codec'], size: Size): Promise<Answer> {
  const config = encoderConfig({ codec, ...size, framerate: 30, bitrate: 300_000, detail: false });
  try {
    if (!(await VideoEncoder.isConfigSupported(config)).supported) return 'never';
  } catch {
    return 'never';
  }
  return new Promise((resolve) => {
    let asked = false;
    let idleMs = 0;
    const finish = (answer: Answer): void => {
      clearTimeout(timer);
      clearInterval(looks);
      if (encoder.state !== 'closed') encoder.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish('never'), PROBE_TIMEOUT_MS);
    const looks = setInterval(() => {
      idleMs = encoder.encodeQueueSize === 0 ? idleMs + LOOK_EVERY_MS : 0;
      if (asked || idleMs < PATIENCE_MS) return;
      asked = true;
      // Closing in `finish` rejects this, which is no failure.
      encoder.flush().catch(() => undefined);
    }, LOOK_EVERY_MS);
    const encoder = new VideoEncoder({
      output: (chunk) => {
        const proper = chunk.type === 'key' && (codec === 'vp8' || startsWithStartCode(chunk));
        if (proper) finish(asked ? 'late' : 'at once');
        else finish('never');
      },
      error: () => finish('never'),
    });
    try {
      encoder.configure(config);
      for (let index = 0; index < PROBE_FRAMES; index += 1) {
        const frame = blankFrame(size, index);
        encoder.encode(frame, { keyFrame: index === 0 });
        frame.close();
      }
    } catch {
      finish('never');
    }
  });
}

function blankFrame({ width, height }: Size, index: number): VideoFrame {
  const data = new Uint8Array((width * height * 3) / 2).fill(128);
  return new VideoFrame(data, { format: 'I420', codedWidth: width, codedHeight: height, timestamp: index * FRAME_US });
}

function startsWithStartCode(chunk: EncodedVideoChunk): boolean {
  const data = new Uint8Array(chunk.byteLength);
  chunk.copyTo(data);
  return data[0] === 0 && data[1] === 0 && (data[2] === 1 || (data[2] === 0 && data[3] === 1));
}
