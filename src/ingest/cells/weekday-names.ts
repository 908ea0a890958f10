const names = [
  '周一 星期一 礼拜一 mon monday',
  '周二 星期二 礼拜二 tue tuesday',
  '周三 星期三 礼拜三 wed wednesday',
  '周四 星期四 礼拜四 thu thursday',
  '周五 星期五 礼拜五 fri friday',
  '周六 星期六 礼拜六 sat saturday',
  '周日 星期日 礼拜日 周天 星期天 礼拜天 sun sunday',
];

const byName: ReadonlyMap<string, number> = new Map(
  names.flatMap((words, weekday) => words.split(' ').map((word) => [word, weekday] as const)),
);

/** The weekday that a cell names, Monday 0; undefined where it names none. */
export const weekdayNamed = (cell: string): number | undefined => byName.get(cell.trim().toLowerCase());
