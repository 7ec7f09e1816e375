/** Reads ZIP files whose content is stored as it is. */
import { crc32 } from 'node:zlib';

/** One file of it. */
export interface Unzipped {
  readonly name: string;
  readonly data: Buffer;
}

/** What the directory at the end lists. @throws when anything is not stored, or its checksum is not what it says. */
export function unzip(zip: Buffer): Unzipped[] {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0) throw new Error('It is no whole ZIP');
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [method, crc, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 24)];
    const [nameLength = 0, ...others] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + size);
    if (method !== 0) throw new Error(`${name} is not stored`);
    if (crc32(data) !== crc) throw new Error(`${name} has another checksum`);
    at += 46 + nameLength + others.reduce((sum, length) => sum + length, 0);
    return { name, data };
  });
}
