import type { Label } from '../sentences.ts';

/** Words of the forms of targets, opening hours and queues. */
export const lineWords = {
  'goal.note': {
    'zh-CN': '每个新计划都按这些目标做；只想试一次，可在“周计划”页的“目标”里改。空着的不作要求。',
    en: 'Every new plan is made for these; to try others once, change them under Targets on the page of plans. What is empty is not asked for.',
  },
  'goal.connectionRate': { 'zh-CN': '接通率，每个时段', en: 'Connection rate, every interval' },
  'goal.connectionRate.means': {
    'zh-CN': '接通 ÷ 人工请求量，开放的每个时段都要达到。',
    en: 'Answered of those who ask for an operator, in every interval that is open.',
  },
  'goal.rollingConnectionRate': { 'zh-CN': '接通率，任意连续 24 小时', en: 'Connection rate, any 24 hours' },
  'goal.rollingConnectionRate.means': {
    'zh-CN': '国标 GB/T 33358 要求 95%：个别时段可以低些，一天之内要补回来。',
    en: 'GB/T 33358 asks for 95%: an interval may be lower where the rest of a day makes up for it.',
  },
  'goal.serviceLevel': { 'zh-CN': '{n} 秒接通率，每个时段', en: '{n}-second rate, every interval' },
  'goal.serviceLevel.means': {
    'zh-CN': '应答时限内接通的占人工请求量的比例。',
    en: 'Answered within the threshold, of those who ask for an operator.',
  },
  'goal.confidence': { 'zh-CN': '达标把握', en: 'Confidence' },
  'goal.confidence.means': {
    'zh-CN': '来电比预计多时仍守住目标的概率；越高，要的人越多。',
    en: 'How likely the targets hold though calls turn out otherwise; the higher, the more operators.',
  },
  'goal.occupancyMax': { 'zh-CN': '占用率上限', en: 'Occupancy at most' },
  'goal.occupancyMax.means': {
    'zh-CN': '座席在岗时间里处理来电的比例，超过就太累。',
    en: 'Share of the time in seat that is busy with calls; above it people tire.',
  },
  'goal.minimumOperators': { 'zh-CN': '开放时至少', en: 'Fewest while open' },
  'goal.minimumOperators.means': {
    'zh-CN': '来电再少也要有这么多人。',
    en: 'As many are there however few calls come.',
  },
  'goal.queues': { 'zh-CN': '个别队列的目标', en: 'Targets of single queues' },
  'goal.queuesNote': {
    'zh-CN': '空着的按全线目标；要求更高的队列填在这里。',
    en: "Where empty, the line's count; fill in what must be better.",
  },
  'goal.connectionRate.short': { 'zh-CN': '接通率', en: 'Connection rate' },
  'goal.serviceLevel.short': { 'zh-CN': '{n} 秒接通率', en: '{n}-second rate' },
  'goal.tiers': { 'zh-CN': '各座席等级的接通率', en: 'Connection rate of each tier' },
  'goal.tiersNote': {
    'zh-CN': '等级自己接听的来电要达到的接通率；空着的按全线目标。',
    en: "What the calls that a tier answers must reach; where empty, the line's target.",
  },
  'open.note': {
    'zh-CN': '开放时间以外不预测、不排班。可以照数据中学得的，也可以逐日写明；结束早于开始的延续到次日。',
    en: 'Outside these hours nothing is forecast and nobody planned. They are learnt from the data, or stated day by day; an end before the start lies in the next day.',
  },
  'open.learnt': {
    'zh-CN': '没有写明：以下是从历史来电学得的。',
    en: 'Not stated: these are learnt from the calls so far.',
  },
  'open.unknown': {
    'zh-CN': '没有写明，也还没有来电数据可学：按全天开放。',
    en: 'Not stated, and there are no calls yet to learn from: taken as round the clock.',
  },
  'open.stated': {
    'zh-CN': '已写明；每天下方的细条是从历史来电学得的。',
    en: 'Stated; the thin line below each day is what is learnt from the calls so far.',
  },
  'open.state': { 'zh-CN': '逐日写明', en: 'State them' },
  'open.learnAgain': { 'zh-CN': '改为从数据学习', en: 'Learn them from the data' },
  'open.closed': { 'zh-CN': '全天不开放', en: 'closed all day' },
  'open.learntIs': { 'zh-CN': '数据显示：{hours}', en: 'the data show {hours}' },
  'open.add': { 'zh-CN': '添加一段', en: 'Add hours' },
  'open.remove': { 'zh-CN': '删除 {span}', en: 'Remove {span}' },
  'open.likeMonday': { 'zh-CN': '周二至周五同周一', en: 'Tuesday to Friday alike' },
  'open.wrong': {
    'zh-CN': '有的时刻写得不对：请写成 HH:MM，如 08:30。',
    en: 'Some times are not written as HH:MM, such as 08:30.',
  },
  'queues.note': {
    'zh-CN': '队列是来电分开计数、分开接听的种类。名称显示在各页；代号须与数据文件中的一致。',
    en: 'Queues are what calls are counted and answered apart by. The name is shown on the pages; the key must be what the data call it.',
  },
  'queues.seen': {
    'zh-CN': '数据里有、这里还没有的队列（目前按第一个队列的设置计划）：',
    en: 'Queues in the data that do not stand here yet (planned like the first one so far):',
  },
  'queues.addSeen': { 'zh-CN': '添加“{queue}”', en: 'Add {queue}' },
  'queues.add': { 'zh-CN': '添加队列', en: 'Add a queue' },
  'queues.newKey': { 'zh-CN': '新队列的代号', en: 'Key of a new queue' },
  'queues.key': { 'zh-CN': '代号', en: 'Key' },
  'queues.keyNote': { 'zh-CN': '数据文件中的写法', en: 'as data files write it' },
  'queues.noData': { 'zh-CN': '尚无话务', en: 'no traffic yet' },
  'queues.priority': { 'zh-CN': '优先级', en: 'Priority' },
  'queues.priorityNote': { 'zh-CN': '数字小的先接', en: 'lower is answered first' },
  'queues.handleTime': { 'zh-CN': '假设的处理时长', en: 'Assumed handle time' },
  'queues.assumedNote': { 'zh-CN': '数据里没有时使用', en: 'used where data give none' },
  'queues.patience': { 'zh-CN': '假设的耐心时长', en: 'Assumed patience' },
  'queues.smartVoice': { 'zh-CN': '智能语音办结', en: 'Settled by smart voice' },
  'queues.seconds': { 'zh-CN': '秒', en: 's' },
  'queues.neverDivert': { 'zh-CN': '从不播放分流提示', en: 'never diverted by prompts' },
  'queues.remove': { 'zh-CN': '删除队列', en: 'Delete the queue' },
  'queues.served': { 'zh-CN': '由谁接听', en: 'Who answers' },
  'queues.servedNote': {
    'zh-CN': '1 为首选，2 为第二选择……空着的不接听。每个队列至少要有一个等级接听。',
    en: '1 is the first choice, 2 the second, and so on; where empty, the tier does not answer it. Every queue needs a tier.',
  },
  'queues.servedBy': { 'zh-CN': '“{queue}”由“{tier}”接听', en: '{queue}, answered by {tier}' },
  'queues.nobody': { 'zh-CN': '没有等级接听', en: 'nobody answers it' },
  'queues.twice': { 'zh-CN': '已有这个代号。', en: 'There is one of this key already.' },
} as const satisfies Readonly<Record<string, Label>>;
