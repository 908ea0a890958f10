import type { SettingsProblems } from '../engine/read-settings.ts';
import type { ProblemSentences } from './sentences.ts';

/** What is wrong with an installation's settings, and what to do. */
export const settingsProblems: ProblemSentences<SettingsProblems> = {
  'settings-unreadable': {
    message: { 'zh-CN': '设置文件无法读取', en: 'the settings file cannot be read' },
    remedy: { 'zh-CN': '请检查该文件的读取权限。', en: 'Check that you may read it.' },
  },
  'not-a-public-url': {
    message: {
      'zh-CN': '不是可用的访问地址',
      en: 'this is no address that browsers could open',
    },
    remedy: {
      'zh-CN': '请写成 https://名称 或 https://名称:端口，后面不带路径。',
      en: 'Write https://name or https://name:port, with nothing behind it.',
    },
  },
  'trusts-everyone': {
    message: {
      'zh-CN': '这个网段太大：谁都能冒充反向代理，谎报来源和 https',
      en: 'this network is too wide: anybody in it could speak as the reverse proxy, and say where a request comes from and that it came by https',
    },
    remedy: {
      'zh-CN': '请写反向代理自己的地址，例如 127.0.0.1；网段最大 /16（IPv6 为 /64）。',
      en: 'Name the proxy’s own address, such as 127.0.0.1; a network may be /16 at most (/64 of IPv6).',
    },
  },
  'not-an-issuer': {
    message: {
      'zh-CN': '不是统一登录服务的地址',
      en: 'this is no address of a provider of OpenID Connect',
    },
    remedy: {
      'zh-CN': '请写成 https://…，即该服务的 issuer，不带 /.well-known/…。',
      en: 'Write https://…, the provider’s issuer, without /.well-known/….',
    },
  },
  'not-a-role-list': {
    message: {
      'zh-CN': '看不出哪个组对应哪个角色',
      en: 'this does not say which group is which role',
    },
    remedy: {
      'zh-CN':
        '请写成 组=角色，多个用逗号隔开；角色可用 viewer、team-leader、planner、administrator、bureau。座席要单独邀请，并写明是哪位座席。',
      en: 'Write group=role, with commas between; the roles are viewer, team-leader, planner, administrator, bureau. Operators are invited one by one, each with their entry.',
    },
  },
  'oidc-incomplete': {
    message: {
      'zh-CN': '统一登录的设置不全',
      en: 'the settings of OpenID Connect are not complete',
    },
    remedy: {
      'zh-CN': '有 oidcIssuer 就要有 oidcClientId；有 oidcRoleClaim 就要有 oidcRoles。',
      en: 'With oidcIssuer goes oidcClientId; with oidcRoleClaim go oidcRoles.',
    },
  },
  'workers-need-postgres': {
    message: {
      'zh-CN': '任务要交给其他进程（jobs 为 workers），但数据存放在本机文件里，别的机器读不到',
      en: 'jobs are to be done by workers, but the records lie in a file of this machine, which others cannot reach',
    },
    remedy: {
      'zh-CN': '请把 store 设为 postgres:// 地址，或把 jobs 改回 here。',
      en: 'Set store to a postgres:// address, or jobs back to here.',
    },
  },
  'line-is-workspace': {
    message: {
      'zh-CN': ({ home }) => `这个名称已经是工作区（${home}）自己的热线`,
      en: ({ home }) => `the workspace itself (${home}) is the hotline of this name`,
    },
    remedy: { 'zh-CN': '请给这条热线的文件夹换一个名称。', en: "Give this line's folder another name." },
  },
  'line-shares-settings': {
    message: {
      'zh-CN': ({ home }) => `这条热线与工作区（${home}）共用数据库，名称就是文件夹的名称`,
      en: ({ home }) =>
        `this line shares the database of its workspace (${home}), and is called as its folder is`,
    },
    remedy: { 'zh-CN': '请去掉这个选项。', en: 'Leave this option out.' },
  },
};
