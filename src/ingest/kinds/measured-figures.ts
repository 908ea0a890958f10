import type { TrafficMeasure, TrafficRecord } from '../../kernel/records.ts';
import { meanHandle, meanWait } from '../../kernel/traffic-doubts.ts';
import type { ZoneInstants } from '../cells/zone-instants.ts';
import type { IngestReport } from '../ingested.ts';

/** What the figures of each queue come to, so that a wrong unit or a total taken for a mean is seen at once. */
export const measuredFigures = (
  records: readonly TrafficRecord[],
  zone: ZoneInstants,
): IngestReport['measured'] =>
  [...Map.groupBy(records, ({ queue }) => queue)].map(([queue, own]) => {
    // a plain loop: Float64Array.from with a function takes several times as long
    const column = (field: TrafficMeasure): Float64Array => {
      const all = new Float64Array(own.length);
      for (let i = 0; i < own.length; i += 1) all[i] = own[i]?.[field] ?? Number.NaN;
      return all;
    };
    const traffic = {
      offered: column('offered'),
      answered: column('answered'),
      abandoned: column('abandoned'),
      handleSecondsTotal: column('handleSecondsTotal'),
      waitSecondsTotal: column('waitSecondsTotal'),
    };
    const days = new Set(own.map(({ startMillis }) => Math.floor(zone.local(startMillis) / 86_400_000)));
    return {
      queue,
      callsPerDay: traffic.offered.reduce((sum, calls) => sum + calls, 0) / days.size,
      handleSeconds: orNull(meanHandle(traffic)),
      waitSeconds: orNull(meanWait(traffic)),
    };
  });

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
