/** Looks things up by names that come from elsewhere. */

/** What stands in `table` itself under `name`: never what every object has. */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
