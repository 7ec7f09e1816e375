/** Schemas of the files of rooms. */
import { z } from 'zod';
import { fileViewSchema } from '../protocol/files.ts';
import { roomParams } from './schemas.ts';

/** Path of one file. */
export const roomFileParams = roomParams.extend({ file: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });
/** One file. */
export const fileAnswer = fileViewSchema.meta({ id: 'SharedFile' });
const bytes = z.int().min(0);
/** All that somebody sees of a room's files. */
export const fileListAnswer = z
  .object({
    items: z
      .array(fileAnswer)
      .meta({ description: 'Complete ones, oldest first; then those of your own that are not.' }),
    usage: z
      .object({ roomBytes: bytes, roomMaxBytes: bytes, ownBytes: bytes, ownMaxBytes: bytes, maxFileBytes: bytes })
      .meta({ id: 'FileUsage', description: 'Files that are not complete count with the size they will have.' }),
    enabled: z.boolean().meta({ description: 'Whether files can be shared now.' }),
  })
  .meta({ id: 'SharedFileList' });
/** Query of a download. */
export const fileContentQuery = z.object({
  ticket: z.string().max(4096).optional().meta({ description: 'Instead of a token.' }),
  inline: z.enum(['0', '1']).default('0').meta({ description: '1: to be shown, if its type can do no harm.' }),
});
/** Body of a link's order. */
export const fileLinkBody = z
  .strictObject({
    ttl: z.int().min(1).max(3600).default(60).meta({ description: 'Seconds; a player asks again and again.' }),
  })
  .meta({ id: 'CreateFileLink' });
