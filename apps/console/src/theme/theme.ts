/** The console's look: calm, dense, high contrast; system fonts only, so it is the same without a network. */
import type { ThemeConfig } from 'antd'

/** Colours that the pictures share with the components. Each text colour has at least 4.5:1 on its ground. */
export const ink = {
  text: '#17282c',
  quiet: '#52656a',
  line: '#dbe3e3',
  ground: '#f3f6f6',
  paper: '#ffffff',
  teal: '#0b6b72',
  tealSoft: '#e3f1f0',
  amber: '#8f5300',
  amberSoft: '#fcf2df',
  red: '#b3261e',
  green: '#1b7345',
  indigo: '#3c4b8c',
} as const

/** Chinese system faces first, so that digits and Latin come from the interface font of each system. */
export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

/** For hashes, ids and messages as they came. */
export const monoFamily =
  'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'

/** Ant Design tokens. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: ink.teal,
    colorLink: ink.teal,
    colorSuccess: ink.green,
    colorWarning: ink.amber,
    colorError: ink.red,
    colorText: ink.text,
    colorTextSecondary: ink.quiet,
    colorTextTertiary: ink.quiet,
    colorTextDescription: ink.quiet,
    colorTextPlaceholder: '#66787d',
    colorBorder: '#bccaca',
    colorBorderSecondary: ink.line,
    colorBgLayout: ink.ground,
    fontFamily,
    fontFamilyCode: monoFamily,
    fontSize: 14,
    borderRadius: 6,
    controlHeight: 32,
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Table: { headerBg: '#eef3f3', headerColor: ink.quiet, cellPaddingBlockSM: 7, cellPaddingInlineSM: 10 },
    Button: { primaryShadow: 'none', defaultShadow: 'none' },
    Tabs: { horizontalMargin: '0 0 12px 0' },
  },
}
