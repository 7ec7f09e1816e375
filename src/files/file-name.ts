/** What others call their files, made fit for a list: pure. Neither is ever part of a path on the server's disk. */

/** Longest name that is kept, in bytes of UTF-8: what file systems take. */
const MAX_NAME_BYTES = 200;
const MAX_TYPE_LENGTH = 100;
const FALLBACK_NAME = 'file';
const FALLBACK_TYPE = 'application/octet-stream';
// Control characters, line ends, and what turns the direction of writing ("gpj.exe" that reads "exe.jpg"). The two joiners
// make letters of some scripts and many emoji, and hide nothing.
const STEERING = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Something to see: neither a space nor what a font leaves out. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** The last part of a path, as text for people. */
export function cleanFileName(given: string | null | undefined): string {
  const name = (given ?? '').toWellFormed().replace(STEERING, '').normalize('NFC');
  const last = name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const short = shortened(last.trim()).trim();
  return /^\.*$/.test(short) || !VISIBLE.test(short) ? FALLBACK_NAME : short;
}

/** `TYPE/SUBTYPE` in lower case and without parameters; bytes without a meaning for everything else. */
export function cleanFileType(given: string | null | undefined): string {
  const [type = ''] = (given ?? '').toLowerCase().split(';');
  const bare = type.trim();
  const fits = bare.length <= MAX_TYPE_LENGTH && /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/.test(bare);
  return fits ? bare : FALLBACK_TYPE;
}

/** The end stays when it tells the kind of file: that is what people look at. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const [end = ''] = /\.[A-Za-z0-9]{1,10}$/.exec(name) ?? [];
  let start = '';
  for (const char of name) {
    if (Buffer.byteLength(start + char + end) > MAX_NAME_BYTES) break;
    start += char;
  }
  return start + end;
}
