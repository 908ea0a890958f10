import type { AccessFindings } from '../access/access-findings.ts';
import type { NoAdministrator } from '../access/openid.ts';
import type { Label, Sentences } from './sentences.ts';

/** Why signing in elsewhere came to nothing: the page says it as well. */
export const openIdRefusals = {
  'openid-refused': {
    'zh-CN': '登录未完成：请重新点一次；仍不行请告诉管理员，原因在服务日志里',
    en: 'That sign-in could not be completed: try it once more; if it fails again tell an administrator, who finds the reason in the log',
  },
  'openid-away': {
    'zh-CN': '统一登录暂时用不了：请稍后再试，或用密码登录',
    en: 'Signing in there does not work at the moment: try again later, or sign in with a password',
  },
  'openid-unknown': {
    'zh-CN': '那边的登录没有问题，但这里没有给您开通：有密码的请用密码登录，否则请联系管理员',
    en: 'You are known there, but nobody has let you in here: if you have a password, sign in with it; else ask an administrator',
  },
} as const satisfies Readonly<Record<string, Label>>;

/** Why somebody is not let in, or an account not changed. What is said at the door is the same for every account. */
export const accessSentences: Sentences<AccessFindings> = {
  'sign-in-failed': {
    'zh-CN': '用户名或密码不对',
    en: 'The name or the password is wrong',
  },
  'sign-in-wait': {
    'zh-CN': ({ minutes }) => `尝试次数过多，请在 ${minutes} 分钟后再试`,
    en: ({ minutes }, { counted }) => `Too many tries: wait ${counted(minutes, 'minute')}`,
  },
  'sign-in-busy': {
    'zh-CN': '同时登录的人过多，请过几秒再试',
    en: 'Too many people are signing in at once: try again in a few seconds',
  },
  'code-wrong': {
    'zh-CN': '用户名与邀请码不符，或邀请码已用过、已过期',
    en: 'The name and the code do not go together, or the code has been used or is out of date',
  },
  'password-too-short': {
    'zh-CN': ({ shortest }) => `密码至少 ${shortest} 个字符`,
    en: ({ shortest }) => `A password has at least ${shortest} characters`,
  },
  'password-too-long': {
    'zh-CN': ({ longest }) => `密码最多 ${longest} 个字符`,
    en: ({ longest }) => `A password has at most ${longest} characters`,
  },
  'password-too-easy': {
    'zh-CN': '这个密码太容易猜到：请避开常见密码、连续按键、日期和自己的名字；几个不相干的词连在一起就好',
    en: 'This password is easily guessed: no common one, no keys in a row, no date, not your own name; a few words that have nothing to do with one another do well',
  },
  'bad-account-name': {
    'zh-CN': '用户名可用文字、数字和 . _ - @，以文字或数字开头，最多 64 个字符',
    en: 'A user name has letters, digits and . _ - @, begins with a letter or digit, and is at most 64 characters long',
  },
  'account-there': {
    'zh-CN': ({ user }) =>
      `已有用户 ${user}：改角色用 huawu admin change-user ${user}，重发邀请码用 huawu admin invite ${user}`,
    en: ({ user }) =>
      `There is a user ${user} already: huawu admin change-user ${user} changes the role, huawu admin invite ${user} prints another code`,
  },
  'no-account': {
    'zh-CN': ({ user }) => `没有用户 ${user}`,
    en: ({ user }) => `There is no user ${user}`,
  },
  'account-of-other-hotline': {
    'zh-CN': ({ user }) =>
      `${user} 也属于别的热线：这里只能改其在本热线的角色；姓名、停用和退出登录请由最初添加此人的热线的管理员处理，重置密码请由各条热线共同的管理员处理，或在服务器上用 huawu admin`,
    en: ({ user }) =>
      `${user} belongs to another hotline too: only the role here can be changed; name, sessions and closing the account are for an administrator of the hotline on which they were added, another password for one of all their hotlines, or for huawu admin on the server`,
  },
  'too-many-tokens': {
    'zh-CN': ({ most }) => `一个账号最多有 ${most} 个有效令牌，请先收回不用的`,
    en: ({ most }) => `An account has at most ${most} tokens: remove one that nobody needs first`,
  },
  'last-administrator': {
    'zh-CN': '这是最后一位管理员，请先指定另一位',
    en: 'This is the last administrator: name another one first',
  },
  'operator-wants-name': {
    'zh-CN': '座席角色要写明对应哪位座席',
    en: 'An account with the role operator names which operator it is',
  },
  ...openIdRefusals,
};

/** That nobody can let others in any more: the same when a server starts and when it is examined. */
export const noAdministratorLeft = {
  'zh-CN': '已经没有人能以管理员身份登录',
  en: 'nobody can sign in as an administrator any more',
} as const;

/** What to do about it. */
export const administratorAgain = {
  'zh-CN': ({ user, why }: NoAdministrator): string =>
    why === 'closed'
      ? `管理员 ${user} 已停用：请在服务器上运行 huawu admin change-user ${user} --open，或用 huawu admin add-user 用户名 --role administrator 另加一位。`
      : why === 'no-way-in'
        ? `管理员 ${user} 没有密码，也没有有效的邀请码：请在服务器上运行 huawu admin invite ${user}，把邀请码交给本人。`
        : '请在服务器上运行 huawu admin add-user 用户名 --role administrator；已有账号的人用 huawu admin change-user 用户名 --role administrator。',
  en: ({ user, why }: NoAdministrator): string =>
    why === 'closed'
      ? `The account of the administrator ${user} is closed: on the server, huawu admin change-user ${user} --open opens it, or huawu admin add-user NAME --role administrator adds another.`
      : why === 'no-way-in'
        ? `The administrator ${user} has no password and no code that is still good: on the server, huawu admin invite ${user} prints one to hand over.`
        : 'On the server, huawu admin add-user NAME --role administrator adds one; huawu admin change-user NAME --role administrator makes one of somebody who has an account.',
} as const;
