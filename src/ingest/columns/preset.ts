import type { z } from 'zod';
import type { mapFileSchema } from './map-file.ts';

/** How one system's export is read: a map file, the headings by which it is recognised, and where those are published. */
export interface PresetEntry {
  /** Where the headings and what they mean are published. */
  readonly source: string;
  /** Headings that all stand in the row that heads the columns. */
  readonly known: readonly string[];
  /** Headings with which it is another report. */
  readonly unless?: readonly string[];
  /** How the cells of its columns look, each a regular expression: tells a file that has no headings. */
  readonly looks?: Readonly<Record<string, string>>;
  readonly map: Readonly<z.input<typeof mapFileSchema>>;
}

export type PresetTable = Readonly<Record<string, PresetEntry>>;
