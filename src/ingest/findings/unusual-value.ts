import type { DurationUnit } from '../../contract/duration-units.ts';

/** A value that its field can hardly have: the unit is misread, or it is mistyped. */
export interface UnusualValue {
  readonly field: string;
  /** Most that the field can have: seconds for durations. */
  readonly most: number;
  /** Unit that a duration was read in; null where the field is none. */
  readonly unit: DurationUnit | null;
  /** How many rows have such a value, and of how many where that matters; null where it is one row. */
  readonly rows: { readonly count: number; readonly of: number | null } | null;
  /** The user has confirmed that it is true. */
  readonly confirmed: boolean;
}

/** What of a column says which values it can have: its field, the most, and the unit of a duration. */
interface ColumnLimit {
  readonly spec: { readonly field: string; readonly type: string; readonly most?: number };
  readonly unit: DurationUnit;
}

/** A value beyond what its column can have. */
export const unusualValue = (
  { spec, unit }: ColumnLimit,
  rows: UnusualValue['rows'] = null,
  confirmed = false,
): UnusualValue => ({
  field: spec.field,
  most: spec.most ?? 0,
  unit: spec.type === 'seconds' ? unit : null,
  rows,
  confirmed,
});
