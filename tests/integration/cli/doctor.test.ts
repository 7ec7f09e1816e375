import { describe, expect, it } from 'vitest';
import { doctor } from '../../../src/cli/doctor.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await doctor(args, { GRIDCAST_PORT: '0', GRIDCAST_DATA: await tempDir(), ...env }, (more) => {
    text += more;
  });
  return { code, text };
}

describe('gridcast doctor', () => {
  it('finds everything on a machine that runs these tests', async () => {
    const { code, text } = await run([], {});
    expect(text).not.toContain('FAIL');
    expect(text).toMatch(/^ok {4}FFmpeg .* with libx264, AAC and Opus$/m);
    expect(text).toMatch(/^ok {4}Redis .* a private one will be started \(\d+\.\d+\.\d+\)$/m);
    expect(text).toMatch(/Gridcast can run here\.\n$/);
    expect(code).toBe(0);
  });

  it('names what is missing, each with its remedy, and fails', async () => {
    const { code, text } = await run([], { FFMPEG_PATH: '/nowhere/ffmpeg', REDIS_URL: 'redis://127.0.0.1:1' });
    expect(text).toMatch(/^FAIL {2}FFmpeg .*\/nowhere\/ffmpeg.*FFMPEG_PATH/m);
    expect(text).toMatch(/^FAIL {2}Redis .*ECONNREFUSED 127\.0\.0\.1:1\n *-> start it, or unset REDIS_URL/m);
    expect(text).toMatch(/2 to mend before Gridcast can run here\.\n$/);
    expect(code).toBe(1);
  });

  it('shows each fault of the configuration and checks the rest all the same', async () => {
    const { code, text } = await run([], { GRIDCAST_PORT: 'x', GRIDCAST_PROT: '1' });
    expect(text.match(/^FAIL {2}Configuration/gm)).toHaveLength(2);
    expect(text).toMatch(/^ok {4}FFmpeg/m);
    expect(code).toBe(1);
  });

  it('refuses arguments, for it takes none', async () => {
    await expect(run(['--fix'], {})).rejects.toMatchObject({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
  });
});
