import type { CliFindings, NumberRange, WrongUsage } from '../cli/cli-findings.ts';
import { administratorAgain, noAdministratorLeft } from './access.ts';
import { modelTitles } from './model-paths.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

const usageInChinese = (
  { refused, parser, names, wanted, choices, near }: WrongUsage,
  { list, say }: Speech,
): string => {
  const words = refusedInChinese[refused] ?? `用法不对：${parser}`;
  return [
    words.replaceAll(/\{(\d)\}/g, (_, at: string) => names[Number(at)] ?? ''),
    ...(wanted === null ? [] : [`应为${say(wanted)}`]),
    ...(choices.length === 0 ? [] : [`可用：${list(choices)}`]),
    ...(near.length === 0 ? [] : [`是不是 ${list(near)}`]),
  ].join('；');
};

/** The parser speaks English itself; what it cannot know is added. */
const usageInEnglish = ({ parser, wanted }: WrongUsage, { say }: Speech): string =>
  wanted === null ? parser : `${parser} Wanted: ${say(wanted)}`;

/** What commands answer in a sentence, and what is wrong with how they were called. */
export const cliSentences: Sentences<CliFindings> = {
  'type-password': {
    'zh-CN': '请输入密码（不显示），然后按回车：',
    en: 'Type the password (it is not shown), then Enter:',
  },
  'type-password-seen': {
    'zh-CN': '此终端无法隐藏输入；请改用管道传入密码，或在无人处输入后按回车：',
    en: 'This terminal cannot hide what is typed: pipe the password in, or type it where nobody looks, then Enter:',
  },
  'user-invited': {
    'zh-CN': ({ user, code }) =>
      `请把这个邀请码交给 ${user}，七天内在登录页选“我有邀请码”设置密码（只显示这一次）：\n  ${code}`,
    en: ({ user, code }) =>
      `Hand this code to ${user}: with it they choose a password on the sign-in page, “I have a code”, within seven days (shown this once):\n  ${code}`,
  },
  'user-changed': { 'zh-CN': ({ user }) => `已修改 ${user}`, en: ({ user }) => `${user} is changed` },
  'password-set': {
    'zh-CN': ({ user }) => `${user} 的密码已设置，原有登录均已失效`,
    en: ({ user }) => `${user} has a new password, and is signed out everywhere`,
  },
  'no-provider': {
    'zh-CN': '没有设置统一登录：请先设 oidcIssuer',
    en: 'No provider of OpenID Connect is set: set oidcIssuer first',
  },
  'no-such-token': {
    'zh-CN': ({ given }) => `没有令牌 ${given}`,
    en: ({ given }) => `There is no token ${given}`,
  },
  'token-removed': { 'zh-CN': ({ id }) => `令牌 ${id} 已收回`, en: ({ id }) => `Token ${id} is taken back` },
  'copies-taken': {
    'zh-CN': ({ files }, { list }) => `升级前的副本：${list(files)}（用 huawu restore 恢复）`,
    en: ({ files }, { list }) => `Copies from before: ${list(files)} (huawu restore brings one back)`,
  },
  'maintenance-on': {
    'zh-CN': '维护开始：服务只答查看，新作业等候；已在进行的作业做完为止。结束：huawu admin maintenance off',
    en: 'Maintenance has begun: servers answer reads alone, and jobs wait; those that run go on to their end. It ends with: huawu admin maintenance off',
  },
  'maintenance-off': {
    'zh-CN': '维护结束，一切照常',
    en: 'Maintenance is over: everything works again',
  },
  'person-exported': {
    'zh-CN': ({ person, file }) => `${person} 的数据已写入 ${file}（仅本账户可读）`,
    en: ({ person, file }) => `What is kept of ${person} is in ${file}, which only you can read`,
  },
  'person-erase-asks': {
    'zh-CN': ({ person, rows }, { whole }) =>
      `将抹除 ${person}：涉及 ${whole(rows)} 行，无法恢复；以前的备份不受影响。确定请再输入一次 ${person}，然后按回车：`,
    en: ({ person, rows }, { whole }) =>
      `${person} is about to be erased, in ${whole(rows)} rows, for good; backups stay as they are. To go on, type ${person} again, then Enter:`,
  },
  'person-erase-wants-yes': {
    'zh-CN': '抹除无法恢复：请在终端里确认，或加 --yes',
    en: 'What is erased does not come back: confirm it at a terminal, or add --yes',
  },
  'person-not-erased': { 'zh-CN': '没有抹除任何数据', en: 'Nothing was erased' },
  'person-erased': {
    'zh-CN': ({ pseudonym, removed, rewritten }, { whole }) =>
      `已抹除：删除 ${whole(removed)} 行，另有 ${whole(rewritten)} 处改为化名 ${pseudonym}。变更记录仍可核对（huawu audit）。以前的备份里仍有原名，请按需要删除；正在运行的服务请重启。`,
    en: ({ pseudonym, removed, rewritten }, { counted }) =>
      `Erased: ${counted(removed, 'row')} removed, and ${pseudonym} stands for the name in ${counted(rewritten, 'place')}. The log of changes still proves itself (huawu audit). Earlier backups keep the name: delete them where you must; start a running server anew.`,
  },
  'sessions-ended': {
    'zh-CN': ({ sessions }) => `已结束 ${sessions} 个登录`,
    en: ({ sessions }, { counted }) => `${counted(sessions, 'session')} ended`,
  },
  'sign-in-is-on': {
    'zh-CN': '登录功能已开启，下次启动服务时生效。首次启动会在终端给出设置管理员的邀请码',
    en: 'Sign-in is on, from the next start of the server. Its first start prints the code that makes the administrator',
  },
  'sign-in-is-off': {
    'zh-CN': '登录功能已关闭，下次启动服务时生效；此后只能在本机使用',
    en: 'Sign-in is off, from the next start of the server, which then serves this machine alone',
  },
  'sign-in-from-environment': {
    'zh-CN': '注意：环境变量 HUAWU_SIGN_IN 优先于这项设置',
    en: 'Mind: the environment variable HUAWU_SIGN_IN outranks this setting',
  },
  'tokens-by-admin': {
    'zh-CN':
      '登录功能已开启，工作区的令牌不再有效。请为程序发放令牌：huawu admin add-token 名称 --user 用户名',
    en: 'Sign-in is on, so the workspace’s token opens nothing. Give the program one of its own: huawu admin add-token NAME --user USER',
  },
  'serving-signed-in': {
    'zh-CN': ({ url, code }) =>
      code === null
        ? `话务已在 ${url} 运行，请登录。`
        : `话务已在 ${url} 运行。还没有任何用户：请打开这个网址，用下面的邀请码设置管理员（只能用一次，重新启动后更换）：\n  ${code}`,
    en: ({ url, code }) =>
      code === null
        ? `Huawu runs at ${url}; sign in there.`
        : `Huawu runs at ${url}. Nobody has an account yet: open it and make the administrator with this code (good once; another at the next start):\n  ${code}`,
  },
  'no-administrator': {
    'zh-CN': (missing) => `注意：${noAdministratorLeft['zh-CN']}。${administratorAgain['zh-CN'](missing)}`,
    en: (missing) => `Mind: ${noAdministratorLeft.en}. ${administratorAgain.en(missing)}`,
  },
  'feeds-found': {
    'zh-CN': ({ feeds, live }) => (feeds === 0 ? '未设置' : `${feeds} 个，其中 ${live} 个实时`),
    en: ({ feeds, live }) => (feeds === 0 ? 'none' : `${feeds}, of which ${live} live`),
  },
  'accounts-found': {
    'zh-CN': ({ accounts }) => `${accounts} 个`,
    en: ({ accounts }) => `${accounts}`,
  },
  'making-demo': {
    'zh-CN': '正在生成演示热线（虚构数据，两年话务）……',
    en: 'making up the demo hotline (two years of made-up traffic) ...',
  },
  'live-is-made-up': {
    'zh-CN': '演示交换机只用于演示热线，不会往您自己的热线里写虚构的来电；请用 --workspace 另选文件夹',
    en: 'the made-up switchboard plays for the made-up hotline only: name another folder with --workspace',
  },
  'live-begins': {
    'zh-CN': ({ file }) => `演示交换机从今天零点起把来电写入 ${file}，追上时钟后按实际时间继续`,
    en: ({ file }) =>
      `the made-up switchboard writes today's calls into ${file}, from midnight, and then as time goes by`,
  },
  'live-written': {
    'zh-CN': ({ file, lines, entered }) => `${file}：${lines} 行，今天进入队列的来电 ${entered} 个`,
    en: ({ file, lines, entered }) => `${file}: ${lines} lines, ${entered} calls that entered a queue today`,
  },
  'worker-ready': {
    'zh-CN': '话务工作进程已就绪；按 Ctrl+C 结束。',
    en: 'The worker is ready; Ctrl+C ends it.',
  },
  'worker-needs-postgres': {
    'zh-CN': 'huawu worker 需要 PostgreSQL：请用 --store postgres://… 或在 settings.json 里写 store',
    en: 'huawu worker needs PostgreSQL: give --store postgres://... or set store in settings.json',
  },
  'give-factor-or-calls': {
    'zh-CN': '请给出 --factor 或 --calls 之一',
    en: 'Give one of --factor and --calls',
  },
  'give-from-and-to': {
    'zh-CN': '--from 和 --to 要一起给出',
    en: '--from and --to go together',
  },
  'change-noted': {
    'zh-CN': ({ id }) => `已记下第 ${id} 条修改`,
    en: ({ id }) => `Change ${id} is noted`,
  },
  'no-such-change': {
    'zh-CN': ({ given }) => `没有第 ${given} 条修改`,
    en: ({ given }) => `There is no change ${given}`,
  },
  'change-taken-back': {
    'zh-CN': ({ id }) => `已撤销第 ${id} 条修改`,
    en: ({ id }) => `Change ${id} is taken back`,
  },
  'no-such-version': {
    'zh-CN': ({ given }) => `没有编号为 ${given} 的早先版本；huawu settings list 列出保留的版本`,
    en: ({ given }) => `There is no earlier version ${given}; huawu settings list names those that are kept`,
  },
  'version-brought-back': {
    'zh-CN': ({ id, model }) => `“${modelTitles[model]['zh-CN']}”已恢复为第 ${id} 版；换下的版本也留着`,
    en: ({ id, model }) =>
      `${modelTitles[model].en}: version ${id} is back; what it replaced is kept as well`,
  },
  'no-such-note': {
    'zh-CN': ({ given }) => `没有第 ${given} 条记事`,
    en: ({ given }) => `There is no note ${given}`,
  },
  'note-removed': {
    'zh-CN': ({ id }) => `已删除第 ${id} 条记事`,
    en: ({ id }) => `Note ${id} is removed`,
  },
  'one-number-of-test-calls': {
    'zh-CN': '用 --connected 时请给出一个不小于它的 --test-calls，如 --connected 5 --test-calls 17',
    en: 'With --connected give one number of --test-calls, no less than it, such as --connected 5 --test-calls 17',
  },
  'name-both-columns': {
    'zh-CN': '用 --input 时请用 --calls-column 和 --met-column 写明来电列与时限内接听列',
    en: 'With --input, name the columns of calls and of those answered in time by --calls-column and --met-column',
  },
  'weeks-or-dates': {
    'zh-CN': '周数，或用逗号隔开的日期，如 2026-11-02,2026-11-09',
    en: 'a number of weeks, or dates such as 2026-11-02,2026-11-09',
  },
  'give-load-or-table': {
    'zh-CN': '请给出 --calls-per-hour、--aht 和 --operators，或用 --input 给出一张表',
    en: 'Give --calls-per-hour, --aht and --operators, or a table with --input',
  },
  'load-beyond-limit': {
    'zh-CN': ({ erlangs, most }) =>
      `平均同时有 ${erlangs.toPrecision(3)} 个通话，最多只算到 ${most}；请检查 --calls-per-hour 和 --aht 的单位`,
    en: ({ erlangs, most }) =>
      `That is ${erlangs.toPrecision(3)} calls at once on average, and ${most} is the most: check the units of --calls-per-hour and --aht`,
  },
  'patience-beyond-limit': {
    'zh-CN': ({ handleTimes }) => `--patience 超过处理时长的 ${handleTimes} 倍；无人放弃请写 inf`,
    en: ({ handleTimes }) =>
      `--patience is over ${handleTimes} handle times: write inf where nobody hangs up`,
  },
  restored: {
    'zh-CN': ({ folder, rows, shared }) =>
      shared === null
        ? `已恢复到 ${folder}（${rows} 行与 models/），并已核对`
        : `已恢复：${rows} 行到 ${shared.place} 的热线 ${shared.hotline}，models/ 到 ${folder}，并已核对`,
    en: ({ folder, rows, shared }, { counted }) =>
      shared === null
        ? `Restored into ${folder} (${counted(rows, 'row')} and models/), checked`
        : `Restored ${counted(rows, 'row')} as the hotline ${shared.hotline} of ${shared.place}, and models/ into ${folder}, checked`,
  },
  'store-from-environment': {
    'zh-CN':
      '数据在环境变量 HUAWU_STORE 所指的数据库里：以后使用这个工作区也要带上它，或把 store 写进该文件夹的 settings.json',
    en: 'The records are in the database that HUAWU_STORE names: keep it set for this workspace, or write store into the folder’s settings.json',
  },
  'only-with-levers': {
    'zh-CN': '--recover 和 --budget 只能与 --levers 一起使用',
    en: '--recover and --budget belong to --levers',
  },
  'give-scenario-or-model': {
    'zh-CN': '请用 --scenario 给出情景文件，或用 --model 给出模型',
    en: 'Give a scenario file with --scenario, or a model with --model',
  },
  'date-and-time': {
    'zh-CN': '日期和时刻，如 2026-11-24T10:30',
    en: 'a date and time such as 2026-11-24T10:30',
  },
  'only-with-model': {
    'zh-CN':
      '--connection-rate、--service-level、--threshold、--replications 只用于 --model；计划的目标写在 models/targets.json',
    en: '--connection-rate, --service-level, --threshold and --replications go with --model; a plan has its targets in models/targets.json',
  },
  'no-such-preset': {
    'zh-CN': ({ preset, names }, { list }) => `没有名为“${preset}”的映射预设；可用：${list(names)}`,
    en: ({ preset, names }, { list }) => `there is no preset "${preset}"; there are: ${list(names)}`,
  },
  'nothing-to-mend': {
    'zh-CN': ({ place }) => `${place}：没有需要修复的记录`,
    en: ({ place }) => `${place}: nothing to mend`,
  },
  'rows-to-mend': {
    'zh-CN': ({ place, rows }) => `${place}：有 ${rows} 行需要修复`,
    en: ({ place, rows }, { counted }) => `${place}: ${counted(rows, 'row')} to mend`,
  },
  'rows-mended': {
    'zh-CN': ({ place, rows }) => `${place}：已修复 ${rows} 行`,
    en: ({ place, rows }, { counted }) => `${place}: ${counted(rows, 'row')} mended`,
  },
  'share-or-percentage': {
    'zh-CN': '0–1 的数，或百分数',
    en: 'a number from 0 to 1, or a percentage',
  },
  'give-all-three': {
    'zh-CN': '--solved、--partly 与 --effect 须一起给出',
    en: 'Give --solved, --partly and --effect together',
  },
  'not-running': {
    'zh-CN': '这个工作区的网页没有在运行，请先运行 huawu start 或 huawu serve',
    en: 'The web app of this workspace does not run: start it with huawu start or huawu serve',
  },
  'ctrl-c-ends-it': {
    'zh-CN': '按 Ctrl+C 结束。',
    en: 'Ctrl+C ends it.',
  },
  serving: {
    'zh-CN': ({ url, address }) =>
      `话务已在 ${url} 运行。请用浏览器打开下面的网址（只能用一次，15 分钟内有效）；此后该浏览器可直接打开 ${url}，换一个浏览器时运行 huawu open 取得新的网址。\n\n  ${address}\n`,
    en: ({ url, address }) =>
      `Huawu runs at ${url}. Open the address below in a browser (good once, for 15 minutes); from then on that browser may open ${url} itself, and for another huawu open prints a fresh address.\n\n  ${address}\n`,
  },
  'report-written': {
    'zh-CN': ({ id, week, out }) => `计划 ${id}（${week}）已写入 ${out}`,
    en: ({ id, week, out }) => `Plan ${id} (${week}) written to ${out}`,
  },
  'unknown-report-ending': {
    'zh-CN': '--out 的文件名应以 .html、.xlsx、.zip 或 .csv 结尾',
    en: 'The name given to --out must end in .html, .xlsx, .zip or .csv',
  },
  'page-only-of-html': {
    'zh-CN': '--page 只用于 .html 文件',
    en: '--page goes with an .html file only',
  },
  'table-with-csv': {
    'zh-CN': ({ tables }, { list }) =>
      `.csv 文件只装一张表，请用 --table 指明：${list(tables)}；要全部表格请用 .zip`,
    en: ({ tables }, { list }) =>
      `A .csv file holds one table: name it by --table (${list(tables)}), or take all of them as .zip`,
  },
  'unknown-answer-ending': {
    'zh-CN': ({ endings }, { list }) => `文件名应以 ${list(endings)} 之一结尾`,
    en: ({ endings }, { list }) => `a name ending in one of ${list(endings)}`,
  },
  'unknown-audit-ending': {
    'zh-CN': '变更记录请以 .csv 或 .json 结尾。',
    en: 'Give the log of changes a name that ends in .csv or .json.',
  },
  'unknown-roster-ending': {
    'zh-CN': '--out 的文件名应以 .xlsx、.csv、.ics、.html、.wecom.json 或 .feishu.json 结尾',
    en: 'The name given to --out must end in .xlsx, .csv, .ics, .html, .wecom.json or .feishu.json',
  },
  'one-roster-question': {
    'zh-CN': '--repair、--swap、--check、--publish、--changes、--compare 和 --show 每次只用一个',
    en: 'Use one of --repair, --swap, --check, --publish, --changes, --compare and --show at a time',
  },
  'no-such-cycle': {
    'zh-CN': ({ said, known }, { list }) =>
      `看不懂轮班“${said}”。可用：四班三运转、五班三运转、做二休二（${list(known)}），或逐日写出，如 早早中中夜夜休休：每天一个字，早、中、夜、休，至少各有一个工作日和休息日，最长 56 天`,
    en: ({ said, known }, { list }) =>
      `Cannot read the rotation "${said}". Known: ${list(known)}; or a letter for each day, E early, L late, N night, O off, such as EELLNNOO: at least one worked and one off, 56 days at most`,
  },
  'not-a-duty': {
    'zh-CN': ({ said }) => `看不懂“${said}”，写成 工号@日期，如 A01@2026-11-25`,
    en: ({ said }) => `Cannot read "${said}": write OPERATOR@DATE, such as A01@2026-11-25`,
  },
  'not-a-pin': {
    'zh-CN': ({ said }) => `看不懂“${said}”，写成 工号@日期=班次，如 A01@2026-11-25=early；休息写 off`,
    en: ({ said }) =>
      `Cannot read "${said}": write OPERATOR@DATE=SHIFT, such as A01@2026-11-25=early, or =off`,
  },
  'hours-written': {
    'zh-CN': ({ shown }, { say }) => `已写入 models/hotline.json：${say(shown)}`,
    en: ({ shown }, { say }) => `Written to models/hotline.json: ${say(shown)}`,
  },
  'hours-learnt': {
    'zh-CN': ({ shown }, { say }) =>
      `models/hotline.json 未写明开放时间，从数据学得：${say(shown)}\n写入：huawu hours --keep`,
    en: ({ shown }, { say }) =>
      `models/hotline.json states no opening hours; learnt from the data: ${say(shown)}\nTo write them there: huawu hours --keep`,
  },
  'hours-stated': {
    'zh-CN': ({ inUse, shown }, { say }) =>
      `models/hotline.json 写明：${say(inUse)}\n数据显示：${say(shown)}\n以数据为准写入：huawu hours --keep`,
    en: ({ inUse, shown }, { say }) =>
      `Stated in models/hotline.json: ${say(inUse)}\nThe data show: ${say(shown)}\nTo write what the data show: huawu hours --keep`,
  },
  'no-such-schema': {
    'zh-CN': ({ name, known }, { list }) => `没有名为 ${name} 的结构；可用：${list(known)}`,
    en: ({ name, known }, { list }) => `There is no schema ${name}. Known: ${list(known)}`,
  },
  'backed-up': {
    'zh-CN': ({ out, rows }) => `已备份到 ${out}（${rows} 行与 models/），并已核对`,
    en: ({ out, rows }, { counted }) =>
      `Backed up into ${out} (${counted(rows, 'row')} and models/), checked`,
  },
  'nothing-to-plan': {
    'zh-CN': '工作区里还没有话务数据，请先运行 huawu ingest traffic 文件',
    en: 'The workspace holds no traffic yet: run huawu ingest traffic FILE first',
  },
  'only-with-band': {
    'zh-CN': '--confidence 和 --test-calls 只能与 --band 一起用',
    en: '--confidence and --test-calls only go with --band',
  },
  'no-calendar-of-holidays': {
    'zh-CN':
      '没有节假日日历：预测会把节假日当作平常日。可用 --country 指定国家，或在 models/calendar.json 里写明节假日。',
    en: 'There is no calendar of holidays, which are forecast as ordinary days: name a country with --country, or write them into models/calendar.json.',
  },
  'no-hotline-passes': {
    'zh-CN': '没有热线符合这些条件',
    en: 'No hotline passes these filters',
  },
  'hotline-goes-alone': {
    'zh-CN': '--hotline 不能与 --by、--traffic、--at-risk、--period、--out 同用',
    en: '--hotline goes without --by, --traffic, --at-risk, --period and --out',
  },
  moved: {
    'zh-CN': ({ rows, place, folder, leftAt }) =>
      `已把 ${rows} 行移到 ${place}，逐行核对一致；工作区 ${folder} 现在使用它。原数据仍在 ${leftAt}，已不再接受写入，确认无误后可自行删除；仍在使用它的服务请先停下，再在新的地点启动。`,
    en: ({ rows, place, folder, leftAt }, { counted }) =>
      `Moved ${counted(rows, 'row')} to ${place}, equal row for row; the workspace ${folder} uses them now. The old ones are still at ${leftAt} and take no more writes: delete them when you are sure, and stop a server that still uses them and start it at the new place.`,
  },
  'environment-outranks': {
    'zh-CN': '注意：环境变量 HUAWU_STORE 优先于 settings.json，请一并修改。',
    en: 'Mind: the environment variable HUAWU_STORE outranks settings.json; change it too.',
  },
  'address-in-part': {
    'zh-CN': '--to 看起来是一个地址，但不完整：请写 postgres://用户:密码@主机:端口/数据库，或者一个文件夹',
    en: '--to looks like an address but is not a whole one: write postgres://user:password@host:port/database, or a folder',
  },
  'structure-up-to-date': {
    'zh-CN': ({ place, to }) => `${place}：结构已是最新（${to}）`,
    en: ({ place, to }) => `${place}: the structure is up to date (${to})`,
  },
  'structure-updated': {
    'zh-CN': ({ place, from, to }) => `${place}：结构已从 ${from ?? '空'} 升级到 ${to}`,
    en: ({ place, from, to }) => `${place}: structure updated from ${from ?? 'empty'} to ${to}`,
  },
  'row-goes': {
    'zh-CN': ({ table, key, columns }, { list }) => `${table} ${key}: ${list(columns)} — 整行删去`,
    en: ({ table, key, columns }, { list }) => `${table} ${key}: ${list(columns)} — the row goes`,
  },
  'made-absent': {
    'zh-CN': ({ table, key, columns }, { list }) => `${table} ${key}: ${list(columns)} — 改为缺失`,
    en: ({ table, key, columns }, { list }) => `${table} ${key}: ${list(columns)} — made absent`,
  },
  'characters-replaced': {
    'zh-CN': ({ table, key, columns }, { list }) =>
      `${table} ${key}: ${list(columns)} — 不可用的字符换成 \ufffd`,
    en: ({ table, key, columns }, { list }) =>
      `${table} ${key}: ${list(columns)} — \ufffd takes the place of the character`,
  },
  'finished-broken-off': {
    'zh-CN': ({ work, given }) =>
      work === 'move'
        ? `上次 huawu move --to ${given} 中途中断；数据已全部移到，现已补完`
        : `上次 huawu restore ${given} 中途中断；数据已全部恢复，现已补完`,
    en: ({ work, given }) =>
      work === 'move'
        ? `An earlier huawu move --to ${given} was cut off after all records were there; it has been completed now`
        : `An earlier huawu restore ${given} was cut off after all records were in; it has been completed now`,
  },
  'took-back-broken-off': {
    'zh-CN': ({ work, given }) =>
      ({
        init: '上次 huawu init 中途中断，已撤回，未留下任何内容；请重新运行 huawu init',
        restore: `上次 huawu restore ${given} 中途中断，已撤回，未改动任何内容；要恢复请重新运行它`,
        move: `上次 huawu move --to ${given} 中途中断，已撤回，数据仍在原处；要迁移请重新运行它`,
      })[work],
    en: ({ work, given }) =>
      ({
        init: 'An earlier huawu init was cut off and has been undone; nothing of it is left. Run huawu init again',
        restore: `An earlier huawu restore ${given} was cut off and has been undone; nothing was changed. Run it again to restore`,
        move: `An earlier huawu move --to ${given} was cut off and has been undone; the records are where they were. Run it again to move`,
      })[work],
  },
  'rows-left-out': {
    'zh-CN': ({ rows, file }) => `有 ${rows} 行未导入，已写入 ${file}`,
    en: ({ rows, file }, { counted, plural }) =>
      `${counted(rows, 'row')} ${plural(rows, 'was', 'were')} left out and ${plural(rows, 'is', 'are')} in ${file}`,
  },
  'template-format': {
    'zh-CN': ({ file }) => `模板写成 .xlsx 或 .csv，不能是“${file}”`,
    en: ({ file }) => `a template is written as .xlsx or .csv, not "${file}"`,
  },
  'template-written': {
    'zh-CN': ({ kind, file }) => `${kind} 模板已写入 ${file}`,
    en: ({ kind, file }) => `template of ${kind} written to ${file}`,
  },
  'bad-column-option': {
    'zh-CN': ({ fields, given }, { list }) =>
      `--column 写作“字段=列名”或“字段=列名+列名”，读到的是“${given}”；字段有：${list(fields)}`,
    en: ({ fields, given }, { list }) =>
      `--column is FIELD=HEADING or FIELD=HEADING+HEADING, not "${given}"; fields are ${list(fields)}`,
  },
  'bad-unit-option': {
    'zh-CN': ({ fields, units, given }, { list }) =>
      `--unit 写作 字段=单位，字段为 ${list(fields)}，单位为 ${list(units)}；读到“${given}”`,
    en: ({ fields, units, given }, { list }) =>
      `--unit wants field=unit, a field of ${list(fields)} and a unit of ${list(units)}; found "${given}"`,
  },
  'workspace-made': {
    'zh-CN': ({
      folder,
      models,
      zone,
      country,
    }) => `工作区已建好：${folder}（时区 ${zone}，日历 ${country ?? '无'}）
接下来修改 ${models} 下的文件：
  hotline.json  名称、开放时间、队列、中继数、应答时限
  tiers.json    座席等级、各接哪些队列、每小时成本、缩减率
  shifts.json   班型、休息、缺人与富余的价格
  targets.json  接通率、N 秒接通率、占用率等目标
  prompts.json  分流提示、线上渠道及播放规则
然后导入话务：huawu ingest traffic 文件（交换机常用格式可加 --preset，见 models/presets）
再做计划：huawu plan`,
    en: ({
      folder,
      models,
      zone,
      country,
    }) => `Workspace made: ${folder} (zone ${zone}, calendar ${country ?? 'none'})
Next, edit the files under ${models}:
  hotline.json  name, opening hours, queues, lines, answer-time threshold
  tiers.json    grades of operators, the queues of each, cost per hour, shrinkage
  shifts.json   shift templates, breaks, prices of missing and spare operators
  targets.json  connection rate, rate within the threshold, occupancy
  prompts.json  diversion prompts, online channels, rules for playing
Then import traffic: huawu ingest traffic FILE (--preset for usual exports, see models/presets)
and plan: huawu plan`,
  },
  'a-date': {
    'zh-CN': '日期，如 2026-11-23',
    en: 'a date such as 2026-11-23',
  },
  'an-iso-week': {
    'zh-CN': '存在的 ISO 周次，如 2026-W48',
    en: 'an ISO week that exists, such as 2026-W48',
  },
  'a-clock-time': {
    'zh-CN': '时刻 HH:MM，如 08:30',
    en: 'a clock time HH:MM such as 08:30',
  },
  'a-number': {
    'zh-CN': ({ range }, speech) => numberInChinese(range, speech),
    en: ({ range }) => numberInEnglish(range),
  },
  'too-many-values': {
    'zh-CN': ({ most }, { number }) => `最多 ${number(most)} 个`,
    en: ({ most }, { number }) => `at most ${number(most)}`,
  },
  'wrong-usage': {
    'zh-CN': usageInChinese,
    en: usageInEnglish,
  },
  'disk-free': {
    'zh-CN': ({ gigabytes }, { number }) => `可用 ${number(gigabytes)} GB`,
    en: ({ gigabytes }, { number }) => `${number(gigabytes)} GB free`,
  },
  'program-version': {
    'zh-CN': ({ version, schema, found }) =>
      `话务 ${version}，${found === undefined ? `数据结构 ${schema}` : `数据库结构 ${found}，本程序 ${schema}`}`,
    en: ({ version, schema, found }) =>
      `Huawu ${version}, ${found === undefined ? `schema ${schema}` : `the database has schema ${found}, this program ${schema}`}`,
  },
  'store-found': {
    'zh-CN': ({ place, schema, isSound }) => `${place}（结构 ${schema}，${isSound ? '完整' : '有坏值'}）`,
    en: ({ place, schema, isSound }) => `${place} (schema ${schema}, ${isSound ? 'sound' : 'not sound'})`,
  },
  'plan-removed': { 'zh-CN': ({ id }) => `已删除计划 ${id}`, en: ({ id }) => `Plan ${id} is removed` },
  'no-plan-of-that-id': {
    'zh-CN': ({ id }) => `没有编号为 ${id} 的计划；huawu plans list 列出全部计划`,
    en: ({ id }) => `There is no plan ${id}: huawu plans list names them all`,
  },
  'log-found': {
    'zh-CN': ({ entries, seal }) => (entries === 0 ? '尚无记录' : `${entries} 条，末条印记 ${seal}`),
    en: ({ entries, seal }, { counted }) =>
      entries === 0 ? 'nothing yet' : `${counted(entries, 'entry', 'entries')}, the last one's seal ${seal}`,
  },
  'port-free': {
    'zh-CN': ({ port }) => `${port} 空闲`,
    en: ({ port }) => `${port} is free`,
  },
  'calendar-until': {
    'zh-CN': ({ country, until }) => `${country ?? '无'}，${until === null ? '不限年份' : `至 ${until}`}`,
    en: ({ country, until }) => `${country ?? 'none'}, ${until === null ? 'any year' : `until ${until}`}`,
  },
};

