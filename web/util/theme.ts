/** Dark or light. */
import { recall, remember } from './page-storage.ts';

/** `auto` follows the system. */
export type Theme = 'auto' | 'dark' | 'light';

/** A person has chosen; sent as `gridcast-theme`. */
export interface ThemeChoice {
  readonly theme: Theme;
}

const KEY = 'gridcast.theme';

/** As it was chosen last; at first as the system is. */
export function recallTheme(): Theme {
  const kept = recall('local', KEY);
  return kept === 'dark' || kept === 'light' ? kept : 'auto';
}

/** Keeps the choice for the next visit. */
export function rememberTheme(theme: Theme): void {
  remember('local', KEY, theme === 'auto' ? '' : theme);
}

/** What is seen when a theme holds. */
export function shownTheme(theme: Theme): 'dark' | 'light' {
  if (theme !== 'auto') return theme;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
