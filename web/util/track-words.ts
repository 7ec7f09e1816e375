/** Why a track of one's own ended, for somebody who pressed a button: what the server says is for whoever writes a sender. */

const WORDS: Readonly<Record<string, string>> = {
  decode_failed: 'The server got nothing to show or to play out of what this browser sent.',
  no_keyframe: 'Too much of it was lost on the way.',
  too_expensive: 'It takes the server too long to read.',
};

/** @param code of the server's `error`; `message` is its own sentence */
export function trackWords(code: string, message: string): string {
  return Object.hasOwn(WORDS, code) ? (WORDS[code] ?? message) : message;
}
