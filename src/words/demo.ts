import type { DemoFindings } from '../demo/demo-findings.ts';
import type { Sentences } from './sentences.ts';

/** What the demo finds, in sentences. */
export const demoSentences: Sentences<DemoFindings> = {
  'made-up-zone-changes-clocks': {
    'zh-CN': ({ zone }) => `虚构数据要求时区没有夏令时切换：${zone}`,
    en: ({ zone }) => `made-up data needs a zone without clock changes, not ${zone}`,
  },
};
