import type { HotlineDocument } from '../contract/documents/hotline-document.ts';
import { BadInputError, problemAt } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';
import { comparePeriods } from '../monitoring/periods.ts';
import type { Ports } from './ports.ts';
import { hotlinesPerPeriod, rankFromStore } from './rank-hotlines.ts';

/**
 * One hotline's place in the league of every period in which it was monitored, oldest first. Throws BadInputError where
 * it was in none.
 */
export const hotlineThroughPeriods = async (
  ports: Pick<Ports, 'store' | 'models'>,
  { hotline, seed }: { readonly hotline: string; readonly seed: number },
): Promise<HotlineDocument> => {
  const { monitoring } = ports.store;
  const results = await monitoring.results();
  const spans = await monitoring.testCallSpans();
  const own = hotlinesPerPeriod(
    results.filter((result) => result.hotline === hotline),
    spans.filter((span) => span.hotline === hotline),
    ports.models.hotline.zone,
  );
  const periods: HotlineDocument['periods'] = [];
  for (const period of [...own.keys()].sort(comparePeriods)) {
    const { hotlines } = await rankFromStore(ports, { period, seed });
    const row = hotlines.find((each) => each.hotline === hotline);
    if (row !== undefined) periods.push({ ...row, period, among: hotlines.length });
  }
  const latest = periods.at(-1);
  if (latest === undefined) throw neverMonitored(hotline);
  return {
    document: 'rank-hotline',
    hotline,
    name: latest.name,
    madeUp: ports.models.hotline.madeUp,
    periods,
  };
};

const neverMonitored = (hotline: string): BadInputError =>
  new BadInputError([
    problemAt(
      'hotline',
      'never-monitored',
      hotline,
      text('没有这条热线的监测结果', 'there are no monitoring results of this hotline'),
      text('请核对编号（huawu rank --json 列出全部）', 'check its id (huawu rank --json lists them all)'),
    ),
  ]);
