/** Whether people may share files in a room. */
import { z } from 'zod';

const enabled = z.boolean().describe('Whether files can be shared; those that are there stay.');

/** As stored; what is left out takes its default. */
export const fileSettingsSchema = z.strictObject({ enabled: enabled.default(true) });
/** The files of one room. */
export type FileSettings = Readonly<z.infer<typeof fileSettingsSchema>>;

/** As given over the API: what is left out stays. */
export const fileOrderSchema = z.strictObject({ enabled }).partial();
/** A change of what a room allows of files. */
export type FileOrder = z.infer<typeof fileOrderSchema>;
