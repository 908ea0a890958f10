import type { RosterDocument } from '../contract/documents/roster-document.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { Ports } from './ports.ts';
import { findRoster } from './roster/open-roster.ts';

/** The roster that stands: the one published last that has the date, else the latest. */
export const showRoster = (
  ports: Pick<Ports, 'store'>,
  date: PlainDate | undefined,
): Promise<RosterDocument> => findRoster(ports, { date });
