import { z } from 'zod';
import { rate } from './schema-parts.ts';

/** Answer of `erlang` for one interval: the reference's measure names. */
export const erlangDocumentSchema = z.object({
  document: z.literal('erlang'),
  stable: z.boolean(),
  p_block: rate,
  p_imm: rate,
  p_wait: rate,
  p_abandon: rate,
  p_connect: rate,
  mean_queue_len: rate,
  mean_wait_admitted_s: rate,
  asa_answered_s: rate,
  occupancy: rate,
  p_virtual_wait_gt_t: rate,
  p_wait_gt_t: rate,
  p_answered_le_t: rate,
  p_abandon_le_t: rate,
  sl_offered: rate,
  sl_excl_short_ab: rate,
  sl_admitted: rate,
  sl_admitted_excl_short_ab: rate,
});
export type ErlangDocument = z.output<typeof erlangDocumentSchema>;
