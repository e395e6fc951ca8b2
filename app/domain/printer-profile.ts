/** Characters of font A that fit on a line: 58 mm paper, 80 mm paper of older and of newer printers. */
export type PaperColumns = 32 | 42 | 48

export type CodePage = 'cp437' | 'cp850' | 'cp852' | 'cp858' | 'cp865' | 'cp866' | 'wpc1252'

/** What the till must know of a receipt printer to write for it. */
export interface PrinterProfile {
  readonly model: string
  readonly columns: PaperColumns
  /** In the order of preference. A character that none of them has is written another way. */
  readonly codePages: readonly CodePage[]
  readonly cutter: 'partial' | 'full' | 'none'
  /** The pin of the drawer socket that opens the drawer. Most cables use 2. */
  readonly drawerPin: 2 | 5
  /** For printers that start in a Chinese or Japanese mode and would read `å` as half of a sign. */
  readonly cancelsKanji: boolean
}

const westernPages: readonly CodePage[] = ['cp858', 'wpc1252', 'cp865', 'cp437']

/** Profiles to start from on the set-up page. */
export const printerProfiles = {
  standard80: {
    model: 'ESC/POS, 80 mm',
    columns: 48,
    codePages: westernPages,
    cutter: 'partial',
    drawerPin: 2,
    cancelsKanji: false,
  },
  standard80wide: {
    model: 'ESC/POS, 80 mm, 42 columns',
    columns: 42,
    codePages: westernPages,
    cutter: 'partial',
    drawerPin: 2,
    cancelsKanji: false,
  },
  standard58: {
    model: 'ESC/POS, 58 mm',
    columns: 32,
    codePages: westernPages,
    cutter: 'none',
    drawerPin: 2,
    cancelsKanji: false,
  },
  chinese58: {
    model: 'ESC/POS, 58 mm, starts in Chinese',
    columns: 32,
    codePages: ['cp858', 'cp437'],
    cutter: 'none',
    drawerPin: 2,
    cancelsKanji: true,
  },
  chinese80: {
    model: 'ESC/POS, 80 mm, starts in Chinese',
    columns: 48,
    codePages: ['cp858', 'cp437'],
    cutter: 'partial',
    drawerPin: 2,
    cancelsKanji: true,
  },
} as const satisfies Record<string, PrinterProfile>

export type PrinterProfileName = keyof typeof printerProfiles

/** Words on the test print, so that it can be in the till's language. */
export interface TestPaperWords {
  readonly title: string
  readonly left: string
  readonly center: string
  readonly right: string
  readonly bold: string
  readonly double: string
  readonly codePage: string
}
