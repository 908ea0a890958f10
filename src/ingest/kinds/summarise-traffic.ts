import type { TrafficRecord } from '../../kernel/records.ts';
import { handledOf, waitedOf } from '../../kernel/traffic-doubts.ts';
import type { ZoneInstants } from '../cells/zone-instants.ts';
import type { IngestReport, Records } from '../ingested.ts';

/** What a report says of records as a whole. */
export interface TrafficSummary {
  /** Start of the first and the last interval; infinite where there is none. */
  readonly firstMillis: number;
  readonly lastMillis: number;
  /** Intervals that start after `latestMillis`, and the first of them. */
  readonly ahead: { readonly rows: number; readonly firstMillis: number };
  /** What the figures of each queue come to, so that a wrong unit or a total taken for a mean is seen at once. */
  readonly measured: IngestReport['measured'];
}

/** Sums of one queue; a mean is over the intervals that have both its total and its calls. */
class QueueSums {
  readonly #days = new Set<number>();
  #day = Number.NaN;
  #offered = 0;
  #handled = { seconds: 0, calls: 0 };
  #waited = { seconds: 0, calls: 0 };

  add(record: TrafficRecord, day: number): void {
    const { offered, answered, abandoned, handleSecondsTotal, waitSecondsTotal } = record;
    if (day !== this.#day) {
      this.#days.add(day);
      this.#day = day;
    }
    this.#offered += offered;
    addTo(this.#handled, handleSecondsTotal, handledOf(offered, answered));
    addTo(this.#waited, waitSecondsTotal, waitedOf(offered, answered, abandoned));
  }

  measured(queue: string): IngestReport['measured'][number] {
    return {
      queue,
      callsPerDay: this.#offered / this.#days.size,
      handleSeconds: meanOf(this.#handled),
      waitSeconds: meanOf(this.#waited),
    };
  }
}

const addTo = (sum: { seconds: number; calls: number }, seconds: number | undefined, calls: number): void => {
  if (seconds === undefined || Number.isNaN(seconds + calls)) return;
  sum.seconds += seconds;
  sum.calls += calls;
};

const meanOf = ({ seconds, calls }: { readonly seconds: number; readonly calls: number }): number | null =>
  calls > 0 ? seconds / calls : null;

/** Looks at each record once. */
export const summarise = (
  records: Pick<Records<TrafficRecord>, 'forEach'>,
  zone: ZoneInstants,
  latestMillis: number,
): TrafficSummary => {
  let [firstMillis, lastMillis] = [Infinity, -Infinity];
  const ahead = { rows: 0, firstMillis: Infinity };
  const queues = new Map<string, QueueSums>();
  records.forEach((record) => {
    const { queue, startMillis } = record;
    firstMillis = Math.min(firstMillis, startMillis);
    lastMillis = Math.max(lastMillis, startMillis);
    if (startMillis > latestMillis) {
      ahead.rows += 1;
      ahead.firstMillis = Math.min(ahead.firstMillis, startMillis);
    }
    let sums = queues.get(queue);
    if (sums === undefined) queues.set(queue, (sums = new QueueSums()));
    sums.add(record, Math.floor(zone.local(startMillis) / 86_400_000));
  });
  const measured = [...queues].map(([queue, sums]) => sums.measured(queue));
  return { firstMillis, lastMillis, ahead, measured };
};
