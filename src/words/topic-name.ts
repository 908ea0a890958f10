import type { Language } from '../kernel/text.ts';

const other: Readonly<Record<Language, string>> = { 'zh-CN': '其他各类', en: 'other topics' };

/** A topic as it is read: levels apart, those that are forecast together by what they are. */
export const topicName = (topic: string, language: Language): string =>
  topic === '*' ? other[language] : topic.split('/').join(' / ');
