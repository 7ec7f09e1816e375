/** The files of a room as its page knows them. */
import type { FileView } from '../../src/protocol/files.ts';
import type { ServerMessage } from '../../src/protocol/messages.ts';
import { problemOf } from '../api-client.ts';
import type { FileListing, FileUsage } from '../file-client.ts';
import { UploadQueue, type UploadQueueOptions } from './upload-queue.ts';
import type { Problem } from '../util/problem.ts';

/** The server's side. Every method rejects with ApiError. */
export interface FileServer {
  list(): Promise<FileListing>;
  remove(id: string): Promise<void>;
  link(id: string, ttl: number): Promise<string>;
  setEnabled(enabled: boolean): Promise<void>;
}

/** What it needs of its surroundings. */
export interface FilesDeskOptions {
  readonly server: FileServer;
  /** How files are sent. */
  readonly send: Pick<UploadQueueOptions, 'start' | 'recall' | 'remember'>;
  readonly self: () => { readonly id: string; readonly role: 'host' | 'participant' } | undefined;
  readonly nowMs: () => number;
  readonly changed: () => void;
}

/** Kept for a whole stay, over cuts of the connection. */
export class FilesDesk {
  readonly queue: UploadQueue;
  readonly #options: FilesDeskOptions;
  #files: readonly FileView[] = [];
  #usage: FileUsage | undefined;
  #enabled: boolean | undefined;
  #problem: Problem | undefined;
  #unseen = 0;
  /** The list of files is open before the person; set by who shows it. */
  watching = false;

  constructor(options: FilesDeskOptions) {
    this.#options = options;
    const { send, server, nowMs, changed } = options;
    this.queue = new UploadQueue({
      ...send,
      start: (upload) =>
        send.start({
          ...upload,
          placed: (address) => {
            upload.placed(address);
            void this.#count();
          },
        }),
      discard: async (id) => {
        await server.remove(id);
        await this.#count();
      },
      nowMs,
      changed,
    });
  }

  /** Complete ones, oldest first. */
  get files(): readonly FileView[] {
    return this.#files.filter(({ complete }) => complete);
  }

  /** One's own that were begun and are not being sent by this page. */
  get unfinished(): readonly FileView[] {
    const here = new Set(this.queue.uploads.map(({ file }) => file));
    return this.#files.filter(({ complete, id }) => !complete && !here.has(id));
  }

  /** Undefined before the server has told it. */
  get usage(): FileUsage | undefined {
    return this.#usage;
  }

  /** Whether files can be shared; undefined before the server has told it. */
  get enabled(): boolean | undefined {
    return this.#enabled;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Files of others since they were looked at. */
  get unseen(): number {
    return this.#unseen;
  }

  /** Whether this person is a host. */
  get moderates(): boolean {
    return this.#options.self()?.role === 'host';
  }

  /** In, or in again: what stopped with the line goes on. */
  joined(): void {
    this.queue.wake();
  }

  /** Takes a message of the server in; whether it was one of the files. */
  receive(message: ServerMessage): boolean {
    switch (message.type) {
      case 'files': {
        const own = this.#files.filter(({ complete }) => !complete);
        this.#files = [...message.items, ...own];
        this.#enabled = message.enabled;
        return true;
      }
      case 'file':
        this.#took(message.file);
        return true;
      case 'file-gone':
        this.#files = this.#files.filter(({ id }) => id !== message.id);
        return true;
      default:
        return false;
    }
  }

  /** Asks the server for everything: older files, one's own that are not complete, and how much space is left. */
  load(): Promise<void> {
    return this.#try(async () => {
      const { items, usage, enabled } = await this.#options.server.list();
      this.#files = items;
      this.#usage = usage;
      this.#enabled = enabled;
    });
  }

  /** They were looked at. */
  seen(): void {
    this.#unseen = 0;
  }

  /** Whether this person may delete it. */
  mayRemove({ by }: FileView): boolean {
    return this.moderates || by.id === this.#options.self()?.id;
  }

  remove(id: string): Promise<void> {
    return this.#try(async () => {
      await this.#options.server.remove(id);
      this.#files = this.#files.filter((file) => file.id !== id);
      await this.load();
    });
  }

  /** For hosts. */
  setEnabled(enabled: boolean): Promise<void> {
    return this.#try(async () => {
      await this.#options.server.setEnabled(enabled);
      this.#enabled = enabled;
    });
  }

  /** Rejects with ApiError. */
  link(id: string, ttl: number): Promise<string> {
    return this.#options.server.link(id, ttl);
  }

  close(): void {
    this.queue.close();
  }

  /** A file takes its whole space from when it is begun until it is given up; who has not looked yet is told when they do. */
  async #count(): Promise<void> {
    if (this.#usage) await this.load();
  }

  #took(file: FileView): void {
    this.#files = [...this.#files.filter(({ id }) => id !== file.id), file];
    if (file.by.id !== this.#options.self()?.id && !this.watching) this.#unseen += 1;
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.#problem = undefined;
    } catch (error) {
      this.#problem = problemOf('', error);
    }
    this.#options.changed();
  }
}
