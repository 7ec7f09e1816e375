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
  return own !== '' && callOf(own).test(text);
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
  const pieces: ChatPiece[] = [];
  let from = 0;
  for (const { 0: call, index } of own === '' ? [] : text.matchAll(callOf(own))) {
    if (index > from) pieces.push({ kind: 'text', text: text.slice(from, index) });
    pieces.push({ kind: 'mention', text: call });
    from = index + call.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Found in the text itself: in lower case some letters, such as the Turkish I with a dot, are longer. */
function callOf(own: string): RegExp {
  return new RegExp(`@${own.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)}`, 'giu');
}

function addressOf(text: string): string | undefined {
  try {
    const { protocol, href } = new URL(text);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}
