import type { Label } from '../sentences.ts';

/** Words of the tour of the made-up line: they come with it. */
export const tourWords = {
  'tour.answer.title': { 'zh-CN': '先看这一句', en: 'Read this sentence first' },
  'tour.answer.text': {
    'zh-CN': '下周有多少来电、哪些时段缺人、接通率和得到“热线”档的把握、要付多少工时和钱。',
    en: 'How many calls the week has, when people are short, the connection rate and the chance of the band, and what it costs in paid hours and money.',
  },
  'tour.decide.title': { 'zh-CN': '要您决定的事', en: 'For you to decide' },
  'tour.decide.text': {
    'zh-CN': '每一条都带着链接，点过去就能处理。',
    en: 'Each line has a link to where it is decided.',
  },
  'tour.why.title': { 'zh-CN': '数字都可以追问', en: 'Ask any figure why' },
  'tour.why.text': {
    'zh-CN':
      '点任何带虚线下划线的数字，比如这个高峰时刻：旁边会打开一栏，从来电 × 处理时长起，经余量和缩减，一步步算出这时为什么要这么多人，再看多排一人会怎样。',
    en: 'Click any figure with a dotted line under it, such as this peak time: a panel opens and works out, from calls × handle time over margins and shrinkage, why so many people are needed then, and what one more would do.',
  },
  'tour.views.title': { 'zh-CN': '计划的各个部分', en: 'The parts of the plan' },
  'tour.views.text': {
    'zh-CN':
      '来电预测、需求、班次、高峰提示、推算结果各占一页。想知道“如果……”：在“假设”里改一个数，另做一份假设计划，再用上面的“全部计划”把两份并排比较。',
    en: 'Forecast, requirement, shifts, prompts and projection have a page each. To ask "what if": change a figure under Assumptions, which makes a plan beside this one, and put both side by side under All plans.',
  },
  'tour.data.title': { 'zh-CN': '换成您的热线', en: 'Now your own line' },
  'tour.data.text': {
    'zh-CN': '这里的数据全是虚构的。在“数据”页放进话务系统导出的文件，演示数据就会让位。',
    en: 'All of this is made up. Drop an export of your switchboard on the page of data, and the demo makes way.',
  },
  'tour.next': { 'zh-CN': '下一步', en: 'Next' },
  'tour.back': { 'zh-CN': '上一步', en: 'Back' },
  'tour.end': { 'zh-CN': '开始用', en: 'Start' },
  'tour.skip': { 'zh-CN': '跳过', en: 'Skip' },
} as const satisfies Readonly<Record<string, Label>>;
