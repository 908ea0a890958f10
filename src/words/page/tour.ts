import type { Label } from '../sentences.ts';

/** Words of the tour of the made-up line: they come with it. */
export const tourWords = {
  'tour.answer.title': { 'zh-CN': '先看这一句', en: 'Read this sentence first' },
  'tour.answer.text': {
    'zh-CN': '下周有多少来电、哪些时段缺人、接通率和得到「热线」档的把握、要付多少工时和钱。',
    en: 'How many calls the week has, when people are short, the connection rate and the chance of the band, and what it costs in paid hours and money.',
  },
  'tour.decide.title': { 'zh-CN': '要你决定的事', en: 'What waits for you' },
  'tour.decide.text': {
    'zh-CN': '每一条都带着链接，点过去就能处理。',
    en: 'Each line has a link to where it is decided.',
  },
  'tour.why.title': { 'zh-CN': '数字都可以追问', en: 'Ask any figure why' },
  'tour.why.text': {
    'zh-CN': '点带下划线的数字：来电 × 处理时长怎样变成要多少人，多一个人又会怎样。',
    en: 'Choose an underlined figure: how calls and handle time become people, and what one more would do.',
  },
  'tour.views.title': { 'zh-CN': '计划的各个部分', en: 'The parts of the plan' },
  'tour.views.text': {
    'zh-CN':
      '预测、需求、班次、提示、推算和假定，都有自己的网址。在「假定」里改一个数就能另做一份假设计划；上面的「全部计划」把两份并排；「领导一页纸」供打印；活动在「设置」的月历里加。',
    en: 'Forecast, requirement, shifts, prompts, projection and assumptions, each with an address. Change a figure under Assumptions to make a what-if; All plans puts two side by side; the page for leaders is for paper; events are added in the calendar of Settings.',
  },
  'tour.data.title': { 'zh-CN': '换成你的热线', en: 'Now your own line' },
  'tour.data.text': {
    'zh-CN': '这里的数据全是虚构的。在「数据」页放进话务系统导出的文件，演示数据就会让位。',
    en: 'All of this is made up. Drop an export of your switchboard on the page of data, and the demo makes way.',
  },
  'tour.next': { 'zh-CN': '下一步', en: 'Next' },
  'tour.back': { 'zh-CN': '上一步', en: 'Back' },
  'tour.end': { 'zh-CN': '开始用', en: 'Start' },
  'tour.skip': { 'zh-CN': '跳过', en: 'Skip' },
} as const satisfies Readonly<Record<string, Label>>;
