/** Keys of where archives lie, for how long, and what is written down about them. */
import { z } from 'zod';

/** What `recordings.retention` holds; 0 is without end, but for the trash. */
export const retentionSchema = z
  .strictObject({
    /** Days for which a finished recording is kept. */
    days: z.number().min(0).max(36_500).default(0),
    /** Gigabytes of all finished recordings together. */
    maxGigabytes: z.number().min(0).default(0),
    /** Days after which what is in the trash is deleted for good; 0: there is no trash. */
    trashDays: z.number().min(0).max(36_500).default(7),
  })
  .prefault({});

/** What `storage` holds. */
export const storageSchema = z
  .strictObject({
    /** Where finished archives end up: in the data folder, or in a store that speaks S3. */
    kind: z.enum(['local', 's3']).default('local'),
    /** Address of the store; that of AWS in `region` when left out. */
    endpoint: z.url({ protocol: /^https?$/ }).optional(),
    region: z.string().min(1).default('us-east-1'),
    bucket: z.string().min(1).optional(),
    /** What all keys begin with. */
    prefix: z
      .string()
      .regex(/^(?:[A-Za-z0-9._-]+\/)*$/)
      .default(''),
    /** Whether the bucket is in the address's path and not in its name, as most stores but AWS want it. */
    forcePathStyle: z.boolean().default(false),
    /** When left out, from where the AWS tools take it too: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
    accessKey: z.string().min(1).optional(),
    secretKey: z.string().min(1).optional(),
    /** A file with the secret key, instead of the key itself. */
    secretKeyFile: z.string().min(1).optional(),
    /** Whether the data folder keeps a copy of what is in the store. */
    keepLocal: z.boolean().default(true),
    /** Tries of one upload before it is put off by ten minutes. */
    attempts: z.int().min(1).max(100).default(8),
  })
  .prefault({});

/** What `audit` holds. */
export const auditSchema = z
  .strictObject({
    /** Entries of the audit log; the oldest makes room for the next. */
    maxEntries: z.int().min(1).max(10_000_000).default(100_000),
  })
  .prefault({});
