import { html, trusted, type Html } from './html.ts'

/** A whole page: everything on it comes from this server. */
export function page(title: string, body: Html, script?: string): string {
  const loader = script === undefined ? html`` : html`<script src="${script}" defer></script>`
  return html`<!doctype html>
    <html lang="en" translate="no">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="google" content="notranslate" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(style)}
        </style>
        ${loader}
      </head>
      <body>
        ${body}
      </body>
    </html>`.markup
}

const style = `
:root { --ink: #16202a; --soft: #5b6875; --line: #dfe4ea; --paper: #fff; --ground: #f2f4f7;
  --pending: #1f5fbf; --paid: #a05a00; --posted: #17703c; --expired: #66707a; --declined: #b3261e; }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.45 system-ui, 'Segoe UI', Roboto, sans-serif }
h1 { font-size: 22px; margin: 0 } h2 { font-size: 15px; margin: 0 0 10px; color: var(--soft); font-weight: 600 }
a { color: var(--pending) } small, .soft { color: var(--soft) }
button, .button, select, input { font: inherit; min-height: 40px; padding: 8px 14px; border-radius: 8px;
  border: 1px solid #b9c2cc; background: var(--paper); color: var(--ink) }
button, .button { cursor: pointer; text-decoration: none; display: inline-block }
button:hover, .button:hover { border-color: var(--ink) }
.first { background: var(--ink); color: #fff; border-color: var(--ink) }
:focus-visible { outline: 3px solid #6fa8ff; outline-offset: 2px }
main { max-width: 1320px; margin: 0 auto; padding: 20px }
.bar { display: flex; gap: 10px; align-items: center; flex-wrap: wrap }
.bar .push { margin-left: auto }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 16px }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px; margin: 16px 0 }
.card b { display: block; font-size: 21px; letter-spacing: -.01em; font-variant-numeric: tabular-nums; white-space: nowrap }
.card.settle { border-color: var(--posted); box-shadow: inset 0 0 0 1px var(--posted) }
.days { display: flex; align-items: flex-end; gap: 4px; height: 52px }
.days span { flex: 1; background: #9fd3b4; border-radius: 3px 3px 0 0; min-height: 2px }
.table { overflow-x: auto; padding: 0 }
table { border-collapse: collapse; width: 100%; font-size: 14px }
th, td { text-align: left; padding: 9px 10px; border-bottom: 1px solid var(--line); vertical-align: top }
th { color: var(--soft); font-weight: 600; white-space: nowrap } tr:last-child td { border-bottom: 0 }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td.code, td.when { font-variant-numeric: tabular-nums; white-space: nowrap }
.chip { display: inline-block; padding: 2px 10px; border-radius: 99px; color: #fff; font-size: 12px; font-weight: 700; letter-spacing: .03em }
.PENDING { background: var(--pending) } .PAID { background: var(--paid) } .POSTED { background: var(--posted) }
.EXPIRED { background: var(--expired) } .DECLINED { background: var(--declined) }
.empty { padding: 40px; text-align: center; color: var(--soft) }
details { margin-top: 16px } summary { cursor: pointer; color: var(--soft) }
.slip { max-width: 460px; margin: 28px auto; padding: 0; overflow: hidden; background: #fff }
.slip header { background: var(--ink); color: #fff; padding: 18px 24px }
.slip header p { margin: 2px 0 0; opacity: .8 }
.slip .amount { font-size: 40px; font-weight: 700; text-align: center; margin: 18px 0 4px; font-variant-numeric: tabular-nums }
.slip svg { display: block; width: 363px; height: 110px; margin: 12px auto 8px; background: #fff }
@media (max-width: 420px) { .slip svg { width: 242px } }
.slip .reference { text-align: center; font-size: 28px; letter-spacing: .06em; font-weight: 600; font-variant-numeric: tabular-nums; margin: 0 }
.slip dl { display: grid; grid-template-columns: auto 1fr; gap: 6px 16px; margin: 18px 24px; font-size: 15px }
.slip dt { color: var(--soft) } .slip dd { margin: 0; overflow-wrap: anywhere }
.slip ol { margin: 0 24px 18px; padding-left: 20px; color: var(--soft); font-size: 15px }
.slip .bar { padding: 0 24px 24px }
.cut { border-top: 2px dashed var(--line); margin: 14px 0 }
@media print { body { background: #fff } .slip { border: 0; margin: 0 auto } .bar { display: none }
  .slip header { color: #000; background: none } }
`
