/** A host's draft of the layout: tried out in the preview, applied as a whole, and taken back by one step. */
import { type Layout, layoutSchema } from '../../src/layout/layout.ts';
import { problemOf } from '../api-client.ts';
import type { Problem } from '../util/problem.ts';

/** What it needs. */
export interface LayoutEditorOptions {
  save(layout: Layout): Promise<void>;
  changed(): void;
}

/** Nothing to close. */
export class LayoutEditor {
  readonly #options: LayoutEditorOptions;
  #current: Layout = layoutSchema.parse({});
  /** What the server said last; what was saved since is newer. */
  #told: Layout | undefined;
  /** What somebody works on; undefined while they work on nothing. */
  #draft: Layout | undefined;
  #lastValid: Layout = this.#current;
  #before: Layout | undefined;
  #elsewhere = false;
  #busy = false;
  #problem: Problem | undefined;

  constructor(options: LayoutEditorOptions) {
    this.#options = options;
  }

  /** The draft, or what is in force while there is none. */
  get draft(): Layout {
    return this.#draft ?? this.#current;
  }

  /** The draft as it last was valid: for the preview. */
  get preview(): Layout {
    return this.#draft ? this.#lastValid : this.#current;
  }

  /** Whether the draft differs from what is in force. */
  get dirty(): boolean {
    return this.#draft !== undefined;
  }

  /** Whether somebody else changed the layout while this draft was made. */
  get elsewhere(): boolean {
    return this.#elsewhere;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Why it was not applied. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Whether what was in force before the last `apply` can be had again. */
  get mayUndo(): boolean {
    return this.#before !== undefined && !this.dirty;
  }

  /** What is wrong with the draft, by path such as `regions.0.width`; empty when it can be applied. */
  get faults(): ReadonlyMap<string, string> {
    const result = layoutSchema.safeParse(this.draft);
    const issues = result.success ? [] : result.error.issues;
    return new Map(issues.map(({ path, message }) => [path.join('.'), message]));
  }

  /** Takes what the server says is in force. */
  follow(layout: Layout): void {
    if (layout === this.#told) return;
    this.#told = layout;
    if (same(layout, this.#current)) return;
    this.#current = layout;
    if (this.#busy) return;
    this.#before = undefined;
    if (this.#draft && same(layout, this.#draft)) this.#clear();
    else this.#elsewhere = this.dirty;
  }

  /** Goes on with the draft, or begins one. */
  change(change: Partial<Layout>): void {
    const draft = { ...this.draft, ...change };
    this.#problem = undefined;
    if (!this.#draft) this.#lastValid = this.#current;
    if (same(draft, this.#current)) {
      this.#clear();
    } else {
      this.#draft = draft;
      const result = layoutSchema.safeParse(draft);
      if (result.success) this.#lastValid = result.data;
    }
    this.#options.changed();
  }

  /** Forgets the draft. */
  discard(): void {
    this.#clear();
    this.#options.changed();
  }

  /** Makes the draft the room's layout. Never rejects: a failure becomes the problem, and the draft stays. */
  async apply(): Promise<void> {
    const draft = this.#draft && layoutSchema.safeParse(this.#draft);
    if (draft?.success) await this.#save(draft.data, this.#current);
  }

  /** Takes the last `apply` back. Never rejects. */
  async undo(): Promise<void> {
    if (this.#before && this.mayUndo) await this.#save(this.#before, undefined);
  }

  dismissProblem(): void {
    this.#problem = undefined;
    this.#options.changed();
  }

  async #save(layout: Layout, before: Layout | undefined): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#problem = undefined;
    this.#options.changed();
    try {
      await this.#options.save(layout);
      this.#current = layout;
      this.#before = before;
      this.#clear();
    } catch (error) {
      this.#problem = problemOf('The layout was not changed', error);
    }
    this.#busy = false;
    this.#options.changed();
  }

  #clear(): void {
    this.#draft = undefined;
    this.#elsewhere = false;
  }
}

/** By content; the order of keys is that of the schema, wherever a layout comes from. */
function same(a: Layout, b: Layout): boolean {
  return text(a) === text(b);
}

function text(layout: Layout): string {
  const result = layoutSchema.safeParse(layout);
  return JSON.stringify(result.success ? result.data : layout);
}
