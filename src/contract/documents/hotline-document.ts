import { z } from 'zod';
import { rankDocumentSchema } from './rank-document.ts';

/** Answer of `rank --hotline`: one hotline through the periods, oldest first. */
export const hotlineDocumentSchema = z.object({
  document: z.literal('rank-hotline'),
  hotline: z.string(),
  name: z.string(),
  madeUp: z.boolean(),
  /** Lower edges of hot and warm. */
  bands: z.object({ hotFrom: z.number(), warmFrom: z.number() }),
  /** Mean seconds on test calls up to which a hotline meets the standard. */
  standardSeconds: z.number(),
  periods: z.array(
    z.object({
      ...rankDocumentSchema.shape.hotlines.element.shape,
      period: z.string(),
      /** Hotlines ranked in that period. */
      among: z.number().int(),
    }),
  ),
});
export type HotlineDocument = z.output<typeof hotlineDocumentSchema>;
