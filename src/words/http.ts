import type { HttpFindings, HttpProblems } from '../http/http-findings.ts';
import type { Text } from '../kernel/text.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';

/** Those who hold a queue, where they have names. */
const holding = (
  holders: readonly { readonly name: string; readonly jobs: number }[],
  say: (name: string, jobs: number) => string,
): readonly string[] => holders.filter(({ name }) => name !== '').map(({ name, jobs }) => say(name, jobs));

/** What the HTTP layer refuses. */
export const httpSentences: Sentences<HttpFindings> = {
  'records-moved-away': {
    'zh-CN': ({ place }) => `暂时无法提供服务：数据已移到 ${place}，这里只剩旧数据；请在新的地点重新启动`,
    en: ({ place }) =>
      `Not ready: the records were moved to ${place} and only the old ones are here; start it at the new place`,
  },
  'not-ready': {
    'zh-CN': ({ parts }, { list }) => `暂时无法提供服务：${list(parts)} 不可用`,
    en: ({ parts }, { list }) => `Not ready: ${list(parts)} cannot be reached`,
  },
  'not-found': {
    'zh-CN': ({ path }) => `没有这个地址：${path}`,
    en: ({ path }) => `There is nothing at ${path}`,
  },
  'too-many-requests': {
    'zh-CN': '请求过于频繁，请稍后再试',
    en: 'Too many requests: wait a little',
  },
  'file-too-large': {
    'zh-CN': ({ megabytes }) => `文件超过 ${megabytes} MB。请用命令行导入：huawu ingest`,
    en: ({ megabytes }) =>
      `The file is larger than ${megabytes} MB: bring it in on the command line with huawu ingest`,
  },
  'not-a-file': {
    'zh-CN': '请以 application/octet-stream 发送文件',
    en: 'Send the file as application/octet-stream',
  },
  'no-job': {
    'zh-CN': '没有这个任务，可能服务重启过',
    en: 'There is no such job; the server may have restarted',
  },
  'too-many-jobs': {
    'zh-CN': ({ own, holders }, { list }) => {
      if (own) return '您排队的任务已经很多，请等它们完成，或取消其中一些';
      const who = holding(holders, (name, jobs) => `${name} ${jobs} 项`);
      return `排队的任务过多${who.length === 0 ? '' : `（${list(who)}）`}，请等前面的任务完成`;
    },
    en: ({ own, holders }, { list }) => {
      if (own) return 'Many of your jobs are waiting already: let them finish, or cancel some';
      const who = holding(holders, (name, jobs) => `${name} ${jobs}`);
      return `Too many jobs are waiting${who.length === 0 ? '' : ` (${list(who)})`}: let the earlier ones finish`;
    },
  },
  'job-of-another': {
    'zh-CN': '只能取消自己提交的任务',
    en: 'Only jobs of your own can be cancelled',
  },
  'in-maintenance': {
    'zh-CN': ({ message }) =>
      `系统正在维护：可以查看，暂时不能改动${message === null ? '' : `（${message}）`}。请稍后再试`,
    en: ({ message }) =>
      `In maintenance: all can be looked at, nothing changed for now${message === null ? '' : ` (${message})`}. Try again later`,
  },
  'no-line': {
    'zh-CN': ({ line }) => `这台服务器上没有热线 ${line}`,
    en: ({ line }) => `This server has no hotline ${line}`,
  },
  'no-plan': {
    'zh-CN': ({ id }) => (id === null ? '还没有做过周计划' : `没有编号为 ${id} 的计划`),
    en: ({ id }) => (id === null ? 'No plan has been made yet' : `There is no plan ${id}`),
  },
  'no-roster': {
    'zh-CN': ({ id }) => (id === null ? '还没有排班表' : `没有编号为 ${id} 的排班表`),
    en: ({ id }) => (id === null ? 'No roster has been made yet' : `There is no roster ${id}`),
  },
  'no-feed': { 'zh-CN': '没有这个数据源', en: 'There is no such feed' },
  'no-overrule': {
    'zh-CN': '没有这条修正',
    en: 'There is no such change',
  },
  'no-note': { 'zh-CN': '没有这条记事', en: 'There is no such note' },
  'event-changed': {
    'zh-CN': '未保存：这个事件已在别处改动，或同日已有同名事件。请重新读取后再改',
    en: 'Not saved: this event has been changed elsewhere, or another of its day has its name. Read it again and change it there',
  },
  'not-built': {
    'zh-CN': '网页尚未构建：请在程序所在文件夹运行 npm run build，然后刷新本页',
    en: 'The page has not been built yet: run npm run build in the folder of the program, then open this again',
  },
  'foreign-host': {
    'zh-CN': ({ publicUrl }) =>
      publicUrl === null
        ? '请求的 Host 不是本机地址，已拒绝（防止其他网页冒用本机端口）。要用别的地址打开，请设置 publicUrl'
        : `请打开 ${publicUrl}：请求里的 Host 不是这个地址，已拒绝。地址变了的话，请改设置 publicUrl`,
    en: ({ publicUrl }) =>
      publicUrl === null
        ? 'The Host of this request is not this machine: refused, since any web page could aim a name at a local port. To open it under another address, set publicUrl'
        : `Open ${publicUrl}: the Host of this request is another, and is refused. If the address has changed, set publicUrl`,
  },
  'header-twice': {
    'zh-CN': ({ header }) => `请求里有多个 ${header}，已拒绝`,
    en: ({ header }) => `This request has more than one ${header}: refused`,
  },
  'https-wanted': {
    'zh-CN': ({ publicUrl }) =>
      `${publicUrl === null ? '请用 https 打开' : `请打开 ${publicUrl}`}：不经 TLS 不能登录。如果已经用了 https，说明反向代理没有转发 X-Forwarded-Proto`,
    en: ({ publicUrl }) =>
      `${publicUrl === null ? 'Open this by https' : `Open ${publicUrl}`}: nobody signs in without TLS. If you did, the reverse proxy does not pass on X-Forwarded-Proto`,
  },
  'foreign-origin': {
    'zh-CN': '请求来自别的网页，已拒绝',
    en: 'This request comes from another web page: refused',
  },
  'no-token': {
    'zh-CN': '写入请求没有令牌，或令牌已过期：网页请刷新后重试；程序请带上 huawu open --token 给出的令牌',
    en: 'A write needs the token, and this one is missing or out of date: reload the page; a program takes it from huawu open --token',
  },
  'no-access': {
    'zh-CN':
      '这里的数据只给启动话务的人看：请用终端里显示的一次性网址打开，或运行 huawu open 取得新的；程序请带上 huawu open --token 给出的令牌',
    en: 'Only whoever started Huawu sees its data: open the one-time address that the terminal shows, or run huawu open for a new one; a program takes the token from huawu open --token',
  },
  'no-sign-in': {
    'zh-CN': '请先登录；程序请带上管理员发放的令牌',
    en: 'Sign in first; a program carries a token that it was given',
  },
  'token-refused': {
    'zh-CN': '令牌不存在、已过期或已收回：请向管理员要新的令牌',
    en: 'This token is unknown, has expired or was taken back: ask an administrator for another',
  },
  'signed-out': {
    'zh-CN': '登录已失效，或这个页面已过期：请刷新后重新登录。未保存的改动请先记下',
    en: 'You are signed out, or this page is out of date: reload it and sign in again. Note down first what is not saved',
  },
  'no-right': {
    'zh-CN': '您的角色不能做这件事，请联系管理员',
    en: 'Your role does not include this: ask an administrator',
  },
  'no-role-here': {
    'zh-CN': '您在这条热线还没有角色，请联系管理员',
    en: 'You have no role on this hotline yet: ask an administrator',
  },
  'sign-in-off': {
    'zh-CN': '登录功能未开启：huawu admin sign-in on',
    en: 'Nobody signs in here: turn it on with huawu admin sign-in on',
  },
  'no-token-there': {
    'zh-CN': '没有这个令牌',
    en: 'There is no such token',
  },
  'no-session-there': {
    'zh-CN': '没有这个登录，可能已经退出',
    en: 'There is no such session; it may have ended',
  },
  'not-your-own': {
    'zh-CN': '只能查看或申请与本人有关的排班',
    en: 'Only duties of your own can be looked at or asked about',
  },
  'beyond-this-machine': {
    'zh-CN': ({ host }) =>
      `不能在 ${host} 上监听：登录功能未开启，网络上的任何人都能看到话务数据。请用 127.0.0.1，或先运行 huawu admin sign-in on`,
    en: ({ host }) =>
      `Will not listen on ${host}: sign-in is off, so anyone on the network could read the traffic. Use 127.0.0.1, or run huawu admin sign-in on first`,
  },
  'beyond-wants-address': {
    'zh-CN': ({ host }) =>
      `不能在 ${host} 上监听：请说明浏览器打开的地址，例如 --public-url https://huawu.example.cn`,
    en: ({ host }) =>
      `Will not listen on ${host}: say which address browsers open, such as --public-url https://huawu.example.org`,
  },
  'beyond-wants-tls': {
    'zh-CN': ({ host }) =>
      `不能在 ${host} 上监听：密码会以明文经过网络。请给出证书与私钥（--tls-cert、--tls-key），或放在反向代理后面（--trusted-proxy）`,
    en: ({ host }) =>
      `Will not listen on ${host}: passwords would cross the network in the clear. Give a certificate and its key (--tls-cert, --tls-key), or put it behind a reverse proxy (--trusted-proxy)`,
  },
  'address-wants-sign-in': {
    'zh-CN': ({ url }) => `${url} 可从别处打开，但登录功能未开启。请先运行 huawu admin sign-in on`,
    en: ({ url }) =>
      `${url} can be opened from elsewhere, but sign-in is off. Run huawu admin sign-in on first`,
  },
  'certificate-and-key': {
    'zh-CN': '证书与私钥要一起给出：--tls-cert、--tls-key',
    en: 'A certificate goes with its key: give both --tls-cert and --tls-key',
  },
  'certificate-unusable': {
    'zh-CN': ({ file }) => `证书或私钥无法使用：${file}。请检查是否存在、可读、为 PEM 格式，且两者配对`,
    en: ({ file }) =>
      `The certificate or its key cannot be used: ${file}. Check that both are there, readable, PEM, and belong together`,
  },
  'port-in-use': {
    'zh-CN': ({ port }) =>
      `端口 ${port} 已被占用（可能话务已在运行：http://127.0.0.1:${port}）。请关掉它，或用 --port 另选一个端口`,
    en: ({ port }) =>
      `Port ${port} is taken (Huawu may be running already: http://127.0.0.1:${port}). Stop that, or choose another with --port`,
  },
  stopped: {
    'zh-CN': '已按要求停止',
    en: 'stopped as asked',
  },
  'internal-error': {
    'zh-CN': '内部错误，已记入日志；请重试，若再次出现请把日志发给维护者',
    en: 'An internal error, written to the log; try again, and send the log to the maintainers if it recurs',
  },
  'bad-address': {
    'zh-CN': '网址写法不对',
    en: 'The address is not well-formed',
  },
  'body-not-json': {
    'zh-CN': '请求内容不是 JSON',
    en: 'The request body is not JSON',
  },
  'unreadable-body': {
    'zh-CN': '请求内容损坏或不完整，无法读取',
    en: 'The request body is damaged or cut short',
  },
  'nothing-there': {
    'zh-CN': '没有这个地址',
    en: 'There is nothing at this address',
  },
  'version-wanted': {
    'zh-CN': '没有说明改的是哪一版（If-Match）。请重新读取后再改',
    en: 'The request does not say which version it changes (If-Match): read it again, then change it',
  },
  'precondition-failed': {
    'zh-CN': '文件与请求中的条件不符',
    en: 'The file is not as the request requires it',
  },
  'body-too-large': {
    'zh-CN': '请求内容过大',
    en: 'The request body is too large',
  },
  'unknown-encoding': {
    'zh-CN': '不支持请求内容的编码或压缩方式',
    en: 'The character set or compression of the request body is not known here',
  },
  'no-such-range': {
    'zh-CN': '文件没有请求的这一段',
    en: 'The file has no such range',
  },
  'wrong-request': {
    'zh-CN': '请求写法不对',
    en: 'The request is wrong',
  },
};