const numberInChinese = (
  { min, max, open, openAbove, whole, infinite }: NumberRange,
  { list }: Speech,
): string => {
  const bounds = [
    ...(min === undefined ? [] : [open === true ? `大于 ${min}` : `不小于 ${min}`]),
    ...(max === undefined ? [] : [openAbove === true ? `小于 ${max}` : `不大于 ${max}`]),
  ];
  return `${bounds.length === 0 ? '' : `${list(bounds)} 的`}${whole === true ? '整数' : '数'}${infinite === true ? '，或 inf' : ''}`;
};

const numberInEnglish = ({ min, max, open, openAbove, whole, infinite }: NumberRange): string => {
  const low = min === undefined ? '' : ` ${open === true ? 'above' : 'from'} ${min}`;
  const high = max === undefined ? '' : ` ${openAbove === true ? 'and below' : 'up to'} ${max}`;
  return `${whole === true ? 'a whole number' : 'a number'}${low}${high}${infinite === true ? ', or inf' : ''}`;
};

/** Chinese of what the argument parser refuses, by its error code; {0}, {1} take the options or values named. */
const refusedInChinese: Readonly<Record<string, string>> = {
  'commander.unknownOption': '不认识的选项 {0}',
  'commander.unknownCommand': '不认识的命令 {0}',
  'commander.missingArgument': '缺少参数 {0}',
  'commander.optionMissingArgument': '选项 {0} 后面缺少值',
  'commander.missingMandatoryOptionValue': '缺少必需的选项 {0}',
  'commander.excessArguments': '参数太多',
  'commander.invalidArgument': '{0} 的值“{1}”不对',
  'commander.conflictingOption': '{0} 不能与 {1} 同时使用',
  'commander.help': '请给出命令',
};
