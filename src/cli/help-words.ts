import type { Argument, Command, Option } from 'commander';
import type { Language } from '../kernel/text.ts';

/** Chinese of every description that --help prints, by its English. */
export const helpWords: Readonly<Record<string, string>> = {
  'output the version number': '显示版本号',
  'display help for command': '显示命令的用法',
  'the hotline’s folder': '热线的工作区文件夹',
  'language of answers': '回答所用的语言',
  'print one JSON document and nothing else': '只输出一个 JSON 文档',
  'makes every result repeatable': '随机数种子：同样的种子得到同样的结果',
  'call forecasting and staffing for public hotlines': '公共热线的话务预测与排班',
  'address of this machine; default: 127.0.0.1': '本机地址；默认 127.0.0.1',
  'default: 12345; 0: any free port': '端口，默认 12345；0 为任意空闲端口',
  'a fresh one-time address of the running web app; the token for programs':
    '取得网页的一次性新网址；或取得程序所用的令牌',
  'print the token, for programs that call the API': '打印令牌，供调用接口的程序使用',
  'print the plan and end': '打印计划后结束',
  'everything at once: the demo hotline where there is no workspace, a plan, the web app':
    '一步到位：没有工作区时建演示热线，做一份计划，打开网页',
  'ISO week; default: the week after the data': 'ISO 周次；默认为数据之后的一周',
  'make up a hotline, run the whole main job on it, print the plan':
    '生成演示热线，跑完全部主要步骤，打印计划',
  'IANA zone of the hotline': '热线所在的 IANA 时区',
  'ISO country whose calendar applies': '采用哪个国家的日历（ISO 代码）',
  'sqlite, or postgres://user:password@host:port/database':
    'sqlite，或 postgres://用户:密码@主机:端口/数据库',
  'which hotline of a shared database this is; default: main': '共用数据库中的哪一条热线；默认 main',
  'make a workspace folder: a database, and copies of models/ to edit':
    '新建工作区文件夹：一个数据库，以及供修改的 models/ 副本',
  'a map file under the workspace’s models/presets/': '工作区 models/presets/ 下的映射文件',
  'JSON that names the columns (docs/data-formats.md)': '说明各列含义的 JSON（见 docs/data-formats.md）',
  'default: told from the bytes (UTF-8, GB18030, UTF-16)': '编码；默认由内容判断（UTF-8、GB18030、UTF-16）',
  'sheet of a workbook; default: the first with the columns, and all alike':
    '工作簿中的工作表；默认取第一张列齐全的表，及标题行与它相同的各表',
  'zone of the wall clocks in the file; default: the hotline’s': '文件中时间所在的时区；默认为热线的时区',
  'queue of every row, where the file has no such column': '文件没有队列列时，所有行所属的队列',
  'what an interval without a row means': '没有数据行的时段算什么：缺失、零或自动判断',
  'whether calls are booked where they arrive or end': '来电计入到达的时段还是结束的时段',
  'take the good rows, write the rest to a problems file': '导入好的行，其余写入问题文件',
  'the problems file; default: problems.csv, none with --dry-run': '问题文件；默认 problems.csv，试读时不写',
  'read and report, store nothing': '只试读并报告，不写入',
  'what the files hold': '文件里是什么数据',
  'CSV (also gzip) or XLSX': 'CSV（可用 gzip 压缩）或 XLSX',
  'take files into the workspace, wholly or not at all': '把文件导入工作区：要么全部，要么一点也不',
  'a table (CSV, XLSX, gzip) instead of the workspace': '直接用一张表（CSV、XLSX、gzip），不用工作区',
  'column of times; default: by its heading; date+time where they stand apart':
    '时间列；默认按列名识别；日期与时段分列时写 日期+时段',
  'column of counts; default: by its heading': '话务量列；默认按列名识别',
  'column of queues; default: by its heading, where there is one': '队列列；默认按列名识别，没有则不分队列',
  'sheet of a spreadsheet; default: the first': '电子表格的工作表；默认第一张',
  'sheet of a spreadsheet; default: every sheet of the same heading':
    '电子表格的工作表；默认所有标题行相同的工作表',
  'IANA zone of the times; default: a plain wall clock': '时间所在的 IANA 时区；默认不考虑时区',
  'default: the data’s own step; 1440 for days': '间隔；默认与数据相同；1440 为按天',
  'default: every queue': '队列；默认全部',
  'forecast method': '预测方法',
  'ISO country of the holidays; default: none with --input':
    '节假日所属国家（ISO 代码）；用 --input 时默认不计',
  'holidays: CSV date,name[,kind]': '节假日表：CSV，列为 date,name[,kind]',
  'the day’s own counts before HH:MM are known': '当天 HH:MM 之前的话务已知',
  'CSV of the intervals': '把各时段写入这个 CSV',
  'CSV of the days': '把各日写入这个 CSV',
  'first day; default: the day after the data': '第一天；默认为数据之后的一天',
  'days to forecast': '预测多少天',
  'what the hot band takes by the number of test calls, and what a sample of them says':
    '不同拨测次数下评为「热线」档的门槛，以及一组拨测结果说明什么',
  'figures of groups in place of single hotlines': '按省份、地区或城市级别汇总，不逐条列出',
  'hotlines of this province only': '只看这个省份',
  'hotlines of this region only': '只看这个地区',
  'hotlines of this city tier only': '只看这个城市级别',
  'hotlines in this band only': '只看这一档',
  'hotlines that are open round the clock, or that are not': '只看全天候服务的热线，或只看不是的',
  'hotlines with smart voice, or without': '只看有智能语音的热线，或只看没有的',
  'hotlines with an enterprise line, or without': '只看有企业专线的热线，或只看没有的',
  'hotlines that went up or down a band, or moved beyond chance': '只看升档、降档或变化超出偶然的热线',
  'one hotline through all periods': '一条热线的历期结果',
  'the league table as CSV': '把排名写入这个 CSV',
  'numbers of test calls': '拨测次数，可用逗号给出多个',
  'how many of one number of test calls got through': '其中接通的次数（只给一个拨测次数时）',
  'operator-hours for the week of this plan, or latest': '按这份计划的那一周计算席时；latest 为最近一份',
  'weights and partial credit of the scorecard, as published figures tell them':
    '由公布的得分反推评分表的权重和部分解决的折算',
  'results of 2019, 2026-Q3 or 2026-11; default: the latest with totals':
    '用哪一期的结果：2019、2026-Q3 或 2026-11；默认为最近有总分的一期',
  'published share of calls solved, as 0.2035 or 20.35%': '公布的解决比例，如 0.2035 或 20.35%',
  'published share of calls partly solved': '公布的部分解决比例',
  'the score made of both, 0–100': '由两者得出的分数，0–100',
  'a scorecard with what was fitted, for models/scorecards/':
    '把拟合后的评分表写入这个文件，可放进 models/scorecards/',
  'calls to come, with their uncertainty': '预测来电及其不确定范围',
  'the last so many full weeks, or DATE,DATE,...': '最近多少个整周，或逐个给出起点日期',
  'days between origin and first scored day': '起点与第一个计分日之间的天数',
  'days scored': '计分的天数',
  'when the line is open: as stated, and as the data show': '热线的开放时间：写明的，与数据显示的',
  'write the hours that the data show to models/hotline.json': '把数据显示的开放时间写入 models/hotline.json',
  'how well forecasts would have done: rolling origins': '回测：以往的预测会有多准',
  'calls offered in an hour': '每小时人工请求量',
  'mean handle time': '平均处理时长（秒）',
  'mean patience; inf: nobody hangs up': '平均耐心时长（秒）；inf 表示无人放弃',
  'operators ready for calls': '可接电话的座席数',
  'lines: most calls in service plus queue; inf: enough': '中继：通话加排队的上限；inf 表示足够',
  'answer-time threshold': '应答时限（秒）',
  'CSV with columns load_erl,n,aht_s,patience_s,K,t_s[,target_sl_offered]':
    'CSV，列为 load_erl,n,aht_s,patience_s,K,t_s[,target_sl_offered]',
  'where the table goes (default: standard output)': '结果表写到哪里（默认标准输出）',
  'one interval, all measures (Erlang A with finite lines); or a whole table':
    '一个时段的全部指标（有限中继的 Erlang A），或整张表',
  'JSON in the shape of models/targets.json': '与 models/targets.json 同样结构的 JSON',
  'staff for a temperature band': '按冷热等级配置座席',
  'chance of that band (default: 0.9)': '达到该等级的概率（默认 0.9）',
  'test calls of the next monitoring': '下次监测的拨测次数',
  'plan a week: forecast, requirement, shifts, prompts, projection':
    '做一周计划：预测、需求、班次、分流提示、结果推算',
  'local time within an interval of the plan (2026-11-24T10:30); default: the weakest':
    '要看的时段（2026-11-24T10:30）；默认为最薄弱的时段',
  'the one tier to change, by key or name; default: each': '只增减这个等级（键或名称）；默认逐个等级',
  'which rate to price from 80 % to 99 % (default: connection-rate)':
    '对哪个比例计算 80%–99% 的代价（默认接通率）',
  'what it would take: one operator more or less, what each rate costs, the mix for a bare model':
    '需要多少人：某时段增减一人会怎样，各档达标比例要多少席时，排队模型各组最少几人',
  'JSON of a bare queueing model (docs/data-formats.md, huawu schema model): its least operators, settled by simulation':
    '排队模型的 JSON（写法见 docs/data-formats.md、huawu schema model）：由仿真求各座席组最少人数',
  'share of calls answered, every class; default: 0.9': '每类来电的接通率目标；默认 0.9',
  'share answered within the threshold; default: none': '每类来电的时限内接通率目标；默认不设',
  'what answered in time means; default: 15': '时限（秒）；默认 15',
  'simulations behind each step of the search; default: 40': '每一步搜索模拟多少遍；默认 40',
  'default: the latest, of the week that was planned last': '计划编号；默认取最近做过计划的那一周的最新一份',
  'JSON: more calls, fewer operators, half the take-up ... (huawu schema scenario)':
    '情景 JSON：来电更多、座席更少、采纳减半等（结构见 huawu schema scenario）',
  'JSON of a bare queueing model (docs/data-formats.md, huawu schema model)':
    '排队模型的 JSON（写法见 docs/data-formats.md、huawu schema model）',
  'simulations of the plan or model': '模拟多少遍',
  'a what-if scenario against a plan, or a bare queueing model': '对计划做假设情景推算，或模拟一个排队模型',
  'divert as few callers as the target allows, or get the most from the roster':
    '在达标前提下分流最少，或充分用好现有班次',
  'what to play now: date and time (2026-11-24T10:30) until which calls are known':
    '此刻该播什么：来电已知到的日期时刻（2026-11-24T10:30）',
  'play prompts only to callers who would wait longer (0: to everyone); default: as the catalogue says':
    '只对预计等候超过这么多秒的来电人播放（0：所有人）；默认按提示目录',
  'how many times as long those who hear a prompt and stay will wait; default: as the catalogue says':
    '听到提示而继续等的人，愿等的时间是原来的几倍；默认按提示目录',
  'the plan’s shifts, or the operators on duty in the four weeks before it (default: planned)':
    '按计划的班次，或按此前四周实到的座席（默认按计划）',
  'the same target by prompts, callbacks, overtime, later starts, smart voice and direct answers: a table of costs':
    '用提示、回拨、加班、推迟上班、智能语音、直接答复达到同一目标，各要多少成本',
  'with --levers: share (0–1) of the calls short of the targets to mend; default: as many as prompts mend':
    '与 --levers 合用：要补回未达标来电的多少（0–1）；默认与提示能补的相同',
  'with --levers: the best mix for it': '与 --levers 合用：这笔预算下挽回人数最多的组合',
  'also write a CSV sheet for the switchboard': '另写一份给交换机的 CSV 播放表',
  'prompts for a plan’s peaks, and what they do': '计划高峰时的分流提示及其效果',
  'ISO week': 'ISO 周次',
  '2026, 2026-Q3 or 2026-11': '2026、2026-Q3 或 2026-11',
  'forecast against actual, projection against what was monitored, and why they differ':
    '预测对实际、推算对监测，以及差距的原因',
  '2019, 2026-Q3 or 2026-11; default: the latest with results':
    '2019、2026-Q3 或 2026-11；默认为最近有结果的一期',
  'the share of calls answered in time that is to come, line by line; past days are scored':
    '预测各线的时限内接听率；已过去的日子一并计分',
  'column of calls, with --input': '来电列（配合 --input）',
  'column of calls answered in time, with --input': '时限内接听列（配合 --input）',
  'those likeliest to be rated colder next time first': '最可能降档的排在前面',
  'rank the lines by their own traffic: answered within the threshold / offered':
    '按各线自己的话务排名：时限内接听量 / 人工请求量',
  'which tier each operator’s own figures speak for, with reasons; nothing is changed':
    '按座席自身的指标建议等级，附理由；不改动任何数据',
  'let tiers grow and shrink with the figures; default: each keeps its number of people':
    '各等级人数随指标增减；默认各等级人数不变',
  'every operator with reasons; default: only those who would move':
    '列出每一名座席及理由；默认只列建议调整的',
  'league table and temperature bands of many hotlines': '多条热线的排名与冷热等级',
  'name ending in .html, .xlsx or .csv': '以 .html、.xlsx 或 .csv 结尾的文件名',
  'a plan as a page, workbook or CSV': '把计划输出为网页、电子表格或 CSV',
  'change the forecast of a day or of hours, with a reason; the original is kept beside it':
    '按理由修改某天或某些时段的预测；原预测同时保留',
  'day to change': '要修改的日期',
  'HH:MM; default: the whole day': 'HH:MM；默认全天',
  'HH:MM': 'HH:MM',
  'times as many calls': '来电乘以多少倍',
  'so many calls': '来电改为多少',
  'why it is changed': '修改的理由',
  'who changes it': '修改人',
  'add a change': '增加一条修改',
  'list the changes': '列出各条修改',
  'its number in the list': '修改的编号',
  'take a change back': '撤销一条修改',
  'a command, a model file such as hotline, or model (a bare queueing model)':
    '命令名，或 hotline 等模型文件名，或 model（排队模型）',
  'JSON Schema of a command’s --json output, of a file under models/, or of a --model file':
    '命令的 --json 输出、models/ 下文件或 --model 文件的 JSON Schema',
  'the web app and API on this machine': '在本机运行网页与 API',
  'postgres://user:password@host:port/database; default: from the settings':
    'postgres://用户:密码@主机:端口/数据库；默认取自设置',
  'threads for one job; 0: as many as there are cores': '每个任务的线程数；0 为处理器核数',
  'answers /metrics and /health/live on 127.0.0.1; 0: any free port':
    '在 127.0.0.1 上应答 /metrics 与 /health/live 的端口；0 为任意空闲端口',
  'do the jobs of a PostgreSQL database, on this or another machine':
    '在本机或别的机器上执行 PostgreSQL 数据库里的任务',
  'the settings in force and where they come from; whether all that they rest on is in order':
    '当前生效的设置及其来源；它们所依赖的一切是否正常',
  'the file to write; an existing one is refused': '要写的文件；已存在则拒绝',
  'write the workspace, as of one moment, into one file while everything goes on':
    '把工作区在某一刻的全部内容写入一个文件，其间一切照常运行',
  'unit of a duration: seconds, ms, minutes, hours, mm:ss or hh:mm':
    '时长的单位：seconds（秒）、ms（毫秒）、minutes（分钟）、hours（小时）、mm:ss 或 hh:mm',
  'take in figures that calls can hardly have: they are true': '数值虽不寻常但属实，照样导入',
  'take numbers that are none (NaN, infinite) out of the records that doctor found them in':
    '把 doctor 查出的坏值（NaN、无穷大）从记录中清除',
  'list the rows, change nothing': '只列出这些行，不改动',
  'bring the database’s structure up to this version, wholly or not at all':
    '把数据库结构升级到本版本：要么全部，要么一点也不',
  'postgres://user:password@host:port/database, or a folder':
    'postgres://用户:密码@主机:端口/数据库,或一个文件夹',
  'overwrite what stands there of this hotline': '覆盖那里已有的这条热线的内容',
  'move the workspace’s records to PostgreSQL, or from there into a folder, row for row':
    '把工作区的记录逐行迁到 PostgreSQL，或从那里迁到文件夹',
  'overwrite all that an existing workspace holds': '覆盖现有工作区的全部内容',
  'written by huawu backup': '由 huawu backup 写出的文件',
  'make the workspace what a backup holds': '把工作区恢复成备份中的样子',
};

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '通用选项：',
  'Commands:': '命令：',
};

