/** Objects in any store that speaks S3. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type * as S3 from '@aws-sdk/client-s3';
import type * as Lib from '@aws-sdk/lib-storage';
import type { Config } from '../../config/schema.ts';
import { AppError, ConfigError, messageOf, UnavailableError } from '../../errors.ts';
import { toldAddress } from '../../util/told-address.ts';
import type { ByteSpan } from './byte-span.ts';
import { fileMissing } from './local-file.ts';
import type { ObjectFacts, ObjectSource, ObjectStore } from './object-store.ts';

/** Bytes of one part of an upload; two are in memory at a time. */
const PART_BYTES = 8 * 1024 * 1024;
/** A store takes ten thousand parts; beyond this many bytes the parts become larger. */
const MAX_PARTS = 9000;
const PARTS_AT_ONCE = 2;
/** Tries of one request, with pauses that double. */
const REQUEST_ATTEMPTS = 5;
const CONNECT_MS = 5000;
/** A request whose answer does not move for so long is tried again. */
const IDLE_MS = 60_000;
/** Keys in one request to delete them. */
const DELETE_AT_ONCE = 1000;

type Sdk = typeof S3;
type Multipart = typeof Lib;

/** Options of `S3Store.open`. */
export interface S3StoreOptions {
  readonly storage: Config['storage'];
  /** Text of `storage.secretKeyFile`; throws when it cannot be read. */
  readonly readFile: (path: string) => string;
  /** Milliseconds after which an answer that does not move is given up; default 60 000. */
  readonly idleMs?: number;
  /** Tries of one request; default 5. */
  readonly requestAttempts?: number;
}

/** Holds open connections until closed. */
export class S3Store implements ObjectStore {
  readonly place: string;
  readonly #sdk: Sdk;
  readonly #multipart: Multipart;
  readonly #client: S3.S3Client;
  readonly #bucket: string;

  private constructor(sdk: Sdk, multipart: Multipart, client: S3.S3Client, bucket: string, place: string) {
    this.#sdk = sdk;
    this.#multipart = multipart;
    this.#client = client;
    this.#bucket = bucket;
    this.place = place;
  }

