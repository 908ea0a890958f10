import { phrases } from '../phrases.ts';
import type { Label } from '../sentences.ts';

/** Every description that --help prints, by its English: commands and options are declared with that. */
export const helpWords: Readonly<Record<string, Label>> = {
  'output the version number': { 'zh-CN': '显示版本号', en: 'output the version number' },
  'display help for command': { 'zh-CN': '显示命令的用法', en: 'display help for command' },
  'the hotline’s folder': { 'zh-CN': '热线的工作区文件夹', en: 'the hotline’s folder' },
  'language of answers': { 'zh-CN': '回答所用的语言', en: 'language of answers' },
  'print one JSON document and nothing else': {
    'zh-CN': '只输出一个 JSON 文档',
    en: 'print one JSON document and nothing else',
  },
  'makes every result repeatable': {
    'zh-CN': '随机数种子：同样的种子得到同样的结果',
    en: 'makes every result repeatable',
  },
  'call forecasting and staffing for public hotlines': {
    'zh-CN': '公共热线的话务预测与排班',
    en: 'call forecasting and staffing for public hotlines',
  },
  'address of this machine; default: 127.0.0.1': {
    'zh-CN': '本机地址；默认 127.0.0.1',
    en: 'address of this machine; default: 127.0.0.1',
  },
  'default: 12345; 0: any free port': {
    'zh-CN': '端口，默认 12345；0 为任意空闲端口',
    en: 'default: 12345; 0: any free port',
  },
  'a fresh one-time address of the running web app; the token for programs': {
    'zh-CN': '取得网页的一次性新网址；或取得程序所用的令牌',
    en: 'a fresh one-time address of the running web app; the token for programs',
  },
  'print the token, for programs that call the API': {
    'zh-CN': '打印令牌，供调用接口的程序使用',
    en: 'print the token, for programs that call the API',
  },
  'who works when, week by week, under labour rules; stand-ins, swaps, publishing': {
    'zh-CN': '排班到人：逐周谁上哪个班，遵守用工规则；顶班、换班、发布',
    en: 'who works when, week by week, under labour rules; stand-ins, swaps, publishing',
  },
  'first day; default: the first of the latest plan’s week': {
    'zh-CN': '第一天；默认为最新计划那一周的第一天',
    en: 'first day; default: the first of the latest plan’s week',
  },
  'how many weeks; default: 4': {
    'zh-CN': '排几周；默认 4',
    en: 'how many weeks; default: 4',
  },
  'profile of models/labour-rules; default: the first by name': {
    'zh-CN': 'models/labour-rules 中的规则；默认按文件名取第一个',
    en: 'profile of models/labour-rules; default: the first by name',
  },
  'rounds of the search; default: 1': {
    'zh-CN': '搜索轮数；默认 1',
    en: 'rounds of the search; default: 1',
  },
  'time limit instead of rounds: the roster then depends on the machine': {
    'zh-CN': '以秒数代替轮数作为限制：结果随机器而不同',
    en: 'time limit instead of rounds: the roster then depends on the machine',
  },
  'rotation that teams follow; default: free': {
    'zh-CN': '班组所循的轮班（四班三运转、五班三运转、做二休二）；默认自由排班',
    en: 'rotation that teams follow; default: free',
  },
  'OPERATOR@DATE=SHIFT, or =off: stays as given; several may follow': {
    'zh-CN': '工号@日期=班次（休息写 off）：固定不变；可写多个',
    en: 'OPERATOR@DATE=SHIFT, or =off: stays as given; several may follow',
  },
  'OPERATOR@DATE: who could step in, the best first': {
    'zh-CN': '工号@日期：谁可以顶班，最合适的在前',
    en: 'OPERATOR@DATE: who could step in, the best first',
  },
  'OPERATOR@DATE,OPERATOR@DATE: may these people exchange duties': {
    'zh-CN': '两个或更多「工号@日期」，以逗号隔开：这些人能否换班',
    en: 'OPERATOR@DATE,OPERATOR@DATE: may these people exchange duties',
  },
  'with --repair the candidate to take, with --swap: carry it out': {
    'zh-CN': '与 --repair 同用：采用第几个人选；与 --swap 同用：执行换班',
    en: 'with --repair the candidate to take, with --swap: carry it out',
  },
  'kept with the change': {
    'zh-CN': '随更改记录的原因',
    en: 'kept with the change',
  },
  'judge a roster file rule by rule; nothing is stored': {
    'zh-CN': '逐条规则检查一份排班文件；不保存',
    en: 'judge a roster file rule by rule; nothing is stored',
  },
  'publish the latest draft: from then on it changes only change by change': {
    'zh-CN': '发布最新草稿：此后只能逐项更改',
    en: 'publish the latest draft: from then on it changes only change by change',
  },
  'with --publish: why it takes the place of a published one': {
    'zh-CN': '与 --publish 同用：替换已发布排班的理由',
    en: 'with --publish: why it takes the place of a published one',
  },
  'the roster that stands, without making one': {
    'zh-CN': '查看现行排班表，不另排',
    en: 'the roster that stands, without making one',
  },
  'what became of published rosters': {
    'zh-CN': '已发布排班表的更改记录',
    en: 'what became of published rosters',
  },
  'also write it: .xlsx, .csv, .ics or .html (the wall sheet)': {
    'zh-CN': '同时写成文件：.xlsx、.csv、.ics 或 .html（上墙表）',
    en: 'also write it: .xlsx, .csv, .ics or .html (the wall sheet)',
  },
  'print the plan and end': { 'zh-CN': '打印计划后结束', en: 'print the plan and end' },
  'everything at once: the demo hotline where there is no workspace, a plan, the web app': {
    'zh-CN': '一步到位：没有工作区时建演示热线，做一份计划，打开网页',
    en: 'everything at once: the demo hotline where there is no workspace, a plan, the web app',
  },
  'ISO week; default: the week after the data': {
    'zh-CN': 'ISO 周次；默认为数据之后的一周',
    en: 'ISO week; default: the week after the data',
  },
  'make up a hotline, run the whole main job on it, print the plan': {
    'zh-CN': '生成演示热线，跑完全部主要步骤，打印计划',
    en: 'make up a hotline, run the whole main job on it, print the plan',
  },
  'IANA zone of the hotline': { 'zh-CN': '热线所在的 IANA 时区', en: 'IANA zone of the hotline' },
  'ISO country whose calendar applies': {
    'zh-CN': '采用哪个国家的日历（ISO 代码）',
    en: 'ISO country whose calendar applies',
  },
  'sqlite, or postgres://user:password@host:port/database': {
    'zh-CN': 'sqlite，或 postgres://用户:密码@主机:端口/数据库',
    en: 'sqlite, or postgres://user:password@host:port/database',
  },
  'which hotline of a shared database this is; default: main': {
    'zh-CN': '共用数据库中的哪一条热线；默认 main',
    en: 'which hotline of a shared database this is; default: main',
  },
  'make a workspace folder: a database, and copies of models/ to edit': {
    'zh-CN': '新建工作区文件夹：一个数据库，以及供修改的 models/ 副本',
    en: 'make a workspace folder: a database, and copies of models/ to edit',
  },
  'a map file under the workspace’s models/presets/': {
    'zh-CN': '工作区 models/presets/ 下的映射文件',
    en: 'a map file under the workspace’s models/presets/',
  },
  'JSON that names the columns (docs/data-formats.md)': {
    'zh-CN': '说明各列含义的 JSON（见 docs/data-formats.md）',
    en: 'JSON that names the columns (docs/data-formats.md)',
  },
  'default: told from the bytes (UTF-8, GB18030, UTF-16)': {
    'zh-CN': '编码；默认由内容判断（UTF-8、GB18030、UTF-16）',
    en: 'default: told from the bytes (UTF-8, GB18030, UTF-16)',
  },
  'sheet of a workbook; default: the first with the columns, and all alike': {
    'zh-CN': '工作簿中的工作表；默认取第一张列齐全的表，及标题行与它相同的各表',
    en: 'sheet of a workbook; default: the first with the columns, and all alike',
  },
  'zone of the wall clocks in the file; default: the hotline’s': {
    'zh-CN': '文件中时间所在的时区；默认为热线的时区',
    en: 'zone of the wall clocks in the file; default: the hotline’s',
  },
  'queue of every row, where the file has no such column': {
    'zh-CN': '文件没有队列列时，所有行所属的队列',
    en: 'queue of every row, where the file has no such column',
  },
  'what an interval without a row means': {
    'zh-CN': '没有数据行的时段算什么：缺失、零或自动判断',
    en: 'what an interval without a row means',
  },
  'whether calls are booked where they arrive or end': {
    'zh-CN': '来电计入到达的时段还是结束的时段',
    en: 'whether calls are booked where they arrive or end',
  },
  'take the good rows, write the rest to a problems file': {
    'zh-CN': '导入好的行，其余写入问题文件',
    en: 'take the good rows, write the rest to a problems file',
  },
  'the problems file; default: problems.csv, none with --dry-run': {
    'zh-CN': '问题文件；默认 problems.csv，试读时不写',
    en: 'the problems file; default: problems.csv, none with --dry-run',
  },
  'read and report, store nothing': { 'zh-CN': '只试读并报告，不写入', en: 'read and report, store nothing' },
  'what the files hold': { 'zh-CN': '文件里是什么数据', en: 'what the files hold' },
  'CSV (also gzip) or XLSX': { 'zh-CN': 'CSV（可用 gzip 压缩）或 XLSX', en: 'CSV (also gzip) or XLSX' },
  'take files into the workspace, wholly or not at all': {
    'zh-CN': '把文件导入工作区：要么全部，要么一点也不',
    en: 'take files into the workspace, wholly or not at all',
  },
  'a table (CSV, XLSX, gzip) instead of the workspace': {
    'zh-CN': '直接用一张表（CSV、XLSX、gzip），不用工作区',
    en: 'a table (CSV, XLSX, gzip) instead of the workspace',
  },
  'column of times; default: by its heading; date+time where they stand apart': {
    'zh-CN': '时间列；默认按列名识别；日期与时段分列时写 日期+时段',
    en: 'column of times; default: by its heading; date+time where they stand apart',
  },
  'column of counts; default: by its heading': {
    'zh-CN': '话务量列；默认按列名识别',
    en: 'column of counts; default: by its heading',
  },
  'column of queues; default: by its heading, where there is one': {
    'zh-CN': '队列列；默认按列名识别，没有则不分队列',
    en: 'column of queues; default: by its heading, where there is one',
  },
  'sheet of a spreadsheet; default: the first': {
    'zh-CN': '电子表格的工作表；默认第一张',
    en: 'sheet of a spreadsheet; default: the first',
  },
  'sheet of a spreadsheet; default: every sheet of the same heading': {
    'zh-CN': '电子表格的工作表；默认所有标题行相同的工作表',
    en: 'sheet of a spreadsheet; default: every sheet of the same heading',
  },
  'IANA zone of the times; default: a plain wall clock': {
    'zh-CN': '时间所在的 IANA 时区；默认不考虑时区',
    en: 'IANA zone of the times; default: a plain wall clock',
  },
  'default: the data’s own step; 1440 for days': {
    'zh-CN': '间隔；默认与数据相同；1440 为按天',
    en: 'default: the data’s own step; 1440 for days',
  },
  'default: every queue': { 'zh-CN': '队列；默认全部', en: 'default: every queue' },
  'forecast method': { 'zh-CN': '预测方法', en: 'forecast method' },
  'ISO country of the holidays; default: none with --input': {
    'zh-CN': '节假日所属国家（ISO 代码）；用 --input 时默认不计',
    en: 'ISO country of the holidays; default: none with --input',
  },
  'holidays: CSV date,name[,kind]': {
    'zh-CN': '节假日表：CSV，列为 date,name[,kind]',
    en: 'holidays: CSV date,name[,kind]',
  },
  'the day’s own counts before HH:MM are known': {
    'zh-CN': '当天 HH:MM 之前的话务已知',
    en: 'the day’s own counts before HH:MM are known',
  },
  'CSV of the intervals': { 'zh-CN': '把各时段写入这个 CSV', en: 'CSV of the intervals' },
  'CSV of the days': { 'zh-CN': '把各日写入这个 CSV', en: 'CSV of the days' },
  'first day; default: the day after the data': {
    'zh-CN': '第一天；默认为数据之后的一天',
    en: 'first day; default: the day after the data',
  },
  'days to forecast': { 'zh-CN': '预测多少天', en: 'days to forecast' },
  'what the hot band takes by the number of test calls, and what a sample of them says': {
    'zh-CN': '不同拨测次数下评为「热线」档的门槛，以及一组拨测结果说明什么',
    en: 'what the hot band takes by the number of test calls, and what a sample of them says',
  },
  'figures of groups in place of single hotlines': {
    'zh-CN': '按省份、地区或城市级别汇总，不逐条列出',
    en: 'figures of groups in place of single hotlines',
  },
  'hotlines of this province only': { 'zh-CN': '只看这个省份', en: 'hotlines of this province only' },
  'hotlines of this region only': { 'zh-CN': '只看这个地区', en: 'hotlines of this region only' },
  'hotlines of this city tier only': { 'zh-CN': '只看这个城市级别', en: 'hotlines of this city tier only' },
  'hotlines in this band only': { 'zh-CN': '只看这一档', en: 'hotlines in this band only' },
  'hotlines that are open round the clock, or that are not': {
    'zh-CN': '只看全天候服务的热线，或只看不是的',
    en: 'hotlines that are open round the clock, or that are not',
  },
  'hotlines with smart voice, or without': {
    'zh-CN': '只看有智能语音的热线，或只看没有的',
    en: 'hotlines with smart voice, or without',
  },
  'hotlines with an enterprise line, or without': {
    'zh-CN': '只看有企业专线的热线，或只看没有的',
    en: 'hotlines with an enterprise line, or without',
  },
  'hotlines that went up or down a band, or moved beyond chance': {
    'zh-CN': '只看升档、降档或变化超出偶然的热线',
    en: 'hotlines that went up or down a band, or moved beyond chance',
  },
  'one hotline through all periods': { 'zh-CN': '一条热线的历期结果', en: 'one hotline through all periods' },
  'the league table as CSV': { 'zh-CN': '把排名写入这个 CSV', en: 'the league table as CSV' },
  'numbers of test calls': { 'zh-CN': '拨测次数，可用逗号给出多个', en: 'numbers of test calls' },
  'how many of one number of test calls got through': {
    'zh-CN': '其中接通的次数（只给一个拨测次数时）',
    en: 'how many of one number of test calls got through',
  },
  'operator-hours for the week of this plan, or latest': {
    'zh-CN': '按这份计划的那一周计算席时；latest 为最近一份',
    en: 'operator-hours for the week of this plan, or latest',
  },
  'weights and partial credit of the scorecard, as published figures tell them': {
    'zh-CN': '由公布的得分反推评分表的权重和部分解决的折算',
    en: 'weights and partial credit of the scorecard, as published figures tell them',
  },
  'results of 2019, 2026-Q3 or 2026-11; default: the latest with totals': {
    'zh-CN': '用哪一期的结果：2019、2026-Q3 或 2026-11；默认为最近有总分的一期',
    en: 'results of 2019, 2026-Q3 or 2026-11; default: the latest with totals',
  },
  'published share of calls solved, as 0.2035 or 20.35%': {
    'zh-CN': '公布的解决比例，如 0.2035 或 20.35%',
    en: 'published share of calls solved, as 0.2035 or 20.35%',
  },
  'published share of calls partly solved': {
    'zh-CN': '公布的部分解决比例',
    en: 'published share of calls partly solved',
  },
  'the score made of both, 0–100': {
    'zh-CN': '由两者得出的分数，0–100',
    en: 'the score made of both, 0–100',
  },
  'a scorecard with what was fitted, for models/scorecards/': {
    'zh-CN': '把拟合后的评分表写入这个文件，可放进 models/scorecards/',
    en: 'a scorecard with what was fitted, for models/scorecards/',
  },
  'calls to come, with their uncertainty': {
    'zh-CN': '预测来电及其不确定范围',
    en: 'calls to come, with their uncertainty',
  },
  'the last so many full weeks, or DATE,DATE,...': {
    'zh-CN': '最近多少个整周，或逐个给出起点日期',
    en: 'the last so many full weeks, or DATE,DATE,...',
  },
  'days between origin and first scored day': {
    'zh-CN': '起点与第一个计分日之间的天数',
    en: 'days between origin and first scored day',
  },
  'days scored': { 'zh-CN': '计分的天数', en: 'days scored' },
  'when the line is open: as stated, and as the data show': {
    'zh-CN': '热线的开放时间：写明的，与数据显示的',
    en: 'when the line is open: as stated, and as the data show',
  },
  'write the hours that the data show to models/hotline.json': {
    'zh-CN': '把数据显示的开放时间写入 models/hotline.json',
    en: 'write the hours that the data show to models/hotline.json',
  },
  'how well forecasts would have done: rolling origins': {
    'zh-CN': '回测：以往的预测会有多准',
    en: 'how well forecasts would have done: rolling origins',
  },
  'calls offered in an hour': { 'zh-CN': '每小时人工请求量', en: 'calls offered in an hour' },
  'mean handle time': { 'zh-CN': '平均处理时长（秒）', en: 'mean handle time' },
  'what if handle times were so many times as long: 1.1': {
    'zh-CN': '如果处理时长是现在的几倍，例如 1.1',
    en: 'what if handle times were so many times as long: 1.1',
  },
  'what if callers waited so many times as long': {
    'zh-CN': '如果来电人的耐心时长是现在的几倍',
    en: 'what if callers waited so many times as long',
  },
  'what if so many times as many failed callers dialled again': {
    'zh-CN': '如果打不通后重拨的人是现在的几倍',
    en: 'what if so many times as many failed callers dialled again',
  },
  'what if shrinkage were so many times as large': {
    'zh-CN': '如果缩减率是现在的几倍',
    en: 'what if shrinkage were so many times as large',
  },
  'mean patience; inf: nobody hangs up': {
    'zh-CN': '平均耐心时长（秒）；inf 表示无人放弃',
    en: 'mean patience; inf: nobody hangs up',
  },
  'operators ready for calls': { 'zh-CN': '可接电话的座席数', en: 'operators ready for calls' },
  'lines: most calls in service plus queue; inf: enough': {
    'zh-CN': '中继：通话加排队的上限；inf 表示足够',
    en: 'lines: most calls in service plus queue; inf: enough',
  },
  'answer-time threshold': { 'zh-CN': '应答时限（秒）', en: 'answer-time threshold' },
  'CSV with columns load_erl,n,aht_s,patience_s,K,t_s[,target_sl_offered]': {
    'zh-CN': 'CSV，列为 load_erl,n,aht_s,patience_s,K,t_s[,target_sl_offered]',
    en: 'CSV with columns load_erl,n,aht_s,patience_s,K,t_s[,target_sl_offered]',
  },
  'where the table goes (default: standard output)': {
    'zh-CN': '结果表写到哪里（默认标准输出）',
    en: 'where the table goes (default: standard output)',
  },
  'one interval, all measures (Erlang A with finite lines); or a whole table': {
    'zh-CN': '一个时段的全部指标（有限中继的 Erlang A），或整张表',
    en: 'one interval, all measures (Erlang A with finite lines); or a whole table',
  },
  'JSON in the shape of models/targets.json': {
    'zh-CN': '与 models/targets.json 同样结构的 JSON',
    en: 'JSON in the shape of models/targets.json',
  },
  'staff for a temperature band': { 'zh-CN': '按冷热等级配置座席', en: 'staff for a temperature band' },
  'chance of that band (default: 0.9)': {
    'zh-CN': '达到该等级的概率（默认 0.9）',
    en: 'chance of that band (default: 0.9)',
  },
  'test calls of the next monitoring': {
    'zh-CN': '下次监测的拨测次数',
    en: 'test calls of the next monitoring',
  },
  'plan a week: forecast, requirement, shifts, prompts, projection': {
    'zh-CN': '做一周计划：预测、需求、班次、分流提示、结果推算',
    en: 'plan a week: forecast, requirement, shifts, prompts, projection',
  },
  'local time within an interval of the plan (2026-11-24T10:30); default: the weakest': {
    'zh-CN': '要看的时段（2026-11-24T10:30）；默认为最薄弱的时段',
    en: 'local time within an interval of the plan (2026-11-24T10:30); default: the weakest',
  },
  'the one tier to change, by key or name; default: each': {
    'zh-CN': '只增减这个等级（键或名称）；默认逐个等级',
    en: 'the one tier to change, by key or name; default: each',
  },
  'which rate to price from 80 % to 99 % (default: connection-rate)': {
    'zh-CN': '对哪个比例计算 80%–99% 的代价（默认接通率）',
    en: 'which rate to price from 80 % to 99 % (default: connection-rate)',
  },
  'what it would take: one operator more or less, what each rate costs, the mix for a bare model': {
    'zh-CN': '需要多少人：某时段增减一人会怎样，各档达标比例要多少席时，排队模型各组最少几人',
    en: 'what it would take: one operator more or less, what each rate costs, the mix for a bare model',
  },
  'JSON of a bare queueing model (docs/data-formats.md, huawu schema model): its least operators, settled by simulation':
    {
      'zh-CN': '排队模型的 JSON（写法见 docs/data-formats.md、huawu schema model）：由仿真求各座席组最少人数',
      en: 'JSON of a bare queueing model (docs/data-formats.md, huawu schema model): its least operators, settled by simulation',
    },
  'share of calls answered, every class; default: 0.9': {
    'zh-CN': '每类来电的接通率目标；默认 0.9',
    en: 'share of calls answered, every class; default: 0.9',
  },
  'share answered within the threshold; default: none': {
    'zh-CN': '每类来电的时限内接通率目标；默认不设',
    en: 'share answered within the threshold; default: none',
  },
  'what answered in time means; default: 15': {
    'zh-CN': '时限（秒）；默认 15',
    en: 'what answered in time means; default: 15',
  },
  'simulations behind each step of the search; default: 40': {
    'zh-CN': '每一步搜索模拟多少遍；默认 40',
    en: 'simulations behind each step of the search; default: 40',
  },
  'default: the latest, of the week that was planned last': {
    'zh-CN': '计划编号；默认取最近做过计划的那一周的最新一份',
    en: 'default: the latest, of the week that was planned last',
  },
  'JSON: more calls, fewer operators, half the take-up ... (huawu schema scenario)': {
    'zh-CN': '情景 JSON：来电更多、座席更少、采纳减半等（结构见 huawu schema scenario）',
    en: 'JSON: more calls, fewer operators, half the take-up ... (huawu schema scenario)',
  },
  'JSON of a bare queueing model (docs/data-formats.md, huawu schema model)': {
    'zh-CN': '排队模型的 JSON（写法见 docs/data-formats.md、huawu schema model）',
    en: 'JSON of a bare queueing model (docs/data-formats.md, huawu schema model)',
  },
  'simulations of the plan or model': { 'zh-CN': '模拟多少遍', en: 'simulations of the plan or model' },
  'a what-if scenario against a plan, or a bare queueing model': {
    'zh-CN': '对计划做假设情景推算，或模拟一个排队模型',
    en: 'a what-if scenario against a plan, or a bare queueing model',
  },
  'divert as few callers as the target allows, or get the most from the roster': {
    'zh-CN': '在达标前提下分流最少，或充分用好现有班次',
    en: 'divert as few callers as the target allows, or get the most from the roster',
  },
  'what to play now: date and time (2026-11-24T10:30) until which calls are known': {
    'zh-CN': '此刻该播什么：来电已知到的日期时刻（2026-11-24T10:30）',
    en: 'what to play now: date and time (2026-11-24T10:30) until which calls are known',
  },
  'play prompts only to callers who would wait longer (0: to everyone); default: as the catalogue says': {
    'zh-CN': '只对预计等候超过这么多秒的来电人播放（0：所有人）；默认按提示目录',
    en: 'play prompts only to callers who would wait longer (0: to everyone); default: as the catalogue says',
  },
  'how many times as long those who hear a prompt and stay will wait; default: as the catalogue says': {
    'zh-CN': '听到提示而继续等的人，愿等的时间是原来的几倍；默认按提示目录',
    en: 'how many times as long those who hear a prompt and stay will wait; default: as the catalogue says',
  },
  'the plan’s shifts, or the operators on duty in the four weeks before it (default: planned)': {
    'zh-CN': '按计划的班次，或按此前四周实到的座席（默认按计划）',
    en: 'the plan’s shifts, or the operators on duty in the four weeks before it (default: planned)',
  },
  'the same target by prompts, callbacks, overtime, later starts, smart voice and direct answers: a table of costs':
    {
      'zh-CN': '用提示、回拨、加班、推迟上班、智能语音、直接答复达到同一目标，各要多少成本',
      en: 'the same target by prompts, callbacks, overtime, later starts, smart voice and direct answers: a table of costs',
    },
  'with --levers: share (0–1) of the calls short of the targets to mend; default: as many as prompts mend': {
    'zh-CN': '与 --levers 合用：要补回未达标来电的多少（0–1）；默认与提示能补的相同',
    en: 'with --levers: share (0–1) of the calls short of the targets to mend; default: as many as prompts mend',
  },
  'with --levers: the best mix for it': {
    'zh-CN': '与 --levers 合用：这笔预算下挽回人数最多的组合',
    en: 'with --levers: the best mix for it',
  },
  'also write a CSV sheet for the switchboard': {
    'zh-CN': '另写一份给交换机的 CSV 播放表',
    en: 'also write a CSV sheet for the switchboard',
  },
  'prompts for a plan’s peaks, and what they do': {
    'zh-CN': '计划高峰时的分流提示及其效果',
    en: 'prompts for a plan’s peaks, and what they do',
  },
  'ISO week': { 'zh-CN': 'ISO 周次', en: 'ISO week' },
  '2026, 2026-Q3 or 2026-11': { 'zh-CN': '2026、2026-Q3 或 2026-11', en: '2026, 2026-Q3 or 2026-11' },
  'forecast against actual, projection against what was monitored, and why they differ': {
    'zh-CN': '预测对实际、推算对监测，以及差距的原因',
    en: 'forecast against actual, projection against what was monitored, and why they differ',
  },
  '2019, 2026-Q3 or 2026-11; default: the latest with results': {
    'zh-CN': '2019、2026-Q3 或 2026-11；默认为最近有结果的一期',
    en: '2019, 2026-Q3 or 2026-11; default: the latest with results',
  },
  'the share of calls answered in time that is to come, line by line; past days are scored': {
    'zh-CN': '预测各线的时限内接听率；已过去的日子一并计分',
    en: 'the share of calls answered in time that is to come, line by line; past days are scored',
  },
  'column of calls, with --input': { 'zh-CN': '来电列（配合 --input）', en: 'column of calls, with --input' },
  'column of calls answered in time, with --input': {
    'zh-CN': '时限内接听列（配合 --input）',
    en: 'column of calls answered in time, with --input',
  },
  'those likeliest to be rated colder next time first': {
    'zh-CN': '最可能降档的排在前面',
    en: 'those likeliest to be rated colder next time first',
  },
  'rank the lines by their own traffic: answered within the threshold / offered': {
    'zh-CN': '按各线自己的话务排名：时限内接听量 / 人工请求量',
    en: 'rank the lines by their own traffic: answered within the threshold / offered',
  },
  'which tier each operator’s own figures speak for, with reasons; nothing is changed': {
    'zh-CN': '按座席自身的指标建议等级，附理由；不改动任何数据',
    en: 'which tier each operator’s own figures speak for, with reasons; nothing is changed',
  },
  'let tiers grow and shrink with the figures; default: each keeps its number of people': {
    'zh-CN': '各等级人数随指标增减；默认各等级人数不变',
    en: 'let tiers grow and shrink with the figures; default: each keeps its number of people',
  },
  'every operator with reasons; default: only those who would move': {
    'zh-CN': '列出每一名座席及理由；默认只列建议调整的',
    en: 'every operator with reasons; default: only those who would move',
  },
  'league table and temperature bands of many hotlines': {
    'zh-CN': '多条热线的排名与冷热等级',
    en: 'league table and temperature bands of many hotlines',
  },
  'name ending in .html, .xlsx, .zip (every table as CSV) or .csv (one table)': {
    'zh-CN': '以 .html、.xlsx、.zip（全部表格，各为一个 CSV）或 .csv（一张表）结尾的文件名',
    en: 'name ending in .html, .xlsx, .zip (every table as CSV) or .csv (one table)',
  },
  'of .html: the whole week, or one A4 page for who decides': {
    'zh-CN': '用于 .html：整周，或给领导看的一页 A4',
    en: 'of .html: the whole week, or one A4 page for who decides',
  },
  'of .csv: which table': { 'zh-CN': '用于 .csv：哪张表', en: 'of .csv: which table' },
  'a plan as a page, workbook or CSV files': {
    'zh-CN': '把计划输出为网页、电子表格或 CSV',
    en: 'a plan as a page, workbook or CSV files',
  },
  'change the forecast of a day or of hours, with a reason; the original is kept beside it': {
    'zh-CN': '按理由修改某天或某些时段的预测；原预测同时保留',
    en: 'change the forecast of a day or of hours, with a reason; the original is kept beside it',
  },
  'day to change': { 'zh-CN': '要修改的日期', en: 'day to change' },
  'HH:MM; default: the whole day': { 'zh-CN': 'HH:MM；默认全天', en: 'HH:MM; default: the whole day' },
  'HH:MM': { 'zh-CN': 'HH:MM', en: 'HH:MM' },
  'times as many calls': { 'zh-CN': '来电乘以多少倍', en: 'times as many calls' },
  'so many calls': { 'zh-CN': '来电改为多少', en: 'so many calls' },
  'why it is changed': { 'zh-CN': '修改的理由', en: 'why it is changed' },
  'who changes it': { 'zh-CN': '修改人', en: 'who changes it' },
  'add a change': { 'zh-CN': '增加一条修改', en: 'add a change' },
  'list the changes': { 'zh-CN': '列出各条修改', en: 'list the changes' },
  'its number in the list': { 'zh-CN': '修改的编号', en: 'its number in the list' },
  'take a change back': { 'zh-CN': '撤销一条修改', en: 'take a change back' },
  'a command, a model file such as hotline, or model (a bare queueing model)': {
    'zh-CN': '命令名，或 hotline 等模型文件名，或 model（排队模型）',
    en: 'a command, a model file such as hotline, or model (a bare queueing model)',
  },
  'JSON Schema of a command’s --json output, of a file under models/, or of a --model file': {
    'zh-CN': '命令的 --json 输出、models/ 下文件或 --model 文件的 JSON Schema',
    en: 'JSON Schema of a command’s --json output, of a file under models/, or of a --model file',
  },
  'the web app and API on this machine': {
    'zh-CN': '在本机运行网页与 API',
    en: 'the web app and API on this machine',
  },
  'postgres://user:password@host:port/database; default: from the settings': {
    'zh-CN': 'postgres://用户:密码@主机:端口/数据库；默认取自设置',
    en: 'postgres://user:password@host:port/database; default: from the settings',
  },
  'threads for one job; 0: as many as there are cores': {
    'zh-CN': '每个任务的线程数；0 为处理器核数',
    en: 'threads for one job; 0: as many as there are cores',
  },
  'answers /metrics and /health/live on 127.0.0.1; 0: any free port': {
    'zh-CN': '在 127.0.0.1 上应答 /metrics 与 /health/live 的端口；0 为任意空闲端口',
    en: 'answers /metrics and /health/live on 127.0.0.1; 0: any free port',
  },
  'do the jobs of a PostgreSQL database, on this or another machine': {
    'zh-CN': '在本机或别的机器上执行 PostgreSQL 数据库里的任务',
    en: 'do the jobs of a PostgreSQL database, on this or another machine',
  },
  'the settings in force and where they come from; whether all that they rest on is in order': {
    'zh-CN': '当前生效的设置及其来源；它们所依赖的一切是否正常',
    en: 'the settings in force and where they come from; whether all that they rest on is in order',
  },
  'the file to write; an existing one is refused': {
    'zh-CN': '要写的文件；已存在则拒绝',
    en: 'the file to write; an existing one is refused',
  },
  'write the workspace, as of one moment, into one file while everything goes on': {
    'zh-CN': '把工作区在某一刻的全部内容写入一个文件，其间一切照常运行',
    en: 'write the workspace, as of one moment, into one file while everything goes on',
  },
  'unit of a duration: seconds, ms, minutes, hours, mm:ss or hh:mm': {
    'zh-CN': '时长的单位：seconds（秒）、ms（毫秒）、minutes（分钟）、hours（小时）、mm:ss 或 hh:mm',
    en: 'unit of a duration: seconds, ms, minutes, hours, mm:ss or hh:mm',
  },
  'take in figures that calls can hardly have: they are true': {
    'zh-CN': '数值虽不寻常但属实，照样导入',
    en: 'take in figures that calls can hardly have: they are true',
  },
  'take numbers that are none (NaN, infinite) out of the records that doctor found them in': {
    'zh-CN': '把 doctor 查出的坏值（NaN、无穷大）从记录中清除',
    en: 'take numbers that are none (NaN, infinite) out of the records that doctor found them in',
  },
  'list the rows, change nothing': { 'zh-CN': '只列出这些行，不改动', en: 'list the rows, change nothing' },
  'bring the database’s structure up to this version, wholly or not at all': {
    'zh-CN': '把数据库结构升级到本版本：要么全部，要么一点也不',
    en: 'bring the database’s structure up to this version, wholly or not at all',
  },
  'postgres://user:password@host:port/database, or a folder': {
    'zh-CN': 'postgres://用户:密码@主机:端口/数据库,或一个文件夹',
    en: 'postgres://user:password@host:port/database, or a folder',
  },
  'overwrite what stands there of this hotline': {
    'zh-CN': '覆盖那里已有的这条热线的内容',
    en: 'overwrite what stands there of this hotline',
  },
  'move the workspace’s records to PostgreSQL, or from there into a folder, row for row': {
    'zh-CN': '把工作区的记录逐行迁到 PostgreSQL，或从那里迁到文件夹',
    en: 'move the workspace’s records to PostgreSQL, or from there into a folder, row for row',
  },
  'overwrite all that an existing workspace holds': {
    'zh-CN': '覆盖现有工作区的全部内容',
    en: 'overwrite all that an existing workspace holds',
  },
  'written by huawu backup': { 'zh-CN': '由 huawu backup 写出的文件', en: 'written by huawu backup' },
  'make the workspace what a backup holds': {
    'zh-CN': '把工作区恢复成备份中的样子',
    en: 'make the workspace what a backup holds',
  },
};

