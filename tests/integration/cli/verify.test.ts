import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyCommand } from '../../../src/cli/verify.ts';
import { RecordingKeys } from '../../../src/recorder/storage/recording-keys.ts';
import { sealFile } from '../../../src/recorder/storage/sealed-file.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';
import { writeArchive } from '../../helpers/small-archive.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let samples: MediaSamples;
let dataDir: string;
let folder: string;

beforeAll(() => {
  samples = new MediaSamples();
});
afterAll(() => samples.close());

beforeEach(async () => {
  dataDir = await tempDir();
  folder = await writeArchive(dataDir, await samples.file({ seconds: 2 }));
});

describe('gridcast verify', () => {
  async function command(...args: string[]): Promise<{ code: number; text: string }> {
    let text = '';
    const code = await verifyCommand(args, { ...process.env, GRIDCAST_DATA: dataDir }, (line) => (text += line));
    return { code, text };
  }

  it('prints a line for each file and a verdict', async () => {
    const { code, text } = await command('r1');
    expect(code).toBe(0);
    expect(text).toMatch(
      /^ok {4}manifest\.json {2}\d+ bytes\nok {4}recording\.mp4 [^]*\n\nThe archive of r1 is whole: 4 files\.\n$/,
    );
    await rm(join(folder, 'recording.mp4'));
    for (const path of ['r1', join(folder, 'manifest.json')]) {
      const broken = await command(path, '--quick');
      expect(broken.code).toBe(1);
      expect(broken.text).toMatch(/FAIL {2}recording\.mp4: it is missing\n[^]*not whole: 1 of 4 files/);
    }
  });

  it('prints JSON for programs', async () => {
    const { code, text } = await command(folder, '--quick', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ folder, recording: 'r1', ok: true, unknown: [] });
  });

  it('reads what is encrypted as the server does', async () => {
    const keys = new RecordingKeys({ dataDir });
    for (const name of ['recording.mp4', 'timeline.json']) await sealFile(join(folder, name), await keys.create('r1'));
    expect(await command('r1', '--quick')).toMatchObject({ code: 0 });
    await keys.remove('r1');
    const lost = await command('r1', '--quick');
    expect(lost.code).toBe(1);
    expect(lost.text).toMatch(/FAIL {2}recording\.mp4: The key of this recording was deleted/);
  });

  it('says what it did not find', async () => {
    await expect(command('r2')).rejects.toMatchObject({ code: 'recording_not_found' });
    await expect(command('../recordings')).rejects.toMatchObject({ code: 'recording_not_found' });
    await expect(command()).rejects.toMatchObject({ code: 'usage' });
    await expect(command('a', 'b')).rejects.toMatchObject({ code: 'usage' });
  });
});
