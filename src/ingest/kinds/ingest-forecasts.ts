import type { OutsideForecastRecord } from '../../kernel/records.ts';
import { dayMillis } from '../../kernel/time.ts';
import { wallText } from '../cells/wall-clock.ts';
import { shownNames } from '../findings/ingest-problems.ts';
import { defect } from '../findings/problem-ledger.ts';
import { fieldsReader } from '../rows/row-reader.ts';
import { recordsReader, withStep } from './unique-records.ts';

/**
 * Reads forecasts that another tool has made (docs/en/reference/data-formats.md). A row that was issued after the time
 * that it is for has seen it, and is refused; so is a model whose days are far from the queue's, until it is confirmed.
 * Where no column names the model, the file's name does. What no column says was issued when its first time began, or now
 * if that is earlier: days that are over need the column. Throws BadInputError.
 */
export const ingestForecasts = recordsReader('forecasts', ({ rows, queues, reading, options }) => {
  let undated: { readonly file: string; readonly headings: ReturnType<typeof shownNames> } | undefined;
  return {
    begin: (reader) => {
      const [name, of, made, start, step, low, high] = [
        'model',
        'queue',
        'issued',
        'start',
        'interval_minutes',
        'q10',
        'q90',
      ].map((field) => reader.binding(field));
      const read = fieldsReader(reader, 'forecasts', [
        'model',
        'queue',
        'issuedMillis',
        'startMillis',
        'intervalMinutes',
      ]);
      const { file, ledger, bound } = reader.context;
      const ofFile = modelOf(file);
      if (name === undefined) ledger.notice(defect('model-of-file', { model: ofFile }), { file });
      if (made === undefined) undated ??= { file, headings: shownNames(bound.headings) };
      return () => {
        const model = reader.text(name) ?? ofFile;
        const queue = queues.names[queues.read(reader, of)] ?? '';
        // NaN: no column says it
        const issuedMillis = reader.instant(made, `issued ${model} ${queue}`);
        const startMillis = reader.instant(start, `start ${model} ${queue} ${issuedMillis}`);
        const [isDay, range] = [reader.timeIsDate, reader.rangeMinutes];
        if (reader.dropped) return;
        const given = reader.count(step);
        const figures = read();
        if (issuedMillis > startMillis) {
          const issued = wallText(reading.zone.local(issuedMillis));
          reader.reject(defect('issued-after-its-time', { issued }), made, reader.text(made));
        }
        if ((figures.q10 ?? 0) > (figures.q90 ?? Infinity))
          reader.reject(defect('lower-above-upper'), low ?? high, reader.text(low));
        const intervalMinutes = Number.isNaN(given) ? (isDay ? 1440 : range) : given;
        rows.add(reader, [model, queue, issuedMillis, startMillis], {
          model,
          queue,
          issuedMillis,
          startMillis,
          intervalMinutes,
          ...figures,
        });
      };
    },
    finish: () => {
      reading.ledger.throwIfAny();
      let dated = rows.records;
      if (undated !== undefined) {
        const { file, headings } = undated;
        const starts = dated.filter((row) => Number.isNaN(row.issuedMillis)).map((row) => row.startMillis);
        const issuedMillis = starts.reduce((first, start) => Math.min(first, start), options.now);
        if (starts.some((start) => start > options.now)) {
          const issued = wallText(reading.zone.local(issuedMillis));
          reading.ledger.notice(defect('issue-assumed', { issued }), { file });
        } else if (starts.length > 0)
          reading.ledger.refuse(defect('missing-column', { field: 'issued', headings }), { file });
        dated = dated.map((row) => (Number.isNaN(row.issuedMillis) ? { ...row, issuedMillis } : row));
      }
      const records = [...Map.groupBy(dated, ({ model }) => model).values()].flatMap((own) =>
        withStep(own, ({ queue, issuedMillis }) => `${issuedMillis} ${queue}`, reading),
      );
      for (const doubted of farFromUsual(records, options.callsPerDay)) {
        const confirmed = options.acceptUnusual === true;
        const wrong = defect('unusual-forecast', { ...doubted, confirmed });
        const place = { file: reading.files[0]?.file, column: 'calls' };
        if (confirmed) reading.ledger.warn(wrong, place);
        else reading.ledger.refuse(wrong, place);
      }
      return records;
    },
    dates: ['startMillis'],
  };
});

/** The model that a file without a column of models has its name from: the same from week to week. */
const modelOf = (file: string): string => {
  const bare = file.replace(/^.*[\\/]/, '').replace(/(\.[a-z\d]+){1,2}$/i, '');
  const undatedName = bare.replaceAll(/[\s_(（-]*\d[\d\s._年月日周W-]*[)）]?/gi, ' ').trim();
  return undatedName === '' ? bare : undatedName;
};

/** Times of the usual, or parts of it, from which a day's calls are questioned. */
const farTimes = 5;

/** Models whose days have far more calls than a queue has had, or far fewer. */
const farFromUsual = (
  records: readonly OutsideForecastRecord[],
  callsPerDay: ReadonlyMap<string, number> = new Map(),
): { model: string; queue: string; perDay: number; usual: number }[] => {
  const series = Map.groupBy(records, ({ model, queue }) => JSON.stringify([model, queue]));
  return [...series.values()].flatMap((records) => {
    const { model = '', queue = '' } = records[0] ?? {};
    const days = new Set(
      records.map(
        ({ issuedMillis, startMillis }) => `${issuedMillis} ${Math.floor(startMillis / dayMillis)}`,
      ),
    );
    const perDay = records.reduce((sum, { calls }) => sum + calls, 0) / days.size;
    const usual = callsPerDay.get(queue) ?? 0;
    const far = perDay > farTimes * usual || perDay < usual / farTimes;
    return usual > 0 && far ? [{ model, queue, perDay, usual }] : [];
  });
};
