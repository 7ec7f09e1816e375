/** Who may enter a room and when: the settings of its door, and what they require of whom. */
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../protocol/limits.ts';

const locked = z.boolean().describe('Nobody new comes in but hosts, and whom a host lets in.');
const waitingRoom = z.boolean().describe('Everybody but hosts waits until a host lets them in.');
const capacity = z
  .int()
  .min(1)
  .max(1000)
  .describe("Most people in the room, if that is fewer than the server's own limit; hosts come in beyond it.");
const opensAt = z.iso.datetime({ offset: true }).describe('Everybody but hosts waits until then; ISO 8601.');
const whenEmpty = z.enum(['keep', 'end']).describe('Whether the room goes away with its last session.');

/** As stored; what is left out takes its default. The password is a hash in PHC notation. */
export const doorSettingsSchema = z.strictObject({
  locked: locked.default(false),
  waitingRoom: waitingRoom.default(false),
  password: z.string().startsWith('$').optional(),
  capacity: capacity.optional(),
  opensAt: opensAt.optional(),
  whenEmpty: whenEmpty.default('keep'),
  /** Somebody has been in it, so that it ends once nobody is there, also after a restart. */
  used: z.boolean().optional(),
});
/** The door of one room. */
export type DoorSettings = Readonly<z.infer<typeof doorSettingsSchema>>;

/** As given over the API: what is left out stays, null takes it away. */
export const doorOrderSchema = z
  .strictObject({
    locked,
    waitingRoom,
    password: z
      .string()
      .min(MIN_PASSWORD_LENGTH)
      .max(MAX_PASSWORD_LENGTH)
      .nullable()
      .describe('Lets in without an invite, and is asked of everybody whose invite is for anybody. Never shown again.'),
    capacity: capacity.nullable(),
    opensAt: opensAt.nullable(),
    whenEmpty,
  })
  .partial();
/** A change of a room's door. */
export type DoorOrder = z.infer<typeof doorOrderSchema>;

/** What members may know of a door: everything but the password. */
export const doorViewSchema = doorSettingsSchema
  .omit({ password: true, used: true })
  .required({ locked: true, waitingRoom: true, whenEmpty: true })
  .extend({ passwordSet: z.boolean() });
/** A door as it is shown. */
export type DoorView = Readonly<z.infer<typeof doorViewSchema>>;

/** Everything of a door that may be shown. */
export function doorView({ password, used: _used, ...rest }: DoorSettings): DoorView {
  return { ...rest, passwordSet: password !== undefined };
}

/** The door after a change; `password`: hash of the order's new one. */
export function changedDoor(before: DoorSettings, order: DoorOrder = {}, password?: string): DoorSettings {
  const after = { ...before, ...order, ...(order.password === undefined ? {} : { password }) };
  // Null takes away, and so does a password that has no hash.
  const kept = Object.entries(after).filter(([, value]) => value !== null && value !== undefined);
  return doorSettingsSchema.parse(Object.fromEntries(kept));
}

/** Why somebody has to wait. */
export type WaitReason = 'scheduled' | 'locked' | 'admission';

/** Why somebody with a participant's token is not let in. */
export type HeldUp = WaitReason | 'password';

/** Why whoever comes by `nowMs` (wall clock) has to wait; undefined: they do not. */
export function whyWait(door: DoorSettings, nowMs: number): WaitReason | undefined {
  if (door.opensAt !== undefined && Date.parse(door.opensAt) > nowMs) return 'scheduled';
  if (door.locked) return 'locked';
  return door.waitingRoom ? 'admission' : undefined;
}
