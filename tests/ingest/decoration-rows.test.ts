import { describe, expect, it } from 'vitest';
import { isDecoration, isDressing } from '../../src/ingest/tables/decoration-rows.ts';

const heading = ['时段', '来电量', '接通量', '备注', '班组'];

describe('rows that dress a report', () => {
  it.each([
    [['时段', ' 来电量', '接通量', '备注', '班组 ']],
    [['第 3 页']],
    [['', '共 12 页', '']],
    [['Page 2 of 5']],
    [['制表人：王', '', '审核：李', '2026-11-24']],
    [['备注: 无']],
    [['续表']],
    [['Printed on 2026-11-24']],
  ])('%j is one', (cells) => {
    expect(isDecoration(cells, heading)).toBe(true);
  });

  it.each([
    [['08:00', '5', '4', '', 'A']],
    // Four filled cells are more than a remark has.
    [['制表人：王', '审核：李', '2026', '11', '']],
    [['制表', '5']],
    [['page 2 calls', '5']],
    [['']],
    [['时段', '来电量', '接通量', '备注', '甲']],
    [['时段', '来电量', '接通量', '备注']],
  ])('%j is none', (cells) => {
    expect(isDecoration(cells, heading)).toBe(false);
  });

  it('a row as full as the heading is none, and one heading cell alone is not repeated', () => {
    expect(isDecoration(['备注：a', 'b'], ['x', 'y', 'z'])).toBe(true);
    expect(isDecoration(['备注：a', 'b', 'c'], ['x', 'y', 'z'])).toBe(false);
    expect(isDecoration(['calls', ''], ['calls', ''])).toBe(false);
    expect(isDecoration(['calls', 'time'], ['calls', 'time'])).toBe(true);
  });

  it('of the first look: totals and the same heading too', () => {
    for (const cells of [['合计', '5'], ['', ' Total ', '5'], ['备注：无'], heading])
      expect(isDressing(cells, heading), String(cells)).toBe(true);
    for (const cells of [['totally', '5'], ['08:00', '合计'], heading.slice(1), []])
      expect(isDressing(cells, heading), String(cells)).toBe(false);
  });
});
