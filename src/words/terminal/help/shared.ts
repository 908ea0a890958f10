import type { Label } from '../../sentences.ts';

/** Help that several commands share. */
export const sharedHelp = {
  'also-write-ending': {
    'zh-CN': '同时写成文件，按文件名结尾：.html、.xlsx 或 .zip（每张表一个 CSV）',
    en: 'also write it, by the ending of the name: .html, .xlsx or .zip (every table as CSV)',
  },
  'output-the-version-number': { 'zh-CN': '显示版本号', en: 'output the version number' },
  'display-help-for-command': { 'zh-CN': '显示命令的用法', en: 'display help for command' },
  'hotlines-folder': { 'zh-CN': '热线的工作区文件夹', en: 'the hotline’s folder' },
  'language-of-answers': { 'zh-CN': '回答所用的语言', en: 'language of answers' },
  'print-one-json-document': {
    'zh-CN': '只输出一个 JSON 文档',
    en: 'print one JSON document and nothing else',
  },
  'makes-every-result-repeatable': {
    'zh-CN': '随机数种子：同样的种子得到同样的结果',
    en: 'makes every result repeatable',
  },
  'call-forecasting-and-staffing': {
    'zh-CN': '公共热线的话务预测与排班',
    en: 'call forecasting and staffing for public hotlines',
  },
  'iso-week-default': {
    'zh-CN': 'ISO 周次；默认为数据之后的一周',
    en: 'ISO week; default: the week after the data',
  },
  'default-recognised-from-the-bytes': {
    'zh-CN': '编码；默认由内容判断（UTF-8、GB18030、UTF-16）',
    en: 'default: recognised from the bytes (UTF-8, GB18030, UTF-16)',
  },
  'column-of-counts': {
    'zh-CN': '话务量列；默认按列名识别',
    en: 'column of counts; default: by its heading',
  },
  'sheet-spreadsheet-default-every': {
    'zh-CN': '电子表格的工作表；默认所有标题行相同的工作表',
    en: 'sheet of a spreadsheet; default: every sheet of the same heading',
  },
  'iana-zone-of-the-times': {
    'zh-CN': '时间所在的 IANA 时区；默认不考虑时区',
    en: 'IANA zone of the times; default: a plain wall clock',
  },
  'default-the-datas-own-step': {
    'zh-CN': '间隔；默认与数据相同；1440 为按天',
    en: 'default: the data’s own step; 1440 for days',
  },
  'default-every-queue': { 'zh-CN': '队列；默认全部', en: 'default: every queue' },
  'forecast-method': { 'zh-CN': '预测方法', en: 'forecast method' },
  'iso-country-of-the-holidays': {
    'zh-CN': '节假日所属国家（ISO 代码）；用 --input 时默认不计',
    en: 'ISO country of the holidays; default: none with --input',
  },
  'holidays-csv-date-name-kind': {
    'zh-CN': '节假日表：CSV，列为 date,name[,kind]',
    en: 'holidays: CSV date,name[,kind]',
  },
  'days-own-counts-before-hh': {
    'zh-CN': '当天 HH:MM 之前的话务已知',
    en: 'the day’s own counts before HH:MM are known',
  },
  'csv-of-the-intervals': { 'zh-CN': '把各时段写入这个 CSV', en: 'CSV of the intervals' },
} as const satisfies Readonly<Record<string, Label>>;
