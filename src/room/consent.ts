/** Whether somebody's picture and voice may be kept in recordings: pure. */

/** `notice`: everybody is told that the room is recorded; `ask`: only who agrees is kept. */
export type ConsentRule = 'notice' | 'ask';

/** Nothing is kept of somebody who was asked and has not answered yet. */
export function mayBeKept(rule: ConsentRule, participant: { readonly consent: boolean | undefined }): boolean {
  return rule === 'notice' || participant.consent === true;
}
