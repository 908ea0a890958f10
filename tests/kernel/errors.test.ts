import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/kernel/errors.ts';
import { problemAt } from '../support/problem-at.ts';
import { describeProblem } from '../../src/words/problems.ts';
import { text } from '../support/text.ts';

const at = (path: string, file?: string): Problem => ({
  ...problemAt(path, 'wrong', '', text('不对', 'this is wrong'), text('改正', 'mend it')),
  ...(file === undefined ? {} : { file }),
});

describe('a problem on one line', () => {
  it('names what was asked about in Chinese words where it speaks Chinese', () => {
    expect(describeProblem(at('traffic'), 'zh-CN')).toBe('话务：不对。改正。');
    expect(describeProblem(at('period'), 'zh-CN')).toBe('时期：不对。改正。');
    expect(describeProblem(at('origins (general)'), 'zh-CN')).toBe('起点（general）：不对。改正。');
    expect(describeProblem(at('period'), 'en')).toBe('period: this is wrong. Mend it.');
  });

  it('leaves a place inside a file, an option and an unknown word as they are written there', () => {
    expect(describeProblem(at('from', 'scenario.json'), 'zh-CN')).toBe('scenario.json from：不对。改正。');
    expect(describeProblem(at('queues.2.priority'), 'zh-CN')).toBe('queues.2.priority：不对。改正。');
    expect(describeProblem(at('--queue'), 'zh-CN')).toBe('--queue：不对。改正。');
    expect(describeProblem(at('constructor'), 'zh-CN')).toBe('constructor：不对。改正。');
  });
});
