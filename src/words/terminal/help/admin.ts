import type { Label } from '../../sentences.ts';

/** Help of the commands that look after people, and of a server that others reach. */
export const adminHelp = {
  'who-may-sign-what': {
    'zh-CN': '管理谁可以登录、有什么权限；开启或关闭登录',
    en: 'who may sign in, and what they may; sign-in on or off',
  },
  'sign-somebody-out-everywhere': {
    'zh-CN': '结束某人的全部登录；不写用户名则结束所有人的',
    en: 'sign somebody out everywhere; without a name, everybody',
  },
  'what-is-typed-to-sign': { 'zh-CN': '登录时输入的用户名', en: 'what is typed to sign in' },
  'whether-people-sign': {
    'zh-CN': '是否需要登录；下次启动服务时生效',
    en: 'whether people sign in; the server takes it at its next start',
  },
  'on-or-off': { 'zh-CN': 'on 开启，off 关闭', en: 'on or off' },
  'what-they-may-on-this': {
    'zh-CN': '在本热线的角色；none 为取消',
    en: 'what they may on this hotline; none takes it away',
  },
  'what-people-call-them': { 'zh-CN': '姓名', en: 'what people call them' },
  'which-of-the-operators-this': { 'zh-CN': '对应哪位座席', en: 'which of the operators this is' },
  'who-may-sign-roles': {
    'zh-CN': '列出可登录的人和角色',
    en: 'who may sign in, with their roles',
  },
  'add-somebody': {
    'zh-CN': '添加用户；打印供其设置密码的邀请码',
    en: 'add somebody; prints the code with which they give themselves a password',
  },
  'another-name': {
    'zh-CN': '修改姓名、角色或座席；停用或恢复账号',
    en: 'another name, role or operator; close an account or open it again',
  },
  'nobody-signs-in-to-it': { 'zh-CN': '停用，不能再登录', en: 'nobody signs in to it any more' },
  'it-is-open-again': { 'zh-CN': '恢复使用', en: 'it is open again' },
  'who-they-are-at-the-provider': {
    'zh-CN': '绑定统一登录里的身份：该服务给此人的 sub；none 解除绑定',
    en: 'tie it to who they are at the provider of OpenID Connect: its sub for them; none unties',
  },
  'take-a-password-away': {
    'zh-CN': '作废密码，打印设置新密码的邀请码',
    en: 'take a password away and print the code for a new one',
  },
  'give-a-password': {
    'zh-CN': '设置密码：输入时不显示，或由管道传入',
    en: 'give a password: typed unseen, or piped in',
  },
  'tokens-of-programs': { 'zh-CN': '列出程序的令牌', en: 'tokens of programs' },
  'token-for-a-program': {
    'zh-CN': '为程序发放令牌；只打印这一次',
    en: 'a token for a program; printed this once',
  },
  'what-the-program-is-called': { 'zh-CN': '程序名称', en: 'what the program is called' },
  'on-whose-behalf-it-works': { 'zh-CN': '代表哪位用户', en: 'on whose behalf it works' },
  'what-it-may': { 'zh-CN': '权限：read 只读，write 读写', en: 'what it may' },
  'how-long-it-is-good': { 'zh-CN': '有效天数', en: 'how long it is good for' },
  'everything-that-is-kept': {
    'zh-CN': '导出某人（座席或用户）留存的全部数据（JSON）',
    en: 'everything that is kept of somebody, as JSON: an operator, an account',
  },
  'erase-somebody': {
    'zh-CN': '抹除某人的数据：属于本人的删除，其余的改用化名',
    en: 'erase somebody: what is theirs goes, elsewhere a pseudonym stands for the name',
  },
  'operator-as-the-records-have': {
    'zh-CN': '工号、用户名或姓名',
    en: 'an operator as the records have it, a user name, or a name',
  },
  'file-write-left': {
    'zh-CN': '写入的文件；不写则打印出来',
    en: 'the file to write; left out: printed',
  },
  'maintenance-reads-alone': {
    'zh-CN': '维护：服务只答查看，作业等候，直到关闭',
    en: 'maintenance: servers answer reads alone and jobs wait, until it is off',
  },
  'what-people-are-told': {
    'zh-CN': '另外告诉大家的话',
    en: 'what people are told, beside that it is so',
  },
  'without-asking': { 'zh-CN': '不再询问', en: 'without asking' },
  'take-a-token-back': { 'zh-CN': '收回令牌', en: 'take a token back' },
  'its-id-in-the-list': { 'zh-CN': '列表中的编号', en: 'its id in the list' },
  'address-that-browsers-open': {
    'zh-CN': '浏览器打开的地址：https://名称[:端口]',
    en: 'the address that browsers open: https://name[:port]',
  },
  'address-of-the-reverse-proxy': {
    'zh-CN': '负责 TLS 的反向代理的地址，如 127.0.0.1',
    en: 'address of the reverse proxy that speaks TLS, such as 127.0.0.1',
  },
  'file-of-the-certificate': {
    'zh-CN': '证书文件，含证书链（PEM）',
    en: 'file of the certificate with its chain (PEM)',
  },
  'file-of-its-private-key': { 'zh-CN': '私钥文件（PEM）', en: 'file of its private key (PEM)' },
} as const satisfies Readonly<Record<string, Label>>;
