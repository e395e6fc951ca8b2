import type { SevenConnectBook } from './book.ts'
import { dashboardPage, liveRows, postedCsv } from './dashboard.ts'
import { dashboardScript, printScript } from './page-scripts.ts'
import { text, type Route } from './reply.ts'
import { slipPage } from './slip-page.ts'

export type PageParts = { readonly book: SevenConnectBook; readonly zone: string; readonly now: () => number }

/** What is for people's eyes: the dashboard, its CSV report and single slips. */
export function pageRoutes({ book, zone, now }: PageParts): Route[] {
  const view = () => ({ book, zone, now: now() })
  const methods = ['GET']
  const script = (path: string, body: string): Route => ({
    methods,
    path,
    answer: () => ({ status: 200, type: 'js', body }),
  })
  return [
    {
      methods,
      path: '/dashboard',
      answer: ({ form }) => ({ status: 200, type: 'html', body: dashboardPage(view(), form) }),
    },
    {
      methods,
      path: '/dashboard/live',
      answer: ({ form }) => ({ status: 200, type: 'html', body: liveRows(view(), form).markup }),
    },
    {
      methods,
      path: '/dashboard/posted.csv',
      answer: ({ form }) => ({ status: 200, type: 'csv', body: postedCsv(view(), form['merchantID'] ?? '') }),
    },
    {
      methods,
      path: '/slip/',
      answer: ({ rest }) => {
        const slip = book.slip(rest)
        const merchant = slip && book.merchant(slip.merchantID)
        if (slip === null || merchant === null) return text(404, 'No such slip')
        const body = slipPage(slip, { merchant, status: book.status(slip), zone, continueUrl: null })
        return { status: 200, type: 'html', body }
      },
    },
    script('/print.js', printScript),
    script('/dashboard.js', dashboardScript),
  ]
}
