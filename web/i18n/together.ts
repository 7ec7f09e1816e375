/** What is all members of the union at once. */
type AllOf<Union> = (Union extends unknown ? (member: Union) => void : never) extends (both: infer Both) => void
  ? Both
  : never;

/** The sentences of all parts in one object; a key stands in one part only. */
export function together<Parts extends Readonly<Record<string, object>>>(parts: Parts): AllOf<Parts[keyof Parts]> {
  return Object.assign({}, ...Object.values(parts)) as AllOf<Parts[keyof Parts]>;
}
