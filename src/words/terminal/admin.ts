import { phrases } from '../phrases.ts';

/** What the terminal shows of accounts and tokens. */
export const adminWords = phrases({
  userHeads: {
    'zh-CN': ['用户名', '姓名', '角色', '座席', '状态'],
    en: ['user', 'name', 'role', 'operator', 'state'],
  },
  tokenHeads: {
    'zh-CN': ['编号', '程序', '用户名', '权限', '有效期至', '最近使用'],
    en: ['id', 'program', 'user', 'scope', 'good until', 'last used'],
  },
  closed: { 'zh-CN': '已停用', en: 'closed' },
  open: { 'zh-CN': '可登录', en: 'may sign in' },
  invited: { 'zh-CN': '尚无密码', en: 'no password yet' },
});

/** Roles and scopes by their names. */
export const roleWords = phrases({
  viewer: { 'zh-CN': '查看者', en: 'viewer' },
  operator: { 'zh-CN': '座席', en: 'operator' },
  'team-leader': { 'zh-CN': '班组长', en: 'team leader' },
  planner: { 'zh-CN': '排班规划员', en: 'planner' },
  administrator: { 'zh-CN': '管理员', en: 'administrator' },
  bureau: { 'zh-CN': '主管部门', en: 'bureau' },
  read: { 'zh-CN': '只读', en: 'read' },
  write: { 'zh-CN': '读写', en: 'read and write' },
  feed: { 'zh-CN': '仅推送数据', en: 'hand in rows of a feed' },
});
