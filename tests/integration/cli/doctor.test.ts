import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { doctor } from '../../../src/cli/doctor.ts';
import { S3TestServer } from '../../helpers/s3-server.ts';
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

  it('says which encoder is used and why not the others', async () => {
    const { text } = await run([], {});
    expect(text).toMatch(/^ok {4}Encoder +libx264 for 1280x720 at 30 \(.+: .+\)$/m);
    // No machine has the devices of both kinds.
    const elsewhere = process.platform === 'darwin' ? 'vaapi' : 'videotoolbox';
    const file = join(await tempDir(), 'gridcast.yml');
    await writeFile(file, `program: { encoder: ${elsewhere}, width: 640, height: 360 }\n`);
    const wished = await run([], { GRIDCAST_CONFIG: file });
    expect(wished.text).toMatch(
      new RegExp(
        `^warn {2}Encoder +libx264 for 640x360 at 30 \\(.*${elsewhere}: .+\\), although ${elsewhere} is configured$`,
        'm',
      ),
    );
    expect(wished.text).toContain('-> mend its driver, or set program.encoder to x264 or auto');
    expect(wished.code).toBe(0);
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

  it('says whether the object store answers, and why not', async () => {
    const store = await S3TestServer.open();
    onTestFinished(() => store.close());
    const found = async (change: object): Promise<string> => {
      const given = { kind: 's3', endpoint: store.url, bucket: 'recordings', forcePathStyle: true };
      const storage = { ...given, accessKey: 'tester', secretKey: 'x', ...change };
      const file = join(await tempDir(), 'gridcast.yml');
      await writeFile(file, JSON.stringify({ storage }));
      const { code, text } = await run([], { GRIDCAST_CONFIG: file });
      expect(code).toBe(0);
      return /^\w+ +Store .*\n(?: +->.*)?/m.exec(text)?.[0] ?? '';
    };
    expect(await found({})).toContain(`ok    Store          ${store.url}, bucket recordings, answers`);
    expect(store.requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
    expect(await found({ bucket: 'films' })).toMatch(
      /^warn .*, bucket films does not list its objects \(NoSuchBucket\)\n +-> check/,
    );
    expect(await found({ accessKey: 'stranger' })).toContain('(AccessDenied)');
    const secret = await found({ endpoint: 'http://key:topsecret@127.0.0.1:1/?sig=topsecret', secretKey: 'topsecret' });
    expect(secret).toContain('http://127.0.0.1:1, bucket recordings does not list its objects (connect ECONNREFUSED');
    expect(secret).not.toContain('topsecret');
    expect((await run([], {})).text).not.toContain('Store');
  });

  it('looks at the place of the database, when it is another', async () => {
    const [data, lists] = [await tempDir(), join(await tempDir(), 'lists', 'gridcast.db')];
    const env = { GRIDCAST_DATA: data, DATABASE_URL: `sqlite:${lists}` };
    expect((await run([], env)).text).toContain(`ok    Database       ${lists}\n`);
    await writeFile(join(data, 'gridcast.db'), '');
    const { code, text } = await run([], env);
    expect(text).toMatch(/^FAIL {2}Database .* does not exist, while the data folder has a database/m);
    expect(code).toBe(1);
  });

  it('refuses arguments, for it takes none', async () => {
    await expect(run(['--fix'], {})).rejects.toMatchObject({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
  });
});
