/** What happens to finished recordings: where they lie, for how long, who is shown them, and what is written down of it. */
import { AuditLog } from '../api/audit-log.ts';
import { AuditStore, auditMigrations } from '../api/audit-store.ts';
import { ShareStore, shareMigrations } from '../api/share-store.ts';
import { Shares } from '../api/shares.ts';
import type { Config } from '../config/schema.ts';
import type { Setting } from '../config/settings.ts';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { Logger } from '../logger.ts';
import type { RecordingStore } from '../recorder/recordings/recording-store.ts';
import { Retention } from '../recorder/recordings/retention.ts';
import { type ArchiveStorage, openArchiveStorage } from '../recorder/storage/archive-storage.ts';
import { UploadQueue } from '../recorder/storage/upload-queue.ts';
import { Uploads } from '../recorder/storage/uploads.ts';
import { UploadStore, uploadMigrations } from '../recorder/storage/upload-store.ts';
import type { Clock } from '../util/clock.ts';
import type { ClockDoubt } from '../util/clock-doubt.ts';
import { CloseStack } from '../util/close-stack.ts';
import { freePercent } from '../util/free-space.ts';

/** Steps that make the tables of all of it; after those of the recordings. */
export const keepingMigrations: readonly Migration[] = [...auditMigrations, ...shareMigrations, ...uploadMigrations];

/** Pause before the second try of an upload, milliseconds; it doubles. */
const RETRY_MS = 2000;

/** Options of `ArchiveKeeping.open`. */
export interface ArchiveKeepingOptions {
  readonly config: Config;
  readonly dataDir: string;
  readonly database: Database;
  /** Address of Redis. */
  readonly redis: string;
  readonly namespace: string;
  /** The server's secret, from which other keys are derived. */
  readonly secret: Uint8Array;
  /** The session that runs in a room or ran last, as far as this process knows. */
  readonly lastSession: (room: string) => string | undefined;
  /** Whether the clock is to be believed; default: one that knows nothing of the time before it was made. */
  readonly doubt?: ClockDoubt | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is looked after once there are recordings. */
export interface KeptRecordings {
  readonly store: RecordingStore;
  remove(id: string): Promise<void>;
  removeTrashed(id: string): Promise<void>;
  /** Whether something is made of a recording at the moment. */
  isBusy(id: string): Promise<boolean>;
}

/** One for a server. */
export class ArchiveKeeping {
  readonly storage: ArchiveStorage;
  readonly audit: AuditLog;
  readonly shares: Shares;
  readonly #options: ArchiveKeepingOptions;
  readonly #uploads: Uploads | undefined;
  #retention: Retention | undefined;
  readonly #stack: CloseStack;

  private constructor(options: ArchiveKeepingOptions, storage: ArchiveStorage, stack: CloseStack) {
    const { config, database, secret, lastSession, doubt, clock, log } = options;
    this.#options = options;
    this.#stack = stack;
    this.storage = storage;
    this.audit = new AuditLog({ store: new AuditStore(database, config.audit.maxEntries), clock, log });
    this.shares = new Shares({ store: new ShareStore(database), secret, doubt, clock, lastSession });
    this.#uploads = this.#openUploads();
  }

  /** Nothing happens before `start`. @throws ConfigError when the store cannot be used. */
  static async open(options: ArchiveKeepingOptions): Promise<ArchiveKeeping> {
    const stack = new CloseStack();
    const storage = await openArchiveStorage(options.config, options.dataDir, options.clock);
    stack.defer(async () => storage.close());
    return new ArchiveKeeping(options, storage, stack);
  }

  /** Uploads what is to be uploaded, and deletes what is kept no longer, from now on. */
  start(recordings: KeptRecordings): void {
    const { config, dataDir, doubt, clock, log } = this.#options;
    const retention = new Retention({
      rules: config.recordings.retention,
      store: recordings.store,
      dataDir,
      use: this.storage.reader.use,
      isBusy: (id) => recordings.isBusy(id),
      remove: (id) => recordings.remove(id),
      removeTrashed: (id) => recordings.removeTrashed(id),
      // Nothing goes for what nobody knows.
      isShort: async () => (await freePercent(dataDir).catch(() => 100)) < config.recordings.diskFloorPercent,
      keepsLocal: config.storage.keepLocal,
      onRemoved: ({ id, reason, bytes }, { room, title }) =>
        this.audit.note({
          who: 'server',
          action: 'retention_delete',
          recording: id,
          room,
          detail: { reason, bytes, title },
        }),
      doubt,
      clock,
      log,
    });
    this.#stack.defer(() => retention.close());
    this.#retention = retention;
    retention.start();
    this.#uploads?.kick();
  }

  /** The server has started with these settings: written down when they are others than last time. */
  async started(settings: readonly Setting[]): Promise<void> {
    const changed = settings.filter(({ origin }) => origin !== 'default');
    const detail = Object.fromEntries(
      changed.map(({ key, value }) => [key, Array.isArray(value) ? value.join(', ') : String(value)]),
    );
    await this.audit.noteChange({ who: 'server', action: 'settings', detail });
  }

  /** Too little of the disk is free: what is in the trash goes; whether there was any. */
  async makeRoom(): Promise<boolean> {
    return (await this.#retention?.makeRoom()) ?? false;
  }

  /** A recording has become ready. */
  ready(): void {
    this.#uploads?.kick();
  }

  /** A recording is about to be forgotten: its key and its objects go first, so that nothing of it can be read any more. */
  async removing(recording: string): Promise<void> {
    await this.#uploads?.removing(recording);
    await this.storage.keys.remove(recording);
    this.#uploads?.kick();
  }

  /** Ends what runs and every connection. */
  close(): Promise<void> {
    return this.#stack.close();
  }

  #openUploads(): Uploads | undefined {
    const { config, database, dataDir, redis, namespace, clock, log } = this.#options;
    const { objects, reader } = this.storage;
    if (!objects) return undefined;
    const { attempts, keepLocal, prefix } = config.storage;
    const queue = new UploadQueue({ redis, namespace, retry: { attempts, firstMs: RETRY_MS }, log });
    this.#stack.defer(() => queue.close());
    const store = new UploadStore(database);
    const uploads = new Uploads({ store, queue, objects, dataDir, prefix, keepLocal, use: reader.use, clock, log });
    this.#stack.defer(() => uploads.close());
    return uploads;
  }
}
