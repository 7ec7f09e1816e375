/** Which video codec this browser really encodes: some say yes and then throw, so one real frame decides. */
import { type EncoderSettings, h264CodecString } from './picture-settings.ts';

const PROBE_TIMEOUT_MS = 3000;
const PROBE_SIZE = { width: 320, height: 192 };

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

/** The first codec that turns a frame into a key frame, or undefined when none does within 3 s each. Only `forced` is tried when given. */
export async function probeVideoCodec(
  forced?: EncoderSettings['codec'],
): Promise<EncoderSettings['codec'] | undefined> {
  const codecs = forced ? [forced] : (['h264', 'vp8'] as const);
  for (const codec of codecs) if (await encodesOneFrame(codec)) return codec;
  return undefined;
}

async function encodesOneFrame(codec: 'h264' | 'vp8'): Promise<boolean> {
  const config = encoderConfig({ codec, ...PROBE_SIZE, framerate: 30, bitrate: 300_000, detail: false });
  try {
    if (!(await VideoEncoder.isConfigSupported(config)).supported) return false;
  } catch {
    return false;
  }
  return new Promise((resolve) => {
    const finish = (works: boolean): void => {
      clearTimeout(timer);
      if (encoder.state !== 'closed') encoder.close();
      resolve(works);
    };
    const timer = setTimeout(() => finish(false), PROBE_TIMEOUT_MS);
    const encoder = new VideoEncoder({
      output: (chunk) => finish(chunk.type === 'key' && (codec === 'vp8' || startsWithStartCode(chunk))),
      error: () => finish(false),
    });
    try {
      encoder.configure(config);
      const frame = blankFrame();
      encoder.encode(frame, { keyFrame: true });
      frame.close();
      // Some encoders give nothing out before they are asked to; closing in `finish` rejects this, which is no failure.
      encoder.flush().catch(() => undefined);
    } catch {
      finish(false);
    }
  });
}

function blankFrame(): VideoFrame {
  const { width, height } = PROBE_SIZE;
  const data = new Uint8Array((width * height * 3) / 2).fill(128);
  return new VideoFrame(data, { format: 'I420', codedWidth: width, codedHeight: height, timestamp: 0 });
}

function startsWithStartCode(chunk: EncodedVideoChunk): boolean {
  const data = new Uint8Array(chunk.byteLength);
  chunk.copyTo(data);
  return data[0] === 0 && data[1] === 0 && (data[2] === 1 || (data[2] === 0 && data[3] === 1));
}
