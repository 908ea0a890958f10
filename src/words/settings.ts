import type { SettingsProblems } from '../engine/settings-problems.ts';
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
};
