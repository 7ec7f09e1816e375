/** A disk with so many bytes left; what is written is real. */
import { type FileHandle, open } from 'node:fs/promises';
import type { OpenFile } from '../../src/recorder/session/segment-writer.ts';

/** Set `free` to fill it up or to make space; `opened` counts the files that are open. */
export class SmallDisk {
  free = Number.POSITIVE_INFINITY;
  opened = 0;
  /** Path of each write so far. */
  readonly writes: string[] = [];
  /** Calls of `datasync` so far. */
  syncs = 0;

  readonly open: OpenFile = async (path, flags) => {
    const file = await open(path, flags);
    this.opened += 1;
    this.#limit(file, path);
    const close = file.close.bind(file);
    file.close = async () => {
      this.opened -= 1;
      await close();
    };
    const datasync = file.datasync.bind(file);
    file.datasync = async () => {
      this.syncs += 1;
      await datasync();
    };
    return file;
  };

  #limit(file: FileHandle, path: string): void {
    const write = file.write.bind(file);
    const put = async (data: Uint8Array, offset: number, length: number, position: number | null) => {
      this.writes.push(path);
      const taken = Math.min(length, this.free);
      if (taken === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      this.free -= taken;
      return write(data, offset, taken, position);
    };
    file.write = put as typeof file.write;
    file.writev = (async (buffers: readonly Uint8Array[], position: number) => {
      const data = Buffer.concat(buffers);
      const { bytesWritten } = await put(data, 0, data.byteLength, position);
      return { bytesWritten, buffers };
    }) as typeof file.writev;
  }
}
