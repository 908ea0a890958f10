import type { KernelFindings } from '../kernel/kernel-findings.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { messages } from './messages.ts';

/** A count as people read it: beyond a quadrillion only its size says something. */
const figure = (value: number, { whole }: Speech): string =>
  value < 1e15 ? whole(value) : value.toExponential(1);

/** Seconds, and beside them what people count long times in: 187,321 s (52 h). */
const secondsInChinese = (value: number, speech: Speech): string => {
  const shown = `${value < 10 ? speech.number(value) : figure(value, speech)} 秒`;
  if (value >= 3600) return `${shown}（${figure(value / 3600, speech)} 小时）`;
  return value >= 120 ? `${shown}（${figure(value / 60, speech)} 分钟）` : shown;
};

const secondsInEnglish = (value: number, speech: Speech): string => {
  const shown = `${value < 10 ? speech.number(value) : figure(value, speech)} s`;
  if (value >= 3600) return `${shown} (${figure(value / 3600, speech)} h)`;
  return value >= 120 ? `${shown} (${figure(value / 60, speech)} min)` : shown;
};

/** What the foundations find, in sentences. */
export const kernelSentences: Sentences<KernelFindings> = {
  ...messages('kernel'),
  'weekly-hours': {
    'zh-CN': ({ days }, { list, weekdays }) =>
      days
        .map((same) => `${weekdays(same.weekdays)} ${same.spans.length === 0 ? '不开放' : list(same.spans)}`)
        .join('；'),
    en: ({ days }, { list, weekdays }) =>
      days
        .map((same) => `${weekdays(same.weekdays)} ${same.spans.length === 0 ? 'closed' : list(same.spans)}`)
        .join('; '),
  },
  'unusual-handle-time': {
    'zh-CN': ({ queue, value }, speech) =>
      `队列“${speech.called(queue)}”平均处理时长为 ${secondsInChinese(value, speech)}`,
    en: ({ queue, value }, speech) =>
      `queue "${speech.called(queue)}": mean handle time of a call is ${secondsInEnglish(value, speech)}`,
  },
  'unusual-wait': {
    'zh-CN': ({ queue, value, usual }, speech) =>
      `队列“${speech.called(queue)}”平均排队时长为 ${secondsInChinese(value, speech)}${usual === null ? '' : `，比通话还长，放弃的来电却很少：据此推算，来电人平均要等 ${secondsInChinese(usual, speech)}才会挂断`}`,
    en: ({ queue, value, usual }, speech) =>
      `queue "${speech.called(queue)}": mean wait is ${secondsInEnglish(value, speech)}${usual === null ? '' : `, longer than calls last, yet so few hang up that callers would wait ${secondsInEnglish(usual, speech)} on average before they do`}`,
  },
  'unusual-counts-changed': {
    'zh-CN': ({ queue, value, usual }, speech) =>
      `队列“${speech.called(queue)}”话务量约为已有数据的 ${figure(value / (usual ?? 1), speech)} 倍（${figure(value, speech)} 对 ${figure(usual ?? 0, speech)}）`,
    en: ({ queue, value, usual }, speech) =>
      `queue "${speech.called(queue)}": about ${figure(value / (usual ?? 1), speech)} times the calls of the data so far (${figure(value, speech)} against ${figure(usual ?? 0, speech)})`,
  },
  'unusual-handle-time-changed': {
    'zh-CN': ({ queue, value, usual }, speech) =>
      `队列“${speech.called(queue)}”平均处理时长为 ${secondsInChinese(value, speech)}，已有数据为 ${secondsInChinese(usual ?? 0, speech)}`,
    en: ({ queue, value, usual }, speech) =>
      `queue "${speech.called(queue)}": mean handle time is ${secondsInEnglish(value, speech)}, in the data so far ${secondsInEnglish(usual ?? 0, speech)}`,
  },
  'unusual-day-calls': {
    'zh-CN': ({ queue, value, usual, day }, speech) =>
      `队列“${speech.called(queue)}”${day === undefined ? '' : ` ${day.date} `}的来电是平常一天的 ${speech.number(value / (usual ?? 1), 0)} 倍（${figure(value, speech)} 对 ${figure(usual ?? 0, speech)}${(day?.alike ?? 1) > 1 ? `；这样的日子共 ${speech.whole(day?.alike ?? 1)} 天` : ''}）`,
    en: ({ queue, value, usual, day }, speech) =>
      `queue "${speech.called(queue)}": ${day === undefined ? 'a day' : day.date} has ${speech.number(value / (usual ?? 1), 0)} times the calls of its usual day (${figure(value, speech)} against ${figure(usual ?? 0, speech)}${(day?.alike ?? 1) > 1 ? `; ${speech.whole(day?.alike ?? 1)} days are like that` : ''})`,
  },
  'unusual-interval-calls': {
    'zh-CN': ({ queue, value, usual, intervals }, speech) =>
      `队列“${speech.called(queue)}”${speech.whole(intervals)} 个时段的来电多得不合常理（最多 ${figure(value, speech)}${usual === null ? '' : `，平常不超过 ${figure(usual, speech)}`}）`,
    en: ({ queue, value, usual, intervals }, speech) =>
      `queue "${speech.called(queue)}": ${speech.counted(intervals, 'interval')} ${speech.plural(intervals, 'has', 'have')} more calls than can be (up to ${figure(value, speech)}${usual === null ? '' : `; usually at most ${figure(usual, speech)}`})`,
  },
  'unusual-interval-handle-time': {
    'zh-CN': ({ queue, value, intervals }, speech) =>
      `队列“${speech.called(queue)}”${speech.whole(intervals)} 个时段的平均处理时长不合常理（最长 ${secondsInChinese(value, speech)}）`,
    en: ({ queue, value, intervals }, speech) =>
      `queue "${speech.called(queue)}": ${speech.counted(intervals, 'interval')} ${speech.plural(intervals, 'has', 'have')} a handle time that no call has (up to ${secondsInEnglish(value, speech)})`,
  },
  'unusual-interval-wait': {
    'zh-CN': ({ queue, value, intervals }, speech) =>
      `队列“${speech.called(queue)}”${speech.whole(intervals)} 个时段的平均排队时长不合常理（最长 ${secondsInChinese(value, speech)}）`,
    en: ({ queue, value, intervals }, speech) =>
      `queue "${speech.called(queue)}": ${speech.counted(intervals, 'interval')} ${speech.plural(intervals, 'has', 'have')} a wait that nobody has (up to ${secondsInEnglish(value, speech)})`,
  },
  'unusual-interval-operators': {
    'zh-CN': ({ queue, value, intervals }, speech) =>
      `队列“${speech.called(queue)}”${speech.whole(intervals)} 个时段的座席多得不合常理（最多 ${figure(value, speech)}）`,
    en: ({ queue, value, intervals }, speech) =>
      `queue "${speech.called(queue)}": ${speech.counted(intervals, 'interval')} ${speech.plural(intervals, 'has', 'have')} more operators than can be (up to ${figure(value, speech)})`,
  },
};
