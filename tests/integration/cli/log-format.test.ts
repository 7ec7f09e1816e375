import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gridcast } from '../../helpers/command.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** What a command logs that finds its keys readable for everybody, in a folder whose name ends a line. */
async function warning(format: string): Promise<string> {
  const folder = await tempDir();
  const data = join(folder, 'da\nta');
  const first = await gridcast(['token', '--rotate'], { GRIDCAST_DATA: data });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  await chmod(join(data, 'secret'), 0o644);
  const file = join(folder, 'gridcast.yml');
  await writeFile(file, `log: { format: ${format} }\n`);
  return (await gridcast(['token', '--rotate'], { GRIDCAST_DATA: data, GRIDCAST_CONFIG: file })).stderr;
}

it.each(['auto', 'json'])('the log is JSON lines where nobody sits at a terminal, by format %s', async (format) => {
  const logged: unknown = JSON.parse(await warning(format));
  expect(logged).toMatchObject({ level: 40, msg: expect.stringContaining('can be read by other users') });
});

it('the log is text where that is ordered, with nothing in it that a terminal would obey', async () => {
  expect(await warning('text')).toMatch(
    /^\d\d:\d\d:\d\d WARN {2}A secret can be read by other users of this machine; run "chmod 600" on it {2}file=\S+\/da\\u\{a\}ta\/secret\n$/,
  );
});
