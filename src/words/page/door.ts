import { openIdRefusals } from '../access.ts';
import type { Label } from '../sentences.ts';

/** Words of the door: signing in, the first who comes, one's own account. */
export const doorWords = {
  'access.title': { 'zh-CN': '请用一次性网址打开话务', en: 'Open Huawu by its one-time address' },
  'access.why': {
    'zh-CN': '只有在本机启动话务的人能看到数据。这个浏览器还没有获准，或 30 天的许可已过期。',
    en: 'Only whoever started Huawu on this machine sees the data. This browser has not been let in yet, or its permission has run out after 30 days.',
  },
  'access.terminal': {
    'zh-CN': '打开启动话务时终端里显示的网址；每个网址只能用一次。',
    en: 'Open the address that the terminal showed when Huawu was started; it is good once.',
  },
  'access.again': {
    'zh-CN': '已经用过时，运行下面的命令取得新的网址：',
    en: 'If it was used already, this command prints a fresh one:',
  },
  'access.workspace': {
    'zh-CN': '工作区不是默认位置时，请加上 --workspace。',
    en: 'Give --workspace too where the workspace is not the default one.',
  },
  'door.title': { 'zh-CN': '登录', en: 'Sign in' },
  'door.user': { 'zh-CN': '用户名', en: 'User name' },
  'door.password': { 'zh-CN': '密码', en: 'Password' },
  'door.signIn': { 'zh-CN': '登录', en: 'Sign in' },
  'door.openId': { 'zh-CN': '用{name}登录', en: 'Sign in with {name}' },
  'door.or': { 'zh-CN': '或', en: 'or' },
  'door.openid-refused': openIdRefusals['openid-refused'],
  'door.openid-away': openIdRefusals['openid-away'],
  'door.openid-unknown': openIdRefusals['openid-unknown'],
  'door.haveCode': {
    'zh-CN': '我有邀请码',
    en: 'I have a code',
  },
  'door.toSignIn': { 'zh-CN': '返回登录', en: 'Back to signing in' },
  'door.setUp': { 'zh-CN': '设置管理员', en: 'Make the administrator' },
  'door.setUpNote': {
    'zh-CN': '还没有任何用户。请输入启动话务的终端里显示的邀请码。',
    en: 'Nobody has an account yet. Type the code that the terminal shows in which Huawu was started.',
  },
  'door.choose': { 'zh-CN': '设置密码', en: 'Choose a password' },
  'door.chooseNote': {
    'zh-CN': '邀请码由管理员提供，七天内有效，只能用一次。',
    en: 'An administrator gives you the code; it is good once, within seven days.',
  },
  'door.code': { 'zh-CN': '邀请码', en: 'Code' },
  'door.name': { 'zh-CN': '姓名', en: 'Name' },
  'door.newPassword': { 'zh-CN': '新密码', en: 'New password' },
  'door.passwordNote': {
    'zh-CN': '至少 12 个字符；几个不相干的词连在一起就好，不要用常见密码或自己的名字。',
    en: 'At least 12 characters; a few words that have nothing to do with one another do well. No common password, not your own name.',
  },
  'door.begin': { 'zh-CN': '保存并登录', en: 'Save and sign in' },
  'door.noRole': { 'zh-CN': '您在这条热线还没有角色', en: 'You have no role on this hotline yet' },
  'door.noRoleNote': {
    'zh-CN': '请联系管理员为您分配角色，然后重新打开本页。',
    en: 'Ask an administrator for a role, then open this page again.',
  },
} as const satisfies Readonly<Record<string, Label>>;
