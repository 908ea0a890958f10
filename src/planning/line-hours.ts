import type { HoursDocument } from '../contract/documents/hours-document.ts';
import type { Ports } from './ports.ts';
import { lineHistory } from './history/line-history.ts';

/** When the line is open, as stated and as the data show it; `keep` writes what the data show to models/hotline.json. */
export const lineHours = async (
  ports: Pick<Ports, 'store' | 'models' | 'saveHotline'>,
  { keep }: { readonly keep: boolean },
): Promise<HoursDocument> => {
  const { hours } = await lineHistory(ports);
  if (!keep) return { document: 'hours', ...hours, kept: false };
  await ports.saveHotline({ ...ports.models.hotline, openingHours: hours.learnt });
  return { document: 'hours', source: 'stated', week: hours.learnt, learnt: hours.learnt, kept: true };
};
