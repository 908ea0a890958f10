import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { DutyRecord } from '../../kernel/records.ts';
import type { PlainDate } from '../../kernel/time.ts';
import type { RosterSummary, Store } from '../ports.ts';

/**
 * Duties and pinned days off that stand in a span: of the published rosters, the last published first where periods overlap, and
 * elsewhere of the rosters that were taken in.
 */
export const standingDuties = async (
  store: Pick<Store, 'duties' | 'rosters' | 'roster'>,
  from: PlainDate,
  to: PlainDate,
): Promise<DutyRecord[]> => {
  const published = publishedIn(await store.rosters(), from, to);
  const documents = await Promise.all(published.map(({ id }) => store.roster(id)));
  const ruling = (date: PlainDate): string | undefined =>
    published.find((one) => one.from <= date && date <= one.to)?.id;
  const isIn = ({ date }: { readonly date: PlainDate }): boolean => date >= from && date <= to;
  return [
    ...(await store.duties()).filter((duty) => isIn(duty) && ruling(duty.date) === undefined),
    ...documents.flatMap((document) =>
      [...(document?.duties ?? []), ...daysOffOf(document)].filter(
        (duty) => isIn(duty) && ruling(duty.date) === document?.id,
      ),
    ),
  ];
};

const daysOffOf = (document: RosterDocument | undefined): DutyRecord[] =>
  (document?.pinnedDaysOff ?? []).map((day) => ({ ...day, shift: 'off', pinned: true }));

/** Published rosters that have days in a span, the last published first. */
export const publishedIn = (
  rosters: readonly RosterSummary[],
  from: PlainDate,
  to: PlainDate,
): RosterSummary[] =>
  rosters
    .filter((one) => one.publishedAt !== null && one.from <= to && one.to >= from)
    .sort((a, b) => ((a.publishedAt ?? '') < (b.publishedAt ?? '') ? 1 : -1));
