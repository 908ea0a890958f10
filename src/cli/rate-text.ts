import type { RateDocument } from '../contract/documents/rate-document.ts';
import { shownDifference } from '../kernel/shown-difference.ts';
import type { Language } from '../kernel/text.ts';
import { percent, whole } from '../report/format.ts';
import { textTable } from '../report/text-table.ts';
import { speak } from '../words/speak.ts';

/** The rate to come of every line; beside it what came, where the days have passed, and how well that was foreseen. */
export const rateText = (
  document: RateDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const english = language === 'en';
  const last = document.lines[0]?.days.at(-1)?.date ?? document.from;
  const heading = english
    ? `Share of calls answered in time, ${document.from} to ${last}, from the days before (half-life ${document.halfLifeDays} days)`
    : `时限内接听率，${document.from} 至 ${last}，只用之前的数据（半衰期 ${document.halfLifeDays} 天）`;
  const table =
    document.score === null ? aheadTable(document, names, english) : scoredTable(document, names, english);
  return [
    heading,
    table,
    scoreText(document, english),
    ...document.notices.map((n) => speak(language, 'terminal').say(n)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

const aheadTable = ({ lines }: RateDocument, names: ReadonlyMap<string, string>, english: boolean): string =>
  textTable(
    english ? ['line', 'date', 'rate', '80 % range'] : ['线路', '日期', '接听率', '80% 区间'],
    lines.flatMap(({ line, days }) =>
      days.map((day) => [
        names.get(line) ?? line,
        day.date,
        percent(day.mean),
        `${percent(day.q10)}–${percent(day.q90)}`,
      ]),
    ),
  );

const scoredTable = ({ lines }: RateDocument, names: ReadonlyMap<string, string>, english: boolean): string =>
  textTable(
    english
      ? ['line', 'forecast', 'actual', 'difference, points']
      : ['线路', '预测', '实际', '相差（百分点）'],
    lines.map(({ line, forecast, actual }) => [
      names.get(line) ?? line,
      percent(forecast),
      percent(actual),
      forecast === null || actual === null ? '–' : (100 * shownDifference(forecast, actual)).toFixed(1),
    ]),
  );

const scoreText = ({ score }: RateDocument, english: boolean): string => {
  if (score === null) return '';
  const points = (share: number | null): string => (share === null ? '–' : (100 * share).toFixed(1));
  return english
    ? `${whole(score.days)} days scored, weighed by calls: mean absolute error ${points(score.meanAbsoluteError)} points (same weekday of the week before: ${points(score.sameWeekdayBeforeError)}), forecast minus actual ${points(score.bias)}; in the 80 % range ${percent(score.coverage80)}, in the 95 % range ${percent(score.coverage95)}`
    : `共 ${whole(score.days)} 天计分，按来电量加权：平均绝对误差 ${points(score.meanAbsoluteError)} 个百分点（照上周同一天：${points(score.sameWeekdayBeforeError)}），预测减实际 ${points(score.bias)}；落在 80% 区间内 ${percent(score.coverage80)}，95% 区间内 ${percent(score.coverage95)}`;
};
