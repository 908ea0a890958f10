import { text, type Text } from '../kernel/text.ts';

const methodTitles: Readonly<Record<string, Text>> = {
  auto: text('自动加权组合', 'weighted mixture, chosen by backtest'),
  'day-level': text('日水平（回归稳态）', 'day level that returns to its mean'),
  'day-level-trend': text('日水平加缓变趋势', 'day level with a slow trend'),
  'day-level-fast-trend': text('日水平加快变趋势', 'day level with a fast trend'),
  'day-level-growth': text('日水平加持续增长', 'day level with lasting growth'),
  'day-level-after-jump': text(
    '日水平，视最近的异常周为持久跳变',
    'day level that takes the latest odd weeks for a lasting jump',
  ),
  'seasonal-naive': text('上周同期', 'last week'),
  'weekday-mean': text('近 6 个同星期均值', 'mean of the last 6 same weekdays'),
  'weekday-median': text('近 4 个同星期中位数', 'median of the last 4 same weekdays'),
  'holt-winters': text('双季节指数平滑', 'exponential smoothing with two seasons'),
  'harmonic-regression': text('动态谐波回归', 'dynamic harmonic regression'),
  'poisson-regression': text('泊松回归（星期 × 时段）', 'Poisson regression on weekday × time'),
  'poisson-trend': text('带趋势的泊松回归', 'Poisson regression with a trend'),
  'calendar-regression': text('日历岭回归', 'regularised calendar regression'),
  'low-rank': text('低秩因子模型', 'low-rank factors'),
};

/** Name of a method as a planner reads it. */
export const methodTitle = (method: string): Text => methodTitles[method] ?? text(method, method);
