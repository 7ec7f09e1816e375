import { expect, it, vi } from 'vitest';
import { runCommand } from '../../../src/cli/commands.ts';
import { sourceFiles } from '../../repo/source-files.ts';

// What has changed speaks of how it was.
const docs = sourceFiles('*.md').filter(({ path }) => path !== 'CHANGELOG.md');
/** `gridcast COMMAND …` at the beginning of a line, behind variables and what starts it. */
const COMMAND =
  /^(?:sudo -u \w+ env )?(?:[A-Z_]+=\S+ )*(?:npx |docker compose (?:exec|run --rm) gridcast )?(?:\S*\/)?gridcast(?:\.js)? ([a-z][\w-]*)([^#;&]*)/;

async function helpOf(...args: readonly string[]): Promise<string> {
  let said = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    said += String(chunk);
    return true;
  });
  await runCommand([...args, '--help'], {});
  write.mockRestore();
  return said;
}

/** Lines of commands, and what stands in code style within sentences. */
function codeOf(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```(?:sh)?\n([\s\S]*?)^ *```/gm)].flatMap(([, code = '']) => code.split('\n'));
  return [...blocks, ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)];
}

it('has every command that a document names, with its options', async () => {
  const commands = [...(await helpOf()).matchAll(/^ {2}gridcast ([\w-]+)/gm)].map(([, name = '']) => name);
  expect(commands).toContain('serve');
  const help = new Map<string, string>();
  for (const name of commands) help.set(name, await helpOf(name));
  const named = docs.flatMap(({ path, text }) =>
    codeOf(text).flatMap((line) => {
      const [, name, rest = ''] = COMMAND.exec(line) ?? [];
      const options = [...rest.matchAll(/(?<=\s)--[\w-]+/g)].map(([option]) => option);
      return name === undefined ? [] : [{ said: `${path}: ${line}`, name, options }];
    }),
  );
  expect(named.length).toBeGreaterThan(30);
  const faults = named.filter(({ name, options }) => {
    const known = help.get(name);
    return known === undefined || options.some((option) => !known.includes(`${option} `));
  });
  expect(faults.map(({ said }) => said)).toEqual([]);
});
