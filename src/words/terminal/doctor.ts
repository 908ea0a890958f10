import { phrases } from '../phrases.ts';

/** Settings and checks. */
export const doctorWords = phrases({
  default: { 'zh-CN': '默认', en: 'default' },
  file: { 'zh-CN': 'settings.json', en: 'settings.json' },
  environment: { 'zh-CN': '环境变量', en: 'environment' },
  option: { 'zh-CN': '命令选项', en: 'option' },
  version: { 'zh-CN': '程序版本', en: 'version' },
  node: { 'zh-CN': 'Node 版本', en: 'Node' },
  folder: { 'zh-CN': '工作区文件夹', en: 'workspace folder' },
  disk: { 'zh-CN': '磁盘空间', en: 'disk' },
  models: { 'zh-CN': '模型文件', en: 'model files' },
  store: { 'zh-CN': '数据存储', en: 'store' },
  log: { 'zh-CN': '变更记录', en: 'log of changes' },
  accounts: { 'zh-CN': '登录账号', en: 'accounts' },
  address: { 'zh-CN': '监听地址', en: 'address' },
  port: { 'zh-CN': '端口', en: 'port' },
  calendar: { 'zh-CN': '节假日历', en: 'calendar' },
  settings: { 'zh-CN': '设置', en: 'Settings' },
  checks: { 'zh-CN': '检查', en: 'Checks' },
});
