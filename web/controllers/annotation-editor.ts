/** What is written over the program, as a host changes it: each change shows at once, and is taken back when it fails. */
import { type Annotation, annotationSchema } from '../../src/layout/annotation.ts';
import { problemOf } from '../api-client.ts';
import type { Problem } from '../util/problem.ts';
import { LatestSender } from './latest-sender.ts';

/** What it needs. */
export interface AnnotationEditorOptions {
  save(annotation: Annotation): Promise<void>;
  changed(): void;
}

const FAILED = 'This was not changed';

/** Two lines at the lower edge. */
export interface LowerThirdWords {
  readonly title: string;
  readonly text: string;
}

/** Nothing to close. */
export class AnnotationEditor {
  readonly #options: AnnotationEditorOptions;
  readonly #sender: LatestSender<Annotation>;
  #told: Annotation | undefined;
  #current: Annotation = annotationSchema.parse({});
  #wanted: Annotation | undefined;
  #words: LowerThirdWords = { title: '', text: '' };
  #problem: Problem | undefined;

  constructor(options: AnnotationEditorOptions) {
    this.#options = options;
    this.#sender = new LatestSender(
      (annotation) => options.save(annotation),
      (error) => this.#settle(error),
    );
  }

  /** As it is, or as it will be once the server has taken the change. */
  get value(): Annotation {
    return this.#wanted ?? this.#current;
  }

  /** Why the last change was taken back. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** The lower third's lines, also while they are not shown. */
  get words(): LowerThirdWords {
    return this.#words;
  }

  set words(words: LowerThirdWords) {
    this.#words = words;
    this.#options.changed();
  }

  /** Whether the lines that are shown are others than those in the fields. */
  get wordsDiffer(): boolean {
    const { lowerThird } = this.value;
    return lowerThird?.title !== this.#words.title.trim() || lowerThird.text !== this.#words.text.trim();
  }

  /** Takes what the server says is shown. */
  follow(annotation: Annotation): void {
    // What was saved since the server said this is newer.
    if (annotation === this.#told) return;
    this.#told = annotation;
    const before = this.#current.lowerThird;
    this.#current = annotation;
    const { lowerThird } = annotation;
    // Somebody else's lines take the place of those in the fields, unless one has begun to write.
    const untouched = this.#words.title === (before?.title ?? '') && this.#words.text === (before?.text ?? '');
    if (lowerThird && untouched) this.#words = lowerThird;
  }

  change(change: Partial<Annotation>): void {
    const wanted = annotationSchema.safeParse({ ...this.value, ...change });
    if (wanted.success) {
      this.#problem = undefined;
      this.#wanted = wanted.data;
      this.#sender.push(wanted.data);
    } else {
      this.#fail('annotation.invalid', `${wanted.error.issues[0]?.message ?? 'It does not fit'}.`);
    }
    this.#options.changed();
  }

  /** Shows the lines in the fields; without a title there is nothing to show. */
  showWords(): void {
    if (this.#words.title.trim() === '')
      this.#fail('annotation.untitled', 'Write a title first; the text below it may stay empty.');
    else this.change({ lowerThird: { ...this.#words } });
    this.#options.changed();
  }

  /** Takes the lines away from the picture; they stay in the fields. */
  hideWords(): void {
    this.change({ lowerThird: null });
  }

  dismissProblem(): void {
    this.#problem = undefined;
    this.#options.changed();
  }

  #settle(error: Error | undefined): void {
    if (error) this.#problem = problemOf(FAILED, error);
    else this.#current = this.#wanted ?? this.#current;
    this.#wanted = undefined;
    this.#options.changed();
  }

  #fail(code: string, detail: string): void {
    this.#problem = { code, title: FAILED, detail, retry: true };
  }
}
