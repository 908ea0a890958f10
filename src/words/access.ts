import type { AccessFindings } from '../access/access-findings.ts';
import type { NoAdministrator } from '../access/openid.ts';
import type { Sentences } from './sentences.ts';
import { messages } from './messages.ts';

/** Why signing in elsewhere came to nothing: the page says it as well. */
export const openIdRefusals = messages('open-id-refusals');

/** Why somebody is not let in, or an account not changed. What is said at the door is the same for every account. */
export const accessSentences: Sentences<AccessFindings> = { ...messages('access'), ...openIdRefusals };

/** That nobody can let others in any more: the same when a server starts and when it is examined. */
export const noAdministratorLeft = messages('access-people').noAdministratorLeft;

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
