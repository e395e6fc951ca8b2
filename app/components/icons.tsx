/** Drawn by hand on a grid of 24: strokes of 2, round ends. The word beside an icon says what it means. */
import type { ReactElement } from 'react'

const icons = {
  menu: <path d="M4 6.5h16M4 12h16M4 17.5h16" />,
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="m15.5 15.5 5 5" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  tick: <path d="m4.5 12.5 5 5 10-11" />,
  back: <path d="M19 12H5m6-6-6 6 6 6" />,
  backspace: <path d="M9 5.5h11v13H9L3 12zM12 9.5l5 5m0-5-5 5" />,
  undo: <path d="M8 4.5 3.5 9 8 13.5M4 9h9.5a5.5 5.5 0 0 1 0 11H8" />,
  bin: <path d="M4.5 6.5h15M9 6V4h6v2M6.5 6.5l1 13.5h9l1-13.5M10 10.5v6M14 10.5v6" />,
  pause: <path d="M8.5 5v14M15.5 5v14" />,
  tray: <path d="M4 13v6h16v-6M4 13h4.5l1.5 2.5h4l1.5-2.5H20M12 3v8m-3.5-3L12 11.5 15.5 8" />,
  turn: <path d="M4 8h12a4 4 0 0 1 0 8.5H9M7.5 4.5 4 8l3.5 3.5" />,
  receipt: (
    <path d="M6 3v18l2-1.4 2 1.4 2-1.4 2 1.4 2-1.4 2 1.4V3l-2 1.4L14 3l-2 1.4L10 3 8 4.4zM9.5 9h5M9.5 13h5" />
  ),
  note: <path d="M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 8.5h7M8.5 12h4" />,
  tag: (
    <>
      <path d="M4 4h8l8.5 8.5-8 8L4 12z" />
      <circle cx="8.2" cy="8.2" r="1" />
    </>
  ),
  percent: (
    <>
      <path d="M18.5 5.5 5.5 18.5" />
      <circle cx="7.2" cy="7.2" r="2.4" />
      <circle cx="16.8" cy="16.8" r="2.4" />
    </>
  ),
  hash: <path d="M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16" />,
  cash: (
    <>
      <path d="M2.5 6.5h19v11h-19zM6 6.5A3.5 3.5 0 0 1 2.5 10M18 6.5a3.5 3.5 0 0 0 3.5 3.5M6 17.5A3.5 3.5 0 0 0 2.5 14M18 17.5a3.5 3.5 0 0 1 3.5-3.5" />
      <circle cx="12" cy="12" r="2.4" />
    </>
  ),
  card: <path d="M3 5.5h18v13H3zM3 10h18M6.5 14.5h4" />,
  phone: <path d="M7 2.5h10v19H7zM10.5 18.5h3" />,
  scan: (
    <path d="M3.5 8V4.5H7M17 4.5h3.5V8M20.5 16v3.5H17M7 19.5H3.5V16M7.5 8v8M10.5 8v8M13.5 8v8M16.5 8v8" />
  ),
  approve: <path d="M7 2.5h10v19H7zM9.7 11.3l1.8 1.8 3-3.3M10.5 18.5h3" />,
  sticker: <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM20 14v3M17 20h3M14 20v-.5" />,
  star: <path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z" />,
  person: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c.6-4.2 3.5-6.5 7.5-6.5s6.900 2.300 7.500 6.500" />
    </>
  ),
  lock: <path d="M6 11h12v9.500H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2.500" />,
  unlock: <path d="M6 11h12v9.500H6zM8.500 11V8a3.500 3.500 0 0 1 6.700-1.400M12 14.500v2.500" />,
  printer: <path d="M7 8.500V3.500h10v5M7 17H4V8.500h16V17h-3M7 13.500h10v7H7z" />,
  online: (
    <path d="M3 9.500a13 13 0 0 1 18 0M6.200 13a8.400 8.400 0 0 1 11.600 0M9.300 16.300a4 4 0 0 1 5.400 0M12 20h.01" />
  ),
  offline: (
    <path d="M3 9.500a13 13 0 0 1 5-3M13 6a13 13 0 0 1 8 3.500M6.200 13a8.400 8.400 0 0 1 4-2.200M9.300 16.300a4 4 0 0 1 5.400 0M12 20h.01M4 3l16 17" />
  ),
  outbox: (
    <path d="M4 13v6h16v-6M4 13h4.500l1.500 2.500h4l1.500-2.500H20M12 11.500v-8M8.500 7 12 3.500 15.500 7" />
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="M12 7v5l3.500 2" />
    </>
  ),
  hourglass: (
    <path d="M6.500 3.500h11M6.500 20.500h11M8 3.500v3.200L12 12l4-5.300V3.500M8 20.500v-3.200L12 12l4 5.300v3.200" />
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="M12 11v5.500M12 7.500h.01" />
    </>
  ),
  warning: <path d="M12 3.500 22 20.500H2zM12 10v5M12 17.700h.01" />,
  stop: <path d="M8.300 3h7.400L21 8.300v7.400L15.700 21H8.300L3 15.700V8.300zM9 9l6 6m0-6-6 6" />,
  help: (
    <>
      <circle cx="12" cy="12" r="8.500" />
      <path d="M9.500 9.500a2.500 2.500 0 1 1 3.700 2.200c-.8.500-1.200 1-1.200 1.900M12 16.700h.01" />
    </>
  ),
  sound: (
    <path d="M4 9.500v5h3.500L12 19V5L7.500 9.500zM15.500 9a4 4 0 0 1 0 6M18 6.500a7.500 7.500 0 0 1 0 11" />
  ),
  mute: <path d="M4 9.500v5h3.500L12 19V5L7.500 9.500zM16 9.500l5 5m0-5-5 5" />,
  moon: <path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z" />,
  gear: (
    <>
      <circle cx="12" cy="12" r="3" />
      <path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.200 2.200M16.200 16.200l2.200 2.200M18.400 5.600l-2.200 2.200M7.800 16.200l-2.200 2.200" />
    </>
  ),
  terminal: (
    <path d="M4 9h16v11H4zM7 9V4h10v5M8 13h.01M12 13h.01M16 13h.01M8 16.500h.01M12 16.500h.01M16 16.500h.01" />
  ),
  out: <path d="M14 4h6v6M20 4l-9 9M17 13.500V20H4V7h6.500" />,
  leave: <path d="M10 4H4.500v16H10M9 12h11m-4-4.500 4.500 4.500-4.500 4.500" />,
  signIn: <path d="M14 4h5.500v16H14M4 12h11m-4-4.500 4.500 4.500-4.500 4.500" />,
} satisfies Record<string, ReactElement>

export type IconName = keyof typeof icons

/** One icon, hidden from screen readers: the text beside it speaks. */
export function Icon({ name, size = 22 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {icons[name]}
    </svg>
  )
}
