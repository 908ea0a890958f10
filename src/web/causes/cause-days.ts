import type { ForecastDocument } from '../../contract/documents/forecast-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { ForecastFindings } from '../../forecast/forecast-findings.ts';

/** A cause that moves calls of the plan's forecast; what it was so far is not told by plans of earlier versions. */
interface PlanCause {
  readonly name: string;
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** The causes that have a part in the forecast of any of a plan's queues. */
export const causesOfPlan = ({ queues }: Pick<PlanDocument, 'queues'>): PlanCause[] => {
  const found = queues
    .flatMap(({ reasons }) => reasons)
    .flatMap((said) =>
      'code' in said && said.code === 'cause-found'
        ? [(said.values ?? {}) as Partial<ForecastFindings['cause-found']>]
        : [],
    )
    // A plan of another version may not tell which.
    .flatMap(({ name, ...range }) => (name === undefined ? [] : [{ name, ...range }]));
  return [...Map.groupBy(found, ({ name }) => name)].map(([name, own]) => {
    const ends = own.flatMap(({ least, most }) =>
      least === undefined || most === undefined ? [] : [least, most],
    );
    return ends.length === 0
      ? { name, least: undefined, most: undefined }
      : { name, least: Math.min(...ends), most: Math.max(...ends) };
  });
};

/** A value that is assumed, on every day of the week (null) or on one. */
export type Assumed = NonNullable<PlanDocument['assumedCauses']>[number];

/** The same as a request has it. */
export const causeRequest = ({ cause, date, value }: Assumed): string =>
  `${cause}${date === null ? '' : `@${date}`}=${Number.isInteger(value) ? value : Number(value.toFixed(6))}`;

export interface DayBeside {
  /** undefined: the whole week. */
  readonly date: string | undefined;
  readonly without: number;
  readonly assumed: number;
}

type Forecast = Pick<ForecastDocument, 'queues'>;

const callsOf = ({ queues }: Forecast, date: string): number =>
  queues.reduce((sum, { days }) => sum + (days.find((day) => day.date === date)?.mean ?? 0), 0);

/** Calls of each day by both forecasts, all queues together, the whole week last. */
export const daysBeside = (without: Forecast, assumed: Forecast): DayBeside[] => {
  const days = (without.queues[0]?.days ?? []).map(({ date }): DayBeside => ({
    date,
    without: callsOf(without, date),
    assumed: callsOf(assumed, date),
  }));
  const sum = (of: 'without' | 'assumed'): number => days.reduce((all, day) => all + day[of], 0);
  return [...days, { date: undefined, without: sum('without'), assumed: sum('assumed') }];
};