/** What is wrong with what a request brings along, and what to do. */
export const httpProblems: ProblemSentences<HttpProblems> = {
  'map-not-json': {
    message: { 'zh-CN': '列映射不是有效的 JSON', en: 'the column map is not JSON' },
    remedy: { 'zh-CN': '请检查括号与引号', en: 'check its brackets and quotes' },
  },
  'simulation-too-long': {
    message: {
      'zh-CN': '仿真的周数太多，别人要等太久',
      en: 'the simulation has too many weeks: others would wait too long',
    },
    remedy: {
      'zh-CN': ({ most }) => `这样的来电量最多仿真 ${most} 周；要更多，请排班规划员来算`,
      en: ({ most }) => `with so many calls ask for at most ${most} weeks, or let a planner ask`,
    },
  },
  'left-out': {
    message: {
      'zh-CN': '缺少这一项，保存后它会被悄悄改回默认值',
      en: 'this is left out, and would fall back to its default in silence',
    },
    remedy: {
      'zh-CN': '请连同这一项一起提交；要恢复默认值，请明写默认值。',
      en: 'Send it along; to go back to the default, write the default.',
    },
  },
  'hard-rules-clash': {
    message: { 'zh-CN': ({ clash }, { say }) => say(clash), en: ({ clash }, { say }) => say(clash) },
    remedy: {
      'zh-CN': '请放宽其中一条规则，或增加座席',
      en: 'Relax one of the clashing rules, or allow for more operators',
    },
  },
};

/** Titles of answers that are errors, by the name of the error. */
export const problemTitles: Readonly<Record<string, Text>> = {
  'bad-input': { 'zh-CN': '提交的数据有问题', en: 'What was given cannot be used' },
  'no-answer': {
    'zh-CN': '在必须遵守的规则下没有可行的方案',
    en: 'No answer exists under the rules marked hard',
  },
  'store-away': {
    'zh-CN': '数据库暂时用不了',
    en: 'The records cannot be reached or written for now',
  },
  'records-moved': { 'zh-CN': '数据已移走', en: 'The records have been moved away' },
  'roster-changed': { 'zh-CN': '排班表已被他人改动', en: 'Somebody else has changed the roster' },
  usage: { 'zh-CN': '请求写法不对', en: 'The request is wrong' },
  cancelled: { 'zh-CN': '已取消', en: 'Cancelled' },
  internal: { 'zh-CN': '服务器内部出错', en: 'Something went wrong inside' },
};

/** What stands between several problems that are reported as one. */
export const problemSeparator: Text = { 'zh-CN': '；', en: '; ' };
