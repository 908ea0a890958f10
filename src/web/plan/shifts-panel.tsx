import { Select } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { minuteOf, spanMinutes } from '../../kernel/time-window.ts';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useSpeech } from '../words/words.tsx';

type Shift = PlanDocument['shifts'][number];

const tierIndex = (plan: PlanDocument, { tier }: Pick<Shift, 'tier'>): number =>
  plan.tiers.findIndex((each) => each.tier === tier);

/** Longest stretch of time that a day's bars may span, minutes. */
const widest = 36 * 60;
/** Minutes between the marks of the axis. */
const mark = 120;

/** The day's shifts as bars, and as a table. */
export const ShiftsPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, format } = useSpeech();
  const [date, setDate] = useState(plan.firstDate);
  const chosen = plan.days.some((day) => day.date === date) ? date : plan.firstDate;
  const shifts = plan.shifts
    .filter((shift) => shift.date === chosen && shift.operators > 0)
    .sort((a, b) => minuteOf(a.start) - minuteOf(b.start) || tierIndex(plan, a) - tierIndex(plan, b));
  return (
    <Panel
      title={say('shifts.title')}
      note={say('shifts.note', {
        gap: format.percent(plan.scheduleCost.gap),
        cost: format.count(plan.scheduleCost.cost),
      })}
      actions={
        <Select
          aria-label={say('operators.day')}
          value={chosen}
          style={{ minWidth: 160 }}
          options={plan.days.map((day) => ({ value: day.date, label: format.day(day.date) }))}
          onChange={setDate}
        />
      }
    >
      <ShiftBars plan={plan} shifts={shifts} />
      <details>
        <summary>{say('chart.asTable')}</summary>
        <ShiftTable plan={plan} shifts={shifts} />
      </details>
    </Panel>
  );
};

const ShiftBars = ({ plan, shifts }: { readonly plan: PlanDocument; readonly shifts: readonly Shift[] }) => {
  const { say, tell } = useSpeech();
  const rowHeight = 28;
  const height = shifts.length * rowHeight + 24;
  const minutes = shifts.map((shift) => spanMinutes(shift.start, shift.end));
  const first = Math.floor(Math.min(1440 - mark, ...minutes.map(([start]) => start)) / mark) * mark;
  const last = Math.min(widest, Math.max(first + mark, ...minutes.map(([, end]) => end)));
  const nameOf = (shift: Shift): string => tell(plan.tiers[tierIndex(plan, shift)]?.name ?? shift.name);
  // Bars begin beyond the longest name; Chinese letters are twice as wide.
  const widthOf = (shift: Shift): number =>
    [...nameOf(shift)].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 12 : 6), 8);
  const left = Math.min(330, Math.max(130, ...shifts.map(widthOf)));
  const x = (minute: number): number => left + ((minute - first) / (last - first)) * (980 - left);
  const hours = Array.from(
    { length: Math.floor((last - first) / mark) + 1 },
    (_, i) => (first + i * mark) / 60,
  );
  return (
    <div className="scroll whole" tabIndex={0} role="group" aria-label={say('shifts.title')}>
      <svg
        className="gantt"
        viewBox={`0 0 1000 ${height}`}
        role="img"
        aria-label={say('shifts.label', { n: shifts.length })}
      >
        {hours.map((hour) => (
          <g key={hour}>
            <line x1={x(hour * 60)} x2={x(hour * 60)} y1={18} y2={height} stroke={colours.line} />
            <text x={x(hour * 60)} y={12} textAnchor="middle">
              {String(hour % 24).padStart(2, '0')}:00
            </text>
          </g>
        ))}
        {shifts.map((shift, i) => {
          const [start, end] = spanMinutes(shift.start, shift.end);
          const tier = tierIndex(plan, shift);
          const y = 22 + i * rowHeight;
          return (
            <g key={`${shift.tier}${shift.template}${shift.start}`}>
              <text x={0} y={y + 16}>
                {nameOf(shift)}
              </text>
              <rect
                x={x(start)}
                y={y}
                width={Math.max(2, x(end) - x(start))}
                height={24}
                rx={3}
                fill={colours.series[Math.max(0, tier) % colours.series.length]}
              />
              {shift.breaks.map((pause) => {
                const at = minuteOf(pause.start);
                const from = at < start ? at + 1440 : at;
                return (
                  <rect
                    key={pause.start + String(pause.operators)}
                    x={x(from)}
                    y={y + 18}
                    width={Math.max(1, x(from + pause.minutes) - x(from))}
                    height={4}
                    fill={colours.surface}
                    fillOpacity={0.85}
                  />
                );
              })}
              <text className="in-bar" x={x(start) + 6} y={y + 13}>
                {shift.operators} · {shift.start.slice(-5)}–{shift.end.slice(-5)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
};

const ShiftTable = ({ plan, shifts }: { readonly plan: PlanDocument; readonly shifts: readonly Shift[] }) => {
  const { say, tell } = useSpeech();
  const tierName = (key: string): string => {
    const tier = plan.tiers.find((each) => each.tier === key);
    return tier === undefined ? key : tell(tier.name);
  };
  return (
    <PlainTable
      rows={shifts}
      columns={[
        [say('shifts.shift'), 'text', (shift) => tell(shift.name)],
        [say('shifts.tier'), 'text', (shift) => tierName(shift.tier)],
        [say('shifts.from'), 'number', (shift) => shift.start.slice(-5)],
        [say('shifts.to'), 'number', (shift) => shift.end.slice(-5)],
        [say('shifts.operators'), 'number:0', (shift) => shift.operators],
        [
          say('shifts.breaks'),
          'text',
          (shift) =>
            shift.breaks
              .map((pause) =>
                say('shifts.break', {
                  at: pause.start.slice(-5),
                  minutes: pause.minutes,
                  n: pause.operators,
                }),
              )
              .join(', '),
          { wide: true },
        ],
      ]}
    />
  );
};
