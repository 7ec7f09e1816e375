import { describe, expect, it } from 'vitest';
import { FlvReader, type FlvTag } from '../../../src/media/flv-reader.ts';
import { annexbToAvc, avcToAnnexb, parseAvcC, splitNalUnits } from '../../../src/media/h264.ts';
import { parseSps } from '../../../src/media/h264-sps.ts';
import { MediaTools, testPicture } from './media-tools.ts';
import { keyframeSize } from '../../helpers/keyframe-size.ts';

const tools = new MediaTools();

/** Bytes of the encoder, Annex B unless another format is asked for. */
function encode(size: string, options: readonly string[], format = 'h264', frames = 3): Promise<Uint8Array> {
  return tools.ffmpeg([...testPicture(size, frames), '-c:v', 'libx264', ...options, '-f', format, 'pipe:1']);
}

function typeOf(unit: Uint8Array): number {
  return (unit[0] ?? 0) & 0x1f;
}

const baseline = ['-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
const interlaced = 'interlaced=1:nal-hrd=cbr:vbv-maxrate=1000:vbv-bufsize=1000:bitrate=1000:overscan=show:chromaloc=1';
const coloured = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'];

describe('what x264 makes', () => {
  it.each([
    ['a tiny picture', '48x32', baseline],
    ['a small one', '320x180', baseline],
    ['one cropped on both sides', '322x182', baseline],
    ['720p', '1280x720', baseline],
    ['1080p, whose last rows are cropped', '1920x1080', baseline],
    ['an upright one', '540x960', baseline],
    ['one with reordering', '322x182', ['-preset', 'medium', '-pix_fmt', 'yuv420p']],
    [
      'one that promises no reordering',
      '640x360',
      ['-preset', 'medium', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'],
    ],
    ['one without subsampling of colours', '322x182', ['-preset', 'ultrafast', '-pix_fmt', 'yuv444p']],
    ['one with half of the colours', '322x182', ['-preset', 'ultrafast', '-pix_fmt', 'yuv422p']],
    ['one without colours', '322x182', ['-preset', 'ultrafast', '-pix_fmt', 'gray']],
    ['one of ten bits', '640x360', ['-preset', 'fast', '-pix_fmt', 'yuv420p10le']],
    [
      'one of fields, with every optional part of the SPS',
      '720x576',
      ['-vf', 'setsar=7/5', '-flags', '+ilme+ildct', '-pix_fmt', 'yuv420p', ...coloured, '-x264-params', interlaced],
    ],
  ])('is read as ffprobe reads it: %s', async (_, size, options) => {
    const bytes = await encode(size, options);
    const [stream] = (await tools.probe(bytes, 'h264')).streams;
    const sps = splitNalUnits(bytes).find((unit) => typeOf(unit) === 7) ?? new Uint8Array(0);
    const parsed = parseSps(sps);
    expect({
      width: parsed.width,
      height: parsed.height,
      level: parsed.level,
      has_b_frames: parsed.reorderFrames,
    }).toEqual({
      width: stream?.width,
      height: stream?.height,
      level: stream?.level,
      has_b_frames: stream?.has_b_frames,
    });
    expect(keyframeSize(bytes)).toEqual({ width: stream?.width, height: stream?.height });
    expect(parsed.codecString).toBe(`avc1.${Buffer.from(sps.subarray(1, 4)).toString('hex').toUpperCase()}`);
  });

  it('decodes to the same pictures after a round trip through lengths', async () => {
    const bytes = await encode('322x182', ['-preset', 'medium', '-pix_fmt', 'yuv420p'], 'h264', 10);
    const back = avcToAnnexb(annexbToAvc(bytes));
    expect(splitNalUnits(back)).toEqual(splitNalUnits(bytes));
    const pictures = (input: Uint8Array): Promise<Uint8Array> =>
      tools.ffmpeg(['-f', 'h264', '-i', 'pipe:0', '-f', 'framemd5', 'pipe:1'], input);
    expect(await pictures(back)).toEqual(await pictures(bytes));
  });

  it('is a key frame that stands alone once the description of its container is in front', async () => {
    const tags: FlvTag[] = [];
    const flv = await encode('322x182', baseline, 'flv');
    new FlvReader({ maxTagBytes: 1_000_000, onTag: (tag) => tags.push(tag) }).push(flv);
    const description = tags.find(({ kind }) => kind === 'video-config')?.data ?? new Uint8Array(0);
    const first = tags.find(({ kind }) => kind === 'video')?.data ?? new Uint8Array(0);

    const record = parseAvcC(description);
    expect([record.sps.length, record.pps.length, record.nalLengthSize]).toEqual([1, 1, 4]);
    expect(record.sps.map(parseSps)).toMatchObject([{ width: 322, height: 182, codecString: record.codecString }]);

    expect(keyframeSize(avcToAnnexb(first))).toBeUndefined();
    const alone = avcToAnnexb(first, description);
    expect(keyframeSize(alone)).toEqual({ width: 322, height: 182 });
    const decoded = await tools.ffmpeg(['-f', 'h264', '-i', 'pipe:0', '-f', 'rawvideo', 'pipe:1'], alone);
    expect(decoded).toHaveLength(322 * 182 * 1.5);
  });
});
