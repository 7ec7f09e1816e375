/** Values on a command line that begin with a hyphen, as one in thirty tokens and room ids does. */

/** Options as `parseArgs` takes them. */
export type OptionTypes = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/**
 * Ties such a value to its option (`--token -x` becomes `--token=-x`), which `parseArgs` would take for another option; what is
 * the name of an option stays one.
 */
export function tieValues(args: readonly string[], options: OptionTypes): string[] {
  const tied: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as string;
    const value = args[at + 1];
    if (isValueOf(arg, value, options)) {
      tied.push(`${arg}=${value}`);
      at += 1;
    } else {
      tied.push(arg);
    }
  }
  return tied;
}

function isValueOf(arg: string, value: string | undefined, options: OptionTypes): boolean {
  if (!arg.startsWith('--') || options[arg.slice(2)]?.type !== 'string') return false;
  if (value === undefined || !value.startsWith('-')) return false;
  const [name = ''] = value.slice(2).split('=');
  return !(value.startsWith('--') && Object.hasOwn(options, name));
}
