import { z } from 'zod';

/** Why nothing is changed for now: what an administrator says of it, and since when (ISO instant). */
export const maintenanceSchema = z.object({
  since: z.string(),
  message: z.string().trim().min(1).max(200).nullable(),
});
export type Maintenance = z.output<typeof maintenanceSchema>;