const exitCodes: Readonly<Record<Language, string>> = {
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
};

/** Gives a program's help the words of a language: every command, option and title. */
export const tellHelp = (program: Command, language: Language): void => {
  program.addHelpText('after', exitCodes[language]);
  const help = {
    showGlobalOptions: true,
    ...(language === 'en' ? {} : { styleTitle, optionDescription, argumentDescription }),
  };
  const visit = (command: Command): void => {
    command.configureHelp(help);
    if (language !== 'en') translate(command);
    for (const child of command.commands) visit(child);
  };
  visit(program);
};

const translate = (command: Command): void => {
  const shown = inChinese('display help for command');
  command.helpOption('-h, --help', shown);
  if (command.commands.length > 0) command.helpCommand('help [command]', shown);
  command.description(inChinese(command.description())).summary(inChinese(command.summary()));
  for (const part of [...command.options, ...command.registeredArguments])
    part.description = inChinese(part.description);
};

const inChinese = (english: string): string => helpWords[english] ?? english;

const styleTitle = (title: string): string => titles[title] ?? title;

const withFacts = (
  { description, defaultValue, defaultValueDescription, argChoices }: Option | Argument,
  more: readonly string[] = [],
): string => {
  const facts = [
    ...(argChoices === undefined ? [] : [`可用：${argChoices.join('、')}`]),
    ...(defaultValue === undefined || defaultValue === false
      ? []
      : [`默认：${defaultValueDescription ?? String(defaultValue)}`]),
    ...more,
  ];
  return facts.length === 0 ? description : `${description}（${facts.join('；')}）`;
};

const optionDescription = (option: Option): string =>
  withFacts(option, option.envVar === undefined ? [] : [`环境变量：${option.envVar}`]);

const argumentDescription = (argument: Argument): string => withFacts(argument);
