import type { DurationUnit } from '../../contract/duration-units.ts';
import type { FieldSpec, IngestKind } from './fields.ts';

/** Where a canonical field's value comes from in one file. */
export interface Binding {
  readonly spec: FieldSpec;
  /** Cells that are joined by a space, or added up; empty where the value is a constant. */
  readonly columns: readonly number[];
  readonly heading: string;
  /** Figures that stand in several columns and are added up: each column by itself. */
  readonly parts?: readonly Binding[];
  readonly constant?: string;
  /** Cell text to canonical text; null drops the row. */
  readonly values?: ReadonlyMap<string, string | null>;
  readonly unit: DurationUnit;
}

/** A table whose columns are known: what of them each canonical field is read from. */
export interface BoundTable {
  readonly kind: IngestKind;
  readonly headingLine: number;
  readonly headings: readonly string[];
  readonly bindings: ReadonlyMap<string, Binding>;
  /** Score columns of monitoring files, by name. */
  readonly indicators: ReadonlyMap<string, Binding>;
}
