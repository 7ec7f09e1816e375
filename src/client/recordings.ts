/** Recordings: while they run, and what becomes of them. */
import { apiPath, type CallOptions, type Transport } from './transport.ts';
import type {
  CreateRender,
  CreateShare,
  LinkOrder,
  NewShare,
  Page,
  Recording,
  RecordingFile,
  RecordingFilter,
  RecordingMarker,
  Render,
  Share,
  TimedLink,
  TrashedRecording,
  TrashFilter,
  TrashList,
} from './types.ts';

/** Every method rejects with GridcastError. */
export class Recordings {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  start(room: string, options?: CallOptions): Promise<Recording> {
    return this.#transport.json('POST', apiPath('rooms', room, 'recordings'), options);
  }

  pause(id: string, options?: CallOptions): Promise<Recording> {
    return this.#do(id, 'pause', options);
  }

  resume(id: string, options?: CallOptions): Promise<Recording> {
    return this.#do(id, 'resume', options);
  }

  /** Its archive is then made. */
  stop(id: string, options?: CallOptions): Promise<Recording> {
    return this.#do(id, 'stop', options);
  }

  /** Makes an archive that failed once more. */
  retry(id: string, options?: CallOptions): Promise<Recording> {
    return this.#do(id, 'retry', options);
  }

  list(filter: RecordingFilter = {}, options?: CallOptions): Promise<Page<Recording>> {
    return this.#transport.json('GET', apiPath('recordings'), { ...options, query: filter });
  }

  /** All that fit, page after page. */
  async *all(filter: RecordingFilter = {}, options?: CallOptions): AsyncGenerator<Recording, void, undefined> {
    let cursor = filter.cursor;
    do {
      const page: Page<Recording> = await this.list({ ...filter, cursor }, options);
      yield* page.items;
      cursor = page.next;
    } while (cursor !== undefined);
  }

  /** With its markers, its steps and the newest lines of its log. */
  get(id: string, options?: CallOptions): Promise<Recording> {
    return this.#transport.json('GET', apiPath('recordings', id), options);
  }

  /** Gives it another title; its files keep theirs. */
  rename(id: string, title: string, options?: CallOptions): Promise<Recording> {
    return this.#transport.json('PATCH', apiPath('recordings', id), { ...options, body: { title } });
  }

  /** Puts it in the trash, from which it can be restored for some days. */
  trash(id: string, options?: CallOptions): Promise<TrashedRecording> {
    return this.#transport.json('POST', apiPath('recordings', id, 'trash'), options);
  }

  /** What is in the trash, a page at a time. */
  listTrash(page: TrashFilter = {}, options?: CallOptions): Promise<TrashList> {
    return this.#transport.json('GET', apiPath('trash'), { ...options, query: page });
  }

  /** One that is in the trash. */
  getTrashed(id: string, options?: CallOptions): Promise<TrashedRecording> {
    return this.#transport.json('GET', apiPath('trash', id), options);
  }

  /** Takes it out of the trash. */
  restore(id: string, options?: CallOptions): Promise<Recording> {
    return this.#transport.json('POST', apiPath('trash', id, 'restore'), options);
  }

  /** For good, if it is in the trash still. */
  removeTrashed(id: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('trash', id), options);
  }

  /** At once and for good, in the trash or not. */
  remove(id: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('recordings', id), options);
  }

  /** Names the moment that is recorded now. */
  mark(id: string, label: string, options?: CallOptions): Promise<RecordingMarker> {
    return this.#transport.json('POST', apiPath('recordings', id, 'markers'), { ...options, body: { label } });
  }

  files(id: string, options?: CallOptions): Promise<Page<RecordingFile>> {
    return this.#transport.json('GET', apiPath('recordings', id, 'files'), options);
  }

  /** A file of a finished recording: its `body` is a stream. */
  file(id: string, name: string, options?: CallOptions): Promise<Response> {
    return this.#transport.response('GET', apiPath('recordings', id, 'files', name), options);
  }

  /** An absolute address of one file (default: the MP4; `bundle.zip`: everything) that needs no token. */
  async link(id: string, link: LinkOrder = {}, options?: CallOptions): Promise<TimedLink> {
    return this.#absolute(apiPath('recordings', id, 'link'), link, options);
  }

  /** An absolute address of a playlist that grows while the recording does, good for hours. */
  async hlsLink(id: string, options?: CallOptions): Promise<TimedLink> {
    return this.#absolute(apiPath('recordings', id, 'hls-link'), {}, options);
  }

  render(id: string, render: CreateRender, options?: CallOptions): Promise<Render> {
    return this.#transport.json('POST', apiPath('recordings', id, 'renders'), { ...options, body: render });
  }

  renders(id: string, options?: CallOptions): Promise<Page<Render>> {
    return this.#transport.json('GET', apiPath('recordings', id, 'renders'), options);
  }

  removeRender(id: string, render: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('recordings', id, 'renders', render), options);
  }

  /** An absolute address of what was rendered that needs no token. */
  async renderLink(id: string, render: string, options?: CallOptions): Promise<TimedLink> {
    return this.#absolute(apiPath('recordings', id, 'renders', render, 'link'), {}, options);
  }

  share(id: string, share: CreateShare = {}, options?: CallOptions): Promise<NewShare> {
    return this.#transport.json('POST', apiPath('recordings', id, 'shares'), { ...options, body: share });
  }

  shares(id: string, options?: CallOptions): Promise<Page<Share>> {
    return this.#transport.json('GET', apiPath('recordings', id, 'shares'), options);
  }

  unshare(id: string, share: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('recordings', id, 'shares', share), options);
  }

  #do(id: string, verb: string, options: CallOptions | undefined): Promise<Recording> {
    return this.#transport.json('POST', apiPath('recordings', id, verb), options);
  }

  async #absolute(path: string, body: object, options: CallOptions | undefined): Promise<TimedLink> {
    const link = await this.#transport.json<TimedLink>('POST', path, { ...options, body });
    return { ...link, url: this.#transport.absolute(link.url) };
  }
}
