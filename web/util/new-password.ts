/** Passwords that admins set for others: pure. */

/** Fewest characters of a password, as the server has it. */
export const MIN_PASSWORD = 10;
/** Random bytes that `suggestPassword` wants: five bits of each, a hundred in all. */
export const SUGGESTION_BYTES = 20;

// 32 signs, none of which is taken for another when it is read out or copied by hand.
const SIGNS = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUP = 5;

/** Groups of five letters and digits with hyphens between them. */
export function suggestPassword(random: Uint8Array): string {
  const signs = [...random].map((byte) => SIGNS.charAt(byte % SIGNS.length)).join('');
  return (signs.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
}

/** Whether it does; an empty one only where none is needed. */
export function isGoodPassword(password: string, required: boolean): boolean {
  return password === '' ? !required : password.length >= MIN_PASSWORD;
}
