import type { Text } from '../../src/kernel/text.ts';

/** Shorthand for a sentence in Chinese and English. */
export const text = (chinese: string, english: string): Text => ({ 'zh-CN': chinese, en: english });
