import { theme as antDesign, type ThemeConfig } from 'antd';

/** Colours of the palette (style/palette.css), as they are in styles and drawings; a canvas asks `paint` for them. */
export const colours = {
  primary: 'var(--primary)',
  pale: 'var(--primary-pale)',
  muted: 'var(--muted)',
  ink: 'var(--ink)',
  surface: 'var(--surface)',
  good: 'var(--good)',
  bad: 'var(--bad)',
  actual: 'var(--actual)',
  line: 'var(--line)',
  band80: 'var(--band80)',
  band95: 'var(--band95)',
  series: [1, 2, 3, 4, 5, 6].map((n) => `var(--series${n})`),
} as const;

const fontFamily = 'var(--font)';

/** A colour of the palette under the theme in force; any other text as it is. */
export const paint = (colour: string): string => {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  return name === undefined
    ? colour
    : window.getComputedStyle(document.documentElement).getPropertyValue(name).trim();
};

const painted = (name: string): string => paint(`var(--${name})`);

/** Ant Design in the palette's colours, which hold WCAG AA contrast where its own do not. */
export const antTheme = (isDark: boolean): ThemeConfig => ({
  ...(isDark ? { algorithm: antDesign.darkAlgorithm } : {}),
  token: {
    // What is asked for is there at once; a movement that a busy machine breaks off would leave its last picture.
    motion: false,
    fontFamily,
    colorPrimary: painted('primary'),
    // A hovered button keeps its words readable.
    colorPrimaryHover: painted('primary-strong'),
    colorTextLightSolid: painted('on-primary'),
    colorLink: painted('primary'),
    colorInfo: painted('primary'),
    colorSuccess: painted('good'),
    colorWarning: painted('warn'),
    colorError: painted('bad'),
    colorInfoBg: painted('primary-soft'),
    colorInfoBorder: painted('primary-pale'),
    colorSuccessBg: painted('good-soft'),
    colorSuccessBorder: painted('good-line'),
    colorWarningBg: painted('warn-soft'),
    colorWarningBorder: painted('warn-line'),
    colorErrorBg: painted('bad-soft'),
    colorErrorBorder: painted('bad-line'),
    colorText: painted('ink'),
    colorTextSecondary: painted('soft'),
    colorTextTertiary: painted('soft'),
    colorTextQuaternary: painted('soft'),
    colorTextDescription: painted('soft'),
    colorTextPlaceholder: painted('soft'),
    colorTextDisabled: painted('soft'),
    colorBgContainer: painted('surface'),
    colorBgElevated: painted('surface'),
    colorBgLayout: painted('page'),
    colorBorder: painted('edge'),
    colorBorderSecondary: painted('line'),
    borderRadius: 6,
  },
  components: {
    Table: { headerBg: painted('head'), cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 },
    Slider: {
      handleActiveColor: painted('primary'),
      trackBg: painted('primary'),
      trackHoverBg: painted('primary'),
    },
  },
});
