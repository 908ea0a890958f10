import type { Text } from './text.ts';

/** What one source says of a date, before its neighbours are looked at. */
export interface BaseDay {
  readonly kind: 'ordinary' | 'holiday' | 'partial-holiday' | 'make-up-workday';
  readonly holiday?: string;
  readonly dayInHoliday?: number;
  /** True where offices work about half of the day. */
  readonly half?: boolean;
  readonly name: Text | null;
  readonly presumed: boolean;
}
