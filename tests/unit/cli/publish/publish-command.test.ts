import { describe, expect, it } from 'vitest';
import { publishCommand } from '../../../../src/cli/publish/publish-command.ts';

/** Nothing listens on this port, and no FFmpeg is reached before the options are right. */
const ENV = { GRIDCAST_ADMIN_TOKEN: 'a-token-of-nobody', FFMPEG_PATH: '/nowhere/ffmpeg' };
const SOURCE = 'lavfi:testsrc2';

function run(...args: readonly string[]): Promise<number> {
  return publishCommand(args, ENV);
}

describe('publishCommand', () => {
  it.each([
    [[], /^Name exactly one source/],
    [['--room', 'demo'], /^Name exactly one source/],
    [['a.mp4', 'b.mp4', '--room', 'demo'], /^Name exactly one source/],
    [[SOURCE], /^Name the room with --room ID\.$/],
    [[SOURCE, '--room', 'a b'], /^--room takes/],
    [
      [SOURCE, '--room', 'demo', '--url', 'localhost:8080'],
      /^--url takes the server's address, .* not "localhost:8080"\.$/,
    ],
    [[SOURCE, '--room', 'demo', '--url', 'ws://localhost'], /^--url takes/],
    [[SOURCE, '--room', 'demo', '--url', 'http://'], /^--url takes/],
    [[SOURCE, '--room', 'demo', '--name', ' '], /^--name takes 1 to 64 characters/],
    [[SOURCE, '--room', 'demo', '--name', 'n'.repeat(65)], /^--name takes 1 to 64 characters/],
    [[SOURCE, '--room', 'demo', '--size', '640'], /^--size takes WIDTHxHEIGHT, .* not "640"\.$/],
    [[SOURCE, '--room', 'demo', '--size', '640x36000'], /^--size takes/],
    [[SOURCE, '--room', 'demo', '--fps', '0'], /^--fps takes a whole number from 1 to 60; not "0"\.$/],
    [[SOURCE, '--room', 'demo', '--fps', '29.97'], /^--fps takes/],
    [[SOURCE, '--room', 'demo', '--fps', ''], /^--fps takes/],
    [[SOURCE, '--room', 'demo', '--video-kbit', '8001'], /^--video-kbit takes a whole number from 50 to 8000/],
    [['ftp://x/y', '--room', 'demo'], /cannot be published/],
  ])('refuses %j', async (args, sentence) => {
    await expect(run(...args)).rejects.toThrow(sentence);
  });

  it.each([[[SOURCE, '--rom', 'demo']], [[SOURCE, '--room']], [[SOURCE, '--room', 'demo', '--loop=yes']]])(
    'refuses %j as wrong use',
    async (args) => {
      await expect(run(...args)).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_PARSE_ARGS/) });
    },
  );

  it('refuses a missing FFmpeg once the rest is right', async () => {
    await expect(run(SOURCE, '--room', 'demo')).rejects.toThrow(/\/nowhere\/ffmpeg/);
  });
});
