import type { Sayable } from '../../kernel/finding.ts';
import type { Overrule } from '../../contract/documents/overrule-schema.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { HoursInUse } from '../../contract/models/opening-hours-schema.ts';
import type { Cause } from '../../forecast/causes/cause.ts';
import type { OutsideForecast } from '../../forecast/outside/outside-forecast.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import type { EventRecord } from '../../kernel/records.ts';
import type { PlainDate } from '../../kernel/time.ts';

/** Calls of some queues and what is known beside them: what is forecast and backtested, of a file or a workspace. */
export interface ForecastSeries {
  readonly intervalMinutes: number;
  /** Grid per queue; the queue of a file without a queue column is ''. */
  readonly queues: ReadonlyMap<string, DayGrid>;
  /** Every queue of the line, where only some are asked for: what all have in common shows on all of them. */
  readonly line?: ReadonlyMap<string, DayGrid>;
  readonly calendar: Calendar;
  /** Queues' names; empty for a bare file. */
  readonly names: HotlineModel['queues'];
  /** Empty for a bare file. */
  readonly events: readonly EventRecord[];
  /** What may move calls; empty for a bare file. */
  readonly causes: readonly Cause[];
  /** Made elsewhere; empty for a bare file. */
  readonly outside: readonly OutsideForecast[];
  /** Planners' changes; empty for a bare file. */
  readonly overrules: readonly Overrule[];
  /** Hours of a workspace's line; a bare file is forecast in the hours that it shows. */
  readonly hours?: HoursInUse;
  readonly open?: (date: PlainDate, slot: number) => boolean;
  readonly notices: readonly Sayable[];
}
