import type { KernelFindings } from '../kernel/kernel-findings.ts';
import type { KernelProblems } from '../kernel/kernel-problems.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

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
  'holidays-known-until': {
    'zh-CN': ({ until }) =>
      `法定节假日安排只收录到 ${until}；之后的日期按法律规定的放假日推定，调休上班日未知。请提供节假日文件（日期、名称、类型）予以更正`,
    en: ({ until }) =>
      `public holidays are known only until ${until}; later dates use the days fixed by law, and make-up workdays are unknown. Give a holiday file (date, name, kind) to correct this`,
  },

  'unusual-handle-time': {
    'zh-CN': ({ queue, value }, speech) =>
      `队列“${speech.called(queue)}”平均每通处理时长为 ${secondsInChinese(value, speech)}`,
    en: ({ queue, value }, speech) =>
      `queue "${speech.called(queue)}": mean handle time of a call is ${secondsInEnglish(value, speech)}`,
  },
  'unusual-wait': {
    'zh-CN': ({ queue, value }, speech) =>
      `队列“${speech.called(queue)}”平均排队时长为 ${secondsInChinese(value, speech)}`,
    en: ({ queue, value }, speech) =>
      `queue "${speech.called(queue)}": mean wait is ${secondsInEnglish(value, speech)}`,
  },
  'unusual-occupancy': {
    'zh-CN': ({ queue, value }, speech) =>
      `队列“${speech.called(queue)}”处理时长合计为在岗时间的 ${speech.percent(value, 0)}，座席不可能这样忙`,
    en: ({ queue, value }, speech) =>
      `queue "${speech.called(queue)}": handle time adds up to ${speech.percent(value, 0)} of the operators' time: more than they have`,
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
  'unusual-interval-calls': {
    'zh-CN': ({ queue, value, usual, intervals }, speech) =>
      `队列“${speech.called(queue)}”${speech.whole(intervals)} 个时段的来电多得不可能（最多 ${figure(value, speech)}${usual === null ? '' : `，平常不超过 ${figure(usual, speech)}`}）`,
    en: ({ queue, value, usual, intervals }, speech) =>
      `queue "${speech.called(queue)}": ${speech.counted(intervals, 'interval')} ${speech.plural(intervals, 'has', 'have')} more calls than can be (up to ${figure(value, speech)}${usual === null ? '' : `; usually at most ${figure(usual, speech)}`})`,
  },
  'unusual-interval-handle-time': {
    'zh-CN': ({ queue, value, intervals }, speech) =>
      `队列“${speech.called(queue)}”${speech.whole(intervals)} 个时段的平均处理时长不可能（最长 ${secondsInChinese(value, speech)}）`,
    en: ({ queue, value, intervals }, speech) =>
      `queue "${speech.called(queue)}": ${speech.counted(intervals, 'interval')} ${speech.plural(intervals, 'has', 'have')} a handle time that no call has (up to ${secondsInEnglish(value, speech)})`,
  },
  'unusual-interval-wait': {
    'zh-CN': ({ queue, value, intervals }, speech) =>
      `队列“${speech.called(queue)}”${speech.whole(intervals)} 个时段的平均排队时长不可能（最长 ${secondsInChinese(value, speech)}）`,
    en: ({ queue, value, intervals }, speech) =>
      `queue "${speech.called(queue)}": ${speech.counted(intervals, 'interval')} ${speech.plural(intervals, 'has', 'have')} a wait that nobody has (up to ${secondsInEnglish(value, speech)})`,
  },
  'unusual-interval-operators': {
    'zh-CN': ({ queue, value, intervals }, speech) =>
      `队列“${speech.called(queue)}”${speech.whole(intervals)} 个时段的座席多得不可能（最多 ${figure(value, speech)}）`,
    en: ({ queue, value, intervals }, speech) =>
      `queue "${speech.called(queue)}": ${speech.counted(intervals, 'interval')} ${speech.plural(intervals, 'has', 'have')} more operators than can be (up to ${figure(value, speech)})`,
  },
};

/** What is wrong with dates, zones and transfers, wherever they are found, and what to do. */
export const kernelProblems: ProblemSentences<KernelProblems> = {
  'unknown-zone': {
    message: { 'zh-CN': '没有这个时区', en: 'there is no such time zone' },
    remedy: { 'zh-CN': '用 IANA 名称，如 Asia/Shanghai。', en: 'Use an IANA name such as Asia/Shanghai.' },
  },
  'character-not-allowed': {
    message: {
      'zh-CN': ({ character }) => `含有不可用的字符 ${character}（看不见的控制字符或残缺字符）`,
      en: ({ character }) =>
        `this has the character ${character} in it, which no text may have (an unseen control or half a character)`,
    },
    remedy: {
      'zh-CN': '请删去这个字符；它多半是导出或复制时带来的',
      en: 'delete it; an export or a copy has mostly brought it along',
    },
  },
  'bad-date': {
    message: { 'zh-CN': '不是日期', en: 'this is not a date' },
    remedy: { 'zh-CN': '写成 2026-11-23', en: 'write it as 2026-11-23' },
  },
  'transfer-circle': {
    message: {
      'zh-CN': ({ toItself }) => (toItself ? '不能转接给自己' : '转接绕成了圈'),
      en: ({ toItself }) =>
        toItself ? 'calls are transferred to where they come from' : 'calls are transferred in a circle',
    },
    remedy: {
      'zh-CN': '转接只能朝一个方向，请去掉其中一条。',
      en: 'Calls are transferred in one direction only: remove one of the transfers.',
    },
  },
};
