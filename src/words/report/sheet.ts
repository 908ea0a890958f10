import { phrases } from '../phrases.ts';

/** The sheet by which prompts are switched on. */
export const sheetWords = phrases({
  playedTo: { 'zh-CN': '{announcement}（{audience}）', en: '{announcement} ({audience})' },
  heads: {
    'zh-CN': [
      '日期',
      '星期',
      '开始',
      '结束',
      '队列',
      '队列代码',
      '提示',
      '提示代码',
      '播放对象',
      '秒数',
      '播放内容（中文）',
      '播放内容（英文）',
    ],
    en: [
      'date',
      'weekday',
      'from',
      'to',
      'queue',
      'queue key',
      'prompt',
      'prompt key',
      'played to',
      'seconds',
      'announcement (Chinese)',
      'announcement (English)',
    ],
  },
});
