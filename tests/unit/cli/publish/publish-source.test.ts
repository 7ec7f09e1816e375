import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PublishFormat, parseSource, publishArgs } from '../../../../src/cli/publish/publish-source.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const FORMAT: PublishFormat = { width: 640, height: 360, framerate: 30, videoKbit: 1000, loop: false };
const OUTPUT = [
  ...['-map', '0:v:0?', '-map', '0:a:0?', '-vf'],
  'fps=30,scale=640:360:force_original_aspect_ratio=decrease:force_divisible_by=2,format=yuv420p',
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-g', '60'],
  ...['-b:v', '1000k', '-maxrate', '1000k', '-bufsize', '1000k', '-bsf:v', 'dump_extra'],
  ...['-c:a', 'libopus', '-b:a', '96k', '-ar', '48000', '-ac', '2', '-frame_duration', '20'],
  ...['-flush_packets', '1', '-write_index', '0', '-f', 'nut', 'pipe:1'],
];

/** What comes before the output's options. */
function inputOf(args: readonly string[]): string[] {
  expect(args.slice(0, 4)).toEqual(['-hide_banner', '-v', 'error', '-nostdin']);
  expect(args.slice(-OUTPUT.length)).toEqual(OUTPUT);
  return args.slice(4, -OUTPUT.length);
}

describe('parseSource', () => {
  it('takes a file that is there', async () => {
    const path = join(await tempDir(), 'a film: part 1.mp4');
    await writeFile(path, '');
    expect(parseSource(path)).toEqual({ kind: 'file', path });
  });

  it('says so when a file is not there, or is a folder', async () => {
    const dir = await tempDir();
    await mkdir(join(dir, 'films'));
    expect(() => parseSource(join(dir, 'none.mp4'))).toThrow(
      /^There is no file or device ".*none\.mp4"; check the path\.$/,
    );
    expect(() => parseSource(join(dir, 'films'))).toThrow(/is a folder; name a video file in it\.$/);
    expect(() => parseSource('')).toThrow(/^There is no file or device ""/);
    expect(() => parseSource('a\0b')).toThrow(/^There is no file or device/);
  });

  it('takes a character device as a camera', () => {
    expect(parseSource('/dev/null')).toEqual({ kind: 'device', path: '/dev/null' });
  });

  it.each([
    ['rtsp://cam.example/1', false],
    ['rtsps://cam.example/1', false],
    ['RTSP://cam.example/1', false],
    ['rtmp://host/app/key', false],
    ['srt://host:9000?mode=caller', false],
    ['http://host/film.mp4', true],
    ['https://host/film.mp4?a=b', true],
  ])('takes %s, paced: %s', (url, paced) => {
    expect(parseSource(url)).toEqual({ kind: 'url', url, paced });
  });

  it.each(['ftp://host/a.mp4', 'file:///etc/passwd', 'gopher://x', 'concat://a', 'data://x'])('refuses %s', (url) => {
    expect(() => parseSource(url)).toThrow(/cannot be published; use a file, a capture device, or a URL of rtsp: /);
  });

  it('takes a graph of generated pictures and sound', () => {
    expect(parseSource('lavfi:testsrc2[out0];sine[out1]')).toEqual({
      kind: 'lavfi',
      graph: 'testsrc2[out0];sine[out1]',
    });
  });
});

describe('publishArgs', () => {
  it('paces a file, reads it as a file whatever its name, and lets it open nothing else', () => {
    const args = inputOf(publishArgs({ kind: 'file', path: 'a film: part 1.mp4' }, FORMAT));
    expect(args).toEqual([
      ...['-protocol_whitelist', 'file', '-format_whitelist', expect.stringMatching(/^mov,/), '-re'],
      ...['-i', 'file:a film: part 1.mp4'],
    ]);
  });

  it('repeats a file when asked to', () => {
    const args = inputOf(publishArgs({ kind: 'file', path: 'a.mp4' }, { ...FORMAT, loop: true }));
    expect(args).toContain('-stream_loop');
    expect(args[args.indexOf('-stream_loop') + 1]).toBe('-1');
  });

  it('does not pace what is live by itself', () => {
    const device = inputOf(publishArgs({ kind: 'device', path: '/dev/video0' }, FORMAT));
    expect(device).toEqual(['-f', 'v4l2', '-i', '/dev/video0']);
    const stream = inputOf(publishArgs({ kind: 'url', url: 'srt://host:9000', paced: false }, FORMAT));
    expect(stream).toEqual(['-i', 'srt://host:9000']);
  });

  it.each(['rtsp://cam/1', 'RTSP://cam/1', 'rtsps://cam/1'])('reads %s over TCP, where nothing is lost', (url) => {
    const args = inputOf(publishArgs({ kind: 'url', url, paced: false }, FORMAT));
    expect(args).toEqual(['-rtsp_transport', 'tcp', '-i', url]);
  });

  it('paces a file behind HTTP, and a generated one', () => {
    expect(inputOf(publishArgs({ kind: 'url', url: 'http://h/a.mp4', paced: true }, FORMAT))).toEqual([
      ...['-re', '-i', 'http://h/a.mp4'],
    ]);
    const graph = 'testsrc2=size=64x64 [out0]; sine [out1]';
    expect(inputOf(publishArgs({ kind: 'lavfi', graph }, FORMAT))).toEqual(['-f', 'lavfi', '-re', '-i', graph]);
  });
});
