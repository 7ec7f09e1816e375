/** What the API needs of renders; met structurally, so that nothing below imports the API. */
import type { RenderRequest } from '../recorder/render/render-request.ts';
import type { RenderFile, RenderView } from '../recorder/render/renders.ts';

export type { RenderView };

/** Renders. Methods reject with BadRequestError, NotFoundError, ConflictError or LimitError. */
export interface RenderControl {
  create(recordingId: string, request: RenderRequest): Promise<RenderView>;
  /** Newest first. */
  list(recordingId: string): Promise<readonly RenderView[]>;
  find(recordingId: string, id: string): Promise<RenderView>;
  file(recordingId: string, id: string): Promise<RenderFile>;
  /** One that is being made is given up. */
  remove(recordingId: string, id: string): Promise<void>;
}
