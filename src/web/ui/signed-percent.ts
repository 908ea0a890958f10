/** Percent more or less, as an input writes and reads it: +20 is twenty percent more. */
export const signedPercent = {
  min: -90,
  max: 900,
  precision: 0,
  suffix: '%',
  formatter: (value: number | undefined): string =>
    value === undefined || value <= 0 ? String(value ?? '') : `+${value}`,
  parser: (given: string | undefined): number => Number((given ?? '').replace('+', '').replace('−', '-')),
} as const;