/** Titles of the parts of --help, by how the argument parser writes them. */
export const helpTitles: Readonly<Record<string, Label>> = {
  'Usage:': { 'zh-CN': '用法：', en: 'Usage:' },
  'Arguments:': { 'zh-CN': '参数：', en: 'Arguments:' },
  'Options:': { 'zh-CN': '选项：', en: 'Options:' },
  'Global Options:': { 'zh-CN': '通用选项：', en: 'Global Options:' },
  'Commands:': { 'zh-CN': '命令：', en: 'Commands:' },
};

/** What --help adds to an option or argument, and below all. */
export const helpFacts = phrases({
  choices: { 'zh-CN': '可用：{choices}', en: 'choices: {choices}' },
  default: { 'zh-CN': '默认：{value}', en: 'default: {value}' },
  environment: { 'zh-CN': '环境变量：{variable}', en: 'env: {variable}' },
  described: { 'zh-CN': '{description}（{facts}）', en: '{description} ({facts})' },
  between: { 'zh-CN': '；', en: ', ' },
  exitCodes: {
    'zh-CN': `
退出码：
  0  完成
  1  中止或内部错误
  2  用法不对
  3  输入的数据或文件有问题（逐条列出）
  4  硬性规则下没有答案（列出相互冲突的规则）

In English: add --lang en`,
    en: `
Exit codes:
  0  done
  1  stopped, or an error inside
  2  wrong usage
  3  bad input: every problem is told
  4  no answer under the rules marked hard: the clashing ones are told`,
  },
});
