import type { HoursInUse } from '../contract/models/opening-hours-schema.ts';
import { lineHistory } from '../planning/history/line-history.ts';
import type { Ports } from '../planning/ports.ts';

/** When the hotline is open, as stated and as the data show it. */
export const describeHours = async (ports: Pick<Ports, 'store' | 'models'>): Promise<HoursInUse> =>
  (await lineHistory(ports)).hours;
