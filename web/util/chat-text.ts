/** A message as pieces: plain text, links, and names that are called. Pure; what comes out is shown as text, never as HTML. */

/** Told apart by `kind`. */
export type ChatPiece =
  | { readonly kind: 'text' | 'mention'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const LINK = /https?:\/\/[^\s<>"'\u201c\u201d]+/giu;
/** At the end of a sentence they belong to the sentence. */
const TRAILING = /[.,;:!?)\]]+$/u;

/** @param own name of this person: `@name` is a call for them */
export function chatPieces(text: string, own: string): ChatPiece[] {
  const pieces: ChatPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const shown = match[0].replace(TRAILING, '');
    const href = addressOf(shown);
    if (href === undefined) continue;
    pieces.push(...mentions(text.slice(from, match.index), own), { kind: 'link', text: shown, href });
    from = match.index + shown.length;
  }
  pieces.push(...mentions(text.slice(from), own));
  return pieces;
}

/** Whether the message calls somebody by this name. */
export function callsFor(text: string, own: string): boolean {
  return own !== '' && text.toLowerCase().includes(`@${own.toLowerCase()}`);
}

/**
 * What is sent of what was written or pasted. Tables and programs bring tabs, word processors line ends of their own and signs that
 * nobody sees: the server takes none of them, so that a message steers neither a terminal nor a file.
 */
export function sendableText(typed: string): string {
  return typed
    .replaceAll(/\r\n|[\r\v\f\u0085]/gu, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/(?!\n)\p{Cc}/gu, '')
    .trim();
}

function mentions(text: string, own: string): ChatPiece[] {
  if (text === '') return [];
  if (!callsFor(text, own)) return [{ kind: 'text', text }];
  const at = text.toLowerCase().indexOf(`@${own.toLowerCase()}`);
  const end = at + own.length + 1;
  const before: ChatPiece[] = at > 0 ? [{ kind: 'text', text: text.slice(0, at) }] : [];
  return [...before, { kind: 'mention', text: text.slice(at, end) }, ...mentions(text.slice(end), own)];
}

function addressOf(text: string): string | undefined {
  try {
    const { protocol, href } = new URL(text);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}