  /** Speaks to nobody yet. @throws ConfigError when the SDK is not installed or the key's file cannot be read. */
  static async open(given: S3StoreOptions): Promise<S3Store> {
    const { storage, readFile, idleMs = IDLE_MS, requestAttempts = REQUEST_ATTEMPTS } = given;
    const { bucket = '', endpoint, region, forcePathStyle, accessKey } = storage;
    const secret = secretOf(storage, readFile);
    const [sdk, multipart] = await loadSdk();
    const client = new sdk.S3Client({
      region,
      forcePathStyle,
      maxAttempts: requestAttempts,
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: idleMs, throwOnRequestTimeout: true },
      ...(endpoint === undefined ? {} : { endpoint }),
      // Else from where the SDK always looks: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the machine's own role.
      ...(accessKey === undefined || secret === undefined
        ? {}
        : { credentials: { accessKeyId: accessKey, secretAccessKey: secret } }),
    });
    const where = endpoint === undefined ? `S3 in ${region}` : toldAddress(new URL(endpoint));
    return new S3Store(sdk, multipart, client, bucket, `${where}, bucket ${bucket}`);
  }

  async put(key: string, source: ObjectSource, signal: AbortSignal): Promise<void> {
    const abort = new AbortController();
    const body = createReadStream(source.path, { highWaterMark: 1024 * 1024 });
    const upload = new this.#multipart.Upload({
      client: this.#client,
      params: {
        Bucket: this.#bucket,
        Key: key,
        Body: body,
        ContentType: source.contentType,
        Metadata: { sha256: source.sha256 },
      },
      partSize: Math.max(PART_BYTES, Math.ceil(source.size / MAX_PARTS)),
      queueSize: PARTS_AT_ONCE,
      leavePartsOnError: false,
      abortController: abort,
    });
    const onAbort = (): void => abort.abort();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      await upload.done();
    } catch (error) {
      throw this.#refusal(error);
    } finally {
      signal.removeEventListener('abort', onAbort);
      body.destroy();
    }
  }

  async head(key: string, signal?: AbortSignal): Promise<ObjectFacts | undefined> {
    try {
      const command = new this.#sdk.HeadObjectCommand({ Bucket: this.#bucket, Key: key });
      const { ContentLength, Metadata } = await this.#client.send(command, options(signal));
      const sha256 = Metadata?.['sha256'];
      return { size: ContentLength ?? 0, ...(sha256 === undefined ? {} : { sha256 }) };
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw this.#refusal(error);
    }
  }

  async open(key: string, span?: ByteSpan, signal?: AbortSignal): Promise<Readable> {
    const wanted = span === undefined || span.end < span.start ? undefined : span;
    const range = wanted && { Range: `bytes=${wanted.start}-${wanted.end}` };
    let answer: Pick<S3.GetObjectCommandOutput, 'Body' | 'ContentLength' | 'ContentRange'>;
    try {
      const command = new this.#sdk.GetObjectCommand({ Bucket: this.#bucket, Key: key, ...range });
      answer = await this.#client.send(command, options(signal));
    } catch (error) {
      throw isAbsence(error) ? fileMissing() : this.#refusal(error);
    }
    const { Body } = answer;
    if (!(Body instanceof Readable)) throw this.#refusal(new Error('It answered without a body'));
    if (!wanted || isPart(answer, wanted)) return Body;
    Body.destroy();
    throw this.#refusal(new Error('It answered with other bytes than those that were asked for'));
  }

  async list(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    try {
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const command = new this.#sdk.ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: prefix,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        });
        const { Contents = [], NextContinuationToken } = await this.#client.send(command);
        keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
        token = NextContinuationToken;
      }
    } catch (error) {
      throw this.#refusal(error);
    }
    return keys;
  }

  async remove(keys: readonly string[]): Promise<void> {
    try {
      for (let at = 0; at < keys.length; at += DELETE_AT_ONCE) {
        const Objects = keys.slice(at, at + DELETE_AT_ONCE).map((Key) => ({ Key }));
        const command = new this.#sdk.DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } });
        const { Errors = [] } = await this.#client.send(command);
        const [first] = Errors;
        if (first) throw new Error(`${first.Code}: ${first.Message}`);
      }
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  async abortUploads(prefix: string): Promise<number> {
    let aborted = 0;
    try {
      // Each round takes away what the round before was told of; the store lists a thousand at a time.
      for (let more = true; more; ) {
        const command = new this.#sdk.ListMultipartUploadsCommand({ Bucket: this.#bucket, Prefix: prefix });
        const { Uploads = [], IsTruncated } = await this.#client.send(command);
        for (const { Key, UploadId } of Uploads) {
          const abort = new this.#sdk.AbortMultipartUploadCommand({ Bucket: this.#bucket, Key, UploadId });
          await this.#client.send(abort);
          aborted += 1;
        }
        more = IsTruncated === true && Uploads.length > 0;
      }
    } catch (error) {
      // Some small stores cannot list them; what is left there is theirs to sweep.
      if (isUnsupported(error)) return aborted;
      throw this.#refusal(error);
    }
    return aborted;
  }

  close(): void {
    this.#client.destroy();
  }

  #refusal(error: unknown): AppError {
    if (error instanceof AppError) return error;
    const name = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : '';
    return new UnavailableError(
      'storage_unavailable',
      `The object store (${this.place}) did not do what it was asked (${name}${messageOf(error)}); it is tried again by itself.`,
      error,
    );
  }
}

async function loadSdk(): Promise<[Sdk, Multipart]> {
  try {
    return await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')]);
  } catch (error) {
    throw new ConfigError(
      'storage.kind is s3, which needs the packages @aws-sdk/client-s3 and @aws-sdk/lib-storage; run "npm install" with optional packages.',
      error,
    );
  }
}

function secretOf(storage: Config['storage'], readFile: (path: string) => string): string | undefined {
  const { secretKey, secretKeyFile } = storage;
  if (secretKeyFile === undefined) return secretKey;
  try {
    return readFile(secretKeyFile).trim();
  } catch (error) {
    throw new ConfigError(
      `storage.secretKeyFile names ${secretKeyFile}, which cannot be read (${messageOf(error)}); correct it.`,
      error,
    );
  }
}

function options(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

/** A cache in between may know nothing of parts and give the whole object; what was asked for may be cut short, which readers see. */
function isPart(
  { ContentLength, ContentRange }: Pick<S3.GetObjectCommandOutput, 'ContentLength' | 'ContentRange'>,
  { start, end }: ByteSpan,
): boolean {
  const from = ContentRange === undefined ? 0 : Number(/^bytes (\d+)-/.exec(ContentRange)?.[1]);
  return from === start && (ContentLength ?? 0) <= end - start + 1;
}

function isUnsupported(error: unknown): boolean {
  return error instanceof Error && ['NotImplemented', 'MethodNotAllowed'].includes(error.name);
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && ['NotFound', 'NoSuchKey'].includes(error.name);
}
