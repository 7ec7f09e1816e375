import { beforeAll, describe, expect, it } from 'vitest';
import { findEncoderFault } from '../../../src/ffmpeg/encoder-trial.ts';
import { createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { EncoderChooser } from '../../../src/ffmpeg/hardware-encoders.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const FORMAT = { width: 320, height: 180, framerate: 30, kbit: 500 };

let ffmpeg: string;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
});

function chooser(ffmpegPath: string, platform: NodeJS.Platform = 'linux'): EncoderChooser {
  return new EncoderChooser({ ffmpegPath, clock: systemClock, log: nullLogger, platform });
}

/**
 * An FFmpeg whose h264_vaapi is x264 behind a device that always opens: `quirks` are options that come last, so that they
 * win. What has no such encoder in its command line is done as ever.
 */
async function withDevice(quirks = ''): Promise<string> {
  const dir = await tempDir();
  const listing = `case "$*" in *-encoders*) echo " V....D h264_vaapi  a device"; exec '${ffmpeg}' "$@";; esac`;
  const other = `case "$*" in *h264_vaapi*) ;; *) exec '${ffmpeg}' "$@";; esac`;
  // The device's own options go, with their values.
  const translate = `
n=$#
while [ $n -gt 0 ]; do
  a=$1; shift; n=$((n-1))
  case "$a" in
    -init_hw_device|-filter_hw_device|-rc_mode|-async_depth|-idr_interval) shift; n=$((n-1));;
    h264_vaapi) set -- "$@" libx264 -preset ultrafast -tune zerolatency -sc_threshold 0;;
    format=nv12,hwupload) set -- "$@" format=yuv420p;;
    -flush_packets) set -- "$@" ${quirks} "$a";;
    *) set -- "$@" "$a";;
  esac
done
exec '${ffmpeg}' "$@"`;
  return fakeFfmpeg(dir, [listing, other, translate].join('\n'));
}

describe('the trial of an encoder', () => {
  const trial = (path: string, encoder: 'x264' | 'vaapi', timeoutMs = 30_000) =>
    findEncoderFault({ encoder, format: FORMAT, spawn: createSpawner(path), clock: systemClock, timeoutMs });

  it('finds no fault with x264, nor with a device that works', async () => {
    expect(await trial(ffmpeg, 'x264')).toBeUndefined();
    expect(await trial(await withDevice(), 'vaapi')).toBeUndefined();
  });

  it.each([
    ['it makes 160x90 of 320x180', '-s 160x90'],
    [
      'it reorders pictures (B-frames)',
      '-bf 2 -tune:v fastdecode -x264-params force-cfr=1:bframes=2:b-adapt=0:rc-lookahead=0:sync-lookahead=0',
    ],
    ['its key frames are not where they are wanted', '-g 6 -keyint_min 6'],
    ['its pictures do not look like what went in', '-vf negate,format=yuv420p'],
    ['it gives 23 packets for 24 pictures', '-frames:v 23'],
  ])('says that %s', async (fault, quirks) => {
    expect(await trial(await withDevice(quirks), 'vaapi')).toBe(fault);
  });

  it('says that pictures are kept back, although they all come in the end', async () => {
    const slow = await withDevice('-x264-params rc-lookahead=10:sync-lookahead=0:mbtree=1:bframes=0');
    expect(await trial(slow, 'vaapi')).toMatch(/^it keeps \d+ pictures back$/);
  });

  it('waits no longer than it may for one that hangs, and leaves nothing of it behind', async () => {
    const dir = await tempDir();
    const hung = await fakeFfmpeg(dir, `trap '' INT TERM\nwhile :; do sleep 0.05; done`);
    expect(await trial(hung, 'vaapi', 300)).toBe('it gives nothing');
  });

  it('tells of one that ends, cannot be read or cannot be started', async () => {
    const dir = await tempDir();
    expect(await trial(await fakeFfmpeg(dir, 'echo "no such card" >&2\nexit 1', 'a'), 'vaapi')).toBe('no such card');
    expect(await trial(await fakeFfmpeg(dir, 'kill -SEGV $$', 'b'), 'vaapi')).toBe('it ended with SIGSEGV');
    expect(await trial(await fakeFfmpeg(dir, 'head -c 100000 /dev/zero; cat >/dev/null', 'c'), 'vaapi')).toMatch(
      /^its output is unreadable: /,
    );
    expect(await trial('/nowhere/ffmpeg', 'vaapi')).toContain('FFMPEG_PATH');
  });
});

describe('the choice of an encoder', () => {
  it('is x264 without any test when that is wished for', async () => {
    expect(await chooser('/nowhere/ffmpeg').choose('x264', FORMAT)).toEqual({ encoder: 'x264', rejected: [] });
  });

  it('is x264, with reasons, on a machine without devices', async () => {
    const auto = await chooser(ffmpeg).choose('auto', FORMAT);
    expect(auto.encoder).toBe('x264');
    expect(auto.rejected.map(({ encoder }) => encoder)).toEqual(['nvenc', 'vaapi', 'qsv']);
    for (const { reason } of auto.rejected) expect(reason).toMatch(/^\S.{5,200}$/);
    const mac = await chooser(ffmpeg, 'darwin').choose('auto', FORMAT);
    expect(mac.rejected).toEqual([{ encoder: 'videotoolbox', reason: 'this FFmpeg was built without it' }]);
  });

  it('is the device that passes', async () => {
    const path = await withDevice();
    expect(await chooser(path).choose('vaapi', FORMAT)).toEqual({ encoder: 'vaapi', rejected: [] });
    const auto = await chooser(path).choose('auto', FORMAT);
    expect(auto.encoder).toBe('vaapi');
    expect(auto.rejected.map(({ encoder }) => encoder)).toEqual(['nvenc']);
  });

  it('is x264 where the device that is wished for fails', async () => {
    const choice = await chooser(await withDevice('-s 160x90')).choose('vaapi', FORMAT);
    expect(choice).toEqual({
      encoder: 'x264',
      rejected: [{ encoder: 'vaapi', reason: 'it makes 160x90 of 320x180' }],
    });
  });

  it('tests each size once', async () => {
    const path = await withDevice();
    const one = chooser(path);
    const first = one.test('vaapi', FORMAT);
    expect(one.test('vaapi', { ...FORMAT })).toBe(first);
    expect(one.test('vaapi', { ...FORMAT, width: 640, height: 360 })).not.toBe(first);
    expect(await first).toBeUndefined();
    expect(await one.test('vaapi', { ...FORMAT, width: 640, height: 360 })).toBeUndefined();
  });

  it('is x264 when FFmpeg cannot be asked', async () => {
    const choice = await chooser('/nowhere/ffmpeg').choose('qsv', FORMAT);
    expect(choice.encoder).toBe('x264');
  });
});
