import { defect, type Defect } from '../findings/defect.ts';

/** What of a workbook, or of what reading it takes, is more than may be, and how much may be: in MB, seconds, or as many. */
export interface WorkbookExcess {
  readonly what: 'cells' | 'text' | 'memory' | 'time';
  readonly most: number;
}

export const workbookTooLarge = ({ what, most }: WorkbookExcess): Defect =>
  defect(`workbook-exceeds-${what}`, { most });
