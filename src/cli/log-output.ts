/** How a command writes its log: for people at a terminal, for programs everywhere else. */
import type { LogFormat, LogOutput } from '../logger.ts';

/** What is known of where the log goes. */
export interface LogPlace {
  /** Standard error is a terminal. */
  readonly terminal: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** `auto`: text at a terminal. Colours are only for terminals, and for nobody who has set NO_COLOR. */
export function logOutput(format: 'auto' | LogFormat, { terminal, env }: LogPlace): LogOutput {
  const isText = format === 'text' || (format === 'auto' && terminal);
  return { format: isText ? 'text' : 'json', colours: isText && hasColours(terminal, env) };
}

/** Whether a terminal's text may have colours: see no-color.org. */
export function hasColours(terminal: boolean, env: NodeJS.ProcessEnv): boolean {
  return terminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
