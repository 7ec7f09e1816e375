/** What a person reads when something does not work: the cause, and what to do. */

/** Shown as a notice. */
export interface Problem {
  readonly title: string;
  /** One or two sentences: the cause and the remedy. */
  readonly detail: string;
  /** Whether trying the same again makes sense. */
  readonly retry: boolean;
  /** Words for the button that tries again; "Join again" without. */
  readonly action?: string;
  /** What a translation knows it by, for example `camera.blocked`. */
  readonly code?: string;
  /** What a translation may fill in beside `{detail}`, for example the name of a file. */
  readonly values?: Readonly<Record<string, string>>;
  /** Which field of what was sent is at fault, as the server calls it, such as `login`. */
  readonly field?: string;
  /** Seconds after which another try may succeed, where that is known; a translation says it as `{wait}`. */
  readonly waitS?: number;
}

/** What the server says in English about something asked of it; a translation knows it by `api.` and the server's own code. */
export function saidProblem(detail: string, code: string, waitS?: number): Problem {
  return {
    title: '',
    detail,
    retry: true,
    ...(code !== '' && { code: `api.${code}` }),
    ...(waitS !== undefined && { waitS }),
  };
}
