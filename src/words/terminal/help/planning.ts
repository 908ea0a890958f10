import type { Label } from '../../sentences.ts';

/** Help of the commands that forecast, plan and divert. */
export const planningHelp = {
  'calls-to-come': {
    'zh-CN': '预测来电及其不确定范围',
    en: 'calls to come, with their uncertainty',
  },
  'when-the-line-is-open': {
    'zh-CN': '热线的开放时间：写明的，与数据显示的',
    en: 'when the line is open: as stated, and as the data show',
  },
  'write-the-hours': {
    'zh-CN': '把数据显示的开放时间写入 models/hotline.json',
    en: 'write the hours that the data show to models/hotline.json',
  },
  'how-well-forecasts-would-have': {
    'zh-CN': '回测：以往的预测会有多准',
    en: 'how well forecasts would have done: rolling origins',
  },
  'how-good-forecasts-have-been': {
    'zh-CN': '预测准确度：提前一周到一个季度各有多准；存下的计划与实际对照',
    en: 'how good forecasts have been, from a week to a quarter ahead; and the plans that were kept',
  },
  'calls-offered-in-an-hour': { 'zh-CN': '每小时人工请求量', en: 'calls offered in an hour' },
  'mean-handle-time': { 'zh-CN': '平均处理时长（秒）', en: 'mean handle time' },
  'mean-patience': {
    'zh-CN': '平均耐心时长（秒）；inf 表示无人放弃',
    en: 'mean patience; inf: nobody hangs up',
  },
  'operators-ready-for-calls': { 'zh-CN': '可接电话的座席数', en: 'operators ready for calls' },
  'lines-most-calls-in-service': {
    'zh-CN': '中继：通话加排队的上限；inf 表示足够',
    en: 'lines: most calls in service plus queue; inf: enough',
  },
  'answer-time-threshold': { 'zh-CN': '应答时限（秒）', en: 'answer-time threshold' },
  'csv-with-columns-load-erl': {
    'zh-CN': 'CSV，列为 load_erl,n,aht_s,patience_s,K,t_s[,target_sl_offered]',
    en: 'CSV with columns load_erl,n,aht_s,patience_s,K,t_s[,target_sl_offered]',
  },
  'where-the-table-goes': {
    'zh-CN': '结果表写到哪里（默认标准输出）',
    en: 'where the table goes (default: standard output)',
  },
  'one-interval': {
    'zh-CN': '一个时段的全部指标（有限中继的 Erlang A），或整张表',
    en: 'one interval, all measures (Erlang A with finite lines); or a whole table',
  },
  'json-in-the-shape': {
    'zh-CN': '与 models/targets.json 同样结构的 JSON',
    en: 'JSON in the shape of models/targets.json',
  },
  'plan-a-week': {
    'zh-CN': '做一周计划：预测、需求、班次、分流提示、结果推算',
    en: 'plan a week: forecast, requirement, shifts, prompts, projection',
  },
  'what-it-would-take': {
    'zh-CN': '需要多少人：某时段增减一人会怎样，各档达标比例要多少工时，排队模型各组最少几人',
    en: 'what it would take: one operator more or less, what each rate costs, the mix for a bare model',
  },
  'bare-model-for-least-operators': {
    'zh-CN':
      '排队模型的 JSON（写法见 docs/zh/reference/data-formats.md、huawu schema model）：由仿真求各座席组最少人数',
    en: 'JSON of a bare queueing model (docs/en/reference/data-formats.md, huawu schema model): its least operators, settled by simulation',
  },
  'share-of-calls-answered': {
    'zh-CN': '每类来电的接通率目标；默认 0.9',
    en: 'share of calls answered, every class; default: 0.9',
  },
  'share-answered-within-the-threshold': {
    'zh-CN': '每类来电的 N 秒接通率目标；默认不设',
    en: 'share answered within the threshold; default: none',
  },
  'what-answered-in-time-means': {
    'zh-CN': '时限（秒）；默认 15',
    en: 'what answered in time means; default: 15',
  },
  'simulations-behind-each-step': {
    'zh-CN': '每一步搜索模拟多少遍；默认 40',
    en: 'simulations behind each step of the search; default: 40',
  },
  'default-the-latest': {
    'zh-CN': '计划编号；默认取最近做过计划的那一周的最新一份',
    en: 'default: the latest, of the week that was planned last',
  },
  'json-more-calls-fewer-operators': {
    'zh-CN': '情景 JSON：来电更多、座席更少、采纳减半等（结构见 huawu schema scenario）',
    en: 'JSON: more calls, fewer operators, half the take-up ... (huawu schema scenario)',
  },
  'bare-model': {
    'zh-CN': '排队模型的 JSON（写法见 docs/zh/reference/data-formats.md、huawu schema model）',
    en: 'JSON of a bare queueing model (docs/en/reference/data-formats.md, huawu schema model)',
  },
  'what-if-scenario-against': {
    'zh-CN': '对计划做假设情景推算，或模拟一个排队模型',
    en: 'a what-if scenario against a plan, or a bare queueing model',
  },
  'same-target-by-prompts': {
    'zh-CN': '用提示、回拨、加班、推迟上班、智能语音、直接答复达到同一目标，各要多少成本',
    en: 'the same target by prompts, callbacks, overtime, later starts, smart voice and direct answers: a table of costs',
  },
  'also-write-a-csv-sheet': {
    'zh-CN': '另写一份给交换机的 CSV 播放表',
    en: 'also write a CSV sheet for the switchboard',
  },
  'prompts-for-a-plans-peaks': {
    'zh-CN': '计划高峰时的分流提示及其效果',
    en: 'prompts for a plan’s peaks, and what they do',
  },
  'which-tier-each-operators-own': {
    'zh-CN': '按座席自身的指标建议等级，附理由；不改动任何数据',
    en: 'which tier each operator’s own figures speak for, with reasons; nothing is changed',
  },
  'let-tiers-grow-and-shrink': {
    'zh-CN': '各等级人数随指标增减；默认各等级人数不变',
    en: 'let tiers grow and shrink with the figures; default: each keeps its number of people',
  },
  'every-operator-with-reasons': {
    'zh-CN': '列出每一名座席及理由；默认只列建议调整的',
    en: 'every operator with reasons; default: only those who would move',
  },
  'name-ending-in-html': {
    'zh-CN': '以 .html、.xlsx、.zip（全部表格，各为一个 CSV）或 .csv（一张表）结尾的文件名',
    en: 'name ending in .html, .xlsx, .zip (every table as CSV) or .csv (one table)',
  },
  'of-html': {
    'zh-CN': '用于 .html：整周，或给领导看的一页 A4',
    en: 'of .html: the whole week, or one A4 page for who decides',
  },
  'of-csv': { 'zh-CN': '用于 .csv：哪张表', en: 'of .csv: which table' },
  'plan-as-a-page': {
    'zh-CN': '把计划输出为网页、电子表格或 CSV',
    en: 'a plan as a page, workbook or CSV files',
  },
  'change-the-forecast': {
    'zh-CN': '按理由修改某天或某些时段的预测；原预测同时保留',
    en: 'change the forecast of a day or of hours, with a reason; the original is kept beside it',
  },
  'day-to-change': { 'zh-CN': '要修改的日期', en: 'day to change' },
  'hh-mm-default-the-whole': { 'zh-CN': 'HH:MM；默认全天', en: 'HH:MM; default: the whole day' },
  'hh-mm': { 'zh-CN': 'HH:MM', en: 'HH:MM' },
  'times-as-many-calls': { 'zh-CN': '来电乘以多少倍', en: 'times as many calls' },
  'so-many-calls': { 'zh-CN': '来电改为多少', en: 'so many calls' },
  'why-it-is-changed': { 'zh-CN': '修改的理由', en: 'why it is changed' },
  'who-changes': { 'zh-CN': '修改人', en: 'who changes it' },
  'although-more-than-half': {
    'zh-CN': '即使当天来电改动超过一半也照改',
    en: 'make it although it has more than half of the day’s calls more or fewer',
  },
  'add-a-change': { 'zh-CN': '增加一条修改', en: 'add a change' },
  'list-the-changes': { 'zh-CN': '列出各条修改', en: 'list the changes' },
  'its-number-in-the-list': { 'zh-CN': '修改的编号', en: 'its number in the list' },
  'take-a-change-back': { 'zh-CN': '撤销一条修改', en: 'take a change back' },
  'plans-made-so-far': {
    'zh-CN': '已有的计划：状态、名称与备注，从草稿到发布',
    en: 'the plans made so far: their states, names and notes, from draft to published',
  },
  'list-the-plans': { 'zh-CN': '列出计划', en: 'list the plans' },
  'what-became-of-a-plan': {
    'zh-CN': '一份计划做出以来的经过',
    en: 'what became of a plan since it was made',
  },
  'plans-id': { 'zh-CN': '计划编号，或 latest（最近一份）', en: "a plan's id, or latest" },
  'put-a-draft-forward': { 'zh-CN': '把草稿提交批准', en: 'put a draft forward' },
  'give-a-proposed-or-approved': {
    'zh-CN': '退回待批准或已批准的计划，须写理由',
    en: 'give a proposed or approved plan back, with a reason',
  },
  'agree-to-a-proposed-plan': { 'zh-CN': '批准一份提交的计划', en: 'agree to a proposed plan' },
  'put-an-approved-plan': {
    'zh-CN': '发布已批准的计划：此后不能再改',
    en: 'put an approved plan in force: nothing of it changes any more',
  },
  'withdraw-a-published-plan': {
    'zh-CN': '作废一份已发布的计划，须写理由',
    en: 'withdraw a published plan, with a reason',
  },
  'why-also-needed-to-take': {
    'zh-CN': '理由；取代已发布的计划时也要写',
    en: 'why; also needed to take the place of a published plan',
  },
  'add-a-note': { 'zh-CN': '给计划加一条备注', en: 'add a note to a plan' },
  note: { 'zh-CN': '备注内容', en: 'the note' },
  'give-a-plan-a-name': {
    'zh-CN': '给计划起名；不写则去掉名称',
    en: 'give a plan a name; without one take it back',
  },
  name: { 'zh-CN': '名称', en: 'the name' },
  'remove-a-plan': {
    'zh-CN': '删除一份未发布的计划',
    en: 'remove a plan that is not published',
  },
  'earlier-versions-of-the-settings': {
    'zh-CN': '设置的早先版本：有何不同，恢复其中一版',
    en: 'earlier versions of the settings: what differs, and bring one back',
  },
  'list-the-earlier-versions': {
    'zh-CN': '列出保留的早先版本，新的在前',
    en: 'list the earlier versions that are kept, the latest first',
  },
  'only-of-this-model': { 'zh-CN': '只列这一项设置', en: 'only of this model' },
  'put-an-earlier-version': {
    'zh-CN': '用早先的一版换下现在的设置，换下的也会留着',
    en: 'put an earlier version in the place of what stands now, which is kept in turn',
  },
  'what-happened-on-days': {
    'zh-CN': '记事：某天发生了什么（暴雨、故障、宣传活动），预测可以采用',
    en: 'what happened on days (rain, outage, campaign), as notes that forecasts can use',
  },
  'list-the-notes': { 'zh-CN': '列出记事', en: 'list the notes' },
  'note-what-happened-on': { 'zh-CN': '记下某天发生的事', en: 'note what happened on a day' },
  day: { 'zh-CN': '日期', en: 'the day' },
  'what-happened': { 'zh-CN': '类别', en: 'what happened' },
  'what-happened-words': { 'zh-CN': '发生了什么', en: 'what happened, in words' },
  'let-forecasts-use-the-day': {
    'zh-CN': '作为事件用于预测，影响由数据得出',
    en: 'let forecasts use the day as an event, its effect learnt',
  },
  'forecasts-use-it-no-longer': { 'zh-CN': '不再用于预测', en: 'forecasts use it no longer' },
  'change-a-note': {
    'zh-CN': '修改一条记事；没写的不变',
    en: 'change a note; what is left out stays',
  },
  'remove-a-note': {
    'zh-CN': '删除一条记事，连同它对应的事件',
    en: 'remove a note, and the event that it stands for',
  },
} as const satisfies Readonly<Record<string, Label>>;
