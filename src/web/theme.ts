import type { ThemeConfig } from 'antd';

/** Colours that hold WCAG AA contrast on white and on the page's grey, which Ant Design's own do not. */
export const colours = {
  primary: '#0f5ea8',
  ink: '#1b2430',
  soft: '#4a5565',
  line: '#d5dbe3',
  page: '#f4f6f9',
  good: '#18703f',
  warn: '#8a5a00',
  bad: '#b3261e',
  seen: '#5b6472',
  band80: 'rgba(15, 94, 168, 0.28)',
  band95: 'rgba(15, 94, 168, 0.12)',
  /** Told apart by people with any colour vision (after Okabe and Ito, darkened). */
  series: ['#0f5ea8', '#c2570c', '#18703f', '#8a3f9c', '#8a6d00', '#0e7490'],
} as const;

export const fontFamily =
  "'Noto Sans SC Variable', system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', sans-serif";

export const theme: ThemeConfig = {
  token: {
    fontFamily,
    colorPrimary: colours.primary,
    // A hovered button keeps its white words readable: darker, not lighter.
    colorPrimaryHover: '#094a8c',
    colorLink: colours.primary,
    colorInfo: colours.primary,
    colorSuccess: colours.good,
    colorWarning: colours.warn,
    colorError: colours.bad,
    colorInfoBg: '#eaf2fb',
    colorInfoBorder: '#a9c8e8',
    colorSuccessBg: '#e8f5ec',
    colorSuccessBorder: '#9ccfae',
    colorWarningBg: '#fff6e0',
    colorWarningBorder: '#e3c27a',
    colorErrorBg: '#fdeeec',
    colorErrorBorder: '#e8a8a2',
    colorText: colours.ink,
    colorTextSecondary: colours.soft,
    colorTextTertiary: '#566070',
    colorTextQuaternary: '#5f6978',
    colorTextDescription: colours.soft,
    colorTextPlaceholder: '#636d7c',
    colorTextDisabled: '#636d7c',
    colorBgLayout: colours.page,
    colorBorder: '#8a94a3',
    colorBorderSecondary: colours.line,
    borderRadius: 6,
  },
  components: {
    Table: { headerBg: '#eef2f7', cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 },
    Slider: { handleActiveColor: colours.primary, trackBg: colours.primary, trackHoverBg: colours.primary },
  },
};
