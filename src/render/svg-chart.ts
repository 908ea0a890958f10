/** Charts of printed reports as inline SVG. Values are per interval over whole days. */

interface ChartLine {
  readonly name: string;
  readonly values: readonly number[];
  readonly colour: string;
  readonly dashed?: boolean;
}

interface LineChart {
  readonly label: string;
  /** Of the picture, beside a width of 1,100. */
  readonly height: number;
  /** A label per day; the days divide the width evenly. */
  readonly days: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly band?: {
    readonly name: string;
    readonly low: readonly number[];
    readonly high: readonly number[];
    readonly colour: string;
  };
}

const width = 1100;
const left = 44;
/** Above the curves stands what they are. */
const top = 22;
const bottom = 22;

/** A round number at or above the largest value: 1, 2 or 5 times a power of ten, in quarters. */
const niceCeiling = (largest: number): number => {
  if (largest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((m) => m * power >= largest) ?? 10) * power;
};

/** Lines over the week, with an optional shaded band. */
export const lineChart = (chart: LineChart): string => {
  const { height } = chart;
  const all = [...chart.lines.flatMap((line) => line.values), ...(chart.band?.high ?? [])];
  const ceiling = niceCeiling(all.reduce((largest, value) => Math.max(largest, value), 0));
  const count = chart.lines[0]?.values.length ?? 1;
  const x = (i: number): string => (left + ((width - left) * i) / count).toFixed(1);
  const y = (value: number): string => (top + (height - top - bottom) * (1 - value / ceiling)).toFixed(1);
  const path = (values: readonly number[]): string => values.map((v, i) => `${x(i + 0.5)},${y(v)}`).join(' ');
  const grid = [0, 0.25, 0.5, 0.75, 1]
    .map((share) => {
      const value = share * ceiling;
      return `<line x1="${left}" x2="${width}" y1="${y(value)}" y2="${y(value)}" stroke="#dde2e6"/><text x="${left - 6}" y="${Number(y(value)) + 4}" font-size="11" text-anchor="end" fill="#4a5560">${Number(value.toPrecision(3))}</text>`;
    })
    .join('');
  const band =
    chart.band === undefined
      ? ''
      : `<polygon points="${path(chart.band.high)} ${chart.band.low
          .map((v, i) => `${x(i + 0.5)},${y(v)}`)
          .toReversed()
          .join(' ')}" fill="${chart.band.colour}" opacity="0.18"/>`;
  const lines = chart.lines
    .map(
      (line) =>
        `<polyline points="${path(line.values)}" fill="none" stroke="${line.colour}" stroke-width="1.6"${line.dashed === true ? ' stroke-dasharray="6 3"' : ''}/>`,
    )
    .join('');
  const marks = [
    ...chart.lines.map(({ name, colour, dashed }) => ({ name, colour, mark: dashed === true ? '╌' : '━' })),
    ...(chart.band === undefined ? [] : [{ name: chart.band.name, colour: chart.band.colour, mark: '▒' }]),
  ];
  const legend = marks
    .map(
      ({ name, colour, mark }, i) =>
        `<text x="${left + 8 + i * 130}" y="12" font-size="12" fill="${colour}">${mark} ${name}</text>`,
    )
    .join('');
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.label}">${grid}${dayMarks(chart.days, height)}${band}${lines}${legend}</svg>`;
};

const dayMarks = (days: readonly string[], height: number): string => {
  const step = (width - left) / days.length;
  return days
    .map((day, i) => {
      const at = left + i * step;
      return `<line x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${top}" y2="${height - bottom}" stroke="#c8ccd0"/><text x="${(at + step / 2).toFixed(1)}" y="${height - 6}" font-size="12" text-anchor="middle" fill="#1a1a1a">${day}</text>`;
    })
    .join('');
};

interface HeatStrip {
  readonly label: string;
  readonly days: readonly string[];
  readonly values: readonly (number | null)[];
  readonly target: number;
  readonly percent: (value: number | null) => string;
}

/** Days as rows, intervals as cells: blue at or above the target, orange below it, the darker the further. */
export const heatStrip = (strip: HeatStrip): string => {
  const perDay = Math.max(1, Math.round(strip.values.length / Math.max(1, strip.days.length)));
  const cell = (width - 90) / perDay;
  const row = 20;
  const cells = strip.values
    .map((value, i) => {
      const at = `x="${(90 + (i % perDay) * cell).toFixed(1)}" y="${Math.floor(i / perDay) * row}"`;
      return `<rect ${at} width="${(cell - 0.5).toFixed(1)}" height="${row - 2}" fill="${heatColour(value, strip.target)}"><title>${strip.percent(value)}</title></rect>`;
    })
    .join('');
  const names = strip.days
    .map((day, i) => `<text x="0" y="${i * row + 13}" font-size="12">${day}</text>`)
    .join('');
  const hours = Array.from(
    { length: 9 },
    (_, i) =>
      `<text x="${(90 + ((width - 90) * i) / 8).toFixed(1)}" y="${strip.days.length * row + 14}" font-size="11" text-anchor="${i === 8 ? 'end' : 'start'}" fill="#4a5560">${String(i * 3).padStart(2, '0')}:00</text>`,
  ).join('');
  return `<svg viewBox="0 0 ${width} ${strip.days.length * row + 20}" role="img" aria-label="${strip.label}">${cells}${names}${hours}</svg>`;
};

const heatColour = (value: number | null, target: number): string => {
  if (value === null) return '#eceff1';
  if (value >= target) return '#bcd9ee';
  if (value >= target - 0.1) return '#fbdcae';
  return value >= target - 0.3 ? '#f0a35c' : '#b9521b';
};
