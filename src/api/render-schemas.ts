/** What requests for renders look like, and answers. */
import { z } from 'zod';
import { RENDER_FORMATS, renderRequestSchema } from '../recorder/render/render-request.ts';
import { downloadQuery, layout, recordingParams } from './schemas.ts';

/** Path of a render. */
export const renderParams = recordingParams.extend({ render: recordingParams.shape.recording });
/** Query of its download: the ticket of a link. */
export const renderQuery = downloadQuery;

/** Body of `POST /api/recordings/{recording}/renders`. */
export const createRenderBody = renderRequestSchema.meta({
  id: 'CreateRender',
  description:
    'Made from what everybody sent themselves. `layout`: a layout for all of it, or "recorded"; `from`, `to`: seconds of the ' +
    'recording; `without`: ids of people who are left out.',
});

/** A render. */
export const renderSchema = z
  .object({
    id: z.string(),
    recording: z.string(),
    state: z.enum(['waiting', 'active', 'ready', 'failed']),
    progress: z.number().meta({ description: '0 to 1.' }),
    format: z.enum(RENDER_FORMATS),
    layout: z.union([layout, z.literal('recorded')]),
    from: z.number().meta({ description: 'Seconds of the recording.' }),
    to: z.number(),
    without: z.array(z.string()),
    width: z.int(),
    height: z.int(),
    createdAt: z.string().meta({ format: 'date-time' }),
    error: z.string().optional(),
    size: z.int().optional().meta({ description: 'Bytes of the file, once ready.' }),
    sha256: z.string().optional(),
    duration: z.number().optional().meta({ description: 'Seconds of the file.' }),
  })
  .meta({ id: 'Render' });
/** All renders of a recording. */
export const renderList = z.object({ items: z.array(renderSchema) }).meta({ id: 'RenderList' });
