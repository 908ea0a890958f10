import type { Text } from './text.ts';

/** What one source says of a date, before its neighbours are looked at. */
export interface BaseDay {
  readonly kind: 'ordinary' | 'holiday' | 'partial-holiday' | 'make-up-workday';
  readonly holiday?: string;
  readonly dayInHoliday?: number;
  readonly name: Text | null;
  readonly presumed: boolean;
}
