import { describe, expect, it } from 'vitest';
import { benchCommand } from '../../../../src/cli/bench.ts';

const URL = ['--url', 'http://127.0.0.1:9/hls/demo/index.m3u8'];

describe('gridcast bench viewers', () => {
  it.each([
    ['nothing to measure', [], /gridcast bench viewers --url/],
    ['something unknown', ['mixer'], /gridcast bench viewers --url/],
    ['no address', ['viewers'], /Name the stream.*gridcast demo/],
    ['an address that is none', ['viewers', '--url', 'demo'], /--url takes/],
    ['no viewers', ['viewers', ...URL, '--n', '0'], /--n takes a whole number from 1 to 20000; not "0"/],
    ['too many viewers', ['viewers', ...URL, '--n', '20001'], /--n takes/],
    ['half a thread', ['viewers', ...URL, '--workers', '1.5'], /--workers takes a whole number/],
    ['no time', ['viewers', ...URL, '--seconds', ''], /--seconds takes a number/],
  ])('with %s is refused as wrong use', async (_, args, message) => {
    await expect(benchCommand(args)).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
  });

  it('says in one sentence that nobody answers', async () => {
    await expect(benchCommand(['viewers', ...URL])).rejects.toThrow(/The server at .* cannot be reached .*running\?/);
  });
});
