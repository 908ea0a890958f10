import type { Sayable } from '../../kernel/finding.ts';
import type { Overrule } from '../../contract/documents/overrule-schema.ts';
import { addDays, dayNumber, type PlainDate } from '../../kernel/time.ts';
import { applyOverrules } from '../../forecast/apply-overrules.ts';
import type { ForecastFindings } from '../../forecast/forecast-findings.ts';
import type { ForecastRequest, QueueForecast } from '../../forecast/forecast-types.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Ports } from '../ports.ts';
import { judgeHistories } from './judge-histories.ts';
import { openingOfLine, type LineHistory } from '../history/line-history.ts';
import { explainEvents } from './explain-events.ts';
import { knownOutside, outsideForecasts } from './outside-forecasts.ts';
import { readAssumed, withAssumed, type AssumedCause } from '../history/known-causes.ts';
import { rememberedForecasts } from './remembered-forecasts.ts';

/** Forecasts of the week's queues, as the method gave them and after the planners' changes. */
export interface WeekForecast {
  readonly original: ReadonlyMap<string, QueueForecast>;
  readonly overruled: ReadonlyMap<string, QueueForecast>;
  readonly overrules: readonly Overrule[];
  /** The first day that was forecast. */
  readonly origin: PlainDate;
  /** Position of the week's first day among the forecast's days. */
  readonly dayOffset: number;
  /** Events of every queue, those of one queue included. */
  readonly events: LineHistory['events'];
  /** Values of causes that were asked for. */
  readonly assumed: readonly AssumedCause[];
  readonly assumptions: readonly Sayable[];
  readonly notices: readonly Sayable[];
  readonly seed: number;
}

export interface ForecastOptions {
  readonly seed: number;
  readonly method: ForecastRequest['method'];
  readonly pathCount: number;
  /** What if causes had these values on the days asked for: `rain=20`, `rain@2026-12-01=20`. */
  readonly assumedCauses?: readonly string[] | undefined;
}

/** Furthest a week may lie behind the last known day: beyond, a weekly pattern says little. */
const longestGapDays = 180;

/** Forecasts fresh calls of every queue for the week; what was fitted before on the same data is taken up again. */
export const forecastWeek = async (
  ports: Pick<Ports, 'store'>,
  line: LineHistory,
  week: WeekHorizon,
  { assumedCauses = [], ...options }: ForecastOptions,
): Promise<WeekForecast> => {
  const assumed = readAssumed(assumedCauses, week.dates);
  const causes = withAssumed(line.causes, assumed, week.dates);
  const { history, fresh, calendar, events } = line;
  const isOpen = openingOfLine(line, week.horizon.intervalMinutes);
  const origin = originOfWeek(line, week);
  const lastDate = week.dates.at(-1) ?? week.firstDate;
  const days = dayNumber(lastDate) - dayNumber(origin) + 1;
  const far =
    days > longestGapDays ? [planningFinding('week-far-ahead', { lastDate: history.lastDate })] : [];
  const short = judgeHistories(fresh, origin, line.models.hotline.queues);
  const request: ForecastRequest = {
    origin,
    days,
    calendar,
    events,
    ...(causes.length === 0 ? {} : { causes }),
    ...knownOutside(outsideForecasts(line, week.horizon.intervalMinutes), origin, history.lastDate < origin),
    ...options,
    open: isOpen,
  };
  const original = await rememberedForecasts(ports, line, request);
  const overrules = (await ports.store.overrules()).filter((o) => week.dates.includes(o.date));
  const overruled = new Map(
    [...original].map(([queue, forecast]) => [queue, applyOverrules(forecast, queue, overrules)]),
  );
  return {
    original,
    overruled,
    overrules,
    origin,
    dayOffset: dayNumber(week.firstDate) - dayNumber(origin),
    seed: options.seed,
    events,
    assumed,
    assumptions: unique(line.assumptions),
    notices: unique([
      ...line.notices,
      ...far,
      ...short,
      ...assumedInVain(assumed, original),
      ...explainEvents(events, history.firstDate, lastDate),
      ...[...original.values()].flatMap((forecast) => forecast.notices),
    ]),
  };
};

/** Assumed causes that have no part in the forecast of any queue: whatever their value, it is the same. */
const assumedInVain = (
  assumed: readonly AssumedCause[],
  forecasts: ReadonlyMap<string, QueueForecast>,
): Sayable[] => {
  const reasons = [...forecasts.values()].flatMap((forecast) => forecast.reasons);
  const taken = new Set(
    reasons.flatMap((said) =>
      'code' in said && said.code === 'cause-found'
        ? [(said.values as ForecastFindings['cause-found']).name]
        : [],
    ),
  );
  return [...new Set(assumed.map(({ cause }) => cause))]
    .filter((name) => !taken.has(name))
    .map((name) => planningFinding('assumed-cause-has-no-part', { name }));
};

/** The first day that a week's forecast has to say something of. */
export const originOfWeek = (line: LineHistory, { firstDate, horizon }: WeekHorizon): PlainDate =>
  firstUnknown(
    line.history.lastDate,
    firstDate,
    openingOfLine(line, horizon.intervalMinutes),
    1440 / horizon.intervalMinutes,
  );

/** The first day after the data that may have calls, or the week's first: of days that are closed all is known. */
const firstUnknown = (
  lastDate: PlainDate,
  firstDate: PlainDate,
  isOpen: (date: PlainDate, slot: number) => boolean,
  slotsPerDay: number,
): PlainDate => {
  const slots = Array.from({ length: slotsPerDay }, (_, slot) => slot);
  let date = addDays(lastDate, 1);
  while (date < firstDate && !slots.some((slot) => isOpen(date, slot))) date = addDays(date, 1);
  return date < firstDate ? date : firstDate;
};

/** The same sentence once, in order. */
export const unique = <Said extends Sayable>(said: readonly Said[]): Said[] => {
  const seen = new Set<string>();
  return said.filter((one) => {
    const key = JSON.stringify(one);
    return !seen.has(key) && seen.add(key);
  });
};
